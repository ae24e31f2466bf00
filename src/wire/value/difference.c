#include "wire/value/difference.h"

#include <assert.h>
#include <string.h>

static void push(tw_path *path, tw_step_kind kind, int64_t at)
{
    if (path->depth < TW_PATH_KEPT) path->steps[path->depth] = (tw_step){kind, at};
    path->depth++;
}

/* The step from a value to its child, the i-th on the tape. */
static void push_child(tw_path *path, const tw_node *node, const tw_node *child, size_t i)
{
    if (node->type == TW_STRUCT) {
        push(path, TW_STEP_FIELD, child->id);
    } else if (node->type == TW_MAP) {
        push(path, i % 2 ? TW_STEP_VALUE : TW_STEP_KEY, (int64_t)(i / 2));
    } else {
        push(path, TW_STEP_ELEMENT, (int64_t)i);
    }
}

/* The path from a value to one inside it; returns the parent of that one (NULL when it is the value itself).
 */
static const tw_node *path_to(const tw_node *node, const tw_node *target, tw_path *path)
{
    const tw_node *parent = NULL;
    while (node != target) {
        const tw_node *child = tw_node_first(node);
        size_t i = 0;
        for (; target >= tw_node_next(child); child = tw_node_next(child)) i++;
        push_child(path, node, child, i);
        parent = node;
        node = child;
    }
    return parent;
}

static bool has_field(const tw_node *from, const tw_node *end, int16_t id)
{
    for (; from < end; from = tw_node_next(from)) {
        if (from->id == id) return true;
    }
    return false;
}

void tw_difference_ordered(const tw_node *a, const tw_node *b, const tw_mismatch *mismatch,
                           tw_difference *difference)
{
    *difference = (tw_difference){.a = mismatch->a, .b = mismatch->b};
    tw_path path_b = {0};
    const tw_node *in_a = mismatch->a ? path_to(a, mismatch->a, &difference->path) : NULL;
    const tw_node *in_b = mismatch->b ? path_to(b, mismatch->b, &path_b) : NULL;
    if (in_a && in_b && mismatch->a->id != mismatch->b->id) {
        /* Two fields met that are not each other's: one of them stands on one side only, unless they changed
         * places. */
        bool a_has = has_field(mismatch->a, tw_node_next(in_a), mismatch->b->id);
        bool b_has = has_field(mismatch->b, tw_node_next(in_b), mismatch->a->id);
        if (!b_has)
            difference->b = NULL;
        else if (!a_has)
            difference->a = NULL;
    }
    if (!difference->a) difference->path = path_b;
    difference->items = mismatch->at != SIZE_MAX;
    if (difference->items) push(&difference->path, TW_STEP_ELEMENT, (int64_t)mismatch->at);
}

/* By classes. */

/* Two values of different class, on the way down to what makes them so. */
typedef struct descent {
    tw_classes *c;
    const tw_node *a, *b;
    const uint32_t *of_a, *of_b; /* classes of a and b and of what is behind them */
    tw_difference *difference;
} descent;

typedef enum down { DOWN_ON, DOWN_FOUND, DOWN_MEMORY } down;

static down found(descent *d, const tw_node *a, const tw_node *b)
{
    d->difference->a = a;
    d->difference->b = b;
    return DOWN_FOUND;
}

/* Two packed arrays that differ at an index. */
static down found_items(descent *d, size_t at)
{
    push(&d->difference->path, TW_STEP_ELEMENT, (int64_t)at);
    d->difference->items = true;
    return found(d, d->a, d->b);
}

static down go_on(descent *d, const tw_node *a, const tw_node *b)
{
    d->of_a += a - d->a;
    d->of_b += b - d->b;
    d->a = a;
    d->b = b;
    return DOWN_ON;
}

