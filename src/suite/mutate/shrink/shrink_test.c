#include "suite/mutate/evolve.h"
#include "suite/mutate/shrink.h"
#include "suite/mutate/shrink/steps.h"

#include "suite/mutate/specimen.h"
#include "wire/test/support.h"
#include "wire/value/builder.h"
#include "wire/value/generate.h"

#include <stdlib.h>
#include <string.h>

enum { TRIES = 20000 };

/* A predicate may want the value; NULL where the specimen cannot be read. */
typedef struct probe {
    bool (*holds)(const assay_specimen *specimen, const tw_node *root, const tw_outcome *out);
    size_t calls;
} probe;

static bool keeps(void *context, tw_bytes input)
{
    probe *p = context;
    tw_bytes exact = tw_test_exact(input.data, input.len);
    assay_specimen specimen = assay_specimen_read(exact);
    tw_tree tree;
    tw_outcome out = {.consumed = 0};
    tw_envelope envelope;
    tw_decode_options options = {.limits = tw_limits_generous()};
    p->calls++;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_class cls = tw_stack_decode(assay_specimen_stack(specimen.stack), specimen.payload, specimen.unit,
                                   &options, &envelope, &tree, &out, NULL);
    bool holds = p->holds(&specimen, cls == TW_OK ? tw_tree_root(&tree) : NULL, &out);
    tw_tree_deinit(&tree);
    tw_test_free(exact);
    return holds;
}

static bool has_map_with_bool_key(const assay_specimen *specimen, const tw_node *root, const tw_outcome *out)
{
    (void)specimen;
    (void)out;
    for (const tw_node *node = root; root && node < tw_node_next(root); node++)
        if (node->type == TW_MAP && tw_node_key_type(node) == TW_BOOL && node->count > 0) return true;
    return false;
}

static bool is_cut_in_an_inner_list(const assay_specimen *specimen, const tw_node *root,
                                    const tw_outcome *out)
{
    (void)specimen;
    (void)root;
    return out->error.cls == TW_TRUNCATED &&
           (out->error.rule == TW_RULE_BINARY_LIST_SIZE || out->error.rule == TW_RULE_COMPACT_LIST_SIZE) &&
           out->error.path.depth >= 2;
}

/* All of a large message of a stack, with a value in it that the generator does not make. */
static void build(unsigned stack, uint64_t seed, bool with_map, tw_buffer *to)
{
    tw_tree tree;
    tw_random random = {seed};
    tw_envelope envelope = {tw_bytes_of("someName", 8), TW_REPLY, 77, TW_HEADER_STRICT};
    assay_specimen head = {.stack = stack, .unit = TW_UNIT_MESSAGE, .flags = 5, .parameter = 200};
    tw_tree_init(&tree, NULL, SIZE_MAX);
    if (with_map) {
        tw_builder b;
        tw_builder_init(&b, &tree);
        tw_build_struct(&b);
        for (int16_t i = 1; i < 60; i++) {
            tw_build_field(&b, (int16_t)(i * 20));
            tw_build_list(&b, TW_STRUCT);
            for (int k = 0; k < 5; k++) {
                tw_build_struct(&b);
                tw_build_field(&b, 9);
                tw_build_string(&b, tw_bytes_of("ballast", 7));
                tw_build_field(&b, 1000);
                tw_build_map(&b, i == 33 && k == 2 ? TW_BOOL : TW_I32, TW_STRING);
                for (int n = 0; n < 6; n++) {
                    if (i == 33 && k == 2)
                        tw_build_bool(&b, n % 2);
                    else
                        tw_build_i32(&b, n * 1000);
                    tw_build_string(&b, tw_bytes_of("more ballast", 12));
                }
                tw_build_end(&b);
                tw_build_end(&b);
            }
            tw_build_end(&b);
        }
        tw_build_end(&b);
        assert_true(tw_builder_finish(&b));
    } else {
        assert_true(tw_generate(&tree, &random, TW_PROFILE_BOUNDARY));
    }
    assert_int_equal(assay_specimen_write(&head, to), TW_OK);
    assert_int_equal(tw_stack_encode(assay_specimen_stack(stack), &envelope, tw_tree_root(&tree), to), TW_OK);
    tw_tree_deinit(&tree);
}

