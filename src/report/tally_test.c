/* By which of its cases a vector counts, whether or not the result holds those that passed. */
#include "report/tally.h"
#include "suite/result/test/row.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void check(assay_result_case *cases, size_t count, assay_tally_row row)
{
    assay_result result = {.cases = cases, .case_count = count};
    assay_tallies tallies;
    tw_arena arena;
    tw_arena_init(&arena, NULL, SIZE_MAX);
    assert_true(assay_tally_result(&result, &arena, &tallies));
    const assay_tally *tally = assay_tally_find(&tallies, "area", 4);
    assert_non_null(tally);
    for (int r = 0; r < ASSAY_TALLY_ROWS; r++) assert_int_equal(tally->rows[r], r == (int)row);
    tw_arena_deinit(&arena);
}

static void test_worst(void **state)
{
    (void)state;
    assay_result_case cases[] = {
        assay_test_row("area/v", "area/v", "pass", ""), assay_test_row("area/v@a", "area/v", "skip", ""),
        assay_test_row("area/v@b", "area/v", "note", ""), assay_test_row("area/v@c", "area/v", "fail", "")};
    cases[3].detail = "hang";
    check(cases, 1, ASSAY_TALLY_PASS);
    check(cases, 2, ASSAY_TALLY_PASS);
    check(cases, 3, ASSAY_TALLY_NOTE);
    check(cases, 4, ASSAY_TALLY_HANG);
}

static void test_passes_that_are_not_listed(void **state)
{
    (void)state;
    assay_result_case listed[] = {assay_test_row("area/v", "area/v", "not-verified", ""),
                                  assay_test_row("area/v@a", "area/v", "pass", "")};
    assay_result_case counted[] = {assay_test_row("area/v", "area/v", "not-verified", ""),
                                   assay_test_row("area/v@b", "area/v", "warn", "")};
    counted[0].has_derived = true;
    check(listed, 1, ASSAY_TALLY_SKIP);
    check(counted, 1, ASSAY_TALLY_SKIP);
    counted[0].derived.pass = 1;
    check(listed, 2, ASSAY_TALLY_PASS);
    check(counted, 1, ASSAY_TALLY_PASS);
    check(counted, 2, ASSAY_TALLY_WARN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_worst),
        cmocka_unit_test(test_passes_that_are_not_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
