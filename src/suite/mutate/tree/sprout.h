/* Small new values, made of boundaries. */
#ifndef SUITE_MUTATE_TREE_SPROUT_H
#define SUITE_MUTATE_TREE_SPROUT_H

#include "wire/value/generate.h"
#include "wire/value/tree.h"

#define ASSAY_SPROUT_MOST 128

/* One value as nodes, to be put on a tape. */
typedef struct assay_sprout {
    tw_node nodes[ASSAY_SPROUT_MOST];
    size_t count;
} assay_sprout;

/* Makes a value of that type (id 0), which nests at most `levels` values in one another, with what it holds in
 * the arena. False when memory is refused. */
bool assay_sprout_make(assay_sprout *sprout, tw_arena *arena, tw_random *random, tw_type type,
                       unsigned levels);

/* Any type but TW_STOP. Without nesting: a scalar, string or uuid. */
tw_type assay_type_draw(tw_random *random, bool nesting);

/* Another value of a bool, number, string or uuid in place of the node's: mostly a boundary. False when
 * memory is refused. */
bool assay_scalar_change(tw_node *node, tw_arena *arena, tw_random *random);

#endif
