#include "suite/mutate/evolve.h"

#include "suite/mutate/evolve/scratch.h"
#include "suite/mutate/evolve/subject.h"
#include "suite/mutate/tree/splice.h"
#include "suite/mutate/tree/spot.h"

static bool is_inside(const tw_tree *tree, const assay_spot *spot)
{
    (void)tree;
    return spot->parent != ASSAY_SPOT_NONE;
}

static bool is_struct(const tw_tree *tree, const assay_spot *spot)
{
    return tree->nodes[spot->at].type == TW_STRUCT;
}

/* A value of b becomes one more field of a struct in a. */
static bool graft_field(tw_tree *a, tw_node *value, size_t span, tw_random *random)
{
    assay_spot spot;
    if (!assay_spot_choose(a, random, is_struct, &spot)) return false;
    size_t count = a->nodes[spot.at].count;
    size_t at = assay_child_at(a, spot.at, tw_random_below(random, count + 1));
    return assay_splice(a, spot.at, at, 0, value, span, 1);
}

/* Or takes the place of a value of a, where one of its type may stand. */
static bool graft_in_place(tw_tree *a, tw_node *value, size_t span, tw_random *random)
{
    assay_spot spot;
    for (int i = 0; i < 8 && assay_spot_choose(a, random, is_inside, &spot); i++) {
        const tw_node *now = &a->nodes[spot.at];
        bool field = a->nodes[spot.parent].type == TW_STRUCT;
        if (!field && now->type != value->type) continue;
        value->id = field ? now->id : 0;
        return assay_replace(a, spot.parent, spot.at, value, span);
    }
    return false;
}

static bool cross_trees(tw_tree *a, const tw_tree *b, tw_random *random)
{
    assay_spot from;
    if (!assay_spot_choose(b, random, is_inside, &from)) return false;
    size_t span = tw_node_span(&b->nodes[from.at]);
    tw_node *value = assay_nodes_copy(a, b->nodes + from.at, span);
    if (!value) return false;
    if (tw_random_below(random, 2) && graft_in_place(a, value, span, random)) return true;
    if (b->nodes[from.parent].type != TW_STRUCT) value->id = 1;
    return graft_field(a, value, span, random);
}

/* The beginning of one and the end of the other; the head is a's. */
static size_t cross_bytes(tw_bytes a, tw_bytes b, uint8_t *out, size_t max, tw_random *random)
{
    size_t from_a = a.len ? 1 + tw_random_below(random, a.len) : 0;
    size_t skipped = b.len ? tw_random_below(random, b.len) : 0;
    if (from_a > max) from_a = max;
    size_t from_b = b.len - skipped < max - from_a ? b.len - skipped : max - from_a;
    if (from_a) memcpy(out, a.data, from_a);
    if (from_b) memcpy(out + from_a, b.data + skipped, from_b);
    size_t len = from_a + from_b;
    if (len == 0 && max) out[len++] = 0;
    return len;
}

static size_t cross_subjects(assay_subject *a, assay_subject *b, uint8_t *out, size_t max, tw_random *random)
{
    if (!a->decoded || !b->decoded || !cross_trees(&a->tree, &b->tree, random)) return 0;
    if (!assay_subject_encode(a, false) || !assay_subject_wrap(a, tw_buffer_view(&a->encoded), false))
        return 0;
    if (a->out.len > max) return 0;
    memcpy(out, a->out.data, a->out.len);
    return a->out.len;
}

size_t assay_evolve_cross(const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len, uint8_t *out,
                          size_t max, uint32_t seed)
{
    assay_scratch scratch;
    assay_subject first, second;
    tw_random random = {seed * UINT64_C(0x9e3779b97f4a7c15) + 2};
    tw_bytes of_a = tw_bytes_of(a, a_len), of_b = tw_bytes_of(b, b_len);
    size_t len = 0;
    assay_scratch_init(&scratch);
    bool opened = assay_subject_open(&first, of_a, &random, &scratch.alloc);
    opened = assay_subject_open(&second, of_b, &random, &scratch.alloc) && opened;
    if (opened && max >= ASSAY_SPECIMEN_HEAD && tw_random_below(&random, 8))
        len = cross_subjects(&first, &second, out, max, &random);
    assay_subject_deinit(&second);
    assay_subject_deinit(&first);
    return len ? len : cross_bytes(of_a, of_b, out, max, &random);
}
