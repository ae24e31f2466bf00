/* Decoding, skipping, encoding, scanning and tracing agree with each other over random values. */
#include "wire/protocol/protocol.h"
#include "wire/protocol/test/encoded.h"
#include "wire/value/equal.h"
#include "wire/value/generate.h"

#include <stdlib.h>
#include <string.h>

static const tw_protocol *const protocols[] = {&tw_binary, &tw_compact};

#define VALUES 120

static void each_value(void (*check)(const tw_protocol *, tw_bytes, const tw_tree *))
{
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_random random = {20260101};
    for (int i = 0; i < VALUES; i++) {
        assert_true(tw_generate(&tree, &random, (tw_profile)(i % TW_PROFILE_COUNT)));
        for (size_t p = 0; p < 2; p++) {
            tw_bytes in = tw_test_encoded(protocols[p], &tree);
            check(protocols[p], in, &tree);
            tw_test_free(in);
        }
    }
    tw_tree_deinit(&tree);
}

static void check_round_trip(const tw_protocol *protocol, tw_bytes in, const tw_tree *value)
{
    for (int copy = 0; copy < 2; copy++) {
        tw_tree tree;
        tw_tree_init(&tree, NULL, SIZE_MAX);
        tw_decode_options options = tw_decode_defaults();
        options.copy = copy;
        tw_outcome out;
        assert_int_equal(tw_decode(protocol, in, &options, &tree, &out), TW_OK);
        assert_int_equal(out.consumed, in.len);
        assert_true(tw_equal(tw_tree_root(value), tw_tree_root(&tree), TW_EQUAL_EMPTY_MAP, NULL));
        tw_bytes again = tw_test_encoded(protocol, &tree);
        assert_int_equal(again.len, in.len);
        assert_memory_equal(again.data, in.data, in.len);
        tw_test_free(again);
        tw_tree_deinit(&tree);
    }
}

static void check_skip(const tw_protocol *protocol, tw_bytes in, const tw_tree *value)
{
    (void)value;
    uint8_t *longer = malloc(in.len + 3);
    assert_non_null(longer);
    memcpy(longer, in.data, in.len);
    memset(longer + in.len, 0x7e, 3);
    tw_outcome out;
    assert_int_equal(tw_skip(protocol, tw_bytes_of(longer, in.len + 3), NULL, &out), TW_OK);
    assert_int_equal(out.consumed, in.len);
    free(longer);
}

/* Every tenth prefix, and all of short inputs: truncated, by the same account from decode, skip and scan. */
static void check_prefixes(const tw_protocol *protocol, tw_bytes in, const tw_tree *value)
{
    (void)value;
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    size_t step = in.len < 200 ? 1 : in.len / 40;
    for (size_t n = 0; n < in.len; n += step) {
        tw_bytes cut = tw_test_exact(in.data, n);
        tw_outcome decoded, skipped;
        assert_int_equal(tw_decode(protocol, cut, NULL, &tree, &decoded), TW_TRUNCATED);
        assert_int_equal(tw_skip(protocol, cut, NULL, &skipped), TW_TRUNCATED);
        assert_int_equal(decoded.error.offset, skipped.error.offset);
        assert_int_equal(decoded.error.rule, skipped.error.rule);
        assert_int_equal(decoded.error.path.depth, skipped.error.path.depth);
        tw_test_free(cut);
    }
    tw_tree_deinit(&tree);
}

static void check_scanner(const tw_protocol *protocol, tw_bytes in, const tw_tree *value)
{
    (void)value;
    tw_scanner *scanner = tw_scanner_new(protocol, NULL, NULL);
    assert_non_null(scanner);
    for (size_t step = 1; step < 80; step += 11) {
        tw_scanner_reset(scanner);
        tw_outcome out;
        for (size_t n = 0;; n += step) {
            if (n > in.len) n = in.len;
            if (n > 4000 && n < in.len) n = in.len - 1; /* enough of a long one */
            tw_bytes cut = tw_test_exact(in.data, n);
            tw_class cls = tw_scanner_advance(scanner, cut, &out);
            tw_test_free(cut);
            assert_int_equal(cls, n < in.len ? TW_TRUNCATED : TW_OK);
            if (cls == TW_OK) break;
        }
        assert_int_equal(out.consumed, in.len);
    }
    tw_scanner_free(scanner);
}

