#include "wire/value/classes.h"

#include <string.h>

/* What makes values of one class equal: the type, and bytes. */
typedef struct content {
    uint8_t type, inside;
    size_t len;
    const void *bytes;
} content;

struct tw_class_entry {
    uint64_t hash;
    content is;
    uint32_t number; /* 0: free */
};

void tw_classes_init(tw_classes *c, unsigned flags, const tw_alloc *alloc)
{
    *c = (tw_classes){.alloc = alloc, .flags = flags};
    tw_arena_init(&c->contents, alloc, SIZE_MAX);
}

void tw_classes_deinit(tw_classes *c)
{
    if (c->table) tw_resize(c->alloc, c->table, c->capacity * sizeof *c->table, 0);
    if (c->words) tw_resize(c->alloc, c->words, c->words_capacity * sizeof *c->words, 0);
    tw_arena_deinit(&c->contents);
}

uint64_t tw_equal_bits(uint64_t bits, unsigned flags)
{
    bool nan = (bits & INT64_MAX) > UINT64_C(0x7ff0000000000000);
    return nan && (flags & TW_EQUAL_NAN) ? UINT64_C(0x7ff8000000000000) : bits;
}

static void sift(uint64_t *words, size_t at, size_t count)
{
    uint64_t word = words[at];
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && words[child + 1] > words[child]) child++;
        if (words[child] <= word) break;
        words[at] = words[child];
    }
    words[at] = word;
}

/* A heap sort: no input makes it slow, and it needs no memory. */
void tw_words_sort(uint64_t *words, size_t count)
{
    for (size_t i = count / 2; i-- > 0;) sift(words, i, count);
    for (size_t end = count; end-- > 1;) {
        uint64_t most = words[0];
        words[0] = words[end];
        words[end] = most;
        sift(words, 0, end);
    }
}

/* The table. */

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 29;
}

static uint64_t hash_of(const content *is)
{
    const uint8_t *at = is->bytes;
    uint64_t hash = mix((uint64_t)is->type << 8 | is->inside, is->len), word;
    size_t left = is->len;
    for (; left >= sizeof word; left -= sizeof word, at += sizeof word) {
        memcpy(&word, at, sizeof word);
        hash = mix(hash, word);
    }
    word = 0;
    if (left) memcpy(&word, at, left);
    hash = mix(hash, word);
    return mix(hash, hash >> 32);
}

static bool same(const content *a, const content *b)
{
    return a->type == b->type && a->inside == b->inside && a->len == b->len &&
           (a->len == 0 || memcmp(a->bytes, b->bytes, a->len) == 0);
}

static bool grow(tw_classes *c)
{
    if (c->capacity > UINT32_MAX) return false; /* numbers have 32 bits */
    size_t capacity = c->capacity ? c->capacity * 2 : 64;
    tw_class_entry *table = tw_resize(c->alloc, NULL, 0, capacity * sizeof *table);
    if (!table) return false;
    memset(table, 0, capacity * sizeof *table);
    for (size_t i = 0; i < c->capacity; i++) {
        if (!c->table[i].number) continue;
        size_t at = c->table[i].hash & (capacity - 1);
        while (table[at].number) at = (at + 1) & (capacity - 1);
        table[at] = c->table[i];
    }
    if (c->table) tw_resize(c->alloc, c->table, c->capacity * sizeof *table, 0);
    c->table = table;
    c->capacity = capacity;
    return true;
}

/* The number of the class with that content, a new one if need be; 0 when memory is refused. keep: the bytes
 * go away, so that a new class needs a copy. */
static uint32_t find(tw_classes *c, content is, bool keep)
{
    if (c->count >= c->capacity / 2 && !grow(c)) return 0;
    uint64_t hash = hash_of(&is);
    size_t at = hash & (c->capacity - 1);
    for (; c->table[at].number; at = (at + 1) & (c->capacity - 1)) {
        if (c->table[at].hash == hash && same(&c->table[at].is, &is)) return c->table[at].number;
    }
    if (keep && is.len > 0) {
        is.bytes = tw_arena_copy(&c->contents, is.bytes, is.len);
        if (!is.bytes) return 0;
    }
    c->table[at] = (tw_class_entry){hash, is, (uint32_t)++c->count};
    return c->table[at].number;
}

/* Contents. */

static uint64_t *words_for(tw_classes *c, size_t count)
{
    if (count <= c->words_capacity && c->words) return c->words;
    size_t capacity = c->words_capacity + c->words_capacity / 2 + 16;
    if (capacity < count) capacity = count;
    uint64_t *words =
        tw_resize(c->alloc, c->words, c->words_capacity * sizeof *words, capacity * sizeof *words);
    if (!words) return NULL;
    c->words = words;
    c->words_capacity = capacity;
    return words;
}

