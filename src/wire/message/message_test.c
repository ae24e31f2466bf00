#include "wire/message/message.h"
#include "wire/test/support.h"

#include <stdlib.h>
#include <string.h>

typedef struct row {
    const char *hex;
    const tw_envelope_format *format;
    bool strict_only;
    tw_class cls;
    tw_rule rule;
    size_t offset; /* of the error; on success, bytes consumed */
    const char *name;
    unsigned kind;
    int32_t sequence_id;
} row;

#define B &tw_envelope_binary
#define C &tw_envelope_compact

static const row rows[] = {
    {"80010001 00000004 70696e67 00000001 00", B, false, TW_OK, 0, 16, "ping", 1, 1},
    {"80010001 00000004 70696e67 00000001", B, true, TW_OK, 0, 16, "ping", 1, 1},
    {"8001ff02 00000000 ffffffff", B, false, TW_OK, 0, 12, "", 2, -1},
    {"00000001 61 01 00000007 00", B, false, TW_OK, 0, 10, "a", 1, 7},
    {"00000000 04 80000000", B, false, TW_OK, 0, 9, "", 4, INT32_MIN},
    {"00000001 61 01 00000007", B, true, TW_MALFORMED, TW_RULE_BINARY_MESSAGE_OLD_REFUSED, 0, "", 0, 0},
    {"80020001 00000000 00000000", B, false, TW_MALFORMED, TW_RULE_BINARY_MESSAGE_VERSION, 0, "", 0, 0},
    {"80010009 00000000 00000000", B, false, TW_MALFORMED, TW_RULE_BINARY_MESSAGE_TYPE_BITS, 3, "", 0, 0},
    {"80010001 ffffffff", B, false, TW_MALFORMED, TW_RULE_BINARY_MESSAGE_NAME_NEGATIVE, 4, "", 0, 0},
    {"80010001 00000005 70696e67", B, false, TW_TRUNCATED, TW_RULE_BINARY_MESSAGE_NAME, 4, "", 0, 0},
    {"00000005 70696e67", B, false, TW_TRUNCATED, TW_RULE_BINARY_MESSAGE_NAME, 0, "", 0, 0},
    {"00000001 61", B, false, TW_TRUNCATED, TW_RULE_BINARY_MESSAGE_OLD, 5, "", 0, 0},
    {"8001", B, false, TW_TRUNCATED, TW_RULE_BINARY_MESSAGE_STRICT, 0, "", 0, 0},
    {"82 21 ffffffff0f 01 61", C, false, TW_OK, 0, 9, "a", 1, -1},
    {"82 81 00 00", C, false, TW_OK, 0, 4, "", 4, 0},
    {"81 21 00 00", C, false, TW_MALFORMED, TW_RULE_COMPACT_MESSAGE_PROTOCOL, 0, "", 0, 0},
    {"82 22 00 00", C, false, TW_MALFORMED, TW_RULE_COMPACT_MESSAGE_VERSION, 1, "", 0, 0},
    {"82 21 00 ffffffff0f", C, false, TW_MALFORMED, TW_RULE_COMPACT_MESSAGE_NAME_NEGATIVE, 3, "", 0, 0},
    {"82 21 00 02 61", C, false, TW_TRUNCATED, TW_RULE_COMPACT_MESSAGE_NAME, 3, "", 0, 0},
    {"82 21 80", C, false, TW_TRUNCATED, TW_RULE_COMPACT_MESSAGE_SEQUENCE, 2, "", 0, 0},
};

