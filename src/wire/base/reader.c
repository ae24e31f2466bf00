#include "wire/base/reader.h"

void tw_reader_init(tw_reader *r, tw_bytes in, uint64_t limit, const char *layer, tw_error *error,
                    tw_ruleset *open)
{
    static const uint8_t nothing[1] = {0};
    const uint8_t *data = in.data ? in.data : nothing; /* pointers of an empty input must be comparable too */
    bool clipped = in.len > limit;
    error->cls = TW_OK;
    error->path.depth = 0;
    *open = (tw_ruleset){{0}};
    *r = (tw_reader){.pos = data,
                     .end = data + (clipped ? (size_t)limit : in.len),
                     .begin = data,
                     .clipped = clipped,
                     .layer = layer,
                     .error = error,
                     .open = open};
}

void tw_reader_keep(tw_reader *r, tw_class cls, tw_rule rule, const uint8_t *at)
{
    tw_error *error = r->error;
    if (error->cls != TW_OK) return;
    if (cls == TW_TRUNCATED && r->clipped) { /* there is more input, but the limit hides it */
        cls = TW_LIMIT;
        rule = TW_RULE_LIMIT_MESSAGE;
    }
    error->cls = cls;
    error->rule = rule;
    error->layer = r->layer;
    error->offset = (uint64_t)(at - r->begin);
    error->path.depth = 0;
}
