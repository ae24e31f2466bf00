/* The lowest part of the walk (walk_read.h): what it is done for, what a tracer is told, the tape, and the values that hold no
 * others: strings, numbers, bools in containers, uuids. */
#ifndef WIRE_PROTOCOL_WALK_SCALAR_H
#define WIRE_PROTOCOL_WALK_SCALAR_H

#include "wire/base/utf8.h"
#include "wire/protocol/seam.h"

enum tw_walk_mode {
    TW_WALK_SKIP,   /* checks only */
    TW_WALK_BUILD,  /* fills w->tree */
    TW_WALK_TRACE,  /* tells w->tracer every token */
    TW_WALK_RESUME, /* checks only; where bytes are missing, stands at the last whole token */
};

/* Tracing. */

/* Tells the token from `at` to `pos`. False when the tracer has had enough. */
static __attribute__((unused)) bool tw_walk_tell(tw_walk *w, tw_token token, const uint8_t *at,
                                                 const uint8_t *pos)
{
    tw_path *path = &w->origin.error->path;
    tw_walk_locate(w);
    token.offset = (size_t)(at - w->origin.begin);
    token.len = (size_t)(pos - at);
    token.depth = (uint32_t)w->depth;
    token.path = path;
    bool go_on = w->tracer->token(w->tracer->context, &token);
    path->depth = 0;
    return go_on;
}

#define TW_TELL(at, ...)                                                                                     \
    do {                                                                                                     \
        if (mode == TW_WALK_TRACE && !tw_walk_tell(w, (tw_token){__VA_ARGS__}, at, r->pos)) return false;    \
    } while (0)

/* The tape. */

TW_INLINE bool tw_walk_add(tw_walk *w, const tw_reader *r, tw_tape *t, tw_node node)
{
    if (TW_UNLIKELY(t->at == t->end)) {
        *t = tw_walk_more(w, t->at, r->pos);
        if (!t->at) return false;
    }
    *t->at++ = node;
    return true;
}

/* A copy of n bytes of the input in the tree's arena; NULL and the error when memory is refused. */
TW_INLINE const uint8_t *tw_walk_copy(tw_walk *w, const uint8_t *bytes, size_t n)
{
    uint8_t *copy = tw_arena_take_bytes(&w->tree->arena, n);
    if (TW_UNLIKELY(!copy)) {
        tw_origin_keep(&w->origin, TW_MEMORY, TW_RULE_NONE, bytes);
        return NULL;
    }
    tw_bytes_copy(copy, bytes, n);
    return copy;
}

/* Values that hold no others. */

TW_INLINE bool tw_walk_string(const tw_seam *p, enum tw_walk_mode mode, tw_walk *w, tw_reader *r, tw_tape *t,
                              int16_t id)
{
    const uint8_t *at = r->pos;
    uint32_t size = 0;
    if (!p->string_size(r, &size)) return false;
    if (TW_UNLIKELY(size > w->limits.string)) return tw_reader_fail(r, TW_LIMIT, TW_RULE_LIMIT_STRING, at);
    TW_TELL(at, .kind = TW_TOKEN_SIZE, .type = TW_STRING, .count = size, .rule = p->rules.string,
            .size_offset = (size_t)(at - w->origin.begin), .size_len = (size_t)(r->pos - at));
    TW_WHEN_FAULT(SKIP_STRING_SHORT, if (mode == TW_WALK_SKIP && size > 0) size--;);
    const uint8_t *bytes = tw_reader_take(r, size);
    if (TW_UNLIKELY(!bytes)) return tw_reader_short(r, p->rules.string, at);
    TW_WHEN_FAULT(STRING_ENDS_AT_NUL, size = (uint32_t)strnlen((const char *)bytes, size););
    TW_WHEN_FAULT(STRING_LAST_BYTE_LOST, if (size > 0) size--;);
    TW_WHEN_FAULT(
        STRING_MUST_BE_UTF8, if (!tw_utf8_valid(tw_bytes_of(bytes, size))) {
            return tw_reader_fail(r, TW_MALFORMED, TW_RULE_STRING_UTF8, at);
        });
    TW_TELL(bytes, .kind = TW_TOKEN_STRING, .type = TW_STRING, .count = size, .rule = p->rules.string,
            .value = {.type = TW_STRING, .count = size, .u.bytes = bytes});
    if (mode != TW_WALK_BUILD) return true;
    if (w->copy && !(bytes = tw_walk_copy(w, bytes, size))) return false;
    return tw_walk_add(w, r, t, (tw_node){.type = TW_STRING, .id = id, .count = size, .u.bytes = bytes});
}

