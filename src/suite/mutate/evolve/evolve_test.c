#include "suite/mutate/evolve/change.h"
#include "suite/mutate/evolve/lie.h"
#include "suite/mutate/evolve/spell.h"
#include "suite/mutate/expectation.h"

#include "wire/test/support.h"
#include "wire/text/notation.h"
#include "wire/value/equal.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM = 4096 };

/* struct{1: i32 5, 2: list<bool>[true, false], 3: map<string, i8>{"a": 1}, 4: struct{1: i64 -1}, 5: bool true}
 */
static const char compact[] = "01 00 150a 192101 02 1b01 8301 61 01 1c 1601 00 11 00";
static const char framed_message[] =
    "0a 05 00000019 80010001 00000004 70696e67 00000007 0f0001 0300000002 0506 00";
static const char text[] = "ff 00 7374727563747b313a2069333220357d"; /* struct{1: i32 5} */
static const char broken[] = "01 00 15 0a 19 f1 ff ff";

/* One evolution in a block of exactly `max` bytes. */
static tw_bytes evolve(const char *hex, size_t max, uint32_t seed, assay_evolve_raw *raw, size_t *change)
{
    size_t ignored;
    tw_bytes from = tw_test_hex(hex);
    uint8_t *data = malloc(max ? max : 1);
    size_t len = from.len < max ? from.len : max;
    assert_non_null(data);
    memcpy(data, from.data, len);
    len = assay_evolve_told(data, len, max, seed, raw, change ? change : &ignored);
    assert_true(len <= max);
    tw_bytes made = tw_test_exact(data, len);
    free(data);
    tw_test_free(from);
    return made;
}

static void the_same_seed_does_the_same(void **state)
{
    static const char *const inputs[] = {compact, framed_message, text, broken, ""};
    (void)state;
    for (size_t i = 0; i < 5; i++) {
        for (uint32_t seed = 0; seed < 400; seed++) {
            tw_bytes a = evolve(inputs[i], ROOM, seed, NULL, NULL);
            tw_bytes b = evolve(inputs[i], ROOM, seed, NULL, NULL);
            assert_true(tw_bytes_equal(a, b));
            tw_test_free(a);
            tw_test_free(b);
        }
    }
}

static void no_result_is_longer_than_allowed(void **state)
{
    static const char *const inputs[] = {compact, framed_message, text, broken, "", "01", "04 00 789c"};
    (void)state;
    for (size_t i = 0; i < 7; i++) {
        for (size_t max = 0; max < 48; max++) {
            for (uint32_t seed = 0; seed < 60; seed++) {
                tw_bytes made = evolve(inputs[i], max, seed, NULL, NULL);
                if (max >= 2) assert_true(made.len > 0);
                tw_test_free(made);
            }
        }
    }
}

/* An engine that answers with more than there is room for is held to it. */
static size_t greedy(uint8_t *data, size_t len, size_t max)
{
    if (max) data[len < max ? len : max - 1] = 0x55;
    return max + 1;
}

static void the_engine_mutates_a_quarter(void **state)
{
    unsigned plain = 0, all = 4000;
    (void)state;
    for (uint32_t seed = 0; seed < all; seed++) {
        size_t change;
        tw_test_free(evolve(compact, 64, seed, greedy, &change));
        plain += change == assay_change_count;
    }
    assert_in_range(plain, all / 5, all * 2 / 5);
}

static void every_change_is_reached(void **state)
{
    unsigned seen[64] = {0};
    static const char *const inputs[] = {compact, framed_message};
    (void)state;
    assert_true(assay_change_count < 64);
    for (uint32_t seed = 0; seed < 8000; seed++) {
        size_t change;
        tw_test_free(evolve(inputs[seed % 2], ROOM, seed, NULL, &change));
        assert_true(change <= assay_change_count);
        seen[change]++;
    }
    for (size_t i = 0; i < assay_change_count; i++)
        if (seen[i] < 10) fail_msg("%s was made %u times", assay_changes[i].name, seen[i]);
}

/* A repeat in a text must not take the memory that it stands for. */
static void long_repeats_are_not_unfolded(void **state)
{
    (void)state;
    static const char repeat[] = "\xff"
                                 "\0"
                                 "struct{1: string \"a\"*100000000}";
    tw_random random = {0};
    assay_subject s;
    tw_notation_error error;
    assert_true(assay_subject_open(&s, tw_bytes_of(repeat, sizeof repeat - 1), &random, tw_alloc_default()));
    tw_bytes held = s.head.payload;
    assert_int_equal(tw_notation_read((const char *)held.data, held.len, &s.tree, &error), TW_MEMORY);
    assay_subject_deinit(&s);
}

