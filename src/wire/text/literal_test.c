#include "wire/text/literal.h"

#include <inttypes.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static void expect_double(uint64_t bits, const char *want)
{
    char text[TW_DOUBLE_TEXT];
    size_t len = tw_literal_double(bits, text);
    assert_string_equal(text, want);
    assert_int_equal(len, strlen(want));
}

static void expect_read(const char *text, tw_double_read how, uint64_t want)
{
    size_t len = strlen(text);
    char *copy = malloc(len ? len : 1);
    assert_non_null(copy);
    memcpy(copy, text, len);
    uint64_t bits = 0;
    assert_int_equal(tw_literal_read_double(copy, len, &bits), how);
    if (how == TW_DOUBLE_READ) assert_true(bits == want);
    free(copy);
}

static void doubles_have_one_spelling(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } rows[] = {
        {0.0, "0.0"},
        {-0.0, "-0.0"},
        {1.0, "1.0"},
        {1.5, "1.5"},
        {-2.25, "-2.25"},
        {0.1, "0.1"},
        {1.0 / 3, "0.3333333333333333"},
        {0.1 + 0.2, "0.30000000000000004"},
        {100.0, "100.0"},
        {10000.0, "10000.0"},
        {100000.0, "1e+05"},
        {123456.0, "123456.0"},
        {1e22, "1e+22"},
        {1e-7, "1e-07"},
        {12345678901234560.0, "12345678901234560.0"},
        {9007199254740993.0, "9007199254740992.0"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {2.2250738585072014e-308, "2.2250738585072014e-308"},
        {4.9406564584124654e-324, "5e-324"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        expect_double(bits_of(rows[i].value), rows[i].text);
    expect_double(UINT64_C(0x7ff0000000000000), "inf");
    expect_double(UINT64_C(0xfff0000000000000), "-inf");
    expect_double(UINT64_C(0x7ff8000000000000), "nan(0x7ff8000000000000)");
    expect_double(UINT64_C(0xfff0000000000001), "nan(0xfff0000000000001)");
}

static void doubles_read_back(void **state)
{
    (void)state;
    uint64_t seed = 88172645463325252u;
    for (int i = 0; i < 20000; i++) {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        uint64_t bits =
            i % 4 == 0 ? seed & UINT64_C(0x800fffffffffffff) : seed; /* every fourth is subnormal */
        if ((bits >> 52 & 0x7ff) == 0x7ff) continue;
        char text[TW_DOUBLE_TEXT];
        size_t len = tw_literal_double(bits, text);
        uint64_t again = ~bits;
        assert_int_equal(tw_literal_read_double(text, len, &again), TW_DOUBLE_READ);
        assert_true(again == bits);
        assert_true(strpbrk(text, ".e") != NULL);
    }
}

static void numbers_are_read_strictly(void **state)
{
    (void)state;
    expect_read("5", TW_DOUBLE_READ, bits_of(5));
    expect_read("-0", TW_DOUBLE_READ, bits_of(-0.0));
    expect_read("1E3", TW_DOUBLE_READ, bits_of(1000));
    expect_read("0.5e-1", TW_DOUBLE_READ, bits_of(0.05));
    expect_read("1.7976931348623157e308", TW_DOUBLE_READ, UINT64_C(0x7fefffffffffffff));
    expect_read("0e999", TW_DOUBLE_READ, 0);
    static const char *const wrong[] = {"",   "-",        "+1",   ".5",    "1.",  "01",  "00.5",
                                        "1e", "1e+",      "1.5x", "0x1p3", "1_0", "inf", "nan",
                                        "1 ", "infinity", "1,5",  "--1",   "1..2"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) expect_read(wrong[i], TW_DOUBLE_NO_NUMBER, 0);
    expect_read("1e309", TW_DOUBLE_RANGE, 0);
    expect_read("-1e999999999999", TW_DOUBLE_RANGE, 0);
    expect_read("1e-400", TW_DOUBLE_RANGE, 0);
    char longest[1200];
    memset(longest, '1', sizeof longest);
    uint64_t bits;
    assert_int_equal(tw_literal_read_double(longest, 1101, &bits), TW_DOUBLE_NO_NUMBER);
    assert_int_equal(tw_literal_read_double(longest, 300, &bits), TW_DOUBLE_READ);
}

/* Skipped where the machine has no locale with a decimal comma. */
static void the_locale_does_not_matter(void **state)
{
    (void)state;
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "de_DE", "ps_AF"};
    bool found = false;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && !found; i++)
        found = setlocale(LC_ALL, names[i]) != NULL;
    if (!found) skip();
    expect_double(bits_of(1.5), "1.5");
    expect_double(bits_of(100.0), "100.0");
    expect_read("1.5", TW_DOUBLE_READ, bits_of(1.5));
    expect_read("1,5", TW_DOUBLE_NO_NUMBER, 0);
    setlocale(LC_ALL, "C");
}

