#include "suite/judge/known_update.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static assay_known_case named(const char *id, assay_verdict verdict, const char *detail)
{
    return (assay_known_case){id, id, "", "Title of it", verdict, detail, 0};
}

static assay_known_case derived(const char *id, const char *parent, const char *kind, assay_verdict verdict,
                                const char *detail)
{
    return (assay_known_case){id, parent, kind, "Title of it", verdict, detail, 0};
}

static void update(const char *old, const assay_known_case *cases, size_t count, bool partly,
                   const char *want)
{
    tw_buffer text;
    assay_known_changes changes;
    assay_known_error error;
    assay_known_options options = {"0.17.0", partly};
    tw_buffer_init(&text, NULL);
    size_t len = strlen(old);
    uint8_t *exact = malloc(len ? len : 1);
    memcpy(exact, old, len);
    if (!assay_known_update("k.txt", tw_bytes_of(exact, len), cases, count, &options, &text, &changes,
                            &error))
        fail_msg("%s", error.text);
    free(exact);
    tw_buffer_append_byte(&text, 0);
    assert_string_equal((char *)text.data, want);
    /* Doing it again changes nothing. */
    tw_buffer again;
    tw_buffer_init(&again, NULL);
    assert_true(assay_known_update("k.txt", tw_bytes_of(text.data, text.len - 1), cases, count, &options,
                                   &again, &changes, &error));
    tw_buffer_append_byte(&again, 0);
    assert_string_equal((char *)again.data, want);
    assert_int_equal(changes.added + changes.removed, 0);
    tw_buffer_deinit(&again);
    tw_buffer_deinit(&text);
}

static void test_new_lines_are_sorted(void **state)
{
    (void)state;
    const assay_known_case cases[] = {named("b/two", ASSAY_FAIL, "wrong-reject"),
                                      named("a/one", ASSAY_FAIL, "crash"), named("a/ok", ASSAY_PASS, ""),
                                      named("b/ok", ASSAY_PASS, "")};
    update("", cases, 4, false,
           "a/one  fail:crash  issue=unreported  # unexplained: Title of it: crash\n"
           "b/two  fail:wrong-reject  issue=unreported  # unexplained: Title of it: wrong-reject\n");
}

static void test_comments_and_reasons_stay(void **state)
{
    (void)state;
    static const char old[] = "# The list of things.\n"
                              "\n"
                              "# Bools\n"
                              "a/bool   fail:crash issue=7   # spelled my way\n"
                              "a/other  fail:hang issue=8 versions=<0.9  # of another version\n"
                              "# Gone\n"
                              "b/fixed  fail:crash  issue=9  # was bad\n"
                              "b/unseen  fail:crash  issue=10  # not selected\n"
                              "# the end";
    const assay_known_case cases[] = {named("a/bool", ASSAY_FAIL, "crash"), named("b/fixed", ASSAY_PASS, ""),
                                      named("a/a", ASSAY_FAIL, "hang"),     named("c/c", ASSAY_FAIL, "hang"),
                                      named("c/ok", ASSAY_PASS, ""),        named("a/ok", ASSAY_PASS, "")};
    update(old, cases, 6, false,
           "# The list of things.\n"
           "\n"
           "a/a  fail:hang  issue=unreported  # unexplained: Title of it: hang\n"
           "# Bools\n"
           "a/bool   fail:crash issue=7   # spelled my way\n"
           "a/other  fail:hang issue=8 versions=<0.9  # of another version\n"
           "# Gone\n"
           "b/unseen  fail:crash  issue=10  # not selected\n"
           "c/c  fail:hang  issue=unreported  # unexplained: Title of it: hang\n"
           "# the end\n");
}

static void test_a_pattern_that_no_longer_holds_keeps_its_reason(void **state)
{
    (void)state;
    const assay_known_case cases[] = {named("a/b", ASSAY_PASS, ""), named("a/c", ASSAY_FAIL, "crash"),
                                      named("a/d", ASSAY_FAIL, "hang")};
    update("a/*  fail:crash  issue=T-1  # dies\n", cases, 3, false,
           "a/c  fail:crash  issue=T-1  # dies\n"
           "a/d  fail:hang  issue=unreported  # unexplained: Title of it: hang\n");
}

