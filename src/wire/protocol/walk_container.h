/* The middle part of the walk (walk_read.h): opening a level for a list, a set, a map or a struct, lists of packed elements in
 * one batch, and the switch over all types of value. */
#ifndef WIRE_PROTOCOL_WALK_CONTAINER_H
#define WIRE_PROTOCOL_WALK_CONTAINER_H

#include "wire/protocol/walk_scalar.h"

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

#endif
