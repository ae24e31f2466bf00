#include "suite/evidence/known_cases.h"

#include "suite/result/test/row.h"
#include "wire/test/support.h"

#include <stdlib.h>

static void test_words(void **state)
{
    (void)state;
    static const struct {
        const char *verdict, *changed_from;
        assay_verdict want;
    } rows[] = {{"pass", "", ASSAY_PASS},           {"fail", "", ASSAY_FAIL},
                {"warn", "", ASSAY_WARN},           {"not-verified", "", ASSAY_NOT_VERIFIED},
                {"skip", "", ASSAY_SKIPPED},        {"broken", "", ASSAY_BROKEN},
                {"a later word", "", ASSAY_BROKEN}, {"note", "refused", ASSAY_NOTE},
                {"fail", "refused", ASSAY_NOTE}}; /* by a pinned profile */
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assay_result_case row = assay_test_row("v/x@cut:1", "v/x", rows[i].verdict, "detail");
        row.title = "title";
        row.changed_from = rows[i].changed_from;
        assay_result r;
        assay_test_result(&r, "a", "1", &row, 1);
        assay_known_case *cases = assay_known_cases_new(&r);
        assert_non_null(cases);
        assert_int_equal(cases->verdict, rows[i].want);
        assert_string_equal(cases->id, "v/x@cut:1");
        assert_string_equal(cases->parent_id, "v/x");
        assert_string_equal(cases->kind, "cut");
        assert_string_equal(cases->title, "title");
        assert_string_equal(cases->detail, "detail");
        assert_int_equal(cases->unlisted_passes, 0);
        free(cases);
        assay_result_deinit(&r);
    }
}

/* Derived cases stand behind their vector; of those that passed, some or none are in the result. */
static void test_passes_that_are_not_listed(void **state)
{
    (void)state;
    assay_result_case rows[] = {assay_test_row("v/some", "v/some", "pass", ""),
                                assay_test_row("v/some@1", "v/some", "pass", ""),
                                assay_test_row("v/some@2", "v/some", "fail", "x"),
                                assay_test_row("v/some@3", "v/some", "pass", ""),
                                assay_test_row("v/none", "v/none", "pass", ""),
                                assay_test_row("v/all", "v/all", "fail", "x"),
                                assay_test_row("v/all@1", "v/all", "pass", ""),
                                assay_test_row("v/silent", "v/silent", "pass", ""),
                                assay_test_row("v/silent@1", "v/silent", "note", "x")};
    static const size_t want[] = {5, 0, 0, 0, 4, 0, 0, 0, 0};
    enum { COUNT = sizeof rows / sizeof *rows };
    rows[0].has_derived = rows[4].has_derived = rows[5].has_derived = true;
    rows[0].derived.pass = 7;
    rows[4].derived.pass = 4;
    rows[5].derived.pass = 1;
    rows[7].derived.pass = 9; /* but it says that it has none */
    assay_result_case *exact = malloc(sizeof rows);
    assert_non_null(exact);
    for (size_t i = 0; i < COUNT; i++) exact[i] = rows[i];
    assay_result r;
    assay_test_result(&r, "a", "1", exact, COUNT);
    assay_known_case *cases = assay_known_cases_new(&r);
    assert_non_null(cases);
    for (size_t i = 0; i < COUNT; i++) assert_int_equal(cases[i].unlisted_passes, want[i]);
    free(cases);
    assay_result_deinit(&r);
    free(exact);
}

/* A count that does not fit what is listed is none, not a huge one. */
static void test_more_listed_than_counted(void **state)
{
    (void)state;
    assay_result_case rows[] = {assay_test_row("v/x", "v/x", "pass", ""),
                                assay_test_row("v/x@1", "v/x", "pass", ""),
                                assay_test_row("v/x@2", "v/x", "pass", "")};
    rows[0].has_derived = true;
    rows[0].derived.pass = 1;
    assay_result r;
    assay_test_result(&r, "a", "1", rows, 3);
    assay_known_case *cases = assay_known_cases_new(&r);
    assert_non_null(cases);
    assert_int_equal(cases[0].unlisted_passes, 0);
    free(cases);
    assay_result_deinit(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words),
                                       cmocka_unit_test(test_passes_that_are_not_listed),
                                       cmocka_unit_test(test_more_listed_than_counted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
