#include "wire/text/explain_words.h"

#include "wire/test/support.h"
#include "wire/text/explain.h"

#include <stdlib.h>
#include <string.h>

/* The dump of the bytes has this among its lines. */
static void expect_in(const char *stack_name, tw_unit unit, const char *hex, const char *want)
{
    tw_stack stack;
    assert_true(tw_stack_parse(stack_name, &stack, NULL));
    tw_bytes in = tw_test_hex(hex);
    tw_explain_options options = {.decode = tw_decode_defaults(), .unit = unit, .count = 1, .mark = SIZE_MAX};
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    assert_int_equal(tw_explain(&stack, in, &options, &to, NULL), TW_OK);
    if (!memmem(to.data, to.len, want, strlen(want)))
        fail_msg("%s: not in\n%.*s", want, (int)to.len, (const char *)to.data);
    tw_buffer_deinit(&to);
    tw_test_free(in);
}

static void compact_tokens_have_words(void **state)
{
    (void)state;
    static const struct {
        const char *hex, *want;
    } rows[] = {
        {"12 00", "field 1: bool false\n"},
        {"06 64 0a 00", "field 50: i64 (long form)\n"},
        {"1a 23 01 02 00", "  set<i8>, 2 elements\n"},
        {"1a 13 01 00", "  set<i8>, 1 element\n"},
        {"1a 03 00", "  set<i8>, empty\n"},
        {"19 f3 10 01010101 01010101 01010101 01010101 00", "  list<i8>, 16 elements (long form)\n"},
        {"1b 00 00", "  map, empty, its types are not told\n"},
        {"1b 01 33 05 06 00", "  map<i8, i8>, 1 pair\n"},
        {"1b 01 33 05 06 00", "  key 0: i8 5\n"},
        {"1b 01 33 05 06 00", "  value 0: i8 6\n"},
        {"1b 01 39 05 13 06 00", "  value 0: list<i8>, 1 element\n"},
        {"18 00 00", "  string, length 0: \"\"\n"},
        {"19 18 00 00", "  [0] string, length 0: \"\"\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        expect_in("compact", TW_UNIT_STRUCT, rows[i].hex, rows[i].want);
}

static void binary_tokens_have_words(void **state)
{
    (void)state;
    expect_in("binary", TW_UNIT_STRUCT, "0d 0001 03 03 00000000 00", "  map<i8, i8>, empty\n");
    expect_in("binary", TW_UNIT_STRUCT, "0e 0001 03 00000001 05 00", "  set<i8>, 1 element\n");
    expect_in("binary", TW_UNIT_STRUCT, "0f 0001 0c 00000001 00 00", "  [0] struct\n");
}

static void envelopes_have_words(void **state)
{
    (void)state;
    expect_in("compact", TW_UNIT_MESSAGE, "82 e1 00 00 00", "version 1, unknown, type 7\n");
    expect_in("compact", TW_UNIT_MESSAGE, "82 21 05 00 00", "sequence id 5\n");
    expect_in("compact", TW_UNIT_MESSAGE, "82 21 05 00 00", "name, length 0\n");
    expect_in("binary", TW_UNIT_MESSAGE, "80010002 00000001 61 00000007 00", "reply, type 2\n");
}

/* Steps beyond those that a path keeps are not shown; what stands in them is. */
static void deep_values_stay_on_the_page(void **state)
{
    (void)state;
    char hex[256] = "";
    size_t at = 0;
    for (size_t i = 0; i < 30; i++, at += 4) memcpy(hex + at, "191c", 4); /* field 1: list of one struct */
    memcpy(hex + at, "1502", 4);
    at += 4;
    memset(hex + at, '0', 62); /* 31 stops */
    expect_in("compact", TW_UNIT_STRUCT, hex, "field 1: i32\n");
    expect_in("compact", TW_UNIT_STRUCT, hex, "i32 1\n");
}

static void long_strings_are_cut(void **state)
{
    (void)state;
    char hex[3 * 200 + 16] = "18 c801 ";
    size_t at = strlen(hex);
    for (size_t i = 0; i < 100; i++, at += 4) memcpy(hex + at, "6162", 4);
    memcpy(hex + at, "00", 3);
    expect_in("compact", TW_UNIT_STRUCT, hex, "\"ababababababab");
    expect_in("compact", TW_UNIT_STRUCT, hex, "ab...\n");
}

static void zlib_headers_have_words(void **state)
{
    (void)state;
    static const struct {
        uint8_t header[2];
        const char *want;
    } rows[] = {
        {{0x78, 0x01}, "zlib header: deflate, window 32 KiB, level fastest\n"},
        {{0x78, 0x5e}, "zlib header: deflate, window 32 KiB, level fast\n"},
        {{0x78, 0xda}, "zlib header: deflate, window 32 KiB, level best\n"},
        {{0x08, 0x1d}, "zlib header: deflate, window 256 bytes, level fastest\n"},
        {{0x18, 0x19}, "zlib header: deflate, window 512 bytes, level fastest\n"},
        {{0x28, 0x15}, "zlib header: deflate, window 1 KiB, level fastest\n"},
        {{0x88, 0x1c}, "zlib header: deflate, window too large, level fastest\n"},
        {{0x77, 0x85}, "zlib header: method 7, which is none, window 32 KiB, level default\n"},
        {{0x78, 0xbb}, "zlib header: deflate, window 32 KiB, level default, wants a dictionary\n"},
        {{0x78, 0x9d}, "zlib header: deflate, window 32 KiB, level default, check bits wrong\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        tw_page page;
        tw_buffer to;
        tw_buffer_init(&to, NULL);
        tw_page_init(&page, &to, false, 0);
        tw_zlib_header_say(&page, rows[i].header);
        tw_page_line(&page, TW_ROLE_PLAIN);
        tw_buffer_append_byte(&to, 0);
        assert_string_equal((const char *)to.data, rows[i].want);
        tw_page_deinit(&page);
        tw_buffer_deinit(&to);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compact_tokens_have_words),    cmocka_unit_test(binary_tokens_have_words),
        cmocka_unit_test(envelopes_have_words),         cmocka_unit_test(long_strings_are_cut),
        cmocka_unit_test(deep_values_stay_on_the_page), cmocka_unit_test(zlib_headers_have_words),
    };
    return cmocka_run_group_tests_name("wire/text/explain_words", tests, NULL, NULL);
}