static uint64_t *packed_words(tw_classes *c, const tw_node *node)
{
    uint64_t *words = words_for(c, node->count);
    for (size_t i = 0; words && i < node->count; i++) {
        tw_node item = tw_node_item(node, i);
        if (item.type == TW_UUID) {
            words[i] = find(c, (content){TW_UUID, 0, 16, item.u.bytes}, false);
            if (!words[i]) return NULL;
        } else {
            words[i] = item.type == TW_DOUBLE ? tw_equal_bits(item.u.bits, c->flags) : (uint64_t)item.u.i;
        }
    }
    return words;
}

uint64_t *tw_classes_elements(tw_classes *c, const tw_node *node, const uint32_t *numbers)
{
    if (tw_node_packed(node)) return packed_words(c, node);
    uint64_t *words = words_for(c, node->count);
    const tw_node *child = tw_node_first(node);
    for (size_t i = 0; words && i < node->count; i++) {
        words[i] = numbers[child - node];
        child = tw_node_next(child);
        if (node->type != TW_MAP) continue;
        words[i] = words[i] << 32 | numbers[child - node];
        child = tw_node_next(child);
    }
    return words;
}

static uint64_t *field_words(tw_classes *c, const tw_node *node, const uint32_t *numbers)
{
    size_t count = node->count;
    uint64_t *words = words_for(c, count * 2), *keys = words ? words + count : NULL;
    const tw_node *child = tw_node_first(node);
    for (size_t i = 0; words && i < count; i++, child = tw_node_next(child)) {
        uint64_t id = (uint16_t)child->id;
        words[i] = id << 32 | numbers[child - node];
        keys[i] = id << 32 | i; /* those of one id stay in order */
    }
    if (!words || !(c->flags & TW_EQUAL_FIELDS_BY_ID)) return words;
    tw_words_sort(keys, count);
    for (size_t i = 0; i < count; i++) keys[i] = words[(uint32_t)keys[i]];
    return keys;
}

static uint32_t class_of(tw_classes *c, const tw_node *node, const uint32_t *numbers)
{
    content is = {node->type, node->inside, 0, NULL};
    if (node->type == TW_STRING) {
        return find(c, (content){TW_STRING, 0, node->count, node->u.bytes}, false);
    }
    if (node->type == TW_UUID) return find(c, (content){TW_UUID, 0, 16, node->u.bytes}, false);
    if (!tw_type_nests((tw_type)node->type)) {
        uint64_t word = node->type == TW_DOUBLE ? tw_equal_bits(node->u.bits, c->flags) : (uint64_t)node->u.i;
        return find(c, (content){node->type, 0, sizeof word, &word}, true);
    }
    bool unordered = (node->type == TW_SET || node->type == TW_MAP) && (c->flags & TW_EQUAL_UNORDERED);
    bool normal = tw_node_element_type(node) == TW_DOUBLE && (c->flags & TW_EQUAL_NAN);
    if (tw_node_packed(node) && !unordered && !normal) {
        is.len = node->count * tw_type_packed_size((tw_type)node->inside);
        is.bytes = node->u.items;
        return find(c, is, false);
    }
    uint64_t *words =
        node->type == TW_STRUCT ? field_words(c, node, numbers) : tw_classes_elements(c, node, numbers);
    if (!words) return 0;
    if (unordered) tw_words_sort(words, node->count);
    if (node->type == TW_MAP && node->count == 0 && (c->flags & TW_EQUAL_EMPTY_MAP)) is.inside = 0;
    is.len = node->count * sizeof *words;
    is.bytes = words;
    return find(c, is, true);
}

uint32_t *tw_classes_assign(tw_classes *c, const tw_node *root)
{
    size_t count = tw_node_span(root);
    uint32_t *numbers = tw_resize(c->alloc, NULL, 0, count * sizeof *numbers);
    if (!numbers) return NULL;
    /* From the end of the tape to its front, what is inside a value comes before the value. */
    for (size_t i = count; i-- > 0;) {
        numbers[i] = class_of(c, &root[i], &numbers[i]);
        if (numbers[i]) continue;
        tw_classes_release(c, root, numbers);
        return NULL;
    }
    return numbers;
}

void tw_classes_release(tw_classes *c, const tw_node *root, uint32_t *numbers)
{
    if (numbers) tw_resize(c->alloc, numbers, tw_node_span(root) * sizeof *numbers, 0);
}
