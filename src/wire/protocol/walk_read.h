/* The walk over the values of one struct, written once. `p` and `mode` are constants wherever this is used,
 * so each protocol and purpose gets a walk of its own from the compiler. The open levels stand in w->frames,
 * not on the C stack: depth costs memory that was counted, and a walk can stop at any token and go on later.
 *
 * `r` and `t`, the cursor and the end of the tape, are variables of tw_walk_read whose address leaves no
 * inlined function: that keeps them in registers, which is worth a third of the time for small structs. */
#ifndef WIRE_PROTOCOL_WALK_READ_H
#define WIRE_PROTOCOL_WALK_READ_H

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

/* Containers. */

/* Refuses a size before anything is done for it: over the limit, or more elements than the bytes left can
 * hold. */
TW_INLINE bool tw_walk_fits(tw_walk *w, const tw_reader *r, const tw_head *head, uint64_t least, tw_rule rule)
{
    if (TW_UNLIKELY(head->count > w->limits.container)) {
        return tw_reader_fail(r, TW_LIMIT, TW_RULE_LIMIT_CONTAINER, head->size_at);
    }
    uint64_t bytes = head->count * least;
    TW_WHEN_FAULT(SIZE_MULTIPLY_32, bytes = (uint32_t)bytes;);
    if (TW_UNLIKELY(bytes > tw_reader_left(r)) && !TW_FAULT(SIZE_UNCHECKED)) {
        return tw_reader_short(r, rule, head->size_at);
    }
    return true;
}

/* Opens a level. */
TW_INLINE bool tw_walk_push(enum tw_walk_mode mode, tw_walk *w, const tw_reader *r, tw_tape *t,
                            tw_frame frame, int16_t id, const uint8_t *at)
{
    size_t most = w->limits.depth;
    TW_WHEN_FAULT(DEPTH_OFF_BY_ONE, most++;);
    TW_WHEN_FAULT(DEPTH_ONE_LESS, most--;);
    TW_WHEN_FAULT(DEPTH_STRUCTS_ONLY, if (frame.type != TW_STRUCT) most = UINT32_MAX;);
    TW_WHEN_FAULT(DEPTH_NOT_IN_SKIP, if (mode == TW_WALK_SKIP) most = UINT32_MAX;);
    TW_WHEN_FAULT(
        NESTING_IN_CONTAINERS_REFUSED, if (w->depth > 0 && w->frames[w->depth - 1].type != TW_STRUCT) {
            return tw_reader_fail(r, TW_MALFORMED, TW_RULE_STRUCT_NESTING, at);
        });
    TW_WHEN_FAULT_ROW(SKIP_BOOL_SHORT, frame.type, if (mode == TW_WALK_SKIP && frame.left > 0) frame.left--;);
    if (TW_UNLIKELY(w->depth >= most) && !TW_FAULT(DEPTH_UNLIMITED)) {
        return tw_reader_fail(r, TW_LIMIT, TW_RULE_LIMIT_DEPTH, at);
    }
    if (TW_UNLIKELY(w->depth == w->capacity) && !tw_walk_grow(w, at)) return false;
    if (mode == TW_WALK_BUILD) {
        tw_node node = {.type = frame.type, .inside = frame.inside, .id = id, .count = frame.count};
        if (!tw_walk_add(w, r, t, node)) return false;
        frame.node = (size_t)(t->at - w->tree->nodes) - 1;
    }
    w->frames[w->depth++] = frame;
    if (w->depth > w->deepest) w->deepest = w->depth;
    return true;
}

