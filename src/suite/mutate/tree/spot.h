/* One value of a tree and where it hangs. */
#ifndef SUITE_MUTATE_TREE_SPOT_H
#define SUITE_MUTATE_TREE_SPOT_H

#include "wire/value/generate.h"
#include "wire/value/tree.h"

#define ASSAY_SPOT_NONE SIZE_MAX

typedef struct assay_spot {
    size_t at;       /* its place on the tape */
    size_t parent;   /* that of the value that it is directly in; ASSAY_SPOT_NONE for the root */
    uint32_t turn;   /* which child of its parent it is, from 0; keys and values of a map take turns */
    uint32_t levels; /* values around it */
} assay_spot;

/* The spot of the node at that place of the tape. */
assay_spot assay_spot_of(const tw_tree *tree, size_t at);

/* Chooses a value for which `fits` holds, each with about the same chance. False when there is none. */
typedef bool assay_spot_fits(const tw_tree *tree, const assay_spot *spot);
bool assay_spot_choose(const tw_tree *tree, tw_random *random, assay_spot_fits *fits, assay_spot *spot);

/* Children of a value: fields, elements, or keys and values; of packed arrays and all else none. */
static inline size_t assay_children(const tw_node *node)
{
    if (!tw_type_nests((tw_type)node->type) || tw_node_packed(node)) return 0;
    return node->type == TW_MAP ? (size_t)node->count * 2 : node->count;
}

/* The place of the child with that number; behind the last one for their count. */
size_t assay_child_at(const tw_tree *tree, size_t parent, size_t number);

#endif
