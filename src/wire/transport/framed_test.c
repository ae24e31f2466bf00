#include "wire/transport/test/drive.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *stream, *out;
    tw_class cls;
    tw_rule rule;
    uint64_t offset;
    bool at_rest;
} cases[] = {
    {"", "", TW_TRUNCATED, TW_RULE_FRAMED_TRUNCATED, 0, true},
    {"00000001 aa", "aa", TW_TRUNCATED, TW_RULE_FRAMED_TRUNCATED, 5, true},
    {"00000001 aa 00000002 bbcc", "aabbcc", TW_TRUNCATED, TW_RULE_FRAMED_TRUNCATED, 11, true},
    {"00000000", "", TW_TRUNCATED, TW_RULE_FRAMED_TRUNCATED, 4, true},
    {"00000000 00000000 00000001 aa 00000000", "aa", TW_TRUNCATED, TW_RULE_FRAMED_TRUNCATED, 17, true},
    {"000000", "", TW_TRUNCATED, TW_RULE_FRAMED_TRUNCATED, 0, false},
    {"00000002", "", TW_TRUNCATED, TW_RULE_FRAMED_TRUNCATED, 0, false},
    {"00000002 aa", "", TW_TRUNCATED, TW_RULE_FRAMED_TRUNCATED, 0, false},
    {"00000001 aa 00000002 bb", "aa", TW_TRUNCATED, TW_RULE_FRAMED_TRUNCATED, 5, false},
    {"00000001 aa 00", "aa", TW_TRUNCATED, TW_RULE_FRAMED_TRUNCATED, 5, false},
    {"00000000 00", "", TW_TRUNCATED, TW_RULE_FRAMED_TRUNCATED, 4, false},
    {"ffffffff", "", TW_MALFORMED, TW_RULE_FRAMED_NEGATIVE, 0, false},
    {"80000000 aa", "", TW_MALFORMED, TW_RULE_FRAMED_NEGATIVE, 0, false},
    {"00000001 aa ffffffff", "aa", TW_MALFORMED, TW_RULE_FRAMED_NEGATIVE, 5, false},
    {"00000000 ffffffff", "", TW_MALFORMED, TW_RULE_FRAMED_NEGATIVE, 4, false},
    {"00000009 aa", "", TW_LIMIT, TW_RULE_FRAMED_LIMIT, 0, false},
    {"7fffffff", "", TW_LIMIT, TW_RULE_FRAMED_LIMIT, 0, false},
    {"00000008 0102030405060708", "0102030405060708", TW_TRUNCATED, TW_RULE_FRAMED_TRUNCATED, 12, true},
};

static void reads_frames(void **state)
{
    (void)state;
    tw_limits limits = tw_limits_default();
    limits.frame = 8;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tw_bytes stream = tw_test_hex(cases[i].stream), out = tw_test_hex(cases[i].out);
        tw_driven got;
        tw_drive_every_way(&tw_framed, &limits, stream, &got);
        if (!tw_bytes_equal(tw_buffer_view(&got.out), out)) fail_msg("%s", cases[i].stream);
        assert_int_equal(got.cls, cases[i].cls);
        assert_int_equal(got.at_rest, cases[i].at_rest);
        assert_int_equal(got.error.rule, cases[i].rule);
        assert_int_equal(got.error.offset, cases[i].offset);
        assert_string_equal(got.error.layer, "framed");
        tw_buffer_deinit(&got.out);
        free((void *)(uintptr_t)stream.data);
        free((void *)(uintptr_t)out.data);
    }
}

static void one_frame_a_read(void **state)
{
    (void)state;
    tw_limits limits = tw_limits_default();
    tw_bytes stream = tw_test_hex("00000001 aa 00000000 00000002 bbcc 00000001 dd");
    tw_driven got;
    tw_drive(&tw_framed, &limits, NULL, stream, 0, 0, 65536, &got);
    assert_int_equal(got.reads_made, 3);
    tw_buffer_deinit(&got.out);
    free((void *)(uintptr_t)stream.data);
}

