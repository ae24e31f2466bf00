/* The walk over the values of one struct, written once. `p` and `mode` are constants wherever this is used,
 * so each protocol and purpose gets a walk of its own from the compiler. The open levels stand in w->frames,
 * not on the C stack: depth costs memory that was counted, and a walk can stop at any token and go on later.
 */
#ifndef WIRE_PROTOCOL_WALK_READ_H
#define WIRE_PROTOCOL_WALK_READ_H

#include "wire/protocol/seam.h"

enum tw_walk_mode {
    TW_WALK_SKIP,   /* checks only */
    TW_WALK_BUILD,  /* fills w->tree */
    TW_WALK_TRACE,  /* tells w->tracer every token */
    TW_WALK_RESUME, /* checks only; where bytes are missing, stands at the last whole token */
};

/* Told by the token reader to the walk: stop quietly, the tracer had enough. */
#define TW_TRACE_ENDED TW_USAGE

/* --- tracing
 * ------------------------------------------------------------------------------------------------- */

static __attribute__((unused)) bool tw_walk_tell(tw_walk *w, tw_token token, const uint8_t *at)
{
    tw_path *path = &w->r.error->path;
    tw_walk_locate(w);
    token.offset = (size_t)(at - w->r.begin);
    token.len = (size_t)(w->r.pos - at);
    token.depth = (uint32_t)w->depth;
    token.path = path;
    bool go_on = w->tracer->token(w->tracer->context, &token);
    path->depth = 0;
    return go_on;
}

#define TW_TELL(at, ...)                                                                                     \
    do {                                                                                                     \
        if (mode == TW_WALK_TRACE && !tw_walk_tell(w, (tw_token){__VA_ARGS__}, at)) return false;            \
    } while (0)

/* --- the tape
 * ------------------------------------------------------------------------------------------------ */

TW_INLINE tw_node *tw_walk_node(tw_walk *w)
{
    tw_tree *tree = w->tree;
    if (TW_UNLIKELY(tree->count == tree->capacity) && !tw_tree_grow(tree, 1)) {
        tw_reader_fail(&w->r, TW_MEMORY, TW_RULE_NONE, w->r.pos);
        return NULL;
    }
    return &tree->nodes[tree->count++];
}

TW_INLINE bool tw_walk_add(tw_walk *w, tw_node node)
{
    tw_node *to = tw_walk_node(w);
    if (!to) return false;
    *to = node;
    return true;
}

/* Bytes that a node may point to: those of the input, or a copy. NULL when memory is refused. */
TW_INLINE const uint8_t *tw_walk_keep(tw_walk *w, const uint8_t *bytes, size_t n)
{
    if (!w->copy) return bytes;
    void *copy = tw_arena_take(&w->tree->arena, n);
    if (!copy) {
        tw_reader_fail(&w->r, TW_MEMORY, TW_RULE_NONE, bytes);
        return NULL;
    }
    if (n) memcpy(copy, bytes, n);
    return copy;
}

/* --- values that hold no others
 * ------------------------------------------------------------------------------ */

TW_INLINE bool tw_walk_string(const tw_seam *p, enum tw_walk_mode mode, tw_walk *w, int16_t id)
{
    tw_reader *r = &w->r;
    const uint8_t *at = r->pos;
    uint32_t size;
    if (!p->string_size(r, &size)) return false;
    if (TW_UNLIKELY(size > w->limits.string)) return tw_reader_fail(r, TW_LIMIT, TW_RULE_LIMIT_STRING, at);
    size_t size_len = (size_t)(r->pos - at);
    TW_TELL(at, .kind = TW_TOKEN_SIZE, .type = TW_STRING, .count = size, .rule = p->rules.string,
            .size_offset = (size_t)(at - r->begin), .size_len = size_len);
    const uint8_t *bytes = tw_reader_take(r, size);
    if (TW_UNLIKELY(!bytes)) return tw_reader_short(r, p->rules.string, at);
    TW_TELL(bytes, .kind = TW_TOKEN_STRING, .type = TW_STRING, .count = size, .rule = p->rules.string,
            .value = {.type = TW_STRING, .count = size, .u.bytes = bytes});
    if (mode != TW_WALK_BUILD) return true;
    bytes = tw_walk_keep(w, bytes, size);
    return bytes && tw_walk_add(w, (tw_node){.type = TW_STRING, .id = id, .count = size, .u.bytes = bytes});
}

