#include "wire/value/generate.h"

#include "wire/base/limits.h"
#include "wire/test/support.h"
#include "wire/value/equal.h"

#include <stdio.h>
#include <string.h>

static uint64_t add(uint64_t digest, uint64_t word)
{
    digest = (digest ^ word) * UINT64_C(0x100000001b3);
    return digest ^ digest >> 32;
}

static uint64_t add_bytes(uint64_t digest, const void *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) digest = add(digest, ((const uint8_t *)bytes)[i]);
    return digest;
}

/* Of all that a tree says, by the tape. */
static uint64_t digest_of(const tw_tree *tree)
{
    uint64_t digest = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < tree->count; i++) {
        const tw_node *node = &tree->nodes[i];
        digest = add(digest, node->type);
        digest = add(digest, node->inside);
        digest = add(digest, (uint16_t)node->id);
        digest = add(digest, node->count);
        if (node->type == TW_STRING) {
            digest = add_bytes(digest, node->u.bytes, node->count);
        } else if (node->type == TW_UUID) {
            digest = add_bytes(digest, node->u.bytes, 16);
        } else if (tw_node_packed(node)) {
            size_t size = tw_type_packed_size(tw_node_element_type(node));
            digest = add_bytes(digest, node->u.items, node->count * size);
        } else {
            digest = add(digest, node->u.bits);
        }
    }
    return digest;
}

static uint32_t depth_of(const tw_tree *tree)
{
    size_t ends[2 * TW_DEPTH_DEFAULT];
    uint32_t depth = 0, deepest = 0;
    for (size_t i = 0; i < tree->count; i++) {
        while (depth > 0 && ends[depth - 1] <= i) depth--;
        if (!tw_type_nests((tw_type)tree->nodes[i].type)) continue;
        assert_true(depth < 2 * TW_DEPTH_DEFAULT);
        ends[depth++] = i + tw_node_span(&tree->nodes[i]);
        if (depth > deepest) deepest = depth;
    }
    return deepest;
}

static void numbers_are_the_known_ones(void **state)
{
    (void)state;
    /* The published sequence of splitmix64 for this seed. */
    tw_random random = {1234567};
    assert_true(tw_random_next(&random) == UINT64_C(6457827717110365317));
    assert_true(tw_random_next(&random) == UINT64_C(3203168211198807973));
    assert_true(tw_random_next(&random) == UINT64_C(9817491932198370423));
}

static void below_stays_below(void **state)
{
    (void)state;
    tw_random random = {1};
    unsigned seen[10] = {0};
    for (int i = 0; i < 10000; i++) seen[tw_random_below(&random, 10)]++;
    for (int i = 0; i < 10; i++) assert_in_range(seen[i], 800, 1200);
    for (int i = 0; i < 100; i++) assert_true(tw_random_below(&random, 1) == 0);
    assert_true(tw_random_below(&random, UINT64_MAX) < UINT64_MAX);
}

static void boundaries_are_met_and_kept(void **state)
{
    (void)state;
    for (unsigned bits = 8; bits <= 64; bits *= 2) {
        int64_t maximum = (int64_t)(UINT64_MAX >> (65 - bits)), minimum = -maximum - 1;
        tw_random random = {bits};
        bool met_maximum = false, met_minimum = false, met_0 = false, met_minus_1 = false, met_64 = false;
        for (int i = 0; i < 5000; i++) {
            int64_t value = tw_random_boundary(&random, bits);
            assert_true(value >= minimum && value <= maximum);
            met_maximum |= value == maximum;
            met_minimum |= value == minimum;
            met_0 |= value == 0;
            met_minus_1 |= value == -1;
            met_64 |= value == 64; /* where a zigzag varint needs its second byte */
        }
        assert_true(met_maximum && met_minimum && met_0 && met_minus_1 && met_64);
    }
}

static void profiles_have_names(void **state)
{
    (void)state;
    static const char *const names[TW_PROFILE_COUNT] = {"typical", "boundary", "deep", "wide"};
    for (unsigned i = 0; i < TW_PROFILE_COUNT; i++) {
        tw_profile profile = TW_PROFILE_COUNT;
        assert_string_equal(tw_profile_name((tw_profile)i), names[i]);
        assert_true(tw_profile_find(names[i], &profile));
        assert_int_equal(profile, i);
    }
    tw_profile profile;
    assert_false(tw_profile_find("huge", &profile));
}

/* The same seed gives the same values for ever: a printed seed must lead back to its finding. */
static void seeds_keep_their_values(void **state)
{
    (void)state;
    static const uint64_t digests[TW_PROFILE_COUNT] = {
        UINT64_C(0xb9937b1c1a7630f6), UINT64_C(0xe3949e11b6b0cf9b), UINT64_C(0xae21084a8a29c3cd),
        UINT64_C(0x1750c76b9c532afe)};
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    for (unsigned p = 0; p < TW_PROFILE_COUNT; p++) {
        uint64_t digest = 0;
        tw_random random = {42};
        for (int i = 0; i < 20; i++) {
            assert_true(tw_generate(&tree, &random, (tw_profile)p));
            digest = add(digest, digest_of(&tree));
        }
        if (digest != digests[p])
            fail_msg("%s: 0x%016llx", tw_profile_name((tw_profile)p), (unsigned long long)digest);
    }
    tw_tree_deinit(&tree);
}

