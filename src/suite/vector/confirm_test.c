#include "suite/vector/confirm.h"

#include "suite/case/test/heard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void test_whose_entry(void **state)
{
    (void)state;
    assert_true(assay_confirm_is_of("apache-c-glib-0.17.0", "apache-c-glib"));
    assert_false(assay_confirm_is_of("apache-c-glib-0.17.0", "apache-c"));
    assert_true(assay_confirm_is_of("lib", "lib"));
    assert_false(assay_confirm_is_of("lib2-1.0", "lib"));
    assert_false(assay_confirm_is_of("li", "lib"));
    assert_false(assay_confirm_is_of("lib-", "lib"));
}

static void set(const char *const *old, const char *name, const char *version, bool confirms,
                const char *want)
{
    tw_arena arena;
    char got[256] = "";
    tw_arena_init(&arena, NULL, SIZE_MAX);
    const char *const *list = assay_confirm_set(old, name, version, confirms, &arena);
    assert_non_null(list);
    for (size_t n = 0; *list && n < sizeof got; list++)
        n += (size_t)snprintf(got + n, sizeof got - n, "%s ", *list);
    assert_string_equal(got, want);
    tw_arena_deinit(&arena);
}

static void test_setting(void **state)
{
    (void)state;
    static const char *const none[] = {NULL}, *const some[] = {"b-1", "a-1", "b-2", "a-1", NULL};
    set(none, "a", "1", true, "a-1 ");
    set(none, "a", "", true, "a ");
    set(none, "a", "1", false, "");
    set(some, "b", "3", true, "a-1 b-3 ");
    set(some, "b", "3", false, "a-1 ");
    set(some, "c", "3", true, "a-1 b-1 b-2 c-3 ");
}

static void test_counting(void **state)
{
    (void)state;
    static const char *const b_and_c[] = {"b", "c", NULL};
    static const assay_kin kin[] = {{"a", b_and_c}};
    static const char *const apart[] = {"a-1", "d-1", NULL}, *const shared[] = {"a-1", "b-2", NULL},
                             *const siblings[] = {"b-1", "c-1", NULL},
                             *const versions[] = {"d-1", "d-2.0", NULL},
                             *const reference[] = {"d-1", "reference-0.1.0", NULL};
    assert_int_equal(assay_confirm_count(apart, kin, 1), 2);
    assert_int_equal(assay_confirm_count(shared, kin, 1), 1);
    assert_int_equal(assay_confirm_count(shared, NULL, 0), 2);
    assert_int_equal(assay_confirm_count(siblings, kin, 1), 2); /* each has other code of a's */
    assert_int_equal(assay_confirm_count(versions, kin, 1), 1);
    assert_int_equal(assay_confirm_count(reference, kin, 1), 1);
}

static void test_lint(void **state)
{
    (void)state;
    static const char *const none[] = {NULL}, *const one[] = {"a-1", NULL},
                             *const two[] = {"a-1", "b-1", NULL};
    assay_vector vectors[] = {
        {.base = {.id = "t/two", .expect = ASSAY_ACCEPT}, .file = "t/x.json", .line = 3, .confirmed_by = two},
        {.base = {.id = "t/one", .expect = ASSAY_ACCEPT},
         .file = "t/x.json",
         .line = 7,
         .index = 1,
         .confirmed_by = one},
        {.base = {.id = "t/argued", .expect = ASSAY_ACCEPT},
         .file = "t/x.json",
         .line = 9,
         .index = 2,
         .confirmed_by = none,
         .argument = "section 2 says so"},
        {.base = {.id = "t/no", .expect = ASSAY_REJECT},
         .file = "t/x.json",
         .line = 11,
         .index = 3,
         .confirmed_by = none}};
    assay_vector_set vector_set = {.vectors = vectors, .count = 4};
    assay_test_heard h = {.count = 0};
    assert_int_equal(assay_vectors_lint_confirmed(&vector_set, NULL, 0, assay_test_hear, &h), 1);
    assert_int_equal(h.count, 1);
    assert_string_equal(h.first, "t/x.json:7: /tests/1/confirmed_by: \"t/one\" is confirmed by 1 of 2 "
                                 "implementations, and has no \"argument\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_whose_entry), cmocka_unit_test(test_setting),
                                       cmocka_unit_test(test_counting), cmocka_unit_test(test_lint)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
