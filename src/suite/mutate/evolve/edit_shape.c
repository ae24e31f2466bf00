/* Changes to what kind of value stands where. */
#include "suite/mutate/evolve/edit.h"
#include "suite/mutate/tree/boundary.h"
#include "suite/mutate/tree/splice.h"
#include "suite/mutate/tree/spot.h"
#include "suite/mutate/tree/sprout.h"

enum { LEVELS = 3 };

/* Only a field may take any type: elements have the one that their container names. */
static bool is_field(const tw_tree *tree, const assay_spot *spot)
{
    return spot->parent != ASSAY_SPOT_NONE && tree->nodes[spot->parent].type == TW_STRUCT;
}

static bool is_field_of_list(const tw_tree *tree, const assay_spot *spot)
{
    uint8_t type = tree->nodes[spot->at].type;
    return (type == TW_LIST || type == TW_SET) && is_field(tree, spot);
}

static bool can_nest(const tw_tree *tree, const assay_spot *spot)
{
    return tree->nodes[spot->at].type == TW_STRUCT || is_field(tree, spot);
}

static bool can_lift(const tw_tree *tree, const assay_spot *spot)
{
    const tw_node *node = &tree->nodes[spot->at];
    if (assay_children(node) == 0) return false;
    if (is_field(tree, spot)) return true;
    for (size_t i = 0, at = spot->at + 1; i < assay_children(node); i++) {
        if (tree->nodes[at].type == node->type) return true;
        at += tw_node_span(&tree->nodes[at]);
    }
    return false;
}

static bool can_have_more(const tw_tree *tree, const assay_spot *spot)
{
    const tw_node *node = &tree->nodes[spot->at];
    if (!tw_type_nests((tw_type)node->type) || tw_node_packed(node)) return false;
    return node->type == TW_STRUCT || node->inside != 0;
}

bool assay_edit_retype(tw_tree *tree, tw_random *random)
{
    assay_spot spot;
    assay_sprout sprout;
    if (!assay_spot_choose(tree, random, is_field, &spot) ||
        !assay_sprout_make(&sprout, &tree->arena, random, assay_type_draw(random, true), LEVELS))
        return false;
    sprout.nodes[0].id = tree->nodes[spot.at].id;
    return assay_replace(tree, spot.parent, spot.at, sprout.nodes, sprout.count);
}

bool assay_edit_convert(tw_tree *tree, tw_random *random)
{
    assay_spot spot;
    if (!assay_spot_choose(tree, random, is_field_of_list, &spot)) return false;
    tw_node *node = &tree->nodes[spot.at];
    node->type = node->type == TW_LIST ? TW_SET : TW_LIST;
    return true;
}

/* How many levels go around a value: mostly few, at times about as many as the default limit allows. */
static uint32_t levels_drawn(tw_random *random, uint32_t around)
{
    uint64_t draw = tw_random_below(random, 16);
    if (draw < 12) return 1 + (uint32_t)draw / 5;
    if (draw < 14) return 14 + (uint32_t)tw_random_below(random, 4);
    uint32_t wanted = 62 + (uint32_t)tw_random_below(random, 5);
    return wanted > around ? wanted - around : 1;
}

