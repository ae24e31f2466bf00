/* The value tree: what one struct on the wire holds, in wire order, duplicates kept, to the bit.
 *
 * A tree is a tape: one array of nodes in the order of the wire, a nesting value before what it holds.
 * Containers of bools, numbers or uuids are one node with a packed array. Strings and uuids point into the
 * decoded input unless copying was asked for, so the input must then outlive the tree.
 *
 *     for (const tw_node *field = tw_node_first(root), *end = tw_node_next(root); field < end;
 *          field = tw_node_next(field))
 *         ... field->id, field->type ...
 */
#ifndef WIRE_VALUE_TREE_H
#define WIRE_VALUE_TREE_H

#include "wire/base/arena.h"
#include "wire/base/bytes.h"
#include "wire/base/type.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct tw_node {
    uint8_t type;   /* tw_type */
    uint8_t inside; /* list, set: the element type; map: key type << 4 | value type; otherwise 0 */
    int16_t id;     /* field id where the parent is a struct, otherwise 0 */
    uint32_t count; /* struct: fields; list, set: elements; map: pairs; string: bytes; otherwise 0 */
    union {
        int64_t i;            /* bool (0 or 1), i8, i16, i32, i64 */
        uint64_t bits;        /* double: its IEEE 754 bits */
        const uint8_t *bytes; /* string: count bytes; uuid: 16 bytes */
        const void *items;    /* list, set of packed elements: count of them, of tw_type_packed_size each, in
                               * host    order, aligned to 16 (uuid: unaligned); may be NULL when count is 0 */
        size_t span;          /* struct, map, list or set of anything else: nodes in all, this one included */
    } u;
} tw_node;

typedef struct tw_tree {
    const tw_alloc *alloc;
    tw_node *nodes; /* nodes[0] is the outermost struct, once there is one */
    size_t count;   /* nodes in use */
    size_t capacity;
    tw_arena arena; /* packed arrays and copied bytes */
    size_t cap;     /* most bytes that nodes and arena may take together */
} tw_tree;

/* An empty tree; allocates nothing. alloc is borrowed (NULL: tw_alloc_default()). cap bounds the memory that
 * the tree may hold, in bytes; SIZE_MAX for no bound of its own. */
void tw_tree_init(tw_tree *tree, const tw_alloc *alloc, size_t cap);
void tw_tree_deinit(tw_tree *tree);

/* Empties the tree and keeps its memory for the next value. */
void tw_tree_reset(tw_tree *tree);

/* Makes room for at least `more` nodes behind count; false when memory or the cap refuses. */
bool tw_tree_grow(tw_tree *tree, size_t more);

/* The outermost value, or NULL in an empty tree. */
static inline const tw_node *tw_tree_root(const tw_tree *tree)
{
    return tree->count ? tree->nodes : NULL;
}

/* True for a list or set whose elements are one packed array. */
static inline bool tw_node_packed(const tw_node *node)
{
    return (node->type == TW_LIST || node->type == TW_SET) && tw_type_packed_size((tw_type)node->inside) != 0;
}

/* Nodes that the value takes, itself included: 1 for all that does not nest. */
static inline size_t tw_node_span(const tw_node *node)
{
    return tw_type_nests((tw_type)node->type) && !tw_node_packed(node) ? node->u.span : 1;
}

/* The first value inside a struct, map (key, value, key, value ...), or list or set that is not packed. Equal
 * to tw_node_next(node) when there is none. */
static inline const tw_node *tw_node_first(const tw_node *node)
{
    return node + 1;
}

/* What follows the value and all that is in it. */
static inline const tw_node *tw_node_next(const tw_node *node)
{
    return node + tw_node_span(node);
}

static inline tw_type tw_node_element_type(const tw_node *node)
{
    return (tw_type)(node->inside & 15);
}

static inline tw_type tw_node_key_type(const tw_node *node)
{
    return (tw_type)(node->inside >> 4);
}

/* Element `at` of a packed list or set as a node of its own (id 0). */
tw_node tw_node_item(const tw_node *node, size_t at);

#endif
