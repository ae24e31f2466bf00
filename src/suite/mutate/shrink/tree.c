#include "suite/mutate/shrink/shrinker.h"
#include "suite/mutate/tree/splice.h"
#include "suite/mutate/tree/spot.h"

/* The best, decoded anew for every offer: what is tried is never undone. */
typedef struct work {
    assay_shrinker *s;
    assay_specimen head;
    tw_envelope envelope;
    tw_tree tree;
    tw_buffer encoded;
    size_t tail; /* bytes behind the unit */
} work;

static bool load(work *w)
{
    enum { LEVELS = 1000 };
    tw_decode_options options = {.limits = tw_limits_generous()};
    tw_envelope_result header = {.consumed = 0};
    tw_outcome out;
    options.limits.depth = LEVELS;
    w->head = assay_shrinker_inner(w->s);
    if (w->head.text || w->head.payload.len == 0 || !assay_shrinker_goes_on(w->s)) return false;
    const tw_stack *stack = assay_specimen_stack(w->head.stack);
    tw_bytes inner = w->head.payload;
    if (w->head.unit == TW_UNIT_MESSAGE &&
        stack->envelope->read(inner, &options.limits, false, &w->envelope, &header) != TW_OK)
        return false;
    tw_bytes body = tw_bytes_of(inner.data + header.consumed, inner.len - header.consumed);
    if (body.len == 0 || tw_decode(stack->protocol, body, &options, &w->tree, &out) != TW_OK) return false;
    w->tail = body.len - out.consumed;
    return true;
}

/* Offers the tree as it is now, with the bytes behind the unit or without. */
static bool offer(work *w, bool tail)
{
    const tw_stack *stack = assay_specimen_stack(w->head.stack);
    tw_bytes inner = w->head.payload;
    tw_buffer_clear(&w->encoded);
    tw_class cls = TW_OK;
    if (w->head.unit == TW_UNIT_MESSAGE) cls = stack->envelope->write(&w->envelope, &w->encoded);
    if (cls == TW_OK) cls = tw_encode(stack->protocol, tw_tree_root(&w->tree), &w->encoded);
    if (cls == TW_OK && tail && w->tail &&
        !tw_buffer_append(&w->encoded, inner.data + inner.len - w->tail, w->tail))
        cls = TW_MEMORY;
    if (cls == TW_MEMORY) w->s->failed = true;
    return cls == TW_OK && assay_shrinker_offer_inner(w->s, &w->head, tw_buffer_view(&w->encoded));
}

/* Units (fields, elements, pairs, items of a packed array) of the value at `at`. */
static size_t units_of(const work *w, size_t at)
{
    const tw_node *node = &w->tree.nodes[at];
    return tw_type_nests((tw_type)node->type) ? node->count : 0;
}

static bool drop_units(work *w, size_t at, size_t from, size_t n)
{
    tw_node *node = &w->tree.nodes[at];
    if (!tw_node_packed(node)) {
        size_t each = node->type == TW_MAP ? 2 : 1;
        size_t begin = assay_child_at(&w->tree, at, from * each);
        size_t end = assay_child_at(&w->tree, at, (from + n) * each);
        return assay_splice(&w->tree, at, begin, end - begin, NULL, 0, -(int64_t)n);
    }
    size_t size = tw_type_packed_size(tw_node_element_type(node)), left = node->count - n;
    uint8_t *items = tw_arena_take(&w->tree.arena, left * size);
    if (!items) return false;
    const uint8_t *now = node->u.items;
    memcpy(items, now, from * size);
    memcpy(items + from * size, now + (from + n) * size, (left - from) * size);
    node->u.items = items;
    node->count = (uint32_t)left;
    return true;
}

/* Leaves out all units of each value, then halves of them, and so on; outer values first. */
static void drop(work *w)
{
    for (size_t at = 0; load(w) && at < w->tree.count; at++) {
        for (size_t n = units_of(w, at); n > 0; n /= 2) {
            for (size_t end = units_of(w, at); end >= n;) {
                if (!drop_units(w, at, end - n, n)) return;
                bool taken = offer(w, true);
                if (!load(w) || at >= w->tree.count) return;
                end -= n;
                if (taken && end > units_of(w, at)) end = units_of(w, at);
            }
        }
    }
}