/* A bool in a container, a number or a uuid. */
TW_INLINE bool tw_walk_scalar(const tw_seam *p, enum tw_walk_mode mode, tw_walk *w, tw_reader *r, tw_tape *t,
                              tw_type type, int16_t id)
{
    const uint8_t *at = r->pos;
    tw_node node = {.type = (uint8_t)type, .id = id};
    tw_rule rule = p->rules.integer;
    switch (type) {
    case TW_BOOL:
        rule = p->rules.boolean;
        if (!p->boolean(r, &node.u.i)) return false;
        break;
    case TW_I8:
        rule = p->rules.i8;
        if (TW_UNLIKELY(r->pos == r->end)) return tw_reader_short(r, rule, at);
        node.u.i = (int8_t)*r->pos++;
        TW_WHEN_FAULT(BINARY_I8_SIGN_LOST, if (rule == TW_RULE_BINARY_INTEGER) node.u.i &= 0x7f;);
        TW_WHEN_FAULT(
            COMPACT_I8_ZIGZAG,
            if (rule == TW_RULE_COMPACT_I8) { node.u.i = (node.u.i & 0xff) >> 1 ^ -(node.u.i & 1); });
        break;
    case TW_I16:
        if (!p->i16(r, &node.u.i)) return false;
        break;
    case TW_I32:
        if (!p->i32(r, &node.u.i)) return false;
        break;
    case TW_I64:
        if (!p->i64(r, &node.u.i)) return false;
        break;
    case TW_DOUBLE: {
        rule = p->rules.real;
        const uint8_t *bytes = tw_reader_take(r, 8);
        if (TW_UNLIKELY(!bytes)) return tw_reader_short(r, rule, at);
        node.u.bits = p->load_double(bytes);
        TW_WHEN_FAULT(DOUBLE_NEGATIVE_ZERO_LOST, if (node.u.bits << 1 == 0) node.u.bits = 0;);
        TW_WHEN_FAULT(DOUBLE_SUBNORMAL_FLUSHED, if (node.u.bits << 1 >> 53 == 0) node.u.bits &= UINT64_C(1)
                                                                                                << 63;);
        TW_WHEN_FAULT(
            DOUBLE_INFINITY_REFUSED, if (node.u.bits << 1 == UINT64_C(0x7ff) << 53) {
                return tw_reader_fail(r, TW_MALFORMED, TW_RULE_DOUBLE_BITS, at);
            });
        TW_WHEN_FAULT(
            DOUBLE_NAN_PAYLOAD_LOST,
            if (node.u.bits << 1 > UINT64_C(0x7ff) << 53) { node.u.bits = UINT64_C(0x7ff8000000000000); });
        TW_WHEN_FAULT(DOUBLE_SINGLE_PRECISION, double wide; memcpy(&wide, &node.u.bits, 8);
                      wide = (double)(float)wide; if (wide == wide) memcpy(&node.u.bits, &wide, 8););
        break;
    }
    default: { /* TW_UUID */
        rule = p->rules.uuid;
        const uint8_t *bytes = tw_reader_take(r, 16);
        if (TW_UNLIKELY(!bytes)) return tw_reader_short(r, rule, at);
        if (mode == TW_WALK_BUILD && w->copy && !(bytes = tw_walk_copy(w, bytes, 16))) return false;
        node.u.bytes = bytes;
        break;
    }
    }
    TW_WHEN_FAULT_ROW(SKIP_BOOL_SHORT, type, if (mode == TW_WALK_SKIP) r->pos--;);
    TW_TELL(at, .kind = TW_TOKEN_VALUE, .type = type, .rule = rule, .value = node);
    return mode != TW_WALK_BUILD || tw_walk_add(w, r, t, node);
}

#endif
