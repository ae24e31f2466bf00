#include "report/group.h"
#include "report/test/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static bool is_fail(const assay_result_case *c)
{
    return strcmp(c->verdict, "fail") == 0;
}

static void test_telling_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *line;
    } rows[] = {
        {"", ""},
        {"\n\n", ""},
        {"bye\n", "bye"},
        {"bye", "bye"},
        {"Traceback (most recent call last):\n  File \"x.py\", line 3, in f\nIndexError: out of range\n",
         "IndexError: out of range"},
        {"Exception in thread \"main\" java.lang.X\n\tat a.B.c(B.java:1)\n\tat d\n",
         "Exception in thread \"main\" java.lang.X"},
        {"starting\nterminate called after throwing 'x'\n  what():  y\nlast\n",
         "terminate called after throwing 'x'"},
        {"==1==ERROR: AddressSanitizer: heap-buffer-overflow\n    #0 0x1 in f\nSUMMARY: Error\n",
         "==1==ERROR: AddressSanitizer: heap-buffer-overflow"},
        {"panic: boom\r\n\r\ngoroutine 1\r\n", "panic: boom"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t len = 0;
        const char *line = assay_group_telling_line(rows[i].text, &len);
        if (len != strlen(rows[i].line) || (len && memcmp(line, rows[i].line, len) != 0))
            fail_msg("%s gives %.*s", rows[i].text, (int)len, line ? line : "");
    }
}

static void test_groups(void **state)
{
    (void)state;
    assay_result r;
    sample_result(&r);
    assay_result_case wrong = r.cases[3], other = r.cases[3], crash = r.cases[1], assumed = r.cases[2],
                      skip = r.cases[2];
    wrong.id = wrong.parent_id = "a/1";
    other.id = other.parent_id = "a/2";
    other.difference = "at 7: expected bool true, got bool false";
    crash.id = crash.parent_id = "a/3";
    crash.rule = "another.rule";
    skip.id = "a/4@skip";
    skip.parent_id = "a/4";
    skip.assumed = false;
    assumed.id = "a/5@skip";
    assumed.parent_id = "a/5";
    assumed.stderr_tail = "";
    assumed.rule = "a.third.rule";
    assay_result_case cases[] = {wrong, skip, crash, other, assumed};
    r.cases = cases;
    r.case_count = 5;
    tw_arena arena;
    tw_arena_init(&arena, NULL, SIZE_MAX);
    assay_groups groups;
    assert_true(assay_group_cases(&r, is_fail, &arena, &groups));
    assert_int_equal(groups.count, 2);
    assert_string_equal(groups.items[0].shown->id, "a/3");
    assert_int_equal(groups.items[0].cases, 3);
    assert_int_equal(groups.items[0].vectors, 3);
    assert_int_equal(groups.items[0].members[0], 1);
    assert_int_equal(groups.items[0].members[1], 2);
    assert_int_equal(groups.items[0].members[2], 4);
    assert_string_equal(groups.items[0].telling,
                        "terminate called after throwing an instance of 'std::bad_alloc'");
    assert_string_equal(groups.items[1].shown->id, "a/1");
    assert_int_equal(groups.items[1].cases, 2);
    cases[3].difference = "at 7: expected bool true, got i32 1";
    assert_true(assay_group_cases(&r, is_fail, &arena, &groups));
    assert_int_equal(groups.count, 3);
    tw_arena_deinit(&arena);
    assay_result_deinit(&r);
}

static void test_assumed_garbage_stands_with_what_was_seen(void **state)
{
    (void)state;
    assay_result r;
    sample_result(&r);
    assay_result_case seen = r.cases[2], assumed = r.cases[2];
    seen.id = "a/1@skip";
    seen.parent_id = "a/1";
    seen.detail = assumed.detail = "garbage";
    seen.stderr_tail = assumed.stderr_tail = "";
    seen.assumed = false;
    seen.difference = "not a reply";
    assumed.id = "a/2@skip";
    assumed.parent_id = "a/2";
    assumed.assumed = true;
    assumed.difference = "not run";
    assay_result_case cases[] = {seen, assumed};
    r.cases = cases;
    r.case_count = 2;
    tw_arena arena;
    tw_arena_init(&arena, NULL, SIZE_MAX);
    assay_groups groups;
    assert_true(assay_group_cases(&r, is_fail, &arena, &groups));
    assert_int_equal(groups.count, 1);
    assert_int_equal(groups.items[0].cases, 2);
    assert_string_equal(groups.items[0].shown->id, "a/1@skip");
    tw_arena_deinit(&arena);
    assay_result_deinit(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_telling_line), cmocka_unit_test(test_groups),
                                       cmocka_unit_test(test_assumed_garbage_stands_with_what_was_seen)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