/* A bool in a container, a number or a uuid. */
TW_INLINE bool tw_walk_scalar(const tw_seam *p, enum tw_walk_mode mode, tw_walk *w, tw_type type, int16_t id)
{
    tw_reader *r = &w->r;
    const uint8_t *at = r->pos;
    tw_node node = {.type = (uint8_t)type, .id = id};
    tw_rule rule = p->rules.integer;
    switch (type) {
    case TW_BOOL:
        rule = p->rules.boolean;
        if (!p->boolean(r, &node.u.i)) return false;
        break;
    case TW_I8: {
        rule = p->rules.i8;
        if (TW_UNLIKELY(r->pos == r->end)) return tw_reader_short(r, rule, at);
        node.u.i = (int8_t)*r->pos++;
        break;
    }
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
        break;
    }
    default: { /* TW_UUID */
        rule = p->rules.uuid;
        const uint8_t *bytes = tw_reader_take(r, 16);
        if (TW_UNLIKELY(!bytes)) return tw_reader_short(r, rule, at);
        node.u.bytes = mode == TW_WALK_BUILD ? tw_walk_keep(w, bytes, 16) : bytes;
        if (!node.u.bytes) return false;
        break;
    }
    }
    TW_TELL(at, .kind = TW_TOKEN_VALUE, .type = type, .rule = rule, .value = node);
    return mode != TW_WALK_BUILD || tw_walk_add(w, node);
}

/* --- containers
 * ---------------------------------------------------------------------------------------------- */

/* Refuses a size before anything is done for it: over the limit, or more elements than the bytes left can
 * hold. */
TW_INLINE bool tw_walk_fits(tw_walk *w, const tw_head *head, uint64_t least, tw_rule rule)
{
    tw_reader *r = &w->r;
    if (TW_UNLIKELY(head->count > w->limits.container)) {
        return tw_reader_fail(r, TW_LIMIT, TW_RULE_LIMIT_CONTAINER, head->size_at);
    }
    if (TW_FAULT(SIZE_MULTIPLY_32)) least = (uint32_t)(least * head->count) / (head->count | 1u);
    if (TW_UNLIKELY(head->count * least > tw_reader_left(r)) && !TW_FAULT(SIZE_UNCHECKED)) {
        return tw_reader_short(r, rule, head->size_at);
    }
    return true;
}

/* Opens a level. */
TW_INLINE bool tw_walk_push(enum tw_walk_mode mode, tw_walk *w, tw_frame frame, int16_t id, const uint8_t *at)
{
    size_t most = TW_FAULT(DEPTH_OFF_BY_ONE) ? w->limits.depth + 1u : w->limits.depth;
    if (TW_UNLIKELY(w->depth >= most) && !TW_FAULT(DEPTH_UNLIMITED)) {
        return tw_reader_fail(&w->r, TW_LIMIT, TW_RULE_LIMIT_DEPTH, at);
    }
    if (TW_UNLIKELY(w->depth == w->capacity) && !tw_walk_grow(w)) return false;
    if (mode == TW_WALK_BUILD) {
        frame.node = w->tree->count;
        if (!tw_walk_add(
                w, (tw_node){.type = frame.type, .inside = frame.inside, .id = id, .count = frame.count})) {
            return false;
        }
    }
    w->frames[w->depth++] = frame;
    if (w->depth > w->deepest) w->deepest = w->depth;
    return true;
}

/* A list or set whose header was read, of packed elements: one batch. */
TW_INLINE bool tw_walk_packed(const tw_seam *p, tw_walk *w, tw_type container, const tw_head *head,
                              int16_t id, const uint8_t *at)
{
    tw_reader *r = &w->r;
    tw_type element = (tw_type)head->inside;
    tw_frame frame = {
        .type = (uint8_t)container, .inside = head->inside, .count = head->count, .left = head->count};
    if (!tw_walk_push(TW_WALK_SKIP, w, frame, id, at)) return false;
    void *items = NULL;
    if (head->count > 0 && element == TW_UUID && !w->copy) {
        items = (void *)(uintptr_t)r->pos; /* 16 raw bytes each in either protocol: by reference */
        r->pos += (size_t)head->count * 16;
    } else if (head->count > 0) {
        items = tw_arena_take(&w->tree->arena, head->count * tw_type_packed_size(element));
        if (!items) return tw_reader_fail(r, TW_MEMORY, TW_RULE_NONE, at);
        size_t done = p->packed(r, element, head->count, items);
        if (TW_UNLIKELY(done < head->count)) {
            w->frames[w->depth - 1].left = (uint32_t)(head->count - done);
            return false;
        }
    }
    w->depth--;
    return tw_walk_add(w, (tw_node){.type = (uint8_t)container,
                                    .inside = head->inside,
                                    .id = id,
                                    .count = head->count,
                                    .u.items = items});
}

