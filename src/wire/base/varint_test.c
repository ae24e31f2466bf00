#include "wire/base/varint.h"
#include "wire/test/support.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct row {
    const char *hex;
    unsigned width;
    tw_class cls;
    tw_rule rule;
    uint64_t value;
    size_t consumed;
    bool padded;
} row;

static const row rows[] = {
    {"00", 32, TW_OK, 0, 0, 1, false},
    {"7f", 16, TW_OK, 0, 127, 1, false},
    {"8001", 32, TW_OK, 0, 128, 2, false},
    {"ff7f", 32, TW_OK, 0, 16383, 2, false},
    {"ffff03", 16, TW_OK, 0, 65535, 3, false},
    {"ffff04", 16, TW_MALFORMED, TW_RULE_COMPACT_VARINT_OVERFLOW, 0, 0, false},
    {"ffffff00", 16, TW_MALFORMED, TW_RULE_COMPACT_VARINT_WIDTH, 0, 0, false},
    {"ffffffff0f", 32, TW_OK, 0, UINT32_MAX, 5, false},
    {"ffffffff10", 32, TW_MALFORMED, TW_RULE_COMPACT_VARINT_OVERFLOW, 0, 0, false},
    {"808080808000", 32, TW_MALFORMED, TW_RULE_COMPACT_VARINT_WIDTH, 0, 0, false},
    {"8000", 32, TW_OK, 0, 0, 2, true},
    {"81808000 ff", 32, TW_OK, 0, 1, 4, true},
    {"ffffffffffffffffff01", 64, TW_OK, 0, UINT64_MAX, 10, false},
    {"ffffffffffffffffff02", 64, TW_MALFORMED, TW_RULE_COMPACT_VARINT_OVERFLOW, 0, 0, false},
    {"ffffffffffffffff7f", 64, TW_OK, 0, UINT64_MAX >> 1, 9, false},
    {"8080808080808080808000", 64, TW_MALFORMED, TW_RULE_COMPACT_VARINT_ENDLESS, 0, 0, false},
    {"8080808080808080808000", 16, TW_MALFORMED, TW_RULE_COMPACT_VARINT_ENDLESS, 0, 0, false},
    {"", 32, TW_TRUNCATED, TW_RULE_COMPACT_INTEGER, 0, 0, false},
    {"80", 32, TW_TRUNCATED, TW_RULE_COMPACT_INTEGER, 0, 0, false},
    {"8080808080", 32, TW_TRUNCATED, TW_RULE_COMPACT_INTEGER, 0, 0, false},
};

/* Every row alone, and with bytes behind it, so that both the byte loop and the word path read it. */
static void reads_every_form(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const row *w = &rows[i];
        for (int behind = 0; behind < 2; behind++) {
            if (behind && w->cls == TW_TRUNCATED) continue;
            char hex[64];
            snprintf(hex, sizeof hex, "%s%s", w->hex, behind ? "ffffffffffffffffffff" : "");
            tw_bytes in = tw_test_hex(hex);
            tw_error error;
            tw_ruleset open;
            tw_origin origin;
            tw_reader r = tw_reader_of(in, UINT64_MAX, "compact", &origin, &error, &open);
            uint64_t value = 0;
            bool ok = tw_read_varint(&r, w->width, TW_RULE_COMPACT_INTEGER, &value);
            assert_int_equal(error.cls, w->cls);
            assert_int_equal(ok, w->cls == TW_OK);
            if (ok) {
                assert_true(value == w->value);
                assert_int_equal(tw_reader_offset(&r), w->consumed);
                assert_int_equal(tw_ruleset_has(&open, TW_RULE_COMPACT_VARINT_MINIMAL), w->padded);
            } else {
                assert_int_equal(error.rule, w->rule);
                assert_int_equal(error.offset, 0);
            }
            free((void *)(uintptr_t)in.data);
        }
    }
}

static void writes_what_it_reads(void **state)
{
    (void)state;
    for (unsigned bit = 0; bit < 64; bit++) {
        for (int d = -1; d <= 1; d++) {
            uint64_t want = (UINT64_C(1) << bit) + (uint64_t)(int64_t)d;
            uint8_t bytes[TW_VARINT_MAX];
            size_t n = tw_varint_write(bytes, want);
            tw_bytes in = tw_test_exact(bytes, n);
            tw_error error;
            tw_ruleset open;
            tw_origin origin;
            tw_reader r = tw_reader_of(in, UINT64_MAX, "compact", &origin, &error, &open);
            uint64_t got = 0;
            assert_true(tw_read_varint(&r, 64, TW_RULE_COMPACT_INTEGER, &got));
            assert_true(got == want);
            assert_true(tw_ruleset_empty(&open));
            assert_true(tw_zigzag_decode(tw_zigzag_encode((int64_t)want)) == (int64_t)want);
            free((void *)(uintptr_t)in.data);
        }
    }
    assert_true(tw_zigzag_encode(INT64_MIN) == UINT64_MAX);
    assert_int_equal(tw_zigzag_encode32(INT32_MIN), UINT32_MAX);
    assert_true(tw_zigzag_decode(1) == -1);
}

/* A limit that hides bytes turns "too short" into "over the limit". */
static void clipped_input_is_a_limit(void **state)
{
    (void)state;
    tw_bytes in = tw_test_hex("8080 01");
    tw_error error;
    tw_ruleset open;
    tw_origin origin;
    tw_reader r = tw_reader_of(in, 2, "compact", &origin, &error, &open);
    uint64_t value;
    assert_false(tw_read_varint(&r, 32, TW_RULE_COMPACT_INTEGER, &value));
    assert_int_equal(error.cls, TW_LIMIT);
    assert_int_equal(error.rule, TW_RULE_LIMIT_MESSAGE);
    free((void *)(uintptr_t)in.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_form),
        cmocka_unit_test(writes_what_it_reads),
        cmocka_unit_test(clipped_input_is_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