typedef struct survey {
    uint64_t types;    /* bit per type that occurred */
    uint64_t elements; /* bit per type in containers */
    size_t nodes_most, container_most;
    uint32_t depth_least, depth_most;
    bool negative_id, descending_ids, empty_string, two_byte_size;
} survey;

static void survey_tree(survey *s, const tw_tree *tree)
{
    uint32_t depth = depth_of(tree);
    if (depth < s->depth_least) s->depth_least = depth;
    if (depth > s->depth_most) s->depth_most = depth;
    if (tree->count > s->nodes_most) s->nodes_most = tree->count;
    for (size_t i = 0; i < tree->count; i++) {
        const tw_node *node = &tree->nodes[i];
        s->types |= UINT64_C(1) << node->type;
        s->negative_id |= node->id < 0;
        s->empty_string |= node->type == TW_STRING && node->count == 0;
        s->two_byte_size |= node->type == TW_STRING && node->count > 127;
        if (i > 1) s->descending_ids |= node->id != 0 && node->id < node[-1].id;
        if (node->type == TW_MAP) s->elements |= UINT64_C(1) << tw_node_key_type(node);
        if (node->type >= TW_LIST && node->type <= TW_MAP) {
            s->elements |= UINT64_C(1) << tw_node_element_type(node);
            if (node->count > s->container_most) s->container_most = node->count;
        }
    }
}

static void profiles_are_what_they_say(void **state)
{
    (void)state;
    const uint64_t uuid = UINT64_C(1) << TW_UUID;
    const uint64_t all = (UINT64_C(1) << (TW_UUID + 1)) - 2 - (UINT64_C(1) << 2);
    survey surveys[TW_PROFILE_COUNT];
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    for (unsigned p = 0; p < TW_PROFILE_COUNT; p++) {
        survey *s = &surveys[p];
        *s = (survey){.depth_least = UINT32_MAX};
        for (uint64_t seed = 0; seed < (p == TW_PROFILE_WIDE ? 100u : 1000u); seed++) {
            tw_random random = {seed};
            assert_true(tw_generate(&tree, &random, (tw_profile)p));
            const tw_node *root = tw_tree_root(&tree);
            assert_int_equal(root->type, TW_STRUCT);
            assert_int_equal(tw_node_span(root), tree.count);
            tw_ruleset open = tw_value_open_rules(root);
            if (!tw_ruleset_empty(&open)) fail_msg("%s, seed %d", tw_profile_name((tw_profile)p), (int)seed);
            survey_tree(s, &tree);
        }
        assert_true(s->depth_most <= TW_DEPTH_DEFAULT);
        assert_int_equal(s->types, p == TW_PROFILE_TYPICAL ? all - uuid : all);
    }
    tw_tree_deinit(&tree);
    const survey *typical = &surveys[TW_PROFILE_TYPICAL], *boundary = &surveys[TW_PROFILE_BOUNDARY];
    const survey *deep = &surveys[TW_PROFILE_DEEP], *wide = &surveys[TW_PROFILE_WIDE];
    assert_true(typical->nodes_most < 1000 && !typical->negative_id);
    assert_true(boundary->negative_id && boundary->descending_ids && boundary->empty_string);
    assert_true(boundary->two_byte_size && boundary->container_most == 16);
    assert_int_equal(boundary->elements, all);
    assert_true(deep->depth_least >= TW_DEPTH_DEFAULT / 2 && deep->depth_most == TW_DEPTH_DEFAULT);
    assert_true(deep->nodes_most < 1000);
    assert_true(wide->nodes_most > 2000 && wide->nodes_most < 100000 && wide->container_most > 1000);
    assert_int_equal(wide->elements, all);
}

static void refused_memory_is_told(void **state)
{
    (void)state;
    for (unsigned p = 0; p < TW_PROFILE_COUNT; p++) {
        bool ok = false;
        for (size_t n = 1; !ok; n++) {
            tw_test_alloc alloc;
            tw_test_alloc_init(&alloc, n);
            tw_tree tree;
            tw_random random = {5};
            tw_tree_init(&tree, &alloc.alloc, SIZE_MAX);
            ok = tw_generate(&tree, &random, (tw_profile)p);
            assert_int_equal(tree.count > 0, ok);
            tw_tree_deinit(&tree);
            assert_int_equal(alloc.now, 0);
            assert_true(n < 200);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_the_known_ones),  cmocka_unit_test(below_stays_below),
        cmocka_unit_test(boundaries_are_met_and_kept), cmocka_unit_test(profiles_have_names),
        cmocka_unit_test(seeds_keep_their_values),     cmocka_unit_test(profiles_are_what_they_say),
        cmocka_unit_test(refused_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
