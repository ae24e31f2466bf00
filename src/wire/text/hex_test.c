#include "wire/text/hex.h"

#include "wire/test/support.h"

#include <stdlib.h>
#include <string.h>

static const tw_hex_name names[] = {
    {"frame", 16384000}, {"message", 104857600}, {"top", UINT32_MAX}, {"a_1", 1}, {NULL, 0}};

static char *copy_of(const char *text, size_t *len)
{
    *len = strlen(text);
    char *copy = malloc(*len ? *len : 1);
    assert_non_null(copy);
    memcpy(copy, text, *len);
    return copy;
}

/* Reads behind two bytes that are there already, which must stay. */
static void expect_line(const char *text, const char *want, size_t want_len)
{
    size_t len;
    char *copy = copy_of(text, &len);
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    tw_buffer_append(&to, "zz", 2);
    assert_int_equal(tw_hex_read_annotated(copy, len, names, &to, NULL, NULL), TW_OK);
    assert_int_equal(to.len, want_len + 2);
    assert_memory_equal(to.data, "zz", 2);
    if (want_len) assert_memory_equal(to.data + 2, want, want_len);
    tw_buffer_deinit(&to);
    free(copy);
}

static void expect_line_error(const char *text, tw_class cls, size_t want_at, const char *want_why)
{
    size_t len, at = SIZE_MAX;
    char *copy = copy_of(text, &len);
    const char *why = NULL;
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    tw_buffer_append(&to, "zz", 2);
    assert_int_equal(tw_hex_read_annotated(copy, len, names, &to, &at, &why), cls);
    assert_int_equal(at, want_at);
    assert_string_equal(why, want_why);
    assert_int_equal(to.len, 2);
    tw_buffer_deinit(&to);
    free(copy);
}

static void expect_bare(const char *text, tw_class cls, const char *want, size_t n)
{
    size_t len, at = SIZE_MAX;
    char *copy = copy_of(text, &len);
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    assert_int_equal(tw_hex_read(copy, len, &to, &at), cls);
    if (cls == TW_OK) {
        assert_int_equal(to.len, n);
        if (n) assert_memory_equal(to.data, want, n);
    } else {
        assert_int_equal(at, n);
        assert_int_equal(to.len, 0);
    }
    tw_buffer_deinit(&to);
    free(copy);
}

static void bytes_become_hex(void **state)
{
    (void)state;
    static const uint8_t bytes[] = {0x00, 0x0f, 0xf0, 0xff, 0x9a};
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    assert_int_equal(tw_hex_write(tw_bytes_of(bytes, sizeof bytes), &to), TW_OK);
    assert_int_equal(to.len, 10);
    assert_memory_equal(to.data, "000ff0ff9a", 10);
    assert_int_equal(tw_hex_write(tw_bytes_of(NULL, 0), &to), TW_OK);
    assert_int_equal(to.len, 10);
    tw_buffer_deinit(&to);
}

static void hex_becomes_bytes(void **state)
{
    (void)state;
    expect_bare("", TW_OK, "", 0);
    expect_bare("000fF0fF", TW_OK, "\x00\x0f\xf0\xff", 4);
    expect_bare(" 0 1\t0\n2\r\n", TW_OK, "\x01\x02", 2);
    expect_bare("012", TW_MALFORMED, NULL, 3);
    expect_bare("01g2", TW_MALFORMED, NULL, 2);
    expect_bare("0x01", TW_MALFORMED, NULL, 1);
    expect_bare("01,02", TW_MALFORMED, NULL, 2);
}

static void lines_are_read(void **state)
{
    (void)state;
    expect_line("", "", 0);
    expect_line("  | only words: 00 zz (", "", 0);
    expect_line("19       | field 1: list", "\x19", 1);
    expect_line("0b00 01|x", "\x0b\x00\x01", 3);
    expect_line("61*3 62", "aaab", 4);
    expect_line("6162*2", "abb", 3);
    expect_line("(6162)*2 63", "ababc", 5);
    expect_line("((61)*2 62)*2", "aabaab", 6);
    expect_line("(61 62)", "ab", 2);
    expect_line("()*3 61", "a", 1);
    expect_line("0B 0bC1 a_1", "\x0b\x0b\xc1\x00\x00\x00\x01", 7);
    expect_line("frame", "\x00\xfa\x00\x00", 4);
    expect_line("frame+1 00", "\x00\xfa\x00\x01\x00", 5);
    expect_line("message-1", "\x06\x3f\xff\xff", 4);
    expect_line("top*2", "\xff\xff\xff\xff\xff\xff\xff\xff", 8);
    expect_line("top-4294967295", "\x00\x00\x00\x00", 4);
}