/* Two lists, or structs whose fields are compared as they stand. */
static down in_order(descent *d)
{
    uint32_t count = d->a->count < d->b->count ? d->a->count : d->b->count;
    const tw_node *a = tw_node_first(d->a), *b = tw_node_first(d->b);
    for (size_t i = 0; i < count; i++, a = tw_node_next(a), b = tw_node_next(b)) {
        if (a->id != b->id) {
            tw_mismatch mismatch = {a, b, SIZE_MAX};
            tw_difference here;
            tw_difference_ordered(d->a, d->b, &mismatch, &here);
            push(&d->difference->path, TW_STEP_FIELD, here.a ? a->id : b->id);
            return found(d, here.a, here.b);
        }
        if (d->of_a[a - d->a] == d->of_b[b - d->b]) continue;
        push_child(&d->difference->path, d->a, a, i);
        return go_on(d, a, b);
    }
    bool more_a = d->a->count > count;
    push_child(&d->difference->path, d->a, more_a ? a : b, count);
    return found(d, more_a ? a : NULL, more_a ? NULL : b);
}

/* The fields of a struct in the order of their ids, as id << 48 | distance on the tape. Taken from alloc. */
static uint64_t *fields_by_id(const tw_classes *c, const tw_node *node)
{
    size_t count = node->count;
    uint64_t *keys = tw_resize(c->alloc, NULL, 0, (count + 1) * sizeof *keys);
    const tw_node *child = tw_node_first(node);
    for (size_t i = 0; keys && i < count; i++, child = tw_node_next(child)) {
        keys[i] = (uint64_t)(uint16_t)child->id << 48 | (uint64_t)(child - node);
    }
    if (!keys) return NULL;
    tw_words_sort(keys, count);
    keys[count] = UINT64_MAX; /* behind every field: no tape is that long */
    return keys;
}

static const tw_node *field_at(const tw_node *node, uint64_t key)
{
    return node + (key & ((UINT64_C(1) << 48) - 1));
}

static down meet_by_id(descent *d, const uint64_t *keys_a, const uint64_t *keys_b)
{
    for (size_t i = 0;; i++) {
        uint64_t id_a = keys_a[i] == UINT64_MAX ? UINT32_MAX : keys_a[i] >> 48;
        uint64_t id_b = keys_b[i] == UINT64_MAX ? UINT32_MAX : keys_b[i] >> 48;
        assert(id_a != UINT32_MAX ||
               id_b != UINT32_MAX); /* the classes differ, so something else does first */
        const tw_node *a = id_a <= id_b ? field_at(d->a, keys_a[i]) : NULL;
        const tw_node *b = id_b <= id_a ? field_at(d->b, keys_b[i]) : NULL;
        if (a && b && d->of_a[a - d->a] == d->of_b[b - d->b]) continue;
        push(&d->difference->path, TW_STEP_FIELD, a ? a->id : b->id);
        return a && b ? go_on(d, a, b) : found(d, a, b);
    }
}

static down by_id(descent *d)
{
    uint64_t *keys_a = fields_by_id(d->c, d->a), *keys_b = fields_by_id(d->c, d->b);
    size_t size_a = (d->a->count + (size_t)1) * sizeof *keys_a,
           size_b = (d->b->count + (size_t)1) * sizeof *keys_b;
    down way = keys_a && keys_b ? meet_by_id(d, keys_a, keys_b) : DOWN_MEMORY;
    if (keys_a) tw_resize(d->c->alloc, keys_a, size_a, 0);
    if (keys_b) tw_resize(d->c->alloc, keys_b, size_b, 0);
    return way;
}

/* The elements of an unordered container as words: in wire order and sorted. */
typedef struct bag {
    uint64_t *wire, *sorted; /* one block from alloc */
    size_t count;
} bag;

static bool bag_fill(bag *of, tw_classes *c, const tw_node *node, const uint32_t *numbers)
{
    of->count = node->count;
    of->wire = tw_resize(c->alloc, NULL, 0, (of->count * 2 + 1) * sizeof *of->wire);
    const uint64_t *words = of->wire ? tw_classes_elements(c, node, numbers) : NULL;
    if (!words) return false;
    of->sorted = of->wire + of->count;
    memcpy(of->wire, words, of->count * sizeof *words);
    memcpy(of->sorted, words, of->count * sizeof *words);
    tw_words_sort(of->sorted, of->count);
    return true;
}

static void bag_empty(bag *of, const tw_classes *c)
{
    if (of->wire) tw_resize(c->alloc, of->wire, (of->count * 2 + 1) * sizeof *of->wire, 0);
}