TW_INLINE bool tw_walk_list(const tw_seam *p, enum tw_walk_mode mode, tw_walk *w, tw_type container,
                            int16_t id)
{
    const uint8_t *at = w->r.pos;
    tw_head head;
    if (!p->list(&w->r, container, &head)) return false;
    tw_rule rule = container == TW_SET ? p->rules.set_size : p->rules.list_size;
    if (!tw_walk_fits(w, &head, p->minimum[head.inside & 15], rule)) return false;
    TW_TELL(at, .kind = container == TW_SET ? TW_TOKEN_SET : TW_TOKEN_LIST, .type = container,
            .inside = head.inside, .count = head.count,
            .rule = container == TW_SET ? p->rules.set : p->rules.list,
            .size_offset = (size_t)(head.size_at - w->r.begin), .size_len = head.size_len);
    if (mode == TW_WALK_BUILD && tw_type_packed_size((tw_type)head.inside) != 0) {
        return tw_walk_packed(p, w, container, &head, id, at);
    }
    tw_frame frame = {
        .type = (uint8_t)container, .inside = head.inside, .count = head.count, .left = head.count};
    return tw_walk_push(mode, w, frame, id, at);
}

TW_INLINE bool tw_walk_map(const tw_seam *p, enum tw_walk_mode mode, tw_walk *w, int16_t id)
{
    const uint8_t *at = w->r.pos;
    tw_head head;
    if (!p->map(&w->r, &head)) return false;
    uint64_t least = (uint64_t)p->minimum[head.inside >> 4] + p->minimum[head.inside & 15];
    if (!tw_walk_fits(w, &head, least, p->rules.map_size)) return false;
    TW_TELL(at, .kind = TW_TOKEN_MAP, .type = TW_MAP, .inside = head.inside, .count = head.count,
            .rule = p->rules.map, .size_offset = (size_t)(head.size_at - w->r.begin),
            .size_len = head.size_len);
    tw_frame frame = {.type = TW_MAP, .inside = head.inside, .count = head.count, .left = head.count};
    return tw_walk_push(mode, w, frame, id, at);
}

TW_INLINE bool tw_walk_struct(enum tw_walk_mode mode, tw_walk *w, int16_t id)
{
    const uint8_t *at = w->r.pos;
    if (!tw_walk_push(mode, w, (tw_frame){.type = TW_STRUCT}, id, at)) return false;
    if (mode == TW_WALK_TRACE) {
        w->depth--; /* told as standing in its parent */
        bool go_on = tw_walk_tell(w, (tw_token){.kind = TW_TOKEN_STRUCT, .type = TW_STRUCT}, at);
        w->depth++;
        if (!go_on) return false;
    }
    w->in_value = false;
    return true;
}

/* Any value but a bool that stands in its field header. A nesting one is only opened. */
TW_INLINE bool tw_walk_value(const tw_seam *p, enum tw_walk_mode mode, tw_walk *w, tw_type type, int16_t id)
{
    switch (type) {
    case TW_STRING:
        return tw_walk_string(p, mode, w, id);
    case TW_STRUCT:
        return tw_walk_struct(mode, w, id);
    case TW_LIST:
    case TW_SET:
        return tw_walk_list(p, mode, w, type, id);
    case TW_MAP:
        return tw_walk_map(p, mode, w, id);
    default:
        return tw_walk_scalar(p, mode, w, type, id);
    }
}

/* --- levels
 * -------------------------------------------------------------------------------------------------- */