/* A list or set whose header was read, of packed elements: one batch. */
TW_INLINE bool tw_walk_packed(const tw_seam *p, tw_walk *w, tw_reader *r, tw_tape *t, tw_frame frame,
                              int16_t id, const uint8_t *at)
{
    tw_type element = (tw_type)frame.inside;
    if (!tw_walk_push(TW_WALK_SKIP, w, r, t, frame, id, at)) return false;
    void *items = NULL;
    if (frame.count > 0 && element == TW_UUID && !w->copy) {
        items = (void *)(uintptr_t)r->pos; /* 16 raw bytes each in either protocol: by reference */
        r->pos += (size_t)frame.count * 16;
    } else if (frame.count > 0) {
        items = tw_arena_take(&w->tree->arena, frame.count * tw_type_packed_size(element));
        if (!items) return tw_reader_fail(r, TW_MEMORY, TW_RULE_NONE, at);
        size_t done;
        r->pos = p->packed(r->pos, r->end, r->origin, element, frame.count, items, &done);
        TW_WHEN_FAULT(LIST_REVERSED, tw_fault_reverse(items, done, tw_type_packed_size(element)););
        if (TW_UNLIKELY(done < frame.count)) {
            w->frames[w->depth - 1].left = (uint32_t)(frame.count - done);
            w->in_value = true;
            return false;
        }
    }
    w->depth--;
    return tw_walk_add(
        w, r, t,
        (tw_node){
            .type = frame.type, .inside = frame.inside, .id = id, .count = frame.count, .u.items = items});
}

TW_INLINE bool tw_walk_list(const tw_seam *p, enum tw_walk_mode mode, tw_walk *w, tw_reader *r, tw_tape *t,
                            tw_type container, int16_t id)
{
    const uint8_t *at = r->pos;
    tw_head head = {0};
    if (!p->list(r, container, &head)) return false;
    tw_rule rule = container == TW_SET ? p->rules.set_size : p->rules.list_size;
    if (!tw_walk_fits(w, r, &head, p->minimum[head.inside & 15], rule)) return false;
    TW_TELL(at, .kind = container == TW_SET ? TW_TOKEN_SET : TW_TOKEN_LIST, .type = container,
            .inside = head.inside, .count = head.count,
            .rule = container == TW_SET ? p->rules.set : p->rules.list,
            .size_offset = (size_t)(head.size_at - w->origin.begin), .size_len = head.size_len);
    tw_frame frame = {
        .type = (uint8_t)container, .inside = head.inside, .count = head.count, .left = head.count};
    if (mode == TW_WALK_BUILD && tw_type_packed_size((tw_type)head.inside) != 0) {
        return tw_walk_packed(p, w, r, t, frame, id, at);
    }
    return tw_walk_push(mode, w, r, t, frame, id, at);
}

TW_INLINE bool tw_walk_map(const tw_seam *p, enum tw_walk_mode mode, tw_walk *w, tw_reader *r, tw_tape *t,
                           int16_t id)
{
    const uint8_t *at = r->pos;
    tw_head head = {0};
    if (!p->map(r, &head)) return false;
    uint64_t least = (uint64_t)p->minimum[head.inside >> 4] + p->minimum[head.inside & 15];
    if (!tw_walk_fits(w, r, &head, least, p->rules.map_size)) return false;
    TW_TELL(at, .kind = TW_TOKEN_MAP, .type = TW_MAP, .inside = head.inside, .count = head.count,
            .rule = p->rules.map, .size_offset = (size_t)(head.size_at - w->origin.begin),
            .size_len = head.size_len);
    tw_frame frame = {.type = TW_MAP, .inside = head.inside, .count = head.count, .left = head.count};
    return tw_walk_push(mode, w, r, t, frame, id, at);
}

TW_INLINE bool tw_walk_struct(enum tw_walk_mode mode, tw_walk *w, const tw_reader *r, tw_tape *t, int16_t id)
{
    if (mode == TW_WALK_TRACE && w->depth < w->limits.depth) {
        TW_TELL(r->pos, .kind = TW_TOKEN_STRUCT, .type = TW_STRUCT);
    }
    return tw_walk_push(mode, w, r, t, (tw_frame){.type = TW_STRUCT}, id, r->pos);
}

/* Any value but a bool that stands in its field header. A nesting one is only opened. One flat switch: each
 * case has its type as a constant. */