static void test_derived_cases_that_agree_become_one_line(void **state)
{
    (void)state;
    const assay_known_case cases[] = {
        named("a/b", ASSAY_PASS, ""),
        derived("a/b@prefix:1", "a/b", "prefix", ASSAY_FAIL, "hang"),
        derived("a/b@prefix:2", "a/b", "prefix", ASSAY_FAIL, "hang"),
        derived("a/b@skip", "a/b", "skip", ASSAY_PASS, ""),
        named("a/c", ASSAY_PASS, ""),
        derived("a/c@skip", "a/c", "skip", ASSAY_FAIL, "crash"),
        derived("a/c@trail", "a/c", "trail", ASSAY_FAIL, "crash"),
        named("x/y/z", ASSAY_FAIL, "hang"),
        derived("x/y/z@skip", "x/y/z", "skip", ASSAY_FAIL, "hang"),
        named("x/y/zz", ASSAY_PASS, ""),
    };
    update("", cases, 10, false,
           "a/b@prefix:*  fail:hang  issue=unreported  # unexplained: Title of it: hang, 2 cases\n"
           "a/c@*  fail:crash  issue=unreported  # unexplained: Title of it: crash, 2 cases\n"
           "x/y/z  fail:hang  issue=unreported  # unexplained: Title of it: hang\n"
           "x/y/z@skip  fail:hang  issue=unreported  # unexplained: Title of it: hang\n");
}

static void test_a_folder_that_agrees_becomes_one_line(void **state)
{
    (void)state;
    const assay_known_case cases[] = {named("a/b/c", ASSAY_FAIL, "crash"),
                                      named("a/b/d", ASSAY_FAIL, "crash"),
                                      named("a/e", ASSAY_SKIPPED, "uuid"), named("f/g", ASSAY_PASS, "")};
    update("", cases, 4, false,
           "a/b/**  fail:crash  issue=unreported  # unexplained: Title of it: crash, 2 cases\n");
}

static void test_a_kind_that_agrees_becomes_one_line(void **state)
{
    (void)state;
    const assay_known_case cases[] = {
        named("a/b", ASSAY_PASS, ""), derived("a/b@prefix:1", "a/b", "prefix", ASSAY_FAIL, "hang"),
        named("a/c", ASSAY_PASS, ""), derived("a/c@prefix:1", "a/c", "prefix", ASSAY_FAIL, "hang"),
        named("b/c", ASSAY_PASS, ""), derived("b/c@prefix:1", "b/c", "prefix", ASSAY_PASS, "")};
    update("", cases, 6, false,
           "a/**/*@prefix:*  fail:hang  issue=unreported  # unexplained: Title of it: hang, 2 cases\n");
}

/* Of passing cases that are not listed only the number is known: no pattern may reach them. */
static void test_unlisted_passes_forbid_patterns(void **state)
{
    (void)state;
    assay_known_case cases[] = {named("a/b", ASSAY_PASS, ""),
                                derived("a/b@prefix:1", "a/b", "prefix", ASSAY_FAIL, "hang"),
                                derived("a/b@prefix:2", "a/b", "prefix", ASSAY_FAIL, "hang"),
                                derived("a/b@prefix:3", "a/b", "prefix", ASSAY_FAIL, "hang")};
    cases[0].unlisted_passes = 1;
    update("", cases, 4, false,
           "a/b@prefix:1  fail:hang  issue=unreported  # unexplained: Title of it: hang\n"
           "a/b@prefix:2  fail:hang  issue=unreported  # unexplained: Title of it: hang\n"
           "a/b@prefix:3  fail:hang  issue=unreported  # unexplained: Title of it: hang\n");
    update("", cases, 4, true,
           "a/b@prefix:*  fail:hang  partial  issue=unreported  # unexplained: Title of it: hang, 3 cases\n");
}

