#include "fuzz/harness/meter.h"

#include "wire/test/support.h"

#include <string.h>

static size_t calls;

static void leaks(fuzz_run *run, const assay_specimen *specimen)
{
    (void)specimen;
    calls++;
    assert_non_null(tw_resize(run->alloc, NULL, 0, 7));
}

static void lies_about_a_size(fuzz_run *run, const assay_specimen *specimen)
{
    (void)specimen;
    void *block = tw_resize(run->alloc, NULL, 0, 7);
    tw_resize(run->alloc, block, 8, 0);
}

static void fails_twice(fuzz_run *run, const assay_specimen *specimen)
{
    assert_false(prop_fail(run, "first", TW_RULE_BINARY_BOOL, "%zu bytes", specimen->payload.len));
    assert_false(prop_fail(run, "second", TW_RULE_NONE, "never seen"));
}

static void notes_its_payload(fuzz_run *run, const assay_specimen *specimen)
{
    prop_note(run, specimen->payload.data, specimen->payload.len);
}

static void asks_for_too_much(fuzz_run *run, const assay_specimen *specimen)
{
    (void)specimen;
    assert_null(tw_resize(run->alloc, NULL, 0, FUZZ_BLOCK_MOST + 1));
    assert_true(fuzz_meter_of(run)->refused);
    assert_int_equal(fuzz_meter_of(run)->largest, FUZZ_BLOCK_MOST + 1);
}

static fuzz_run run_of(void (*check)(fuzz_run *, const assay_specimen *), const char *hex, bool text)
{
    fuzz_harness harness = {.name = "x", .max_len = 8, .text = text, .check = check};
    fuzz_run run;
    tw_bytes input = tw_test_hex(hex);
    fuzz_run_one(&harness, input, &run);
    tw_test_free(input);
    return run;
}

static void a_leak_is_found_and_freed(void **state)
{
    (void)state;
    assert_string_equal(run_of(leaks, "0000", false).token, "leak");
}

static void a_block_given_back_with_another_size_is_found(void **state)
{
    (void)state;
    assert_string_equal(run_of(lies_about_a_size, "0000", false).token, "wrong-size");
}

static void the_first_failure_counts(void **state)
{
    (void)state;
    fuzz_run run = run_of(fails_twice, "0000aabb", false);
    assert_string_equal(run.token, "first");
    assert_string_equal(run.detail, "2 bytes");
    assert_int_equal(run.rule, TW_RULE_BINARY_BOOL);
}

static void inputs_that_are_too_long_or_of_the_other_kind_are_not_looked_at(void **state)
{
    (void)state;
    calls = 0;
    assert_null(run_of(leaks, "0000 0000 0000 0000 00", false).token);
    assert_null(run_of(leaks, "ff00", false).token);
    assert_null(run_of(leaks, "0000", true).token);
    assert_int_equal(calls, 0);
    assert_string_equal(run_of(leaks, "ff00", true).token, "leak");
}

static void the_digest_is_of_what_was_noted(void **state)
{
    (void)state;
    fuzz_run a = run_of(notes_its_payload, "0000 01", false), b = run_of(notes_its_payload, "0100 01", false),
             c = run_of(notes_its_payload, "0000 02", false);
    assert_null(a.token);
    assert_memory_equal(a.digest, b.digest, sizeof a.digest);
    assert_memory_not_equal(a.digest, c.digest, sizeof a.digest);
}

static void a_block_that_no_input_needs_is_refused(void **state)
{
    (void)state;
    assert_null(run_of(asks_for_too_much, "0000", false).token);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_leak_is_found_and_freed),
        cmocka_unit_test(a_block_given_back_with_another_size_is_found),
        cmocka_unit_test(the_first_failure_counts),
        cmocka_unit_test(inputs_that_are_too_long_or_of_the_other_kind_are_not_looked_at),
        cmocka_unit_test(the_digest_is_of_what_was_noted),
        cmocka_unit_test(a_block_that_no_input_needs_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
