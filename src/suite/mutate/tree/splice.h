/* Values put in the place of others. */
#ifndef SUITE_MUTATE_TREE_SPLICE_H
#define SUITE_MUTATE_TREE_SPLICE_H

#include "wire/value/tree.h"

/* Takes `taken` nodes (whole values) at `at`, directly inside the value at `parent`, off the tape and puts n
 * nodes (whole values, not of this tape) there. `children` is added to the parent's count: fields, elements,
 * or pairs. What is put must have the types that the parent promises. False when memory is refused; the tree
 * is then as it was. */
bool assay_splice(tw_tree *tree, size_t parent, size_t at, size_t taken, const tw_node *put, size_t n,
                  int64_t children);

/* The same for the value at `at`, which may be the root: n nodes, one whole value, in its place. */
bool assay_replace(tw_tree *tree, size_t parent, size_t at, const tw_node *put, size_t n);

/* A copy of n nodes in the tree's arena (what they point to is not copied); NULL when memory is refused. */
tw_node *assay_nodes_copy(tw_tree *tree, const tw_node *nodes, size_t n);

#endif