/* Reads fields of the struct on top until it ends or something opens inside it. */
TW_INLINE bool tw_walk_fields(const tw_seam *p, enum tw_walk_mode mode, tw_walk *w)
{
    tw_reader *r = &w->r;
    size_t level = w->depth;
    tw_frame *f = &w->frames[level - 1];
    tw_frame restore = *f;
    const uint8_t *mark = r->pos;
    for (;;) {
        if (mode == TW_WALK_RESUME) {
            restore = *f;
            mark = r->pos;
        }
        w->in_value = false;
        const uint8_t *at = r->pos;
        tw_field field;
        if (TW_UNLIKELY(!p->field(r, f->id, &field))) goto fail;
        if (field.type == TW_STOP) {
            TW_TELL(at, .kind = TW_TOKEN_STOP, .rule = p->rules.stop);
            if (mode == TW_WALK_BUILD) {
                tw_node *node = &w->tree->nodes[f->node];
                node->count = f->count;
                node->u.span = w->tree->count - f->node;
            }
            if (TW_FAULT(COMPACT_STATE_NOT_RESTORED) && level > 1) w->frames[level - 2].id = f->id;
            w->depth--;
            return true;
        }
        f->id = field.id;
        f->count++;
        w->in_value = true;
        if (mode == TW_WALK_TRACE) {
            tw_token token = {.kind = TW_TOKEN_FIELD,
                              .type = field.type,
                              .id = field.id,
                              .rule = p->rules.field,
                              .value = {.type = (uint8_t)field.type, .id = field.id, .u.i = field.value > 0}};
            if (field.value < 0) token.value.type = TW_STOP;
            if (field.id_at) {
                token.size_offset = (size_t)(field.id_at - r->begin);
                token.size_len = (size_t)(r->pos - field.id_at);
            }
            if (!tw_walk_tell(w, token, at)) return false;
        }
        if (field.value >= 0) {
            if (mode == TW_WALK_BUILD &&
                !tw_walk_add(w, (tw_node){.type = TW_BOOL, .id = field.id, .u.i = field.value})) {
                return false;
            }
            continue;
        }
        if (TW_UNLIKELY(!tw_walk_value(p, mode, w, field.type, field.id))) goto fail;
        if (w->depth != level) return true;
        f = &w->frames[level - 1];
    }
fail:
    if (mode == TW_WALK_RESUME && r->error->cls == TW_TRUNCATED && w->depth == level) {
        w->frames[level - 1] = restore;
        r->pos = mark;
    }
    return false;
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

/* Reads elements of the container on top until it ends or something opens inside it. */
TW_INLINE bool tw_walk_elements(const tw_seam *p, enum tw_walk_mode mode, tw_walk *w)
{
    tw_reader *r = &w->r;
    size_t level = w->depth;
    tw_frame *f = &w->frames[level - 1];
    tw_type first = (tw_type)(f->type == TW_MAP ? f->inside >> 4 : f->inside & 15);
    tw_type second = (tw_type)(f->inside & 15);
    w->in_value = true;
    if (f->child) {
        f->child = false;
        tw_walk_count_off(f);
    }
    bool batch = mode == TW_WALK_SKIP || mode == TW_WALK_RESUME;
    if (batch && f->type != TW_MAP && tw_type_packed_size(first) != 0) {
        f->left -= (uint32_t)p->packed(r, first, f->left, NULL);
        if (f->left > 0) return false;
    }
    while (f->left > 0) {
        const uint8_t *mark = r->pos;
        if (TW_UNLIKELY(!tw_walk_value(p, mode, w, f->half ? second : first, 0))) {
            if (mode == TW_WALK_RESUME && r->error->cls == TW_TRUNCATED) r->pos = mark;
            return false;
        }
        f = &w->frames[level - 1];
        if (w->depth != level) {
            f->child = true;
            return true;
        }
        tw_walk_count_off(f);
    }
    TW_TELL(r->pos, .kind = TW_TOKEN_END, .type = (tw_type)f->type);
    if (mode == TW_WALK_BUILD) w->tree->nodes[f->node].u.span = w->tree->count - f->node;
    w->depth--;
    return true;
}

/* Walks until the outermost struct ends. With frames open (resuming), goes on with them. */
TW_INLINE tw_class tw_walk_read(const tw_seam *p, enum tw_walk_mode mode, tw_walk *w)
{
    if (w->depth == 0 && !tw_walk_struct(mode, w, 0)) return w->r.error->cls;
    while (w->depth > 0) {
        tw_frame *f = &w->frames[w->depth - 1];
        bool ok = f->type == TW_STRUCT ? tw_walk_fields(p, mode, w) : tw_walk_elements(p, mode, w);
        if (!ok) break;
    }
    return w->r.error->cls;
}

#endif
