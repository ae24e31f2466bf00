#include "suite/mutate/tree/spot.h"

assay_spot assay_spot_of(const tw_tree *tree, size_t at)
{
    assay_spot spot = {0, ASSAY_SPOT_NONE, 0, 0};
    const tw_node *nodes = tree->nodes;
    while (spot.at != at) {
        size_t child = spot.at + 1;
        uint32_t turn = 0;
        for (size_t next; (next = child + tw_node_span(&nodes[child])) <= at; child = next) turn++;
        spot = (assay_spot){child, spot.at, turn, spot.levels + 1};
    }
    return spot;
}

bool assay_spot_choose(const tw_tree *tree, tw_random *random, assay_spot_fits *fits, assay_spot *spot)
{
    enum { DRAWS = 6, LOOKS = 64 };
    if (tree->count == 0) return false;
    for (int i = 0; i < DRAWS; i++) {
        *spot = assay_spot_of(tree, tw_random_below(random, tree->count));
        if (fits(tree, spot)) return true;
    }
    /* What fits is rare: look one by one, but not through a large tree. */
    size_t from = tw_random_below(random, tree->count), looks = tree->count < LOOKS ? tree->count : LOOKS;
    for (size_t i = 0; i < looks; i++) {
        *spot = assay_spot_of(tree, (from + i) % tree->count);
        if (fits(tree, spot)) return true;
    }
    return false;
}

size_t assay_child_at(const tw_tree *tree, size_t parent, size_t number)
{
    size_t at = parent + 1;
    for (size_t i = 0; i < number; i++) at += tw_node_span(&tree->nodes[at]);
    return at;
}
