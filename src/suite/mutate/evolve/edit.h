/* Changes of one value in a tree, each chosen and made by what the random source says. */
#ifndef SUITE_MUTATE_EVOLVE_EDIT_H
#define SUITE_MUTATE_EVOLVE_EDIT_H

#include "wire/value/generate.h"
#include "wire/value/tree.h"

/* False when the tree has nothing that can be changed so, or memory is refused; it is then as it was. The tree
 * holds one struct before and after, and can be encoded. */
typedef bool assay_edit(tw_tree *tree, tw_random *random);

assay_edit assay_edit_scalar;  /* a number, string or uuid becomes another, mostly a boundary */
assay_edit assay_edit_item;    /* the same for one item of a packed list or set */
assay_edit assay_edit_id;      /* a field's id moves by 1 or 15 to 17, to a boundary, or to a neighbour's */
assay_edit assay_edit_drop;    /* a field, element or pair goes */
assay_edit assay_edit_copy;    /* one stands twice */
assay_edit assay_edit_swap;    /* two neighbours change places */
assay_edit assay_edit_grow;    /* a container gets another size, often an edge such as 14, 15, 16, 127, 128 */
assay_edit assay_edit_retype;  /* a field's value becomes one of another type */
assay_edit assay_edit_convert; /* a list becomes a set, or the reverse */
assay_edit assay_edit_nest;    /* a value goes into new containers around it, up to the depth limit */
assay_edit assay_edit_lift;    /* a value takes the place of the one that it is in */
assay_edit assay_edit_add;     /* a new field, element or pair */

#endif