/* Bytes that are wrong anywhere: decode, skip and a byte-by-byte scan give one account of it, and nothing is
 * read beyond the end. */
static void check_damage(const tw_protocol *protocol, tw_bytes in, const tw_tree *value)
{
    (void)value;
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_random random = {in.len};
    for (int i = 0; i < 20 && in.len > 0 && in.len < 3000; i++) {
        tw_bytes bad = tw_test_exact(in.data, in.len);
        uint8_t *at = (uint8_t *)(uintptr_t)bad.data + tw_random_below(&random, in.len);
        *at = (uint8_t)tw_random_next(&random);
        tw_outcome decoded, skipped, scanned;
        tw_class cls = tw_decode(protocol, bad, NULL, &tree, &decoded);
        assert_int_equal(tw_skip(protocol, bad, NULL, &skipped), cls);
        tw_scanner *scanner = tw_scanner_new(protocol, NULL, NULL);
        tw_class scan = TW_TRUNCATED;
        for (size_t n = 0; n <= bad.len && scan == TW_TRUNCATED; n++) {
            scan = tw_scanner_advance(scanner, tw_bytes_of(bad.data, n), &scanned);
        }
        tw_scanner_free(scanner);
        assert_int_equal(scan, cls);
        if (cls == TW_OK) {
            assert_int_equal(skipped.consumed, decoded.consumed);
            assert_int_equal(scanned.consumed, decoded.consumed);
        } else {
            assert_int_equal(skipped.error.offset, decoded.error.offset);
            assert_int_equal(skipped.error.rule, decoded.error.rule);
            if (cls != TW_TRUNCATED) {
                assert_int_equal(scanned.error.offset, decoded.error.offset);
                assert_int_equal(scanned.error.rule, decoded.error.rule);
            }
        }
        tw_test_free(bad);
    }
    tw_tree_deinit(&tree);
}

static void check_failing_memory(const tw_protocol *protocol, tw_bytes in, const tw_tree *value)
{
    (void)value;
    tw_decode_options options = tw_decode_defaults();
    options.copy = true;
    for (size_t n = 1;; n++) {
        tw_test_alloc mem;
        tw_test_alloc_init(&mem, n);
        tw_tree tree;
        tw_tree_init(&tree, &mem.alloc, SIZE_MAX);
        tw_outcome out;
        tw_class cls = tw_decode(protocol, in, &options, &tree, &out);
        tw_tree_deinit(&tree);
        assert_int_equal(mem.now, 0);
        if (cls == TW_OK) break;
        assert_int_equal(cls, TW_MEMORY);
    }
}

static void check_failing_encode(const tw_protocol *protocol, tw_bytes in, const tw_tree *value)
{
    for (size_t n = 1;; n++) {
        tw_test_alloc mem;
        tw_test_alloc_init(&mem, n);
        tw_buffer to;
        tw_buffer_init(&to, &mem.alloc);
        tw_class cls = tw_encode(protocol, tw_tree_root(value), &to);
        assert_int_equal(to.len, cls == TW_OK ? in.len : 0);
        tw_buffer_deinit(&to);
        assert_int_equal(mem.now, 0);
        if (cls == TW_OK) break;
        assert_int_equal(cls, TW_MEMORY);
    }
}