/* Each struct inside in the place of the whole, then each value in the place of the one that it is in. */
static void lift(work *w)
{
    for (size_t at = 1; load(w) && at < w->tree.count; at++) {
        if (w->tree.nodes[at].type != TW_STRUCT) continue;
        size_t span = tw_node_span(&w->tree.nodes[at]);
        memmove(w->tree.nodes, w->tree.nodes + at, span * sizeof *w->tree.nodes);
        w->tree.count = span;
        w->tree.nodes[0].id = 0;
        if (offer(w, true)) at = 0;
    }
    for (size_t at = 2; load(w) && at < w->tree.count; at++) {
        assay_spot spot = assay_spot_of(&w->tree, at), outer = assay_spot_of(&w->tree, spot.parent);
        if (outer.parent == ASSAY_SPOT_NONE) continue;
        bool any = w->tree.nodes[outer.parent].type == TW_STRUCT;
        if (!any && w->tree.nodes[at].type != w->tree.nodes[outer.at].type) continue;
        size_t span = tw_node_span(&w->tree.nodes[at]);
        tw_node *copy = assay_nodes_copy(&w->tree, w->tree.nodes + at, span);
        if (!copy) return;
        copy->id = w->tree.nodes[outer.at].id;
        if (!assay_replace(&w->tree, outer.parent, outer.at, copy, span)) return;
        if (offer(w, true)) at = 1;
    }
}

/* One step towards the plainest value of its type; how: 0 to 2, the boldest first. False when there is none. */
static bool make_plain(work *w, tw_node *node, int how)
{
    if (node->type == TW_STRING) {
        if (node->count == 0) return false;
        node->count = how == 0 ? 0 : how == 1 ? node->count / 2 : node->count - 1;
        return true;
    }
    if (node->type == TW_UUID || tw_node_packed(node)) {
        size_t size =
            node->type == TW_UUID ? 16 : node->count * tw_type_packed_size(tw_node_element_type(node));
        uint8_t *zeros = tw_arena_take(&w->tree.arena, size);
        if (how > 0 || size == 0 || !zeros) return false;
        memset(zeros, 0, size);
        if (node->type == TW_UUID)
            node->u.bytes = zeros;
        else
            node->u.items = zeros;
        return true;
    }
    if (tw_type_nests((tw_type)node->type) || node->u.i == 0) return false;
    node->u.i = how == 0 ? 0 : how == 1 ? 1 : node->u.i / 2;
    return true;
}

static void plain_values(work *w)
{
    for (size_t at = 0; load(w) && at < w->tree.count; at++)
        for (int how = 0; how < 3 && load(w) && at < w->tree.count; how++)
            if (make_plain(w, &w->tree.nodes[at], how) && offer(w, true) && how > 0) how--;
    for (size_t at = 1; load(w) && at < w->tree.count; at++) {
        assay_spot spot = assay_spot_of(&w->tree, at);
        if (w->tree.nodes[spot.parent].type != TW_STRUCT) continue;
        w->tree.nodes[at].id = (int16_t)(spot.turn + 1);
        offer(w, true);
    }
}

static void plain_envelope(work *w)
{
    for (int i = 0; i < 4 && load(w) && w->head.unit == TW_UNIT_MESSAGE; i++) {
        if (i == 0) w->envelope.name.len = 0;
        if (i == 1) w->envelope.name.len /= 2;
        if (i == 2) w->envelope.sequence_id = 0;
        if (i == 3) w->envelope.kind = TW_CALL;
        offer(w, true);
    }
}

/* A few characters of notation may stand for a gigabyte; such texts are shrunk as bytes. */
#define TREE_MOST ((size_t)64 << 20)

void assay_shrink_tree(assay_shrinker *s)
{
    work w = {.s = s};
    tw_tree_init(&w.tree, NULL, TREE_MOST);
    tw_buffer_init(&w.encoded, NULL);
    if (load(&w)) offer(&w, false);
    if (load(&w)) offer(&w, true); /* canonical */
    drop(&w);
    lift(&w);
    plain_values(&w);
    plain_envelope(&w);
    tw_buffer_deinit(&w.encoded);
    tw_tree_deinit(&w.tree);
}