/* A length allocates nothing before its bytes came, and the default limit is the specification's. */
static void lengths_cost_nothing(void **state)
{
    (void)state;
    static const char *const streams[] = {"00fa0000 aabb", "00fa0001 aabb"};
    for (size_t i = 0; i < 2; i++) {
        tw_limits limits = tw_limits_default();
        tw_test_alloc alloc;
        tw_test_alloc_init(&alloc, 0);
        tw_bytes stream = tw_test_hex(streams[i]);
        tw_driven got;
        tw_drive(&tw_framed, &limits, &alloc.alloc, stream, 0, 1, 65536, &got);
        assert_int_equal(got.cls, i == 0 ? TW_TRUNCATED : TW_LIMIT);
        assert_int_equal(alloc.calls, 0);
        free((void *)(uintptr_t)stream.data);
    }
}

/* Empty frames neither recurse nor pile up. */
static void a_million_empty_frames(void **state)
{
    (void)state;
    size_t len = 4000000;
    uint8_t *zeros = calloc(1, len);
    tw_limits limits = tw_limits_default();
    tw_test_alloc alloc;
    tw_test_alloc_init(&alloc, 0);
    tw_driven got;
    tw_drive(&tw_framed, &limits, &alloc.alloc, tw_bytes_of(zeros, len), 0, 0, 65536, &got);
    assert_int_equal(got.cls, TW_TRUNCATED);
    assert_true(got.at_rest);
    assert_int_equal(got.error.offset, len);
    assert_int_equal(alloc.calls, 0);
    free(zeros);
}

static void writes_frames(void **state)
{
    (void)state;
    static const char *const units[] = {"a", "", "hello", NULL};
    tw_buffer out;
    tw_buffer_init(&out, NULL);
    tw_drive_writer(&tw_framed, units, true, &out);
    tw_bytes want = tw_test_hex("00000001 61 00000000 00000005 68656c6c6f");
    assert_true(tw_bytes_equal(tw_buffer_view(&out), want));
    assert_int_equal(tw_framed.write(NULL, tw_bytes_of(units, (size_t)INT32_MAX + 1), &out), TW_USAGE);
    free((void *)(uintptr_t)want.data);
    tw_buffer_deinit(&out);
}

static void refused_memory_is_told(void **state)
{
    (void)state;
    tw_limits limits = tw_limits_default();
    tw_test_alloc alloc;
    tw_test_alloc_init(&alloc, 1);
    tw_bytes stream = tw_test_hex("00000001 aa");
    tw_driven got;
    tw_drive(&tw_framed, &limits, &alloc.alloc, stream, 0, 0, 65536, &got);
    assert_int_equal(got.cls, TW_MEMORY);
    tw_buffer out;
    tw_buffer_init(&out, &alloc.alloc);
    assert_int_equal(tw_framed.write(NULL, stream, &out), TW_MEMORY);
    assert_int_equal(alloc.now, 0);
    free((void *)(uintptr_t)stream.data);
}

static void transports_are_found(void **state)
{
    (void)state;
    assert_ptr_equal(tw_transport_find("framed", 6), &tw_framed);
    assert_ptr_equal(tw_transport_find("zlib/", 4), &tw_zlib);
    assert_null(tw_transport_find("zlib/", 5));
    assert_null(tw_transport_find("", 0));
    size_t count = 0;
    for (const tw_transport *const *t = tw_transports(); *t; t++) count++;
    assert_int_equal(count, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_frames),         cmocka_unit_test(one_frame_a_read),
        cmocka_unit_test(lengths_cost_nothing), cmocka_unit_test(a_million_empty_frames),
        cmocka_unit_test(writes_frames),        cmocka_unit_test(refused_memory_is_told),
        cmocka_unit_test(transports_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
