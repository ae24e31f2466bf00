#include "suite/judge/excuse.h"

#include <string.h>

#define EITHER_FROM 60u
#define DEMANDED_FROM 1000u

static bool depth_is_the_point(const assay_case *c)
{
    if (c->expect == ASSAY_ACCEPT) return true;
    if (c->expect == ASSAY_EITHER) return false;
    return c->error.cls == TW_OK ? c->rule == TW_RULE_LIMIT_DEPTH : c->error.rule == TW_RULE_LIMIT_DEPTH;
}

judging_nesting judging_nesting_of(const assay_case *c)
{
    if (c->depth < EITHER_FROM || !depth_is_the_point(c)) return JUDGING_NESTING_NONE;
    if (c->depth < DEMANDED_FROM) return JUDGING_NESTING_EITHER;
    bool counts = c->verb == ASSAY_SKIP || c->verb == ASSAY_TYPED;
    return c->expect == ASSAY_REJECT && !counts ? JUDGING_NESTING_NOT_DEMANDED : JUDGING_NESTING_NONE;
}

static uint32_t big_endian(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* The largest frame that a framed input claims; 0 where the outermost layer is another. */
static int64_t largest_frame(const assay_case *c)
{
    if (strncmp(c->in, "framed/", 7) != 0) return 0;
    int64_t largest = 0;
    size_t at = 0;
    while (c->bytes.len - at >= 4) {
        uint32_t size = big_endian(c->bytes.data + at);
        if (size > largest) largest = size;
        at += 4;
        if (size > c->bytes.len - at) break;
        at += size;
    }
    return largest;
}

static bool beyond(int64_t size, int64_t declared, int64_t specified)
{
    return declared >= 0 && declared < specified && size > declared;
}

const char *judging_declared_limit(const assay_case *c, const assay_hello *hello, int64_t *declared,
                                   int64_t *specified)
{
    *declared = hello->depth_limit;
    *specified = TW_DEPTH_DEFAULT;
    if (beyond(c->depth, *declared, *specified)) return "depth";
    *declared = hello->frame_limit;
    *specified = TW_FRAME_DEFAULT;
    if (beyond(largest_frame(c), *declared, *specified)) return "frame";
    *declared = hello->message_limit;
    *specified = TW_MESSAGE_DEFAULT;
    if (beyond((int64_t)c->bytes.len, *declared, *specified)) return "message";
    return NULL;
}