static void texts_stay_texts_mostly(void **state)
{
    unsigned texts = 0;
    (void)state;
    for (uint32_t seed = 0; seed < 1000; seed++) {
        tw_bytes made = evolve(text, 256, seed, NULL, NULL);
        texts += assay_specimen_read(made).text;
        tw_test_free(made);
    }
    assert_in_range(texts, 900, 1000);
}

static void generate(tw_tree *tree, uint64_t seed)
{
    tw_random random = {seed};
    tw_profile profile = seed % 3 == 0   ? TW_PROFILE_TYPICAL
                         : seed % 3 == 1 ? TW_PROFILE_BOUNDARY
                                         : TW_PROFILE_DEEP;
    assert_true(tw_generate(tree, &random, profile));
}

static void expect_reads_as(const tw_protocol *protocol, const tw_buffer *bytes, const tw_node *value,
                            const char *what, uint64_t seed)
{
    tw_decode_options options = tw_decode_defaults();
    tw_difference difference;
    tw_outcome out;
    tw_tree read;
    options.limits.depth = 1000;
    tw_bytes exact = tw_test_exact(bytes->data, bytes->len);
    tw_tree_init(&read, NULL, SIZE_MAX);
    if (tw_decode(protocol, exact, &options, &read, &out) != TW_OK) {
        char line[512];
        tw_error_format(&out.error, line, sizeof line);
        fail_msg("%s, seed %llu: %s", what, (unsigned long long)seed, line);
    }
    assert_int_equal(out.consumed, exact.len);
    if (!tw_equal(value, tw_tree_root(&read), TW_EQUAL_EMPTY_MAP, &difference))
        fail_msg("%s, seed %llu: another value", what, (unsigned long long)seed);
    tw_tree_deinit(&read);
    tw_test_free(exact);
}

/* Whatever a change does, the tree is whole: it can be written, and reads back as it is. */
static void edited_trees_are_whole(void **state)
{
    tw_tree tree;
    tw_buffer bytes;
    (void)state;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_buffer_init(&bytes, NULL);
    for (size_t i = 0; i < assay_change_count; i++) {
        if (!assay_changes[i].edit) continue;
        unsigned made = 0;
        for (uint64_t seed = 0; seed < 150; seed++) {
            tw_random random = {seed + 1000};
            generate(&tree, seed);
            for (int n = 0; n < 4; n++) made += assay_changes[i].edit(&tree, &random);
            const tw_protocol *protocol = seed % 2 ? &tw_binary : &tw_compact;
            tw_buffer_clear(&bytes);
            assert_int_equal(tw_encode(protocol, tw_tree_root(&tree), &bytes), TW_OK);
            expect_reads_as(protocol, &bytes, tw_tree_root(&tree), assay_changes[i].name, seed);
        }
        if (made < 100) fail_msg("%s: only %u changes", assay_changes[i].name, made);
    }
    tw_buffer_deinit(&bytes);
    tw_tree_deinit(&tree);
}

static void other_spellings_say_the_same(void **state)
{
    const tw_protocol *const protocols[] = {&tw_binary, &tw_compact};
    unsigned other = 0;
    tw_tree tree;
    tw_buffer bytes, canonical;
    (void)state;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_buffer_init(&bytes, NULL);
    tw_buffer_init(&canonical, NULL);
    for (uint64_t seed = 0; seed < 600; seed++) {
        tw_random random = {seed + 5};
        const tw_protocol *protocol = protocols[seed / 3 % 2];
        generate(&tree, seed);
        tw_buffer_clear(&bytes);
        tw_buffer_clear(&canonical);
        assert_int_equal(assay_spell(protocol, tw_tree_root(&tree), &random, &bytes), TW_OK);
        assert_int_equal(tw_encode(protocol, tw_tree_root(&tree), &canonical), TW_OK);
        expect_reads_as(protocol, &bytes, tw_tree_root(&tree), "spelling", seed);
        other += !tw_bytes_equal(tw_buffer_view(&bytes), tw_buffer_view(&canonical));
    }
    assert_in_range(other, 350, 600);
    tw_buffer_deinit(&bytes);
    tw_buffer_deinit(&canonical);
    tw_tree_deinit(&tree);
}

static void other_spellings_of_messages_say_the_same(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 200; seed++) {
        tw_random random = {seed};
        const tw_stack *stack = assay_specimen_stack(seed % 2);
        tw_limits limits = tw_limits_default();
        tw_envelope envelope = {tw_bytes_of("name", 4), TW_REPLY, (int32_t)seed * 1000003, TW_HEADER_STRICT};
        tw_envelope read;
        tw_envelope_result result;
        tw_buffer bytes;
        tw_buffer_init(&bytes, NULL);
        assert_int_equal(assay_spell_envelope(stack->protocol, &envelope, &random, &bytes), TW_OK);
        assert_int_equal(stack->envelope->read(tw_buffer_view(&bytes), &limits, false, &read, &result),
                         TW_OK);
        assert_int_equal(result.consumed, bytes.len);
        assert_true(tw_bytes_equal(read.name, envelope.name));
        assert_int_equal(read.kind, envelope.kind);
        assert_int_equal(read.sequence_id, envelope.sequence_id);
        tw_buffer_deinit(&bytes);
    }
}

