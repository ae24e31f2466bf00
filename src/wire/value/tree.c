#include "wire/value/tree.h"

#include <string.h>

void tw_tree_init(tw_tree *tree, const tw_alloc *alloc, size_t cap)
{
    if (!alloc) alloc = tw_alloc_default();
    *tree = (tw_tree){.alloc = alloc, .cap = cap};
    tw_arena_init(&tree->arena, alloc, cap);
}

void tw_tree_deinit(tw_tree *tree)
{
    if (tree->nodes) tw_resize(tree->alloc, tree->nodes, tree->capacity * sizeof(tw_node), 0);
    tw_arena_deinit(&tree->arena);
    tw_tree_init(tree, tree->alloc, tree->cap);
}

void tw_tree_reset(tw_tree *tree)
{
    tree->count = 0;
    tw_arena_reset(&tree->arena);
}

bool tw_tree_grow(tw_tree *tree, size_t more)
{
    if (tree->capacity - tree->count >= more) return true;
    size_t most = (tree->cap - tree->arena.held) / sizeof(tw_node);
    size_t wanted = tree->count + more;
    if (more > most || wanted > most) return false;
    size_t capacity = tree->capacity + tree->capacity / 2;
    if (capacity < 32) capacity = 32;
    if (capacity < wanted) capacity = wanted;
    if (capacity > most) capacity = most;
    tw_node *nodes =
        tw_resize(tree->alloc, tree->nodes, tree->capacity * sizeof(tw_node), capacity * sizeof(tw_node));
    if (!nodes) return false;
    tree->nodes = nodes;
    tree->capacity = capacity;
    tree->arena.cap = tree->cap - capacity * sizeof(tw_node);
    return true;
}

tw_node tw_node_item(const tw_node *node, size_t at)
{
    tw_type element = tw_node_element_type(node);
    size_t size = tw_type_packed_size(element);
    const uint8_t *item = (const uint8_t *)node->u.items + at * size;
    tw_node value = {.type = (uint8_t)element};
    switch (element) {
    case TW_UUID: value.u.bytes = item; break;
    case TW_DOUBLE: memcpy(&value.u.bits, item, 8); break;
    case TW_I64: memcpy(&value.u.i, item, 8); break;
    case TW_I32: {
        int32_t v;
        memcpy(&v, item, 4);
        value.u.i = v;
        break;
    }
    case TW_I16: {
        int16_t v;
        memcpy(&v, item, 2);
        value.u.i = v;
        break;
    }
    case TW_I8: value.u.i = (int8_t)*item; break;
    default: value.u.i = *item; break;
    }
    return value;
}
