#include "wire/base/fault.h"
#include "wire/transport/transport.h"

#include <string.h>

#define LENGTH_SIZE 4u

typedef struct framed_reader {
    uint32_t limit;
    bool inside;     /* the last read saw the beginning of a frame and not its end */
    uint64_t offset; /* of the next frame in this transport's stream */
    uint64_t owed;   /* bytes of a frame that was passed up early: only under FRAMED_PARTIAL_DELIVERED */
    tw_error error;
} framed_reader;

static tw_class reader_open(void *reader, const tw_limits *limits, const tw_alloc *alloc)
{
    (void)alloc;
    framed_reader *r = reader;
    r->limit = limits->frame;
    return TW_OK;
}

static void reader_close(void *reader)
{
    (void)reader;
}

static tw_class fail(framed_reader *r, tw_class cls, tw_rule rule)
{
    r->error = (tw_error){.cls = cls, .rule = rule, .layer = tw_framed.name, .offset = r->offset};
    return cls;
}

static uint32_t load_length(const uint8_t *p)
{
    if (TW_FAULT(FRAMED_LITTLE_ENDIAN)) {
        return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
    }
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static tw_class judge_length(framed_reader *r, uint32_t *length)
{
    TW_WHEN_FAULT(FRAMED_LENGTH_SIGNED, if (*length > INT32_MAX) *length = 0;);
    TW_WHEN_FAULT(FRAMED_LENGTH_ABSOLUTE, if (*length > INT32_MAX) *length = 0u - *length;);
    TW_WHEN_FAULT(FRAMED_LENGTH_COUNTS_HEADER, if (*length >= 4) *length -= 4;);
    TW_WHEN_FAULT(FRAMED_LENGTH_THREE_BYTES, *length &= 0xffffff;);
    if (*length > INT32_MAX) return fail(r, TW_MALFORMED, TW_RULE_FRAMED_NEGATIVE);
    if (TW_FAULT_AND(FRAMED_LIMIT_OFF_BY_ONE, *length == (uint64_t)r->limit + 1)) return TW_OK;
    TW_WHEN_FAULT(FRAMED_LIMIT_UNCHECKED, return TW_OK;);
    TW_WHEN_FAULT(FRAMED_LIMIT_ONE_LESS,
                  if (*length == r->limit) return fail(r, TW_LIMIT, TW_RULE_FRAMED_LIMIT););
    if (*length > r->limit) return fail(r, TW_LIMIT, TW_RULE_FRAMED_LIMIT);
    TW_WHEN_FAULT(FRAMED_EMPTY_REFUSED,
                  if (*length == 0) return fail(r, TW_MALFORMED, TW_RULE_FRAMED_EMPTY););
    return TW_OK;
}

static tw_class deliver(framed_reader *r, const uint8_t *payload, size_t len, tw_buffer *out)
{
    if (!tw_buffer_append(out, payload, len)) return fail(r, TW_MEMORY, TW_RULE_NONE);
    return TW_OK;
}

#ifdef TW_FAULTS
/* What FRAMED_PARTIAL_DELIVERED does: passes up a payload as it comes. */
static tw_class deliver_early(framed_reader *r, tw_bytes in, size_t at, size_t *taken, tw_buffer *out)
{
    size_t n = in.len - at < r->owed ? in.len - at : (size_t)r->owed;
    if (n == 0) return TW_TRUNCATED;
    r->owed -= n;
    r->offset += n;
    *taken = at + n;
    return deliver(r, in.data + at, n, out);
}
#endif

/* A frame is taken when it is there as a whole; until then its bytes stay with the caller, so that nothing is
 * copied twice and nothing is allocated for a length that only claims. */
static tw_class framed_read(void *reader, tw_bytes in, size_t want, size_t *taken, tw_buffer *out,
                            tw_error *error)
{
    (void)want;
    framed_reader *r = reader;
    tw_class cls = r->error.cls;
    *taken = 0;
    r->inside = false;
    TW_WHEN_FAULT(
        FRAMED_PARTIAL_DELIVERED, if (cls == TW_OK && r->owed > 0) {
            cls = deliver_early(r, in, 0, taken, out);
            if (cls != TW_TRUNCATED) return cls;
            cls = TW_OK;
        });
    while (cls == TW_OK && in.len - *taken >= LENGTH_SIZE) {
        const uint8_t *at = in.data + *taken;
        size_t left = in.len - *taken - LENGTH_SIZE;
        uint32_t length = load_length(at);
        cls = judge_length(r, &length);
        if (cls != TW_OK) break;
        TW_WHEN_FAULT(
            FRAMED_EMPTY_ENDS, if (length == 0) {
                *error = (tw_error){
                    .cls = TW_TRUNCATED, .rule = TW_RULE_FRAMED_TRUNCATED, .layer = tw_framed.name};
                return TW_TRUNCATED;
            });
        if (length == 0) {
            *taken += LENGTH_SIZE;
            r->offset += LENGTH_SIZE;
            continue;
        }
        if (left < length) {
            TW_WHEN_FAULT(
                FRAMED_PARTIAL_DELIVERED, if (left > 0) {
                    r->owed = length;
                    r->offset += LENGTH_SIZE;
                    return deliver_early(r, in, *taken + LENGTH_SIZE, taken, out);
                });
            break;
        }
        cls = deliver(r, at + LENGTH_SIZE, length, out);
        if (cls != TW_OK) break;
        *taken += LENGTH_SIZE + length;
        r->offset += LENGTH_SIZE + (uint64_t)length;
        return TW_OK;
    }
    if (*taken > 0) return TW_OK; /* empty frames; what stands behind them is for the next call */
    if (cls != TW_OK) {
        *error = r->error;
        return cls;
    }
    r->inside = in.len > 0;
    TW_WHEN_FAULT(FRAMED_CUT_HEADER_ENDS, if (in.len < LENGTH_SIZE) r->inside = false;);
    TW_WHEN_FAULT(FRAMED_CUT_PAYLOAD_ENDS, if (in.len >= LENGTH_SIZE) r->inside = false;);
    TW_WHEN_FAULT(
        FRAMED_CUT_HEADER_DROPPED, if (in.len > 0 && in.len < LENGTH_SIZE) {
            *taken = in.len;
            return TW_OK;
        });
    *error = (tw_error){
        .cls = TW_TRUNCATED, .rule = TW_RULE_FRAMED_TRUNCATED, .layer = tw_framed.name, .offset = r->offset};
    return TW_TRUNCATED;
}

static bool reader_at_rest(const void *reader)
{
    const framed_reader *r = reader;
    return !r->inside;
}

static tw_class writer_open(void *writer, const tw_alloc *alloc)
{
    (void)writer;
    (void)alloc;
    return TW_OK;
}

static void writer_close(void *writer)
{
    (void)writer;
}

static tw_class framed_write(void *writer, tw_bytes unit, tw_buffer *out)
{
    (void)writer;
    if (unit.len > INT32_MAX) return TW_USAGE;
    uint8_t *to = tw_buffer_reserve(out, LENGTH_SIZE + unit.len);
    if (!to) return TW_MEMORY;
    for (unsigned i = 0; i < LENGTH_SIZE; i++) {
        unsigned shift = TW_FAULT(FRAMED_LITTLE_ENDIAN) ? 8 * i : 8 * (LENGTH_SIZE - 1 - i);
        size_t length = unit.len;
        TW_WHEN_FAULT(FRAMED_WRITE_LENGTH_COUNTS_HEADER, length += LENGTH_SIZE;);
        to[i] = (uint8_t)(length >> shift);
    }
    if (unit.len) memcpy(to + LENGTH_SIZE, unit.data, unit.len);
    out->len += LENGTH_SIZE + unit.len;
    return TW_OK;
}

static tw_class framed_finish(void *writer, tw_buffer *out)
{
    (void)writer;
    (void)out;
    return TW_OK;
}

const tw_transport tw_framed = {
    .name = "framed",
    .reader_size = sizeof(framed_reader),
    .writer_size = 1,
    .rule_split = TW_RULE_FRAMED_SPLIT,
    .rule_leftover = TW_RULE_FRAMED_LEFTOVER,
    .reader_open = reader_open,
    .reader_close = reader_close,
    .read = framed_read,
    .reader_at_rest = reader_at_rest,
    .writer_open = writer_open,
    .writer_close = writer_close,
    .write = framed_write,
    .finish = framed_finish,
};
