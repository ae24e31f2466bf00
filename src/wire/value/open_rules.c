#include "wire/base/utf8.h"
#include "wire/value/classes.h"

#include <string.h>

/* Up to so many keys are compared each with each, and so many field ids. */
#define FEW 8u

static bool ids_repeat(const tw_node *node)
{
    const tw_node *end = tw_node_next(node);
    if (node->count <= FEW) {
        for (const tw_node *x = tw_node_first(node); x < end; x = tw_node_next(x)) {
            for (const tw_node *y = tw_node_next(x); y < end; y = tw_node_next(y)) {
                if (x->id == y->id) return true;
            }
        }
        return false;
    }
    uint64_t met[65536 / 64] = {0};
    for (const tw_node *x = tw_node_first(node); x < end; x = tw_node_next(x)) {
        uint64_t *word = &met[(uint16_t)x->id / 64], bit = UINT64_C(1) << ((uint16_t)x->id % 64);
        if (*word & bit) return true;
        *word |= bit;
    }
    return false;
}

static bool same_scalar(const tw_node *x, const tw_node *y)
{
    if (x->type == TW_STRING) {
        return tw_bytes_equal(tw_bytes_of(x->u.bytes, x->count), tw_bytes_of(y->u.bytes, y->count));
    }
    return x->type == TW_UUID ? memcmp(x->u.bytes, y->u.bytes, 16) == 0 : x->u.i == y->u.i;
}

static const tw_node *next_key(const tw_node *node, const tw_node *key)
{
    key = tw_node_next(key);
    return node->type == TW_MAP ? tw_node_next(key) : key;
}

/* A few keys that do not nest. */
static bool keys_repeat(const tw_node *node)
{
    if (tw_node_packed(node)) {
        size_t size = tw_type_packed_size((tw_type)node->inside);
        const uint8_t *items = node->u.items;
        for (size_t i = 1; i < node->count; i++) {
            for (size_t j = 0; j < i; j++) {
                if (memcmp(items + i * size, items + j * size, size) == 0) return true;
            }
        }
        return false;
    }
    const tw_node *end = tw_node_next(node);
    for (const tw_node *x = tw_node_first(node); x < end; x = next_key(node, x)) {
        for (const tw_node *y = next_key(node, x); y < end; y = next_key(node, y)) {
            if (same_scalar(x, y)) return true;
        }
    }
    return false;
}

static bool classes_repeat(tw_classes *c, const tw_node *node, const uint32_t *numbers, bool *refused)
{
    uint64_t *words = tw_classes_elements(c, node, numbers);
    if (!words) {
        *refused = true;
        return false;
    }
    for (size_t i = 0; node->type == TW_MAP && i < node->count; i++) words[i] >>= 32; /* the key alone */
    tw_words_sort(words, node->count);
    for (size_t i = 1; i < node->count; i++) {
        if (words[i] == words[i - 1]) return true;
    }
    return false;
}

/* Duplicates among the keys that simple comparing does not reach. */
static bool any_classes_repeat(const tw_node *root)
{
    tw_classes c;
    tw_classes_init(&c, TW_EQUAL_VALUES, tw_alloc_default());
    uint32_t *numbers = tw_classes_assign(&c, root);
    bool refused = !numbers, repeat = false;
    const tw_node *end = tw_node_next(root);
    for (const tw_node *node = root; node < end && !repeat && !refused; node++) {
        if (node->type != TW_SET && node->type != TW_MAP) continue;
        repeat = classes_repeat(&c, node, numbers + (node - root), &refused);
    }
    tw_classes_release(&c, root, numbers);
    tw_classes_deinit(&c);
    return repeat || refused;
}

static bool odd_nan(uint64_t bits)
{
    return (bits & INT64_MAX) > UINT64_C(0x7ff0000000000000) && bits != UINT64_C(0x7ff8000000000000);
}

static bool has_odd_nan(const tw_node *node)
{
    if (node->type == TW_DOUBLE) return odd_nan(node->u.bits);
    if (!tw_node_packed(node) || node->inside != TW_DOUBLE) return false;
    for (size_t i = 0; i < node->count; i++) {
        if (odd_nan(tw_node_item(node, i).u.bits)) return true;
    }
    return false;
}

tw_ruleset tw_value_open_rules(const tw_node *root)
{
    tw_ruleset open = {{0}};
    bool many = false;
    const tw_node *end = tw_node_next(root);
    for (const tw_node *node = root; node < end; node++) { /* the tape, whatever the nesting */
        if (node->type == TW_STRUCT && node->count > 1 && ids_repeat(node)) {
            tw_ruleset_add(&open, TW_RULE_STRUCT_DUPLICATE_ID);
        }
        if (node->type == TW_STRING && !tw_utf8_valid(tw_bytes_of(node->u.bytes, node->count))) {
            tw_ruleset_add(&open, TW_RULE_STRING_UTF8);
        }
        if (has_odd_nan(node)) tw_ruleset_add(&open, TW_RULE_DOUBLE_NAN_PAYLOAD);
        if ((node->type != TW_SET && node->type != TW_MAP) || node->count < 2) continue;
        tw_type key = node->type == TW_MAP ? tw_node_key_type(node) : tw_node_element_type(node);
        if (node->count > FEW || tw_type_nests(key)) {
            many = true;
        } else if (keys_repeat(node)) {
            tw_ruleset_add(&open, TW_RULE_MAP_DUPLICATE_KEY);
        }
    }
    if (many && !tw_ruleset_has(&open, TW_RULE_MAP_DUPLICATE_KEY) && any_classes_repeat(root)) {
        tw_ruleset_add(&open, TW_RULE_MAP_DUPLICATE_KEY);
    }
    return open;
}
