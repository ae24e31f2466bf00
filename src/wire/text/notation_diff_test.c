#include "wire/text/notation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void expect_difference(const char *expected, const char *got, unsigned flags, const char *want)
{
    tw_tree a, b;
    tw_notation_error error;
    tw_tree_init(&a, NULL, SIZE_MAX);
    tw_tree_init(&b, NULL, SIZE_MAX);
    assert_int_equal(tw_notation_read(expected, strlen(expected), &a, &error), TW_OK);
    assert_int_equal(tw_notation_read(got, strlen(got), &b, &error), TW_OK);
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    assert_int_equal(tw_notation_difference(tw_tree_root(&a), tw_tree_root(&b), flags, &to), TW_OK);
    if (to.len != strlen(want) || (to.len && memcmp(to.data, want, to.len) != 0))
        fail_msg("%s\n%s\ngot  %.*s\nwant %s", expected, got, (int)to.len, (const char *)to.data, want);
    tw_buffer_deinit(&to);
    tw_tree_deinit(&a);
    tw_tree_deinit(&b);
}

static void equal_values_have_none(void **state)
{
    (void)state;
    expect_difference("struct{1: i32 5}", "struct{1: i32 5}", TW_EQUAL_EXACT, "");
    expect_difference("struct{1: set<i32>[1, 2]}", "struct{1: set<i32>[2, 1]}", TW_EQUAL_VALUES, "");
    expect_difference("struct{1: map{}}", "struct{1: map<i8, i8>{}}", TW_EQUAL_VALUES, "");
}

static void the_first_is_told(void **state)
{
    (void)state;
    expect_difference("struct{1: i32 5, 2: i32 6}", "struct{1: i32 4, 2: i32 7}", TW_EQUAL_EXACT,
                      "at 1: expected i32 5, got i32 4");
    expect_difference("struct{1: i32 5}", "struct{1: i64 5}", TW_EQUAL_EXACT,
                      "at 1: expected i32 5, got i64 5");
    expect_difference("struct{3: list<bool>[true, true]}", "struct{3: list<bool>[true, false]}",
                      TW_EQUAL_EXACT, "at 3[1]: expected bool true, got bool false");
    expect_difference("struct{3: list<i32>[1, 2]}", "struct{3: list<i32>[1]}", TW_EQUAL_EXACT,
                      "at 3[1]: expected i32 2, got nothing");
    expect_difference("struct{3: list<i32>[]}", "struct{3: list<i64>[]}", TW_EQUAL_EXACT,
                      "at 3: expected list<i32>[], got list<i64>[]");
    expect_difference("struct{1: i32 5, 2: i32 6}", "struct{1: i32 5}", TW_EQUAL_EXACT,
                      "at 2: expected i32 6, got nothing");
    expect_difference("struct{}", "struct{-3: bool true}", TW_EQUAL_EXACT,
                      "at -3: expected nothing, got bool true");
    expect_difference("struct{1: map<string, struct>{\"k\": struct{2: double 1.5}}}",
                      "struct{1: map<string, struct>{\"k\": struct{2: double 2.5}}}", TW_EQUAL_EXACT,
                      "at 1{0}.2: expected double 1.5, got double 2.5");
    expect_difference("struct{1: map<string, i8>{\"k\": 1}}", "struct{1: map<string, i8>{\"l\": 1}}",
                      TW_EQUAL_EXACT, "at 1{k:0}: expected string \"k\", got string \"l\"");
    expect_difference("struct{1: double nan(0x7ff8000000000000)}",
                      "struct{1: double nan(0x7ff8000000000001)}", TW_EQUAL_EXACT,
                      "at 1: expected double nan(0x7ff8000000000000), got double nan(0x7ff8000000000001)");
}

static void long_values_are_cut(void **state)
{
    (void)state;
    expect_difference("struct{1: string \"x\"}", "struct{1: string \"ab\"*1000}", TW_EQUAL_EXACT,
                      "at 1: expected string \"x\", got string "
                      "\"ababababababababababababababababababababababababababa...");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_values_have_none),
        cmocka_unit_test(the_first_is_told),
        cmocka_unit_test(long_values_are_cut),
    };
    return cmocka_run_group_tests_name("wire/text/notation_diff", tests, NULL, NULL);
}
