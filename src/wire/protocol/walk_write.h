/* The walk that encodes, written once: along the tape, with the spans that are open on a stack. Used as
 * walk_read.h is: `p` is a constant, and the position in the output stays in a register. */
#ifndef WIRE_PROTOCOL_WALK_WRITE_H
#define WIRE_PROTOCOL_WALK_WRITE_H

#include "wire/protocol/seam.h"

/* A struct or container that is being written. */
typedef struct tw_span {
    const tw_node *end;
    bool is_struct;
    int16_t last_id;
} tw_span;

typedef struct tw_spans {
    tw_span *at;
    size_t depth, capacity;
    tw_span local[TW_FRAMES_LOCAL];
} tw_spans;

/* Room for n more bytes behind `at`: where they go now, or NULL when memory is refused. */
static __attribute__((unused, noinline)) uint8_t *tw_write_room(tw_buffer *to, const uint8_t *at, size_t n)
{
    to->len = (size_t)(at - to->data);
    return tw_buffer_reserve(to, n);
}

static __attribute__((unused, noinline)) bool tw_write_grow(tw_spans *spans, const tw_alloc *alloc)
{
    size_t capacity = spans->capacity * 2;
    bool is_local = spans->at == spans->local;
    tw_span *at = tw_resize(alloc, is_local ? NULL : spans->at, is_local ? 0 : spans->capacity * sizeof *at,
                            capacity * sizeof *at);
    if (!at) return false;
    if (is_local) memcpy(at, spans->local, sizeof spans->local);
    spans->at = at;
    spans->capacity = capacity;
    return true;
}

/* Most bytes that one node needs besides those that it points to: field header, header or scalar, stop byte.
 */
#define TW_NODE_MOST (2 * TW_TOKEN_MOST)

/* The header of a struct, map, or list or set that is not packed. */
TW_INLINE uint8_t *tw_write_head(const tw_seam *p, uint8_t *at, const tw_node *node)
{
    if (node->type == TW_STRUCT) return at;
    if (node->type == TW_MAP)
        return p->put_map(at, tw_node_key_type(node), tw_node_element_type(node), node->count);
    return p->put_list(at, tw_node_element_type(node), node->count);
}

#define TW_WRITE_SCALAR(type_)                                                                               \
    case type_: at = p->put_scalar(at, type_, node); break;

TW_INLINE tw_class tw_write_nodes(const tw_seam *p, const tw_node *root, tw_buffer *to, tw_spans *spans)
{
    uint8_t *at = tw_buffer_reserve(to, TW_NODE_MOST);
    if (!at) return TW_MEMORY;
    uint8_t *end = to->data + to->capacity;
    const tw_node *node = tw_node_first(root);
    tw_span open = {tw_node_next(root), true, 0};
    for (;;) {
        if (TW_UNLIKELY((size_t)(end - at) < TW_NODE_MOST)) {
            at = tw_write_room(to, at, TW_NODE_MOST);
            if (!at) return TW_MEMORY;
            end = to->data + to->capacity;
        }
        if (node == open.end) {
            if (open.is_struct && !TW_FAULT_AND(WRITE_STOP_LOST, spans->depth > 0)) *at++ = 0;
            if (spans->depth == 0) break;
            TW_WHEN_FAULT(COMPACT_WRITE_STATE_NOT_RESTORED,
                          if (open.is_struct) spans->at[spans->depth - 1].last_id = open.last_id;);
            open = spans->at[--spans->depth];
            continue;
        }
        if (open.is_struct) {
            at = p->put_field(at, open.last_id, node->id, (tw_type)node->type, node->u.i);
            open.last_id = node->id;
            if (node->type == TW_BOOL) { /* put_field wrote it all */
                node++;
                continue;
            }
        }
        if (TW_UNLIKELY(node->count > TW_SIZE_MAX)) return TW_USAGE;
        switch (node->type) {
            TW_WRITE_SCALAR(TW_BOOL)
            TW_WRITE_SCALAR(TW_I8)
            TW_WRITE_SCALAR(TW_I16)
            TW_WRITE_SCALAR(TW_I32)
            TW_WRITE_SCALAR(TW_I64)
            TW_WRITE_SCALAR(TW_DOUBLE)
            TW_WRITE_SCALAR(TW_UUID)
        case TW_STRING: {
            size_t size = node->count;
            at = p->put_size(at, node->count);
            if (TW_UNLIKELY((size_t)(end - at) < size)) {
                at = tw_write_room(to, at, size);
                if (!at) return TW_MEMORY;
                end = to->data + to->capacity;
            }
            tw_bytes_copy(at, node->u.bytes, size);
            at += size;
            break;
        }
        default: {
            tw_type element = tw_node_element_type(node);
            at = tw_write_head(p, at, node);
            if (tw_node_packed(node)) {
                at = tw_write_room(to, at, node->count * p->packed_most[element] + TW_TOKEN_MOST);
                if (!at) return TW_MEMORY;
                end = to->data + to->capacity;
                if (node->count) at = p->put_packed(at, element, node->u.items, node->count);
                break;
            }
            if (TW_UNLIKELY(spans->depth == spans->capacity) && !tw_write_grow(spans, to->alloc))
                return TW_MEMORY;
            spans->at[spans->depth++] = open;
            open = (tw_span){tw_node_next(node), node->type == TW_STRUCT,
                             TW_FAULT(COMPACT_WRITE_STATE_KEPT) ? open.last_id : 0};
        }
        }
        node++; /* into what was opened, or past a leaf */
    }
    to->len = (size_t)(at - to->data);
    return TW_OK;
}

TW_INLINE tw_class tw_walk_write(const tw_seam *p, const tw_node *root, tw_buffer *to)
{
    tw_spans spans;
    spans.at = spans.local;
    spans.depth = 0;
    spans.capacity = TW_FRAMES_LOCAL;
    tw_class cls = tw_write_nodes(p, root, to, &spans);
    if (spans.at != spans.local) tw_resize(to->alloc, spans.at, spans.capacity * sizeof(tw_span), 0);
    return cls;
}

#endif