static void test_what_strict_failed_is_listed_as_a_warning(void **state)
{
    (void)state;
    const assay_known_case cases[] = {named("a/b", ASSAY_FAIL, "unclean"), named("a/c", ASSAY_PASS, "")};
    update("", cases, 2, false, "a/b  warn:unclean  issue=unreported  # unexplained: Title of it: unclean\n");
}

static void test_a_broken_list_is_refused(void **state)
{
    (void)state;
    tw_buffer text;
    assay_known_changes changes;
    assay_known_error error;
    assay_known_options options = {NULL, false};
    tw_buffer_init(&text, NULL);
    assert_false(
        assay_known_update("k.txt", tw_bytes_of("x\n", 2), NULL, 0, &options, &text, &changes, &error));
    assert_int_equal(strncmp(error.text, "k.txt:1: ", 9), 0);
    tw_buffer_deinit(&text);
}

static void test_a_list_says_which_vectors_were_there(void **state)
{
    (void)state;
    static const struct {
        const char *text, *stamped;
    } rows[] = {
        {"", "# suite-version: 1.0\n\n"},
        {"a x\n", "# suite-version: 1.0\n\na x\n"},
        {"# head\n\na x\n", "# head\n# suite-version: 1.0\n\na x\n"},
        {"# on the line below\na x\n", "# suite-version: 1.0\n\n# on the line below\na x\n"},
        {"# head\n# suite-version: 0.9\n\na x", "# head\n# suite-version: 1.0\n\na x"},
        {"a x\n# suite-version: 0.9", "a x\n# suite-version: 1.0\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t len = strlen(rows[i].text);
        uint8_t *exact = malloc(len ? len : 1);
        memcpy(exact, rows[i].text, len);
        tw_buffer to, again;
        tw_buffer_init(&to, NULL);
        tw_buffer_init(&again, NULL);
        assert_true(assay_known_stamp(tw_bytes_of(exact, len), "1.0", &to));
        assert_int_equal(to.len, strlen(rows[i].stamped));
        assert_memory_equal(to.data, rows[i].stamped, to.len);
        assert_true(assay_known_stamp(tw_buffer_view(&to), "1.0", &again));
        assert_true(tw_bytes_equal(tw_buffer_view(&to), tw_buffer_view(&again)));
        tw_buffer_deinit(&to);
        tw_buffer_deinit(&again);
        free(exact);
    }
}

static void test_a_new_list(void **state)
{
    (void)state;
    static const char old[] = "# head\n# suite-version: 0.9\n\na x";
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    assert_true(assay_known_head("lib", &to));
    assert_true(assay_known_stamp(tw_bytes_of(old, sizeof old - 1), "", &to)); /* not known: as it is */
    tw_buffer_append_byte(&to, 0);
    assert_string_equal((char *)to.data,
                        "# Known failures of lib. `assay known --help` explains the lines.\n\n"
                        "# head\n# suite-version: 0.9\n\na x");
    tw_buffer_deinit(&to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_new_lines_are_sorted),
                                       cmocka_unit_test(test_comments_and_reasons_stay),
                                       cmocka_unit_test(test_a_pattern_that_no_longer_holds_keeps_its_reason),
                                       cmocka_unit_test(test_derived_cases_that_agree_become_one_line),
                                       cmocka_unit_test(test_a_folder_that_agrees_becomes_one_line),
                                       cmocka_unit_test(test_a_kind_that_agrees_becomes_one_line),
                                       cmocka_unit_test(test_unlisted_passes_forbid_patterns),
                                       cmocka_unit_test(test_what_strict_failed_is_listed_as_a_warning),
                                       cmocka_unit_test(test_a_broken_list_is_refused),
                                       cmocka_unit_test(test_a_list_says_which_vectors_were_there),
                                       cmocka_unit_test(test_a_new_list)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