TW_INLINE bool tw_walk_value(const tw_seam *p, enum tw_walk_mode mode, tw_walk *w, tw_reader *r, tw_tape *t,
                             tw_type type, int16_t id)
{
    switch (type) {
    case TW_BOOL: return tw_walk_scalar(p, mode, w, r, t, TW_BOOL, id);
    case TW_I8: return tw_walk_scalar(p, mode, w, r, t, TW_I8, id);
    case TW_I16: return tw_walk_scalar(p, mode, w, r, t, TW_I16, id);
    case TW_I32: return tw_walk_scalar(p, mode, w, r, t, TW_I32, id);
    case TW_I64: return tw_walk_scalar(p, mode, w, r, t, TW_I64, id);
    case TW_DOUBLE: return tw_walk_scalar(p, mode, w, r, t, TW_DOUBLE, id);
    case TW_STRING: return tw_walk_string(p, mode, w, r, t, id);
    case TW_LIST: return tw_walk_list(p, mode, w, r, t, TW_LIST, id);
    case TW_SET: return tw_walk_list(p, mode, w, r, t, TW_SET, id);
    case TW_MAP: return tw_walk_map(p, mode, w, r, t, id);
    case TW_STRUCT: return tw_walk_struct(mode, w, r, t, id);
    default: return tw_walk_scalar(p, mode, w, r, t, TW_UUID, id);
    }
}

/* Levels. */

TW_INLINE bool tw_walk_tell_field(tw_walk *w, const tw_seam *p, const tw_reader *r, const tw_field *field,
                                  const uint8_t *at)
{
    tw_token token = {
        .kind = TW_TOKEN_FIELD,
        .type = field->type,
        .id = field->id,
        .rule = p->rules.field,
        .value = {.type = field->value < 0 ? TW_STOP : TW_BOOL, .id = field->id, .u.i = field->value > 0}};
    if (field->id_at) {
        token.size_offset = (size_t)(field->id_at - w->origin.begin);
        token.size_len = (size_t)(r->pos - field->id_at);
    }
    return tw_walk_tell(w, token, at, r->pos);
}

/* Reads fields of the struct on top until it ends or a container opens inside it. From struct to struct,
 * inside one another or next to one another in a list, it goes on without leaving. */