/* Whether the reference refuses the bytes, rests on an open rule, or at least reads something else. */
static bool shows(const tw_stack *stack, tw_bytes bytes, const tw_node *value)
{
    tw_tree tree;
    tw_outcome out;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_class cls = tw_stack_decode(stack, bytes, TW_UNIT_STRUCT, NULL, NULL, &tree, &out, NULL);
    bool shown = cls != TW_OK || !tw_ruleset_empty(&out.open) ||
                 !tw_equal(value, tw_tree_root(&tree), TW_EQUAL_EXACT, NULL);
    tw_tree_deinit(&tree);
    return shown;
}

static void lies_show(void **state)
{
    static const assay_lie lies[] = {ASSAY_LIE_SIZE, ASSAY_LIE_TYPE, ASSAY_LIE_SCALAR, ASSAY_LIE_CUT};
    tw_tree tree;
    tw_buffer bytes, lied;
    (void)state;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_buffer_init(&bytes, NULL);
    tw_buffer_init(&lied, NULL);
    for (size_t i = 0; i < 4; i++) {
        unsigned shown = 0, made = 0;
        for (uint64_t seed = 0; seed < 400; seed++) {
            tw_random random = {seed};
            const tw_stack *stack = assay_specimen_stack(lies[i] == ASSAY_LIE_SCALAR ? 1 : seed % 2);
            generate(&tree, seed * 3 + seed % 2);
            tw_buffer_clear(&bytes);
            tw_buffer_clear(&lied);
            assert_int_equal(tw_encode(stack->protocol, tw_tree_root(&tree), &bytes), TW_OK);
            tw_bytes exact = tw_test_exact(bytes.data, bytes.len);
            if (assay_lie_write(lies[i], stack, exact, TW_UNIT_STRUCT, &random, &lied)) {
                made++;
                shown += shows(stack, tw_buffer_view(&lied), tw_tree_root(&tree));
            }
            tw_test_free(exact);
        }
        if (made < 300 || shown * 10 < made * 9) fail_msg("lie %zu: %u made, %u show", i, made, shown);
    }
    tw_buffer_deinit(&bytes);
    tw_buffer_deinit(&lied);
    tw_tree_deinit(&tree);
}

static void crossing_takes_from_both(void **state)
{
    /* struct{1: i32 5} and struct{7: string "zyx"} */
    tw_bytes a = tw_test_hex("01 09 150a 00"), b = tw_test_hex("00 00 0b0007 00000003 7a7978 00");
    unsigned both = 0;
    (void)state;
    for (uint32_t seed = 0; seed < 300; seed++) {
        uint8_t *out = malloc(40);
        size_t len = assay_evolve_cross(a.data, a.len, b.data, b.len, out, 40, seed);
        assert_in_range(len, 1, 40);
        bool has_b = memmem(out, len, "zyx", 3) != NULL;
        both += has_b && len > 4 && memcmp(out, a.data, 4) == 0;
        free(out);
    }
    assert_in_range(both, 60, 300);
    tw_test_free(a);
    tw_test_free(b);
}

static void crossing_hostile_inputs_ends(void **state)
{
    static const char *const inputs[] = {"", "01", "04 00 789c", broken, text, compact};
    (void)state;
    for (size_t i = 0; i < 36; i++) {
        tw_bytes a = tw_test_hex(inputs[i / 6]), b = tw_test_hex(inputs[i % 6]);
        for (size_t max = 0; max < 12; max++) {
            uint8_t *out = malloc(max ? max : 1);
            for (uint32_t seed = 0; seed < 20; seed++) {
                size_t len = assay_evolve_cross(a.data, a.len, b.data, b.len, out, max, seed);
                assert_true(len <= max && (len > 0 || max == 0));
            }
            free(out);
        }
        tw_test_free(a);
        tw_test_free(b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_does_the_same),
        cmocka_unit_test(no_result_is_longer_than_allowed),
        cmocka_unit_test(the_engine_mutates_a_quarter),
        cmocka_unit_test(every_change_is_reached),
        cmocka_unit_test(long_repeats_are_not_unfolded),
        cmocka_unit_test(texts_stay_texts_mostly),
        cmocka_unit_test(edited_trees_are_whole),
        cmocka_unit_test(other_spellings_say_the_same),
        cmocka_unit_test(other_spellings_of_messages_say_the_same),
        cmocka_unit_test(lies_show),
        cmocka_unit_test(crossing_takes_from_both),
        cmocka_unit_test(crossing_hostile_inputs_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
