/* Changes to how many children a value has, and in which order. */
#include "suite/mutate/evolve/edit.h"
#include "suite/mutate/tree/boundary.h"
#include "suite/mutate/tree/splice.h"
#include "suite/mutate/tree/spot.h"

/* No change makes a tree larger than this. */
enum { NODES_MOST = 1 << 16, SIZE_MOST = 1024 };

static bool has_children(const tw_tree *tree, const assay_spot *spot)
{
    return assay_children(&tree->nodes[spot->at]) > 0;
}

static bool has_two(const tw_tree *tree, const assay_spot *spot)
{
    const tw_node *node = &tree->nodes[spot->at];
    return node->count > 1 && assay_children(node) > 0;
}

static bool is_container(const tw_tree *tree, const assay_spot *spot)
{
    const tw_node *node = &tree->nodes[spot->at];
    bool grows = node->type == TW_LIST || node->type == TW_SET || node->type == TW_MAP;
    return grows && (tw_node_packed(node) || node->count > 0);
}

/* A child as people count: a field, an element, or a pair. */
typedef struct unit {
    size_t parent, at, span;
} unit;

static unit unit_of(const tw_tree *tree, size_t parent, uint32_t number)
{
    size_t each = tree->nodes[parent].type == TW_MAP ? 2 : 1;
    unit u = {.parent = parent, .at = assay_child_at(tree, parent, number * each)};
    for (size_t i = 0; i < each; i++) u.span += tw_node_span(&tree->nodes[u.at + u.span]);
    return u;
}

static bool choose_unit(tw_tree *tree, tw_random *random, assay_spot_fits *fits, uint32_t behind, unit *u)
{
    assay_spot spot;
    if (!assay_spot_choose(tree, random, fits, &spot)) return false;
    uint32_t count = tree->nodes[spot.at].count - behind;
    *u = unit_of(tree, spot.at, (uint32_t)tw_random_below(random, count));
    return true;
}

bool assay_edit_drop(tw_tree *tree, tw_random *random)
{
    unit u;
    return choose_unit(tree, random, has_children, 0, &u) &&
           assay_splice(tree, u.parent, u.at, u.span, NULL, 0, -1);
}

bool assay_edit_copy(tw_tree *tree, tw_random *random)
{
    unit u;
    if (!choose_unit(tree, random, has_children, 0, &u) || tree->count + u.span > NODES_MOST) return false;
    tw_node *copy = assay_nodes_copy(tree, tree->nodes + u.at, u.span);
    if (!copy) return false;
    size_t end = u.parent + tw_node_span(&tree->nodes[u.parent]);
    size_t places[] = {u.at + u.span, u.parent + 1, end};
    return assay_splice(tree, u.parent, places[tw_random_below(random, 3)], 0, copy, u.span, 1);
}

bool assay_edit_swap(tw_tree *tree, tw_random *random)
{
    unit u;
    if (!choose_unit(tree, random, has_two, 1, &u)) return false;
    tw_node *first = assay_nodes_copy(tree, tree->nodes + u.at, u.span);
    if (!first) return false;
    size_t each = tree->nodes[u.parent].type == TW_MAP ? 2 : 1, span = 0;
    tw_node *here = tree->nodes + u.at;
    for (size_t i = 0; i < each; i++) span += tw_node_span(here + u.span + span);
    memmove(here, here + u.span, span * sizeof *here);
    memcpy(here + span, first, u.span * sizeof *here);
    return true;
}

static bool grow_packed(tw_tree *tree, tw_node *node, uint32_t count)
{
    size_t size = tw_type_packed_size(tw_node_element_type(node)), have = node->count * size;
    uint8_t *items = tw_arena_take(&tree->arena, count * size);
    if (!items) return false;
    memset(items, 0, count * size);
    for (size_t at = 0; have && at < count * size; at++)
        items[at] = ((const uint8_t *)node->u.items)[at % have];
    node->u.items = items;
    node->count = count;
    return true;
}

/* Takes units off the end, or puts the first one there again and again. */
static bool grow_children(tw_tree *tree, size_t parent, uint32_t count)
{
    uint32_t have = tree->nodes[parent].count;
    unit first = unit_of(tree, parent, 0);
    size_t end = parent + tw_node_span(&tree->nodes[parent]);
    if (count <= have) {
        size_t from =
            assay_child_at(tree, parent, (size_t)count * (tree->nodes[parent].type == TW_MAP ? 2 : 1));
        return assay_splice(tree, parent, from, end - from, NULL, 0, (int64_t)count - (int64_t)have);
    }
    size_t more = count - have;
    if (tree->count + more * first.span > NODES_MOST) return false;
    tw_node *copies = tw_arena_take(&tree->arena, more * first.span * sizeof *copies);
    if (!copies) return false;
    for (size_t i = 0; i < more; i++)
        memcpy(copies + i * first.span, tree->nodes + first.at, first.span * sizeof *copies);
    return assay_splice(tree, parent, end, 0, copies, more * first.span, (int64_t)more);
}

bool assay_edit_grow(tw_tree *tree, tw_random *random)
{
    assay_spot spot;
    if (!assay_spot_choose(tree, random, is_container, &spot)) return false;
    tw_node *node = &tree->nodes[spot.at];
    uint32_t most = tw_random_below(random, 4) ? 17 : SIZE_MOST, count = assay_boundary_size(random, most);
    if (count == node->count) count++;
    return tw_node_packed(node) ? grow_packed(tree, node, count) : grow_children(tree, spot.at, count);
}
