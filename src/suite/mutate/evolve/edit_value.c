/* Changes that leave the shape of the tree as it is. */
#include "suite/mutate/evolve/edit.h"
#include "suite/mutate/tree/boundary.h"
#include "suite/mutate/tree/spot.h"
#include "suite/mutate/tree/sprout.h"

static bool is_leaf(const tw_tree *tree, const assay_spot *spot)
{
    return !tw_type_nests((tw_type)tree->nodes[spot->at].type);
}

static bool has_items(const tw_tree *tree, const assay_spot *spot)
{
    const tw_node *node = &tree->nodes[spot->at];
    return tw_node_packed(node) && node->count > 0;
}

static bool is_field(const tw_tree *tree, const assay_spot *spot)
{
    return spot->parent != ASSAY_SPOT_NONE && tree->nodes[spot->parent].type == TW_STRUCT;
}

bool assay_edit_scalar(tw_tree *tree, tw_random *random)
{
    assay_spot spot;
    return assay_spot_choose(tree, random, is_leaf, &spot) &&
           assay_scalar_change(&tree->nodes[spot.at], &tree->arena, random);
}

static void store(uint8_t *item, const tw_node *value, size_t size)
{
    int8_t i8 = (int8_t)value->u.i;
    int16_t i16 = (int16_t)value->u.i;
    int32_t i32 = (int32_t)value->u.i;
    switch (size) {
    case 1: memcpy(item, &i8, size); break;
    case 2: memcpy(item, &i16, size); break;
    case 4: memcpy(item, &i32, size); break;
    case 8: memcpy(item, &value->u.bits, size); break;
    default: memcpy(item, value->u.bytes, size); break;
    }
}

bool assay_edit_item(tw_tree *tree, tw_random *random)
{
    assay_spot spot;
    if (!assay_spot_choose(tree, random, has_items, &spot)) return false;
    tw_node *node = &tree->nodes[spot.at];
    size_t size = tw_type_packed_size(tw_node_element_type(node)), all = size * node->count;
    size_t at = tw_random_below(random, node->count);
    tw_node value = tw_node_item(node, at);
    uint8_t *items = tw_arena_take(&tree->arena, all);
    if (!items || !assay_scalar_change(&value, &tree->arena, random)) return false;
    memcpy(items, node->u.items, all);
    store(items + at * size, &value, size);
    node->u.items = items;
    return true;
}

bool assay_edit_id(tw_tree *tree, tw_random *random)
{
    static const int steps[] = {1, -1, 15, -15, 16, -16, 17, -17, 256, -256};
    assay_spot spot;
    if (!assay_spot_choose(tree, random, is_field, &spot)) return false;
    tw_node *node = &tree->nodes[spot.at];
    const tw_node *parent = &tree->nodes[spot.parent];
    switch (tw_random_below(random, 4)) {
    case 0: node->id = assay_boundary_id(random); break;
    case 1: {
        size_t other = assay_child_at(tree, spot.parent, tw_random_below(random, parent->count));
        node->id = tree->nodes[other].id;
        break;
    }
    default:
        /* Beyond the ends of 16 bits it wraps: both ends are edges. */
        node->id = (int16_t)((unsigned)node->id + (unsigned)steps[tw_random_below(random, 10)]);
        break;
    }
    return true;
}
