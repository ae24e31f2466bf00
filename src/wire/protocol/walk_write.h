/* The walk that encodes, written once: along the tape, with the ends of the open spans on a stack. Used as
 * walk_read.h is: `p` is a constant. */
#ifndef WIRE_PROTOCOL_WALK_WRITE_H
#define WIRE_PROTOCOL_WALK_WRITE_H

#include "wire/protocol/seam.h"

/* A span that is open. */
typedef struct tw_span {
    const tw_node *end;
    bool is_struct;
    int16_t last_id;
} tw_span;

typedef struct tw_write {
    tw_buffer *to;
    uint8_t *at, *room_end; /* where the next byte goes; end of the room in the buffer */
    tw_span *spans;
    size_t depth, capacity;
    tw_span local[TW_FRAMES_LOCAL];
} tw_write;

/* Room for n more bytes. The buffer's len is brought up to date only here and at the end. */
TW_INLINE bool tw_write_room(tw_write *w, size_t n)
{
    if (TW_LIKELY((size_t)(w->room_end - w->at) >= n)) return true;
    w->to->len = (size_t)(w->at - w->to->data);
    uint8_t *at = tw_buffer_reserve(w->to, n);
    if (!at) return false;
    w->at = at;
    w->room_end = w->to->data + w->to->capacity;
    return true;
}

static __attribute__((unused)) bool tw_write_grow(tw_write *w)
{
    size_t capacity = w->capacity * 2;
    bool is_local = w->spans == w->local;
    tw_span *spans = tw_resize(w->to->alloc, is_local ? NULL : w->spans,
                               is_local ? 0 : w->capacity * sizeof *spans, capacity * sizeof *spans);
    if (!spans) return false;
    if (is_local) memcpy(spans, w->local, sizeof w->local);
    w->spans = spans;
    w->capacity = capacity;
    return true;
}

TW_INLINE tw_class tw_write_leaf(const tw_seam *p, tw_write *w, const tw_node *node)
{
    if (node->type == TW_STRING) {
        if (TW_UNLIKELY(node->count > TW_SIZE_MAX)) return TW_USAGE;
        if (!tw_write_room(w, TW_TOKEN_MOST + (size_t)node->count)) return TW_MEMORY;
        w->at = p->put_size(w->at, node->count);
        if (node->count) memcpy(w->at, node->u.bytes, node->count);
        w->at += node->count;
        return TW_OK;
    }
    w->at = p->put_scalar(w->at, node);
    return TW_OK;
}

/* A list or set of packed elements: header and all. */
TW_INLINE tw_class tw_write_packed(const tw_seam *p, tw_write *w, const tw_node *node)
{
    tw_type element = tw_node_element_type(node);
    if (TW_UNLIKELY(node->count > TW_SIZE_MAX)) return TW_USAGE;
    if (!tw_write_room(w, TW_TOKEN_MOST + node->count * p->packed_most[element])) return TW_MEMORY;
    w->at = p->put_list(w->at, element, node->count);
    if (node->count) w->at = p->put_packed(w->at, element, node->u.items, node->count);
    return TW_OK;
}

/* Writes the header of a value that nests others and opens its span. */
TW_INLINE tw_class tw_write_open(const tw_seam *p, tw_write *w, const tw_node *node)
{
    if (TW_UNLIKELY(node->count > TW_SIZE_MAX)) return TW_USAGE;
    if (node->type == TW_MAP) {
        w->at = p->put_map(w->at, tw_node_key_type(node), tw_node_element_type(node), node->count);
    } else if (node->type != TW_STRUCT) {
        w->at = p->put_list(w->at, tw_node_element_type(node), node->count);
    }
    if (TW_UNLIKELY(w->depth == w->capacity) && !tw_write_grow(w)) return TW_MEMORY;
    w->spans[w->depth++] = (tw_span){tw_node_next(node), node->type == TW_STRUCT, 0};
    return TW_OK;
}

TW_INLINE tw_class tw_write_value(const tw_seam *p, tw_write *w, const tw_node *node)
{
    if (!tw_type_nests((tw_type)node->type)) return tw_write_leaf(p, w, node);
    return tw_node_packed(node) ? tw_write_packed(p, w, node) : tw_write_open(p, w, node);
}

TW_INLINE tw_class tw_walk_write(const tw_seam *p, const tw_node *root, tw_buffer *to)
{
    tw_write w;
    w.to = to;
    w.spans = w.local;
    w.depth = 0;
    w.capacity = TW_FRAMES_LOCAL;
    w.at = w.room_end = NULL;
    if (!tw_buffer_reserve(to, TW_TOKEN_MOST)) return TW_MEMORY;
    w.at = to->data + to->len;
    w.room_end = to->data + to->capacity;
    tw_class cls = tw_write_open(p, &w, root);
    const tw_node *node = root + 1;
    while (TW_LIKELY(cls == TW_OK)) {
        tw_span *span = &w.spans[w.depth - 1];
        if (!tw_write_room(&w, 2 * TW_TOKEN_MOST)) {
            cls = TW_MEMORY;
            break;
        }
        if (node == span->end) {
            if (span->is_struct) *w.at++ = 0;
            if (--w.depth == 0) break;
            continue;
        }
        if (span->is_struct) {
            w.at = p->put_field(w.at, span->last_id, node->id, (tw_type)node->type, node->u.i);
            span->last_id = node->id;
            if (node->type == TW_BOOL) { /* written by put_field in either protocol */
                node++;
                continue;
            }
        }
        cls = tw_write_value(p, &w, node);
        node++; /* into what was opened, or past a leaf */
    }
    if (w.at) to->len = (size_t)(w.at - to->data);
    if (w.spans != w.local) tw_resize(to->alloc, w.spans, w.capacity * sizeof(tw_span), 0);
    return cls;
}

#endif
