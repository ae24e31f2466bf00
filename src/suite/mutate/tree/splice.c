#include "suite/mutate/tree/splice.h"

#include "suite/mutate/tree/spot.h"

/* Adds to the spans of the parent and all values around it. */
static void stretch(tw_tree *tree, size_t parent, size_t put, size_t taken)
{
    tw_node *nodes = tree->nodes;
    for (size_t at = 0;;) {
        size_t child = at + 1;
        bool here = at == parent;
        while (!here && child + tw_node_span(&nodes[child]) <= parent) child += tw_node_span(&nodes[child]);
        nodes[at].u.span += put;
        nodes[at].u.span -= taken;
        if (here) return;
        at = child;
    }
}

bool assay_splice(tw_tree *tree, size_t parent, size_t at, size_t taken, const tw_node *put, size_t n,
                  int64_t children)
{
    if (n > taken && !tw_tree_grow(tree, n - taken)) return false;
    if (parent != ASSAY_SPOT_NONE) {
        stretch(tree, parent, n, taken);
        tree->nodes[parent].count = (uint32_t)((int64_t)tree->nodes[parent].count + children);
    }
    tw_node *here = tree->nodes + at;
    memmove(here + n, here + taken, (tree->count - at - taken) * sizeof *here);
    if (n) memcpy(here, put, n * sizeof *here);
    tree->count = tree->count - taken + n;
    return true;
}

bool assay_replace(tw_tree *tree, size_t parent, size_t at, const tw_node *put, size_t n)
{
    return assay_splice(tree, parent, at, tw_node_span(&tree->nodes[at]), put, n, 0);
}

tw_node *assay_nodes_copy(tw_tree *tree, const tw_node *nodes, size_t n)
{
    if (n > SIZE_MAX / sizeof *nodes) return NULL;
    tw_node *copy = tw_arena_take(&tree->arena, n * sizeof *nodes);
    if (copy && n) memcpy(copy, nodes, n * sizeof *nodes);
    return copy;
}
