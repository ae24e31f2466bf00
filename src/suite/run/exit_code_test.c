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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_each_alone), cmocka_unit_test(test_precedence)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