static void check_string(const void *data, size_t len, size_t room, bool whole, const char *want)
{
    uint8_t *copy = malloc(len ? len : 1);
    assert_non_null(copy);
    if (len) memcpy(copy, data, len);
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    assert_int_equal(tw_literal_string(tw_bytes_of(copy, len), room, &to), whole);
    assert_int_equal(to.len, strlen(want));
    assert_memory_equal(to.data, want, to.len);
    tw_buffer_deinit(&to);
    free(copy);
}

static void strings_are_quoted_or_hex(void **state)
{
    (void)state;
    check_string("", 0, SIZE_MAX, true, "\"\"");
    check_string("ab c", 4, SIZE_MAX, true, "\"ab c\"");
    check_string("\"\\/", 3, SIZE_MAX, true, "\"\\\"\\\\/\"");
    check_string("\b\t\n\f\r\0\x1b\x7f", 8, SIZE_MAX, true, "\"\\b\\t\\n\\f\\r\\u0000\\u001b\\u007f\"");
    check_string("\xc2\x85\xc2\xa0", 4, SIZE_MAX, true, "\"\\u0085\xc2\xa0\"");
    check_string("caf\xc3\xa9 \xf0\x9f\x98\x80", 10, SIZE_MAX, true, "\"caf\xc3\xa9 \xf0\x9f\x98\x80\"");
    static const char *const invalid[] = {
        "\x80",         "\xc0\x80",         "\xc3",   "\xed\xa0\x80", "\xf4\x90\x80\x80",
        "\xe0\x80\x80", "\xf5\x80\x80\x80", "a\xc3(", "\xff"};
    static const char *const hex[] = {"h'80'",     "h'c080'",     "h'c3'",     "h'eda080'", "h'f4908080'",
                                      "h'e08080'", "h'f5808080'", "h'61c328'", "h'ff'"};
    for (size_t i = 0; i < sizeof invalid / sizeof invalid[0]; i++)
        check_string(invalid[i], strlen(invalid[i]), SIZE_MAX, true, hex[i]);
}

static void long_runs_are_repeats(void **state)
{
    (void)state;
    char run[40];
    memset(run, 'a', sizeof run);
    check_string(run, 31, SIZE_MAX, true, "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"");
    check_string(run, 32, SIZE_MAX, true, "\"a\"*32");
    memset(run, 0xff, sizeof run);
    check_string(run, 40, SIZE_MAX, true, "h'ff'*40");
    memset(run, 0, sizeof run);
    check_string(run, 33, SIZE_MAX, true, "\"\\u0000\"*33");
}

static void rooms_cut_between_characters(void **state)
{
    (void)state;
    check_string("abcdef", 6, 3, false, "\"abc");
    check_string("\xc3\xa9\xc3\xa9\xc3\xa9", 6, 2, false, "\"\xc3\xa9");
    check_string("\xff\xfe\xfd", 3, 3, false, "h'ff");
    check_string("abc", 3, 100, true, "\"abc\"");
    size_t big = (size_t)3 << 20;
    uint8_t *data = malloc(big);
    assert_non_null(data);
    memset(data, 'a', big);
    data[big - 1] = 0xff; /* far behind what is looked at */
    check_string(data, big, 4, false, "\"aaaa");
    data[1] = 0xff;
    check_string(data, big, 4, false, "h'61ff");
    free(data);
}

static void uuids_are_spelled_with_dashes(void **state)
{
    (void)state;
    static const uint8_t uuid[16] = {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77,
                                     0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff};
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    tw_literal_uuid(uuid, &to);
    assert_int_equal(to.len, 36);
    assert_memory_equal(to.data, "00112233-4455-6677-8899-aabbccddeeff", 36);
    tw_buffer_deinit(&to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(doubles_have_one_spelling),    cmocka_unit_test(doubles_read_back),
        cmocka_unit_test(numbers_are_read_strictly),    cmocka_unit_test(the_locale_does_not_matter),
        cmocka_unit_test(strings_are_quoted_or_hex),    cmocka_unit_test(long_runs_are_repeats),
        cmocka_unit_test(rooms_cut_between_characters), cmocka_unit_test(uuids_are_spelled_with_dashes),
    };
    return cmocka_run_group_tests_name("wire/text/literal", tests, NULL, NULL);
}
