#include "wire/text/notation.h"

#include "wire/test/support.h"

#include <stdio.h>
#include <string.h>

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

static void elements_are_told_alone(void **state)
{
    (void)state;
    expect_difference("struct{1: list<string>[\"a\"]}", "struct{1: list<string>[\"b\"]}", TW_EQUAL_EXACT,
                      "at 1[0]: expected string \"a\", got string \"b\"");
    expect_difference("struct{1: list<list>[list<i8>[1]]}", "struct{1: list<list>[list<i8>[2]]}",
                      TW_EQUAL_EXACT, "at 1[0][0]: expected i8 1, got i8 2");
    expect_difference("struct{1: list<list>[list<i8>[]]}", "struct{1: list<list>[list<i16>[]]}",
                      TW_EQUAL_EXACT, "at 1[0]: expected list<i8>[], got list<i16>[]");
    expect_difference("struct{1: set<set>[set<i8>[3]]}", "struct{1: set<set>[set<i8>[4]]}", TW_EQUAL_VALUES,
                      "at 1[0]: expected set<i8>[3], got set<i8>[4]");
    expect_difference("struct{1: set<i8>[1, 2]}", "struct{1: set<i8>[2, 3]}", TW_EQUAL_VALUES,
                      "at 1[0]: expected i8 1, got i8 2");
    expect_difference("struct{1: set<i8>[1, 2]}", "struct{1: set<i8>[1, 2, 3]}", TW_EQUAL_VALUES,
                      "at 1[2]: expected nothing, got i8 3");
    expect_difference("struct{1: set<i8>[4, 1]}", "struct{1: set<i8>[4, 1, 4]}", TW_EQUAL_VALUES,
                      "at 1: expected set<i8>[4, 1], got set<i8>[4, 1, 4]");
    expect_difference("struct{1: set<i8>[1, 2]}", "struct{1: set<i8>[1, 3]}", TW_EQUAL_VALUES,
                      "at 1[1]: expected i8 2, got i8 3");
    expect_difference("struct{1: set<i8>[1, 2]}", "struct{1: set<i8>[3, 2, 1]}", TW_EQUAL_VALUES,
                      "at 1[0]: expected i8 1, got i8 3");
}

/* A path holds 24 steps; the values are told whatever stands in front of them. */
static void deep_differences_are_told(void **state)
{
    (void)state;
    char a[1024] = "", b[1024], want[512];
    enum { LEVELS = 30 };
    size_t at = 0;
    for (size_t i = 0; i < LEVELS; i++) at += (size_t)snprintf(a + at, sizeof a - at, "struct{1: ");
    at += (size_t)snprintf(a + at, sizeof a - at, "list<i8>[1]");
    for (size_t i = 0; i < LEVELS; i++) a[at++] = '}';
    memcpy(b, a, sizeof a);
    *strrchr(b, '[') = ' ';
    memcpy(strrchr(b, ' '), "[2", 2);
    size_t n = (size_t)snprintf(want, sizeof want, "at ");
    for (size_t i = 0; i < 24; i++) n += (size_t)snprintf(want + n, sizeof want - n, i ? ".1" : "1");
    snprintf(want + n, sizeof want - n, "...: expected list<i8>[1], got list<i8>[2]");
    expect_difference(a, b, TW_EQUAL_EXACT, want);
}

static void roots_have_no_place(void **state)
{
    (void)state;
    tw_node a = {.type = TW_I32, .u.i = 1}, b = {.type = TW_I32, .u.i = 2};
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    assert_int_equal(tw_notation_difference(&a, &b, TW_EQUAL_EXACT, &to), TW_OK);
    tw_buffer_append_byte(&to, 0);
    assert_string_equal((const char *)to.data, "expected i32 1, got i32 2");
    tw_buffer_deinit(&to);
}

static void refused_memory_is_told(void **state)
{
    (void)state;
    static const char expected[] = "struct{1: set<i8>[1, 2, 3, 4, 5, 6, 7, 8]}";
    static const char got[] = "struct{1: set<i8>[8, 7, 6, 5, 4, 3, 2, 9]}";
    tw_tree a, b;
    tw_notation_error error;
    tw_tree_init(&a, NULL, SIZE_MAX);
    tw_tree_init(&b, NULL, SIZE_MAX);
    assert_int_equal(tw_notation_read(expected, strlen(expected), &a, &error), TW_OK);
    assert_int_equal(tw_notation_read(got, strlen(got), &b, &error), TW_OK);
    tw_class cls = TW_MEMORY;
    for (size_t n = 1; cls != TW_OK; n++) {
        tw_test_alloc mem;
        tw_test_alloc_init(&mem, n);
        tw_buffer to;
        tw_buffer_init(&to, &mem.alloc);
        cls = tw_notation_difference(tw_tree_root(&a), tw_tree_root(&b), TW_EQUAL_VALUES, &to);
        assert_true(cls == TW_OK || cls == TW_MEMORY);
        tw_buffer_deinit(&to);
        assert_int_equal(mem.now, 0);
        assert_true(n < 100);
    }
    tw_tree_deinit(&a);
    tw_tree_deinit(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_values_have_none),    cmocka_unit_test(the_first_is_told),
        cmocka_unit_test(long_values_are_cut),       cmocka_unit_test(elements_are_told_alone),
        cmocka_unit_test(deep_differences_are_told), cmocka_unit_test(roots_have_no_place),
        cmocka_unit_test(refused_memory_is_told),
    };
    return cmocka_run_group_tests_name("wire/text/notation_diff", tests, NULL, NULL);
}