#define PROPERTY(name)                                                                                       \
    static void property_##name(void **state)                                                                \
    {                                                                                                        \
        (void)state;                                                                                         \
        each_value(check_##name);                                                                            \
    }
PROPERTY(round_trip)
PROPERTY(skip)
PROPERTY(prefixes)
PROPERTY(scanner)
PROPERTY(damage)
PROPERTY(failing_memory)
PROPERTY(failing_encode)

typedef struct trace_log {
    size_t next, tokens, stop_after;
    bool gap;
} trace_log;

static bool log_token(void *context, const tw_token *token)
{
    trace_log *log = context;
    if (token->offset != log->next) log->gap = true;
    log->next = token->offset + token->len;
    return ++log->tokens != log->stop_after;
}

static void check_trace(const tw_protocol *protocol, tw_bytes in, const tw_tree *value)
{
    (void)value;
    trace_log log = {0};
    tw_tracer tracer = {log_token, &log};
    tw_outcome out;
    assert_int_equal(tw_trace(protocol, in, NULL, &tracer, &out), TW_OK);
    assert_false(log.gap); /* every byte is told once, in order */
    assert_int_equal(log.next, in.len);
    assert_true(log.tokens >= 2);
    size_t all = log.tokens;
    log = (trace_log){.stop_after = all / 2 + 1};
    assert_int_equal(tw_trace(protocol, in, NULL, &tracer, &out), TW_OK);
    assert_int_equal(log.tokens, all / 2 + 1);
}
PROPERTY(trace)

/* Lists of numbers are read by kernels in blocks: a number that is wrong far inside one is found, and told as
 * by the loop that reads one at a time. */
static void lists_that_go_wrong_far_in(void **state)
{
    (void)state;
    static const struct {
        uint8_t nibble;
        const char *bad;
        tw_rule rule;
    } rows[] = {
        {4, "ffff04", TW_RULE_COMPACT_VARINT_OVERFLOW},
        {5, "ffffffff10", TW_RULE_COMPACT_VARINT_OVERFLOW},
        {6, "ffffffffffffffffff02", TW_RULE_COMPACT_VARINT_OVERFLOW},
        {4, "ffffff00", TW_RULE_COMPACT_VARINT_WIDTH},
        {5, "808080808000", TW_RULE_COMPACT_VARINT_WIDTH},
        {6, "8080808080808080808000", TW_RULE_COMPACT_VARINT_ENDLESS},
        {5,
         "808080808080808080808080808080808080808080808080808080808080808080808080808080808080808080808080808"
         "0"
         "80808080808080808080808080808080808080808080808080808080808080808080",
         TW_RULE_COMPACT_VARINT_ENDLESS},
    };
    enum { COUNT = 400 };
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (size_t width = 1; width <= 2; width++) {
            for (size_t at = 0; at < COUNT; at += 37) {
                tw_bytes bad = tw_test_hex(rows[i].bad);
                tw_buffer list;
                tw_buffer_init(&list, NULL);
                tw_buffer_append(&list, (uint8_t[]){0x19, (uint8_t)(0xf0 | rows[i].nibble), 0x90, 0x03}, 4);
                for (size_t n = 0; n < COUNT; n++) {
                    if (n == at)
                        tw_buffer_append(&list, bad.data, bad.len);
                    else
                        tw_buffer_append(&list, width == 1 ? "\x05" : "\x85\x01", width);
                }
                tw_bytes in = tw_test_exact(list.data, list.len);
                tw_outcome decoded, skipped;
                assert_int_equal(tw_decode(&tw_compact, in, NULL, &tree, &decoded), TW_MALFORMED);
                assert_int_equal(tw_skip(&tw_compact, in, NULL, &skipped), TW_MALFORMED);
                assert_int_equal(decoded.error.rule, rows[i].rule);
                assert_int_equal(decoded.error.offset, 4 + at * width);
                assert_int_equal(skipped.error.rule, rows[i].rule);
                assert_int_equal(skipped.error.offset, 4 + at * width);
                tw_test_free(in);
                tw_test_free(bad);
                tw_buffer_deinit(&list);
            }
        }
    }
    tw_tree_deinit(&tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(property_round_trip),
        cmocka_unit_test(property_skip),
        cmocka_unit_test(property_prefixes),
        cmocka_unit_test(property_scanner),
        cmocka_unit_test(property_damage),
        cmocka_unit_test(property_failing_memory),
        cmocka_unit_test(property_failing_encode),
        cmocka_unit_test(property_trace),
        cmocka_unit_test(lists_that_go_wrong_far_in),
    };
    return cmocka_run_group_tests_name("wire/protocol/property", tests, NULL, NULL);
}