static void reads_envelopes(void **state)
{
    (void)state;
    tw_limits limits = tw_limits_default();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const row *w = &rows[i];
        tw_bytes in = tw_test_hex(w->hex);
        tw_envelope e;
        tw_envelope_result result;
        assert_int_equal(w->format->read(in, &limits, w->strict_only, &e, &result), w->cls);
        if (w->cls == TW_OK) {
            assert_int_equal(result.consumed, w->offset);
            assert_int_equal(e.kind, w->kind);
            assert_int_equal(e.sequence_id, w->sequence_id);
            assert_true(tw_bytes_equal(e.name, tw_bytes_of(w->name, strlen(w->name))));
            size_t next = 0; /* the parts cover it without a gap */
            for (size_t p = 0; p < result.part_count; p++) {
                assert_int_equal(result.parts[p].offset, next);
                next += result.parts[p].len;
            }
            assert_int_equal(next, result.consumed);
        } else {
            assert_int_equal(result.error.rule, w->rule);
            assert_int_equal(result.error.offset, w->offset);
        }
        free((void *)(uintptr_t)in.data);
    }
}

static void unusual_kinds_are_noted(void **state)
{
    (void)state;
    tw_limits limits = tw_limits_default();
    tw_bytes in = tw_test_hex("80010005 00000000 00000000");
    tw_envelope e;
    tw_envelope_result result;
    assert_int_equal(tw_envelope_binary.read(in, &limits, false, &e, &result), TW_OK);
    assert_int_equal(e.kind, 5);
    assert_true(tw_ruleset_has(&result.open, TW_RULE_MESSAGE_TYPE));
    free((void *)(uintptr_t)in.data);
}

static void name_is_limited(void **state)
{
    (void)state;
    tw_limits limits = tw_limits_default();
    limits.string = 3;
    tw_bytes in = tw_test_hex("80010001 00000004 70696e67 00000001");
    tw_envelope e;
    tw_envelope_result result;
    assert_int_equal(tw_envelope_binary.read(in, &limits, false, &e, &result), TW_LIMIT);
    assert_int_equal(result.error.offset, 4);
    limits.string = 4;
    assert_int_equal(tw_envelope_binary.read(in, &limits, false, &e, &result), TW_OK);
    free((void *)(uintptr_t)in.data);
}

static void writes_what_it_reads(void **state)
{
    (void)state;
    static const struct {
        const tw_envelope_format *format;
        tw_header_form form;
        const char *hex;
    } forms[] = {{B, TW_HEADER_STRICT, "80010002 00000002 6869 fffffffe"},
                 {B, TW_HEADER_OLD, "00000002 6869 02 fffffffe"},
                 {C, TW_HEADER_STRICT, "82 41 feffffff0f 02 6869"}};
    for (size_t i = 0; i < 3; i++) {
        tw_envelope e = {tw_bytes_of("hi", 2), TW_REPLY, -2, forms[i].form};
        tw_buffer to;
        tw_buffer_init(&to, NULL);
        assert_int_equal(forms[i].format->write(&e, &to), TW_OK);
        tw_bytes want = tw_test_hex(forms[i].hex);
        assert_int_equal(to.len, want.len);
        assert_memory_equal(to.data, want.data, want.len);
        e.kind = 8;
        assert_int_equal(forms[i].format->write(&e, &to), TW_USAGE);
        assert_int_equal(to.len, want.len);
        free((void *)(uintptr_t)want.data);
        tw_buffer_deinit(&to);
        tw_test_alloc mem;
        tw_test_alloc_init(&mem, 1);
        tw_buffer_init(&to, &mem.alloc);
        e.kind = 1;
        assert_int_equal(forms[i].format->write(&e, &to), TW_MEMORY);
        assert_int_equal(to.len, 0);
        tw_buffer_deinit(&to);
    }
}

static void kinds_have_names(void **state)
{
    (void)state;
    assert_string_equal(tw_message_kind_name(TW_ONEWAY), "oneway");
    assert_null(tw_message_kind_name(0));
    assert_null(tw_message_kind_name(5));
    assert_int_equal(tw_message_kind_find("exception", 9), TW_EXCEPTION);
    assert_int_equal(tw_message_kind_find("excep", 5), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_envelopes),  cmocka_unit_test(unusual_kinds_are_noted),
        cmocka_unit_test(name_is_limited),  cmocka_unit_test(writes_what_it_reads),
        cmocka_unit_test(kinds_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