static void line_errors_say_where(void **state)
{
    (void)state;
    expect_line_error("0b0", TW_MALFORMED, 3, "odd number of hex digits");
    expect_line_error("00 0 1", TW_MALFORMED, 4, "odd number of hex digits");
    expect_line_error("00 zz", TW_MALFORMED, 3, "neither a hex digit nor a known name");
    expect_line_error("00 0x1", TW_MALFORMED, 4, "neither a hex digit nor a known name");
    expect_line_error("00 Z", TW_MALFORMED, 3, "neither a hex digit nor a known name");
    expect_line_error("00 [", TW_MALFORMED, 3, "not a hex digit");
    expect_line_error("00 `", TW_MALFORMED, 3, "not a hex digit");
    expect_line_error("00 {", TW_MALFORMED, 3, "not a hex digit");
    expect_line_error("frames", TW_MALFORMED, 1, "neither a hex digit nor a known name");
    expect_line_error("00,01", TW_MALFORMED, 2, "not a hex digit");
    expect_line_error("*3", TW_MALFORMED, 0, "nothing to repeat");
    expect_line_error("61 *3", TW_MALFORMED, 3, "nothing to repeat");
    expect_line_error("61*", TW_MALFORMED, 3, "a decimal number is expected");
    expect_line_error("61*x", TW_MALFORMED, 3, "a decimal number is expected");
    expect_line_error("61*3a", TW_MALFORMED, 4, "a decimal number is expected");
    expect_line_error("61*0", TW_MALFORMED, 2, "a repeat is at least 1");
    expect_line_error("61*4294967296", TW_MALFORMED, 3, "the number is larger than 4294967295");
    expect_line_error("frame+", TW_MALFORMED, 6, "a decimal number is expected");
    expect_line_error("frame-16384001", TW_MALFORMED, 0, "the size does not fit 4 bytes");
    expect_line_error("00 top+1", TW_MALFORMED, 3, "the size does not fit 4 bytes");
    expect_line_error("(61", TW_MALFORMED, 3, "`(` without `)`");
    expect_line_error("61)", TW_MALFORMED, 2, "`)` without `(`");
    expect_line_error("(((((((((61", TW_MALFORMED, 8, "groups nest too deep");
    expect_line_error("00 61*1073741824", TW_LIMIT, 5, "the line spells more than 1 GiB");
    expect_line_error("((61*1000000)*1000000)*1000000", TW_LIMIT, 13, "the line spells more than 1 GiB");
}

static void who_does_not_ask_where_is_not_told(void **state)
{
    (void)state;
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    assert_int_equal(tw_hex_read("0g", 2, &to, NULL), TW_MALFORMED);
    assert_int_equal(tw_hex_read("0", 1, &to, NULL), TW_MALFORMED);
    assert_int_equal(tw_hex_read_annotated("frame", 5, NULL, &to, NULL, NULL), TW_MALFORMED);
    assert_int_equal(to.len, 0);
    tw_buffer_deinit(&to);
}

static void memory_may_be_refused(void **state)
{
    (void)state;
    tw_test_alloc none;
    tw_test_alloc_init(&none, 1);
    tw_buffer to;
    tw_buffer_init(&to, &none.alloc);
    assert_int_equal(tw_hex_write(tw_bytes_of("a", 1), &to), TW_MEMORY);
    assert_int_equal(tw_hex_write(tw_bytes_of("a", SIZE_MAX / 8 + 1), &to), TW_MEMORY);
    tw_buffer_clear(&to);
    assert_int_equal(tw_hex_read("00", 2, &to, NULL), TW_MEMORY);
    static const char *const lines[] = {"00", "frame", "(61*100)*100"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        tw_class cls = TW_MEMORY;
        for (size_t n = 1; cls != TW_OK; n++) {
            tw_test_alloc mem;
            const char *why = NULL;
            tw_test_alloc_init(&mem, n);
            tw_buffer_init(&to, &mem.alloc);
            cls = tw_hex_read_annotated(lines[i], strlen(lines[i]), names, &to, NULL, &why);
            assert_int_equal(cls, n <= mem.calls ? TW_MEMORY : TW_OK);
            if (cls == TW_MEMORY) {
                assert_string_equal(why, "out of memory");
                assert_int_equal(to.len, 0);
            }
            tw_buffer_deinit(&to);
            assert_int_equal(mem.now, 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_become_hex),
        cmocka_unit_test(hex_becomes_bytes),
        cmocka_unit_test(lines_are_read),
        cmocka_unit_test(line_errors_say_where),
        cmocka_unit_test(who_does_not_ask_where_is_not_told),
        cmocka_unit_test(memory_may_be_refused),
    };
    return cmocka_run_group_tests_name("wire/text/hex", tests, NULL, NULL);
}