TW_INLINE bool tw_walk_fields(const tw_seam *p, enum tw_walk_mode mode, tw_walk *w, tw_reader *r, tw_tape *t)
{
    tw_frame *f = &w->frames[w->depth - 1];
    int16_t id = f->id;
    uint32_t count = f->count;
    TW_WHEN_FAULT(COMPACT_STATE_KEPT_BEHIND_STRUCT,
                  if (w->depth == 1 && count == 0) id = (int16_t)tw_fault_carried_id;);
    TW_WHEN_FAULT(COMPACT_STATE_KEPT_BEHIND_REFUSAL,
                  if (w->depth == 1 && count == 0) id = (int16_t)tw_fault_carried_id;);
    for (;;) {
        const uint8_t *at = r->pos;
        if (mode == TW_WALK_TRACE) w->in_value = false;
        tw_field field = {.type = TW_STOP};
        if (TW_UNLIKELY(!p->field(r, id, &field))) {
            TW_WHEN_FAULT(COMPACT_STATE_KEPT_BEHIND_REFUSAL, tw_fault_carried_id = id;);
            w->in_value = false;
            f->id = id;
            f->count = count;
            if (mode == TW_WALK_RESUME) r->pos = at;
            return false;
        }
        TW_WHEN_FAULT(
            FIELD_ORDER_REFUSED, if (field.type != TW_STOP && count > 0 && field.id < id) {
                return tw_reader_fail(r, TW_MALFORMED, TW_RULE_STRUCT_FIELD_ORDER, at);
            });
        TW_WHEN_FAULT(
            FIELD_ID_TWICE_REFUSED, if (field.type != TW_STOP && count > 0 && field.id == id) {
                return tw_reader_fail(r, TW_MALFORMED, TW_RULE_STRUCT_DUPLICATE_ID, at);
            });
        TW_WHEN_FAULT(
            FIELD_ID_ZERO_REFUSED, if (field.type != TW_STOP && field.id == 0) {
                return tw_reader_fail(r, TW_MALFORMED, TW_RULE_STRUCT_FIELD_ID, at);
            });
        TW_WHEN_FAULT(
            FIELD_ID_NEGATIVE_REFUSED, if (field.type != TW_STOP && field.id < 0) {
                return tw_reader_fail(r, TW_MALFORMED, TW_RULE_STRUCT_FIELD_ID, at);
            });
        if (field.type == TW_STOP) {
            TW_WHEN_FAULT(COMPACT_STATE_KEPT_BEHIND_STRUCT, if (w->depth == 1) tw_fault_carried_id = id;);
            TW_WHEN_FAULT(COMPACT_STATE_KEPT_BEHIND_REFUSAL, if (w->depth == 1) tw_fault_carried_id = 0;);
            TW_WHEN_FAULT(SKIP_STRUCT_SHORT, if (mode == TW_WALK_SKIP && w->depth > 1) r->pos--;);
            TW_TELL(at, .kind = TW_TOKEN_STOP, .rule = p->rules.stop);
            if (mode == TW_WALK_BUILD) {
                tw_node *node = &w->tree->nodes[f->node];
                node->count = count;
                node->u.span = (size_t)(t->at - node);
            }
            if (--w->depth == 0) return true;
            f--;
            if (f->type == TW_STRUCT) {
                if (!TW_FAULT(COMPACT_STATE_NOT_RESTORED)) id = f->id;
                count = f->count;
                continue;
            }
            TW_WHEN_FAULT(STRUCT_IN_LIST_ONLY_ONE, f->left = 1;);
            if (f->type == TW_MAP || f->left <= 1) return true;
            f->left--;
            if (TW_UNLIKELY(!tw_walk_struct(mode, w, r, t, 0))) return false;
            f++;
            if (!TW_FAULT(COMPACT_STATE_KEPT_IN_ELEMENT)) id = 0;
            count = 0;
            continue;
        }
        if (mode == TW_WALK_TRACE) {
            w->in_value = true;
            f->id = field.id;
            if (!tw_walk_tell_field(w, p, r, &field, at)) return false;
        }
        if (field.value >= 0) {
            tw_node node = {.type = TW_BOOL, .id = field.id, .u.i = field.value};
            if (mode == TW_WALK_BUILD && !tw_walk_add(w, r, t, node)) return false;
            if (!TW_FAULT(COMPACT_STATE_LOST_BEHIND_BOOL)) id = field.id;
            count++;
            continue;
        }
        const size_t level = w->depth;
        bool nests = tw_type_nests(field.type);
        if (nests) { /* what opens needs this level's state in its place */
            f->id = field.id;
            f->count = count + 1;
            TW_WHEN_FAULT(COMPACT_STATE_LOST_BEHIND_CONTAINER, if (field.type != TW_STRUCT) f->id = 0;);
        }
        if (TW_UNLIKELY(!tw_walk_value(p, mode, w, r, t, field.type, field.id))) {
            f = &w->frames[level - 1];
            TW_WHEN_FAULT(COMPACT_STATE_KEPT_BEHIND_REFUSAL, tw_fault_carried_id = field.id;);
            bool again = mode == TW_WALK_RESUME && w->origin.error->cls == TW_TRUNCATED;
            TW_WHEN_FAULT(RESUME_INSIDE_TOKEN, if (again) at = r->pos;);
            f->id = again ? id : field.id;
            f->count = count;
            if (again) r->pos = at;
            w->in_value = !again;
            return false;
        }
        id = field.id;
        count++;
        TW_WHEN_FAULT(COMPACT_STATE_LOST_BEHIND_CONTAINER, if (nests) id = 0;);
        if (nests && w->depth != level) {
            if (field.type != TW_STRUCT) return true;
            f = &w->frames[level];
            if (!TW_FAULT(COMPACT_STATE_KEPT_IN_STRUCT)) id = 0;
            count = 0;
        } else if (nests) {
            f = &w->frames[level - 1]; /* opening and closing a level may have moved them */
        }
    }
}