static void shrink_to(probe *p, const tw_buffer *input, size_t most)
{
    tw_buffer small;
    assay_shrink_result result;
    tw_buffer_init(&small, NULL);
    tw_bytes exact = tw_test_exact(input->data, input->len);
    assert_true(keeps(p, exact));
    p->calls = 0;
    assert_int_equal(assay_shrink(exact, keeps, p, TRIES, &small, &result), TW_OK);
    assert_int_equal(result.tries, p->calls);
    assert_false(result.exhausted);
    assert_true(keeps(p, tw_buffer_view(&small)));
    if (small.len > most)
        fail_msg("%zu bytes became %zu, not %zu, in %zu tries", input->len, small.len, most, result.tries);
    tw_test_free(exact);
    tw_buffer_deinit(&small);
}

static void a_map_in_a_large_value_is_left_alone(void **state)
{
    probe p = {has_map_with_bool_key, 0};
    (void)state;
    for (unsigned stack = 0; stack < ASSAY_SPECIMEN_STACKS; stack++) {
        tw_buffer input;
        tw_buffer_init(&input, NULL);
        build(stack, 0, true, &input);
        assert_true(stack >= 4 || input.len > 20000);
        /* Head; field of map; types and size; key; value; stop. */
        shrink_to(&p, &input, stack % 2 ? 2 + 1 + 2 + 1 + 1 + 1 : 2 + 3 + 6 + 1 + 4 + 1);
        tw_buffer_deinit(&input);
    }
}

static void a_cut_list_is_left_of_what_is_malformed(void **state)
{
    unsigned tried = 0;
    (void)state;
    for (uint64_t seed = 0; seed < 60 && tried < 8; seed++) {
        probe p = {is_cut_in_an_inner_list, 0};
        tw_buffer input;
        tw_buffer_init(&input, NULL);
        build((unsigned)seed % 2, seed, false, &input);
        for (size_t len = input.len; len > 64; len -= 7) {
            input.len = len;
            if (keeps(&p, tw_buffer_view(&input))) break;
        }
        if (input.len > 64 && keeps(&p, tw_buffer_view(&input))) {
            tried++;
            /* Head; field of list or map; types, size, a key; the inner list's header, which promises one
             * element, and there is none. Long forms may stay. */
            shrink_to(&p, &input, seed % 2 ? 2 + 1 + 2 + 1 + 1 + 3 : 2 + 3 + 6 + 4 + 5);
        }
        tw_buffer_deinit(&input);
    }
    assert_int_equal(tried, 8);
}

static bool is_framed_or_zlib(const assay_specimen *specimen, const tw_node *root, const tw_outcome *out)
{
    (void)out;
    return root && specimen->stack >= 6 && root->count > 0;
}

/* What fails only behind transports keeps them, and the value still gets small. */
static void transports_stay_where_they_matter(void **state)
{
    probe p = {is_framed_or_zlib, 0};
    tw_buffer input;
    (void)state;
    tw_buffer_init(&input, NULL);
    build(7, 0, true, &input);
    shrink_to(&p, &input, 32);
    tw_buffer_deinit(&input);
}

static bool counted_true(void *context, tw_bytes input)
{
    (void)input;
    ++*(size_t *)context;
    return true;
}

static bool never(void *context, tw_bytes input)
{
    (void)input;
    ++*(size_t *)context;
    return false;
}

static void the_budget_is_kept(void **state)
{
    tw_buffer input, small;
    assay_shrink_result result;
    size_t calls = 0;
    (void)state;
    tw_buffer_init(&input, NULL);
    tw_buffer_init(&small, NULL);
    build(1, 0, true, &input);
    assert_int_equal(assay_shrink(tw_buffer_view(&input), never, &calls, 50, &small, &result), TW_OK);
    assert_int_equal(calls, 50);
    assert_true(result.exhausted);
    assert_true(tw_bytes_equal(tw_buffer_view(&input), tw_buffer_view(&small)));
    tw_buffer_deinit(&input);
    tw_buffer_deinit(&small);
}

