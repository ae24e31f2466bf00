/* The one checked cursor over input. Nobody else does pointer arithmetic on bytes that came from outside:
 * list kernels get a span that was taken here.
 *
 * Reading functions return false when they fail; the first failure is kept in *error and later ones do not
 * replace it. Nothing is ever read beyond end. */
#ifndef WIRE_BASE_READER_H
#define WIRE_BASE_READER_H

#include "wire/base/bytes.h"
#include "wire/base/error.h"

#include <string.h>

/* What of a reader stays the same while it reads. It stands apart so that the cursor, which moves with every
 * token, can live in registers: functions out of line get this and positions, never the cursor's address. */
typedef struct tw_origin {
    const uint8_t *begin; /* offset 0 */
    bool clipped;         /* end is where a message limit lies, not where the bytes end */
    const char *layer;    /* for errors */
    tw_error *error;
    tw_ruleset *open;
} tw_origin;

typedef struct tw_reader {
    const uint8_t *pos, *end;
    tw_origin *origin;
} tw_reader;

#define TW_LIKELY(x) __builtin_expect(!!(x), 1)
#define TW_UNLIKELY(x) __builtin_expect(!!(x), 0)

/* A reader of `in`, or of its first `limit` bytes. origin, error and open are the caller's; they are filled
 * in and borrowed. */
tw_reader tw_reader_of(tw_bytes in, uint64_t limit, const char *layer, tw_origin *origin, tw_error *error,
                       tw_ruleset *open);

/* Keeps the first error, at the token that starts at `at`. */
__attribute__((cold)) void tw_origin_keep(tw_origin *origin, tw_class cls, tw_rule rule, const uint8_t *at);

/* As tw_origin_keep. Always false. */
static inline bool tw_reader_fail(const tw_reader *r, tw_class cls, tw_rule rule, const uint8_t *at)
{
    tw_origin_keep(r->origin, cls, rule, at);
    return false;
}

/* The token at `at` wants more bytes than there are: truncated, or over the message limit where that cut the
 * input. Always false. */
static inline bool tw_reader_short(const tw_reader *r, tw_rule rule, const uint8_t *at)
{
    tw_origin_keep(r->origin, TW_TRUNCATED, rule, at);
    return false;
}

static inline size_t tw_reader_left(const tw_reader *r)
{
    return (size_t)(r->end - r->pos);
}

static inline size_t tw_reader_offset(const tw_reader *r)
{
    return (size_t)(r->pos - r->origin->begin);
}

static inline void tw_reader_note(const tw_reader *r, tw_rule rule)
{
    tw_ruleset_add(r->origin->open, rule);
}

/* n bytes at the cursor, which moves behind them; NULL when there are not as many (no error is set). */
static inline const uint8_t *tw_reader_take(tw_reader *r, size_t n)
{
    if (TW_UNLIKELY(tw_reader_left(r) < n)) return NULL;
    const uint8_t *at = r->pos;
    r->pos += n;
    return at;
}

static inline bool tw_read_u8(tw_reader *r, tw_rule rule, uint8_t *value)
{
    if (TW_UNLIKELY(r->pos == r->end)) return tw_reader_short(r, rule, r->pos);
    *value = *r->pos++;
    return true;
}

/* Fixed-width loads from bytes already taken. */
static inline uint16_t tw_load_be16(const uint8_t *p)
{
    uint16_t v;
    memcpy(&v, p, sizeof v);
    return (uint16_t)__builtin_bswap16(v);
}

static inline uint32_t tw_load_be32(const uint8_t *p)
{
    uint32_t v;
    memcpy(&v, p, sizeof v);
    return __builtin_bswap32(v);
}

static inline uint64_t tw_load_be64(const uint8_t *p)
{
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return __builtin_bswap64(v);
}

static inline uint64_t tw_load_le64(const uint8_t *p)
{
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the loads above assume a little-endian host"
#endif

#endif
