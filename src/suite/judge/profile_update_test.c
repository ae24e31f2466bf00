#include "suite/judge/profile_update.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const assay_profile_about about = {"lib", "1.0", "0.1", "abc", "2026-02-02"};

#define ABOUT "testee: lib\nversion: 1.0\nsuite: 0.1\nvectors: abc\n"

static void update_once(const char *old, const assay_profile_case *cases, size_t count, const char *want)
{
    tw_buffer text;
    assay_profile_changes changes;
    assay_profile_error error;
    tw_buffer_init(&text, NULL);
    size_t len = strlen(old);
    uint8_t *exact = malloc(len ? len : 1);
    memcpy(exact, old, len);
    if (!assay_profile_update("p.txt", tw_bytes_of(exact, len), &about, cases, count, &text, &changes,
                              &error))
        fail_msg("%s", error.text);
    free(exact);
    tw_buffer_append_byte(&text, 0);
    assert_string_equal((char *)text.data, want);
    tw_buffer_deinit(&text);
}

static void update(const char *old, const assay_profile_case *cases, size_t count, const char *want)
{
    update_once(old, cases, count, want);
    update_once(want, cases, count, want);
}

static const assay_profile_case some[] = {{"b/x", "b/x", "", "cut"},
                                          {"b/x@chunk:1", "b/x", "chunk", "cut"},
                                          {"a/y", "a/y", "", "kept"},
                                          {"a/y@skip", "a/y", "skip", "cut"}};

static void test_new_file(void **state)
{
    (void)state;
    update("", some, 4,
           "# What lib makes of what the specification leaves open. `assay profile --help` explains the "
           "lines.\n\n" ABOUT "date: 2026-02-02\n\n"
           "a/y  kept\n"
           "a/y@skip  cut\n"
           "b/x*  cut\n");
}

static void test_comments_and_reasons_stay(void **state)
{
    (void)state;
    update("# mine\n\ntestee: old\nversion: 0.9\ndate: 2025-01-01\n\n# of the file\n\n# of a\n"
           "a/y*  kept  # since ever\n# of c, which is gone\nc/c  cut  # no\n# the end",
           some, 4,
           "# mine\n\n" ABOUT "date: 2026-02-02\n\n# of the file\n\n"
           "a/y  kept  # since ever\n" /* another pattern in place of the old one */
           "# of a\n"
           "a/y@skip  cut\n"
           "b/x*  cut\n"
           "# of c, which is gone\n"
           "# the end\n");
}

static void test_date_of_the_last_change(void **state)
{
    (void)state;
    static const char same[] = ABOUT "date: 2025-01-01\n\na/y  kept\na/y@skip  cut\nb/x*  cut\n";
    update(same, some, 4, same);
    update(ABOUT "date: 2025-01-01\n\na/y  cut\n", some, 4,
           ABOUT "date: 2026-02-02\n\na/y  kept\na/y@skip  cut\nb/x*  cut\n");
}

static void test_nothing_left_open(void **state)
{
    (void)state;
    update(ABOUT "date: 2025-01-01\n\na/y  cut  # r\n", NULL, 0, ABOUT "date: 2026-02-02\n\n");
}

static void test_counts_and_refuses(void **state)
{
    (void)state;
    tw_buffer text;
    assay_profile_changes changes;
    assay_profile_error error;
    static const char old[] = "testee: lib\na/y kept\na/z cut\n";
    tw_buffer_init(&text, NULL);
    assert_true(assay_profile_update("p", tw_bytes_of(old, sizeof old - 1), &about, some, 4, &text, &changes,
                                     &error));
    assert_int_equal(changes.kept, 1);
    assert_int_equal(changes.added, 2);
    assert_int_equal(changes.removed, 1);
    assert_false(assay_profile_update("p", tw_bytes_of("x", 1), &about, some, 4, &text, &changes, &error));
    assert_string_equal(error.text,
                        "p:1: the name of an outcome is missing; a line is PATTERN OUTCOME # reason");
    tw_buffer_deinit(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_new_file), cmocka_unit_test(test_comments_and_reasons_stay),
        cmocka_unit_test(test_date_of_the_last_change), cmocka_unit_test(test_nothing_left_open),
        cmocka_unit_test(test_counts_and_refuses)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
