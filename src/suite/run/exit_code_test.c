#include "suite/run/exit_code.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void test_each_alone(void **state)
{
    (void)state;
    assert_int_equal(assay_exit_code(&(assay_exit_facts){0}), 0);
    assert_int_equal(assay_exit_code(&(assay_exit_facts){.failed = true}), 1);
    assert_int_equal(assay_exit_code(&(assay_exit_facts){.incomplete = true}), 3);
    assert_int_equal(assay_exit_code(&(assay_exit_facts){.stale = true}), 4);
    assert_int_equal(assay_exit_code(&(assay_exit_facts){.not_started = true}), 5);
    assert_int_equal(assay_exit_code(&(assay_exit_facts){.fault = true}), 70);
    assert_int_equal(assay_exit_code(&(assay_exit_facts){.interrupted = true}), 130);
}

/* All 64 combinations: the first of the documented order that holds. */
static void test_precedence(void **state)
{
    (void)state;
    static const int order[] = {130, 70, 5, 3, 1, 4};
    for (unsigned bits = 0; bits < 64; bits++) {
        assay_exit_facts facts = {.interrupted = bits & 1,
                                  .fault = bits >> 1 & 1,
                                  .not_started = bits >> 2 & 1,
                                  .incomplete = bits >> 3 & 1,
                                  .failed = bits >> 4 & 1,
                                  .stale = bits >> 5 & 1};
        unsigned first = 0;
        while (first < 6 && !(bits >> first & 1)) first++;
        assert_int_equal(assay_exit_code(&facts), first < 6 ? order[first] : 0);
    }
}

/* What the run met goes first, but for what only counts over many cases. */
static void test_one_case(void **state)
{
    (void)state;
    static const struct {
        int run;
        const char *verdict; /* NULL: no row */
        int want;
    } rows[] = {{0, "pass", 0},   {0, "note", 0},   {0, "warn", 0},         {1, "fail", 1},
                {0, "fail", 1},   {3, "broken", 1}, {3, "skip", 3},         {0, "skip", 3},
                {3, "pass", 0},   {4, "pass", 0},   {3, "not-verified", 3}, {3, NULL, 3},
                {0, NULL, 3},     {1, NULL, 3},     {130, "pass", 130},     {70, "fail", 70},
                {5, "broken", 5}, {5, NULL, 5},     {130, NULL, 130},       {1, "pass", 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const assay_result result = {.exit_code = rows[i].run};
        const assay_result_case row = {.verdict = rows[i].verdict};
        assert_int_equal(assay_exit_code_of_case(&result, rows[i].verdict ? &row : NULL), rows[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_each_alone), cmocka_unit_test(test_precedence),
                                       cmocka_unit_test(test_one_case)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