/* How many sorted words are below. */
static size_t below(const bag *of, uint64_t word)
{
    size_t low = 0, high = of->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (of->sorted[middle] < word)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t times(const bag *of, uint64_t word)
{
    size_t end = word == UINT64_MAX ? of->count : below(of, word + 1);
    return end - below(of, word);
}

/* The first of `of`, in wire order, that stands there more often than in `other`. key: only pairs with that
 * key. SIZE_MAX: none. */
static size_t surplus(const bag *of, const bag *other, const uint64_t *key)
{
    for (size_t i = 0; i < of->count; i++) {
        uint64_t word = of->wire[i];
        if (key && word >> 32 != *key) continue;
        if (times(of, word) > times(other, word)) return i;
    }
    return SIZE_MAX;
}

static const tw_node *child_at(const tw_node *node, size_t i)
{
    const tw_node *child = tw_node_first(node);
    while (i-- > 0) child = tw_node_next(child);
    return child;
}

static down differing_elements(descent *d, const bag *a, const bag *b)
{
    size_t in_a = surplus(a, b, NULL), in_b = surplus(b, a, NULL);
    size_t at = in_a != SIZE_MAX ? in_a : in_b;
    if (tw_node_packed(d->a)) return found_items(d, at);
    push(&d->difference->path, TW_STEP_ELEMENT, (int64_t)at);
    return found(d, in_a != SIZE_MAX ? child_at(d->a, in_a) : NULL,
                 in_b != SIZE_MAX ? child_at(d->b, in_b) : NULL);
}

static down differing_pairs(descent *d, const bag *a, const bag *b)
{
    tw_path *path = &d->difference->path;
    size_t in_a = surplus(a, b, NULL);
    if (in_a == SIZE_MAX) {
        size_t in_b = surplus(b, a, NULL);
        push(path, TW_STEP_KEY, (int64_t)in_b);
        return found(d, NULL, child_at(d->b, 2 * in_b));
    }
    uint64_t key = a->wire[in_a] >> 32;
    size_t in_b = surplus(b, a, &key);
    if (in_b == SIZE_MAX) {
        push(path, TW_STEP_KEY, (int64_t)in_a);
        return found(d, child_at(d->a, 2 * in_a), NULL);
    }
    push(path, TW_STEP_VALUE, (int64_t)in_a);
    return go_on(d, child_at(d->a, 2 * in_a + 1), child_at(d->b, 2 * in_b + 1));
}

static down by_content(descent *d)
{
    bag a = {0}, b = {0};
    down way = DOWN_MEMORY;
    if (bag_fill(&a, d->c, d->a, d->of_a) && bag_fill(&b, d->c, d->b, d->of_b)) {
        way = d->a->type == TW_MAP ? differing_pairs(d, &a, &b) : differing_elements(d, &a, &b);
    }
    bag_empty(&a, d->c);
    bag_empty(&b, d->c);
    return way;
}

static down step(descent *d)
{
    const tw_node *a = d->a, *b = d->b;
    bool unordered = d->c->flags & TW_EQUAL_UNORDERED;
    tw_mismatch mismatch;
    if (a->type != b->type || !tw_type_nests((tw_type)a->type)) return found(d, a, b);
    if (a->type == TW_STRUCT) return d->c->flags & TW_EQUAL_FIELDS_BY_ID ? by_id(d) : in_order(d);
    bool empty_map = a->type == TW_MAP && (a->count == 0 || b->count == 0);
    if (a->inside != b->inside &&
        !(empty_map && (d->c->flags & TW_EQUAL_EMPTY_MAP) && a->count != b->count)) {
        return found(d, a, b);
    }
    if (a->type != TW_LIST && unordered) return by_content(d);
    if (!tw_node_packed(a)) return in_order(d);
    tw_equal_ordered(a, b, d->c->flags, &mismatch);
    return found_items(d, mismatch.at);
}

tw_class tw_difference_unordered(tw_classes *c, const tw_node *a, const uint32_t *of_a, const tw_node *b,
                                 const uint32_t *of_b, tw_difference *difference)
{
    *difference = (tw_difference){.a = NULL};
    descent d = {c, a, b, of_a, of_b, difference};
    down way;
    do way = step(&d);
    while (way == DOWN_ON);
    return way == DOWN_FOUND ? TW_OK : TW_MEMORY;
}