/* One key, value or element is done. */
TW_INLINE void tw_walk_count_off(tw_frame *f)
{
    if (f->type == TW_MAP && !f->half) {
        f->half = true;
        return;
    }
    f->half = false;
    f->left--;
}

#ifdef TW_FAULTS
/* Whether the key just read, of a map of plain keys and values, is that of the pair before. */
static bool tw_walk_key_twice(const tw_tape *t, tw_type key, tw_type value)
{
    if (tw_type_nests(key) || tw_type_nests(value) || key == TW_UUID) return false;
    const tw_node *now = t->at - 1, *before = now - 2;
    if (key != TW_STRING) return now->u.i == before->u.i;
    return now->count == before->count && memcmp(now->u.bytes, before->u.bytes, now->count) == 0;
}
#endif

/* Reads elements of the container on top until it ends or something opens inside it. */
TW_INLINE bool tw_walk_elements(const tw_seam *p, enum tw_walk_mode mode, tw_walk *w, tw_reader *r,
                                tw_tape *t)
{
    const size_t level = w->depth;
    tw_frame *f = &w->frames[level - 1];
    tw_type first = (tw_type)(f->type == TW_MAP ? f->inside >> 4 : f->inside & 15);
    tw_type second = (tw_type)(f->inside & 15);
    if (f->child) {
        f->child = false;
        tw_walk_count_off(f);
    }
    bool batch = mode == TW_WALK_SKIP || mode == TW_WALK_RESUME;
    if (batch && f->type != TW_MAP && tw_type_packed_size(first) != 0) {
        size_t done;
        r->pos = p->packed(r->pos, r->end, r->origin, first, f->left, NULL, &done);
        f->left -= (uint32_t)done;
        if (f->left > 0) return false;
    }
    while (f->left > 0) {
        const uint8_t *at = r->pos;
        if (TW_UNLIKELY(!tw_walk_value(p, mode, w, r, t, f->half ? second : first, 0))) {
            if (mode == TW_WALK_RESUME) r->pos = at;
            return false;
        }
        TW_WHEN_FAULT(
            MAP_KEY_TWICE_REFUSED, if (mode == TW_WALK_BUILD && f->type == TW_MAP && !f->half &&
                                       f->left < f->count && tw_walk_key_twice(t, first, second)) {
                return tw_reader_fail(r, TW_MALFORMED, TW_RULE_MAP_DUPLICATE_KEY, at);
            });
        if (w->depth != level) {
            w->frames[level - 1].child = true;
            return true;
        }
        f = &w->frames[level - 1]; /* as above: a packed list was a level of its own for a while */
        tw_walk_count_off(f);
    }
    TW_TELL(r->pos, .kind = TW_TOKEN_END, .type = (tw_type)f->type);
    if (mode == TW_WALK_BUILD) {
        tw_node *node = &w->tree->nodes[f->node];
        node->u.span = (size_t)(t->at - node);
    }
    w->depth = level - 1;
    return true;
}

/* Walks until the outermost struct ends. With frames open (resuming), goes on with them. */
TW_INLINE tw_class tw_walk_read(const tw_seam *p, enum tw_walk_mode mode, tw_walk *w)
{
    tw_reader r = w->r;
    tw_tape t = {NULL, NULL};
    if (mode == TW_WALK_BUILD && w->tree->nodes) {
        t = (tw_tape){w->tree->nodes, w->tree->nodes + w->tree->capacity};
    }
    bool ok = w->depth > 0 || tw_walk_struct(mode, w, &r, &t, 0);
    while (ok && w->depth > 0) {
        if (w->frames[w->depth - 1].type == TW_STRUCT) {
            ok = tw_walk_fields(p, mode, w, &r, &t);
        } else {
            ok = tw_walk_elements(p, mode, w, &r, &t);
        }
    }
    w->r = r;
    if (mode == TW_WALK_BUILD && t.at) w->tree->count = (size_t)(t.at - w->tree->nodes);
    return w->origin.error->cls;
}

#endif