bool assay_edit_nest(tw_tree *tree, tw_random *random)
{
    enum { LEVELS_MOST = 80, PAIR = 2 };
    static const uint8_t around[] = {TW_STRUCT, TW_LIST, TW_SET, TW_MAP};
    assay_spot spot;
    if (!assay_spot_choose(tree, random, can_nest, &spot)) return false;
    uint32_t n = levels_drawn(random, spot.levels);
    size_t span = tw_node_span(&tree->nodes[spot.at]);
    tw_node *nodes = tw_arena_take(&tree->arena, (n * PAIR + span) * sizeof *nodes);
    if (!nodes || n > LEVELS_MOST) return false;
    tw_node *inner = nodes + n * PAIR, *top = inner;
    bool any = is_field(tree, &spot); /* else the outermost must stay a struct */
    memcpy(inner, tree->nodes + spot.at, span * sizeof *inner);
    size_t whole = span;
    for (uint32_t i = 0; i < n; i++) {
        tw_type type = i + 1 == n && !any ? TW_STRUCT : (tw_type)around[tw_random_below(random, 4)];
        tw_type inside = (tw_type)top->type;
        /* A packed array has no nodes for its elements, so a list takes none of them in. */
        if (tw_type_packed_size(inside) && type != TW_MAP) type = TW_STRUCT;
        top->id =
            type == TW_STRUCT ? (int16_t)(tw_random_below(random, 4) ? 1 : assay_boundary_id(random)) : 0;
        if (type == TW_MAP) *--top = (tw_node){.type = TW_I8, .u.i = 1};
        whole += type == TW_MAP ? 2 : 1;
        *--top = (tw_node){.type = (uint8_t)type, .count = 1, .u.span = whole};
        if (type != TW_STRUCT) top->inside = (uint8_t)((type == TW_MAP ? (unsigned)TW_I8 << 4 : 0u) | inside);
    }
    top->id = tree->nodes[spot.at].id;
    return assay_replace(tree, spot.parent, spot.at, top, whole);
}

bool assay_edit_lift(tw_tree *tree, tw_random *random)
{
    assay_spot spot;
    if (!assay_spot_choose(tree, random, can_lift, &spot)) return false;
    const tw_node *node = &tree->nodes[spot.at];
    bool any = is_field(tree, &spot);
    size_t children = assay_children(node), from = tw_random_below(random, children);
    for (size_t i = 0; i < children; i++) {
        size_t at = assay_child_at(tree, spot.at, (from + i) % children);
        if (!any && tree->nodes[at].type != node->type) continue;
        size_t span = tw_node_span(&tree->nodes[at]);
        tw_node *copy = assay_nodes_copy(tree, tree->nodes + at, span);
        if (!copy) return false;
        copy->id = node->id;
        return assay_replace(tree, spot.parent, spot.at, copy, span);
    }
    return false;
}

static int16_t next_id(const tw_tree *tree, size_t parent, tw_random *random)
{
    static const int steps[] = {1, 1, 2, 14, 15, 16, 17};
    uint32_t count = tree->nodes[parent].count;
    if (tw_random_below(random, 3) == 0) return assay_boundary_id(random);
    int last = count ? tree->nodes[assay_child_at(tree, parent, count - 1)].id : 0;
    return (int16_t)((unsigned)last + (unsigned)steps[tw_random_below(random, 7)]);
}

bool assay_edit_add(tw_tree *tree, tw_random *random)
{
    assay_spot spot;
    assay_sprout first, second;
    if (!assay_spot_choose(tree, random, can_have_more, &spot)) return false;
    tw_node parent = tree->nodes[spot.at];
    tw_type type = parent.type == TW_STRUCT ? assay_type_draw(random, true) : tw_node_element_type(&parent);
    size_t at = assay_child_at(tree, spot.at, tw_random_below(random, 3) ? assay_children(&parent) : 0);
    if (!assay_sprout_make(&first, &tree->arena, random, type, LEVELS)) return false;
    if (parent.type == TW_STRUCT) first.nodes[0].id = next_id(tree, spot.at, random);
    if (parent.type != TW_MAP) return assay_splice(tree, spot.at, at, 0, first.nodes, first.count, 1);
    if (!assay_sprout_make(&second, &tree->arena, random, tw_node_key_type(&parent), LEVELS)) return false;
    tw_node *pair = tw_arena_take(&tree->arena, (first.count + second.count) * sizeof *pair);
    if (!pair) return false;
    memcpy(pair, second.nodes, second.count * sizeof *pair);
    memcpy(pair + second.count, first.nodes, first.count * sizeof *pair);
    return assay_splice(tree, spot.at, at, 0, pair, first.count + second.count, 1);
}
