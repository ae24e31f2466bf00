#include "wire/text/notation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void expect_error_in(const char *text, size_t len, bool message, tw_class cls, size_t line,
                            size_t column, const char *want)
{
    char *copy = malloc(len ? len : 1);
    assert_non_null(copy);
    if (len) memcpy(copy, text, len);
    tw_tree tree;
    tw_tree_init(&tree, NULL, (size_t)64 << 20);
    tw_notation_error error;
    tw_envelope envelope;
    tw_class got = message ? tw_notation_read_message(copy, len, &envelope, &tree, &error)
                           : tw_notation_read(copy, len, &tree, &error);
    assert_int_equal(got, error.cls);
    if (got != cls || strcmp(error.text, want) != 0 || error.line != line || error.column != column)
        fail_msg("%s\ngot  %s %zu:%zu: %s\nwant %s %zu:%zu: %s", text, tw_class_name(got), error.line,
                 error.column, error.text, tw_class_name(cls), line, column, want);
    assert_null(tw_tree_root(&tree));
    tw_tree_deinit(&tree);
    free(copy);
}

static void wrong(const char *text, size_t line, size_t column, const char *want)
{
    expect_error_in(text, strlen(text), false, TW_MALFORMED, line, column, want);
}

static void structure_is_checked(void **state)
{
    (void)state;
    wrong("", 1, 1, "`struct` is expected, but the text ends");
    wrong("  \n ", 2, 2, "`struct` is expected, but the text ends");
    wrong("list<i32>[]", 1, 1, "`struct` is expected, not `list`");
    wrong("struct[", 1, 7, "`{` is expected, not `[`");
    wrong("struct{", 1, 8, "the field id is expected, but the text ends");
    wrong("struct{1: i32 5", 1, 16, "`,` or `}` is expected, but the text ends");
    wrong("struct{1: i32 5\n", 2, 1, "`,` or `}` is expected, but the text ends");
    wrong("struct{1: i32 5 2: i32 6}", 1, 17, "`,` or `}` is expected, not `2`");
    wrong("struct{1: i32 5,}", 1, 17, "something is expected behind the comma");
    wrong("struct{1: i32 5,, 2: i32 6}", 1, 17, "the field id is expected, not `,`");
    wrong("struct{,}", 1, 8, "the field id is expected, not `,`");
    wrong("struct{} x", 1, 10, "the end is expected, not `x`");
    wrong("struct{}\n\nstruct{}", 3, 1, "the end is expected, not `struct`");
    wrong("struct{x: i32 5}", 1, 8, "the field id is expected, not `x`");
    wrong("struct{1 i32 5}", 1, 10, "`:` is expected, not `i32`");
    wrong("struct{1: int 5}", 1, 11, "a type (bool, i8, .. map, struct, uuid) is expected, not `int`");
    wrong("struct{1: stop}", 1, 11, "a type (bool, i8, .. map, struct, uuid) is expected, not `stop`");
    wrong("struct{1: I32 5}", 1, 11, "a type (bool, i8, .. map, struct, uuid) is expected, not `I`");
    wrong("struct{1: i32-5}", 1, 14, "a space and the value is expected, not `-`");
    wrong("struct{1: string\"\"}", 1, 17, "a space and the value is expected, not `\"`");
    wrong("struct{1: i32 5\n  2: i32 6,\n  3: bool maybe}", 3, 11,
          "`true` or `false` is expected, not `maybe`");
    wrong("struct{1: \x01}", 1, 11, "a type (bool, i8, .. map, struct, uuid) is expected, not the byte 0x01");
    expect_error_in("struct{\0}", 9, false, TW_MALFORMED, 1, 8,
                    "the field id is expected, not the byte 0x00");
}

static void containers_are_checked(void **state)
{
    (void)state;
    wrong("struct{1: list[]}", 1, 15, "`<` is expected, not `[`");
    wrong("struct{1: list<i32[]}", 1, 19, "`>` is expected, not `[`");
    wrong("struct{1: list<i32>{}}", 1, 20, "`[` is expected, not `{`");
    wrong("struct{1: list<list<i32>>[]}", 1, 20, "`>` is expected, not `<`");
    wrong("struct{1: list<i32>[1 2]}", 1, 23, "`,` or `]` is expected, not `2`");
    wrong("struct{1: list<i32>[1, ]}", 1, 24, "something is expected behind the comma");
    wrong("struct{1: list<i32>[1}", 1, 22, "`,` or `]` is expected, not `}`");
    wrong("struct{1: list<i32>[i32 1]}", 1, 21, "the i32 is expected, not `i32`");
    wrong("struct{1: list<list>[[1]]}", 1, 22, "`list` is expected, not `[`");
    wrong("struct{1: list<list>[set<i8>[1]]}", 1, 22, "`list` is expected, not `set`");
    wrong("struct{1: map<string>{}}", 1, 21, "`,` is expected, not `>`");
    wrong("struct{1: map<i8, i8>{1}}", 1, 24, "`:` is expected, not `}`");
    wrong("struct{1: map<i8, i8>{1, 2}}", 1, 24, "`:` is expected, not `,`");
    wrong("struct{1: map<i8, i8>{1: 2: 3}}", 1, 27, "`,` or `}` is expected, not `:`");
    wrong("struct{1: map{1: 2}}", 1, 15, "a map without types must be empty");
    wrong("struct{1: map[]}", 1, 14, "`{` is expected, not `[`");
}