static void anything_shrinks_to_nothing(void **state)
{
    static const char *const inputs[] = {"",           "00",          "ff 00 616263", "07 09 789c0102",
                                         "0100150a00", "0900ffffffff"};
    (void)state;
    for (size_t i = 0; i < 6; i++) {
        size_t calls = 0;
        tw_buffer small;
        assay_shrink_result result;
        tw_bytes input = tw_test_hex(inputs[i]);
        tw_buffer_init(&small, NULL);
        assert_int_equal(assay_shrink(input, counted_true, &calls, TRIES, &small, &result), TW_OK);
        assert_in_range(small.len, 0, 2);
        assert_false(result.exhausted);
        tw_buffer_deinit(&small);
        tw_test_free(input);
    }
}

/* Asked one by one, the same comes out as from being called. */
static void steps_lead_to_the_same(void **state)
{
    probe p = {has_map_with_bool_key, 0};
    tw_buffer input, small;
    assay_shrink_result result;
    assay_shrink_steps steps;
    (void)state;
    tw_buffer_init(&input, NULL);
    tw_buffer_init(&small, NULL);
    build(1, 0, true, &input);
    assert_int_equal(assay_shrink(tw_buffer_view(&input), keeps, &p, TRIES, &small, &result), TW_OK);
    assay_shrink_steps_init(&steps, tw_buffer_view(&input), TRIES);
    tw_bytes last = tw_test_exact(NULL, 0);
    size_t count = 0;
    for (tw_bytes next; (next = assay_shrink_steps_next(&steps)).data; count++) {
        bool kept = keeps(&p, next);
        if (kept) {
            tw_test_free(last);
            last = tw_test_exact(next.data, next.len);
        }
        assay_shrink_steps_answer(&steps, kept);
    }
    assert_int_equal(count, result.tries);
    assert_true(tw_bytes_equal(last, tw_buffer_view(&small)));
    tw_test_free(last);
    assay_shrink_steps_deinit(&steps);
    tw_buffer_deinit(&input);
    tw_buffer_deinit(&small);
}

static void steps_never_grow_and_end(void **state)
{
    assay_shrink_steps steps;
    tw_buffer input;
    size_t count = 0;
    (void)state;
    tw_buffer_init(&input, NULL);
    build(7, 0, true, &input); /* compressed: shorter than what it holds */
    assay_shrink_steps_init(&steps, tw_buffer_view(&input), 40);
    for (tw_bytes next; (next = assay_shrink_steps_next(&steps)).data; count++) {
        assert_true(next.len <= input.len);
        assay_shrink_steps_answer(&steps, false);
    }
    assert_in_range(count, 1, 40);
    assay_shrink_steps_deinit(&steps);
    tw_buffer_deinit(&input);
}

/* A predicate without any sense, over inputs that were mutated again and again. */
static bool at_random(void *context, tw_bytes input)
{
    tw_bytes exact = tw_test_exact(input.data, input.len);
    tw_test_free(exact);
    return tw_random_below(context, 3) == 0;
}

static void whatever_evolves_can_be_shrunk(void **state)
{
    enum { ROOM = 2048 };
    uint8_t *data = malloc(ROOM);
    size_t len = 0;
    (void)state;
    assert_non_null(data);
    for (uint32_t seed = 0; seed < 6000; seed++) {
        tw_random random = {seed};
        assay_shrink_result result;
        tw_buffer small;
        if (seed % 64 == 0) len = 0;
        len = assay_evolve(data, len, ROOM, seed, NULL);
        if (seed % 16) continue;
        tw_bytes exact = tw_test_exact(data, len);
        tw_buffer_init(&small, NULL);
        assert_int_equal(assay_shrink(exact, at_random, &random, 200, &small, &result), TW_OK);
        assert_true(result.tries <= 200);
        tw_buffer_deinit(&small);
        tw_test_free(exact);
    }
    free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_map_in_a_large_value_is_left_alone),
        cmocka_unit_test(a_cut_list_is_left_of_what_is_malformed),
        cmocka_unit_test(transports_stay_where_they_matter),
        cmocka_unit_test(the_budget_is_kept),
        cmocka_unit_test(anything_shrinks_to_nothing),
        cmocka_unit_test(whatever_evolves_can_be_shrunk),
        cmocka_unit_test(steps_lead_to_the_same),
        cmocka_unit_test(steps_never_grow_and_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