static void numbers_stay_in_range(void **state)
{
    (void)state;
    wrong("struct{32768: i8 1}", 1, 8, "the field id is out of range: -32768 to 32767");
    wrong("struct{1: i8 128}", 1, 14, "the i8 is out of range: -128 to 127");
    wrong("struct{1: i8 -129}", 1, 14, "the i8 is out of range: -128 to 127");
    wrong("struct{1: i16 32768}", 1, 15, "the i16 is out of range: -32768 to 32767");
    wrong("struct{1: i32 2147483648}", 1, 15, "the i32 is out of range: -2147483648 to 2147483647");
    wrong("struct{1: i64 9223372036854775808}", 1, 15,
          "the i64 is out of range: -9223372036854775808 to 9223372036854775807");
    wrong("struct{1: i64 -9223372036854775809}", 1, 15,
          "the i64 is out of range: -9223372036854775808 to 9223372036854775807");
    wrong("struct{1: i64 99999999999999999999999999}", 1, 15,
          "the i64 is out of range: -9223372036854775808 to 9223372036854775807");
    wrong("struct{1: i32 007}", 1, 15, "the i32 has an idle zero or sign in front");
    wrong("struct{1: i32 -0}", 1, 15, "the i32 has an idle zero or sign in front");
    wrong("struct{1: i32 +5}", 1, 15, "the i32 is expected, not `+`");
    wrong("struct{1: i32 -}", 1, 15, "the i32 is expected, not `-`");
    wrong("struct{1: i32 5.0}", 1, 16, "the i32 is no integer");
    wrong("struct{1: i32 0x5}", 1, 15, "the i32 has an idle zero or sign in front");
    wrong("struct{1: i32 5x}", 1, 16, "the i32 is no integer");
    wrong("struct{1: bool 1}", 1, 16, "`true` or `false` is expected, not `1`");
    wrong("struct{1: bool truer}", 1, 16, "`true` or `false` is expected, not `truer`");
    wrong("struct{1: double 1e999}", 1, 18, "the number is out of the range of a double");
    wrong("struct{1: double .5}", 1, 18, "a double is expected, not `.`");
    wrong("struct{1: double Inf}", 1, 18, "a double is expected, not `I`");
    wrong("struct{1: double nan}", 1, 18, "a NaN is spelled with its bits: nan(0x7ff8000000000000)");
    wrong("struct{1: double nan(0x7ff0000000000000)}", 1, 18, "these bits are no NaN");
    wrong("struct{1: double nan(0x7ff8)}", 1, 28, "a hex digit is expected, not `)`");
    wrong("struct{1: double nan(0x7ff80000000000000)}", 1, 40, "`)` is expected, not `0`");
}

static void strings_are_checked(void **state)
{
    (void)state;
    wrong("struct{1: string a}", 1, 18, "a string, \"..\" or h'..', is expected, not `a`");
    wrong("struct{1: string \"abc}", 1, 18, "the string does not end");
    wrong("struct{1: string \"abc\\", 1, 22, "unknown escape");
    wrong("struct{1: string \"a\\x41\"}", 1, 20, "unknown escape");
    wrong("struct{1: string \"\\u12g4\"}", 1, 23, "a hex digit is expected, not `g4`");
    wrong("struct{1: string \"\\ud800\"}", 1, 19, "half of a surrogate pair is no character");
    wrong("struct{1: string \"\\udc00\"}", 1, 19, "half of a surrogate pair is no character");
    wrong("struct{1: string \"\\ud800\\u0041\"}", 1, 19, "half of a surrogate pair is no character");
    wrong("struct{1: string \"a\nb\"}", 1, 20, "a control character must be escaped: \\u000a");
    wrong("struct{1: string \"\x7f\"}", 1, 19, "a control character must be escaped: \\u007f");
    wrong("struct{1: string \"\xc2\x85\"}", 1, 19, "a control character must be escaped: \\u0085");
    wrong("struct{1: string \"a\xff\"}", 1, 20, "not UTF-8: such strings are spelled in hex, h'..'");
    wrong("struct{1: string \"\xed\xa0\x80\"}", 1, 19, "not UTF-8: such strings are spelled in hex, h'..'");
    wrong("struct{1: string h'0'}", 1, 21, "a hex digit is expected, not `'`");
    wrong("struct{1: string h'00", 1, 22, "a hex digit is expected, but the text ends");
    wrong("struct{1: string h\"00\"}", 1, 19, "`'` is expected, not `\"`");
    wrong("struct{1: string \"a\"*0}", 1, 22, "the repeat is out of range: 1 to 2147483647");
    wrong("struct{1: string \"a\"*}", 1, 22, "the repeat is expected, not `}`");
    wrong("struct{1: uuid 00112233-4455-6677-8899-aabbccddeef}", 1, 51, "a hex digit is expected, not `}`");
    wrong("struct{1: uuid 00112233445566778899aabbccddeeff}", 1, 24, "`-` of a uuid is expected, not `4`");
    wrong("struct{1: uuid 00112233-4455-6677-8899-aabbccddeeff0}", 1, 52,
          "the uuid goes on behind its 32 hex digits");
    const char *huge = "struct{1: string \"ab\"*536870913}";
    expect_error_in(huge, strlen(huge), false, TW_LIMIT, 1, 22, "the repeat is longer than 1 GiB");
    huge = "struct{1: string \"a\"*1000000000}"; /* above the tree's cap: refused without taking it */
    expect_error_in(huge, strlen(huge), false, TW_MEMORY, 1, 21, "out of memory");
}

static void wrong_message(const char *text, size_t column, const char *want)
{
    expect_error_in(text, strlen(text), true, TW_MALFORMED, 1, column, want);
}

static void heads_are_checked(void **state)
{
    (void)state;
    wrong_message("struct{}", 1, "call, reply, exception, oneway or type(N) is expected, not `struct`");
    wrong_message("type(8) \"a\" #1 struct{}", 6, "the message type is out of range: 0 to 7");
    wrong_message("type(-1) \"a\" #1 struct{}", 6, "the message type is out of range: 0 to 7");
    wrong_message("type 5 \"a\" #1 struct{}", 6, "`(` is expected, not `5`");
    wrong_message("call ping #1 struct{}", 6, "a string, \"..\" or h'..', is expected, not `ping`");
    wrong_message("call \"ping\" 1 struct{}", 13, "`#` is expected, not `1`");
    wrong_message("call \"ping\" #2147483648 struct{}", 14,
                  "the sequence id is out of range: -2147483648 to 2147483647");
    wrong_message("call \"ping\" #1", 15, "`struct` is expected, but the text ends");
    wrong_message("call \"ping\" #1 struct{} call", 25, "the end is expected, not `call`");
}

static void too_deep_is_a_limit(void **state)
{
    (void)state;
    static const char open[] = "struct{1: ";
    size_t unit = sizeof open - 1, len = 1000000 * unit + 7;
    char *text = malloc(len + 1);
    assert_non_null(text);
    for (size_t i = 0; i < 1000000; i++) memcpy(text + i * unit, open, unit);
    memcpy(text + 1000000 * unit, "struct{", 8);
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_notation_error error;
    assert_int_equal(tw_notation_read(text, len, &tree, &error), TW_LIMIT);
    assert_string_equal(error.text, "more than 1000000 levels of nesting");
    assert_int_equal(error.column, 1000000 * unit + 7);
    tw_tree_deinit(&tree);
    free(text);
}

/* Every beginning of a good text is refused, and nothing behind it is looked at. */
static void beginnings_are_refused(void **state)
{
    (void)state;
    static const char text[] =
        "call \"a\\ud83d\\ude00\"*2 #-7 struct{1: map<string, list>{h'ff': list<double>[1.5, "
        "nan(0x7ff8000000000001)]}, -2: uuid 00112233-4455-6677-8899-aabbccddeeff}";
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    for (size_t len = 0; len <= sizeof text - 1; len++) {
        char *copy = malloc(len ? len : 1);
        assert_non_null(copy);
        memcpy(copy, text, len);
        tw_notation_error error;
        tw_envelope envelope;
        tw_class cls = tw_notation_read_message(copy, len, &envelope, &tree, &error);
        assert_int_equal(cls, len == sizeof text - 1 ? TW_OK : TW_MALFORMED);
        if (cls != TW_OK) assert_true(error.column <= len + 1);
        free(copy);
    }
    tw_tree_deinit(&tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(structure_is_checked),   cmocka_unit_test(containers_are_checked),
        cmocka_unit_test(numbers_stay_in_range),  cmocka_unit_test(strings_are_checked),
        cmocka_unit_test(heads_are_checked),      cmocka_unit_test(too_deep_is_a_limit),
        cmocka_unit_test(beginnings_are_refused),
    };
    return cmocka_run_group_tests_name("wire/text/notation_read", tests, NULL, NULL);
}
