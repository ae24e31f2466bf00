/* Decoding, skipping, encoding and scanning agree with each other and with bytes written from the
 * specification. The golden vectors hold the rules one by one; here stand the properties. */
#include "wire/protocol/protocol.h"
#include "wire/test/support.h"
#include "wire/value/builder.h"
#include "wire/value/equal.h"
#include "wire/value/generate.h"

#include <stdlib.h>
#include <string.h>

static const tw_protocol *const protocols[] = {&tw_binary, &tw_compact};

static void release(tw_bytes bytes)
{
    free((void *)(uintptr_t)bytes.data);
}

static tw_bytes encoded(const tw_protocol *protocol, const tw_tree *tree)
{
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    assert_int_equal(tw_encode(protocol, tw_tree_root(tree), &to), TW_OK);
    tw_bytes exact = tw_test_exact(to.data, to.len);
    tw_buffer_deinit(&to);
    return exact;
}

/* Bytes of the specification. */

static void compact_struct_by_hand(void **state)
{
    (void)state;
    tw_bytes in =
        tw_test_hex("11 052202 00 ff"); /* 1: true; 17 by the long form: i32 1; stop; a byte behind */
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_outcome out;
    assert_int_equal(tw_decode(&tw_compact, in, NULL, &tree, &out), TW_OK);
    assert_int_equal(out.consumed, 5);
    assert_int_equal(out.depth, 1);
    const tw_node *root = tw_tree_root(&tree), *field = tw_node_first(root);
    assert_int_equal(root->count, 2);
    assert_int_equal(field->type, TW_BOOL);
    assert_int_equal(field->id, 1);
    assert_int_equal(field->u.i, 1);
    field = tw_node_next(field);
    assert_int_equal(field->type, TW_I32);
    assert_int_equal(field->id, 17);
    assert_int_equal(field->u.i, 1);
    assert_ptr_equal(tw_node_next(field), tw_node_next(root));
    tw_bytes again = encoded(&tw_compact, &tree);
    assert_int_equal(again.len, 5);
    assert_memory_equal(again.data, in.data, 5);
    release(again);
    release(in);
    tw_tree_deinit(&tree);
}

static void binary_struct_by_hand(void **state)
{
    (void)state;
    tw_bytes in =
        tw_test_hex("02 0001 01  08 ffff fffffffb  04 0002 3ff0000000000000  0f 0003 06 00000002 0001 fffe"
                    " 0b 0004 00000002 6869  0d 0005 00 00 00000000  00");
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_outcome out;
    assert_int_equal(tw_decode(&tw_binary, in, NULL, &tree, &out), TW_OK);
    assert_int_equal(out.consumed, in.len);
    const tw_node *f = tw_node_first(tw_tree_root(&tree));
    assert_int_equal(f->u.i, 1);
    f = tw_node_next(f);
    assert_int_equal(f->id, -1);
    assert_int_equal(f->u.i, -5);
    f = tw_node_next(f);
    assert_true(f->u.bits == UINT64_C(0x3ff0000000000000));
    f = tw_node_next(f);
    assert_true(tw_node_packed(f));
    assert_int_equal(tw_node_item(f, 0).u.i, 1);
    assert_int_equal(tw_node_item(f, 1).u.i, -2);
    f = tw_node_next(f);
    assert_memory_equal(f->u.bytes, "hi", 2);
    assert_true(f->u.bytes >= in.data && f->u.bytes < in.data + in.len); /* by reference */
    f = tw_node_next(f);
    assert_int_equal(f->type, TW_MAP);
    assert_int_equal(f->inside, 0);
    tw_bytes again = encoded(&tw_binary, &tree);
    assert_int_equal(again.len, in.len);
    assert_memory_equal(again.data, in.data, in.len);
    release(again);
    release(in);
    tw_tree_deinit(&tree);
}

/* Errors. */

typedef struct error_row {
    const tw_protocol *protocol;
    const char *hex;
    tw_class cls;
    tw_rule rule;
    size_t offset;
    const char *path;
} error_row;

static const error_row error_rows[] = {
    {&tw_binary, "", TW_TRUNCATED, TW_RULE_BINARY_STOP, 0, ""},
    {&tw_binary, "05 0001", TW_MALFORMED, TW_RULE_BINARY_FIELD_TYPE, 0, ""},
    {&tw_binary, "08 00", TW_TRUNCATED, TW_RULE_BINARY_FIELD, 0, ""},
    {&tw_binary, "08 0001 000000", TW_TRUNCATED, TW_RULE_BINARY_INTEGER, 3, "1"},
    {&tw_binary, "0b 0001 7fffffff", TW_TRUNCATED, TW_RULE_BINARY_STRING_SIZE, 3, "1"},
    {&tw_binary, "0b 0001 ffffffff 00", TW_MALFORMED, TW_RULE_BINARY_STRING_SIZE_NEGATIVE, 3, "1"},
    {&tw_binary, "0f 0002 0a 20000001 00", TW_TRUNCATED, TW_RULE_BINARY_LIST_SIZE, 4, "2"},
    {&tw_binary, "0f 0002 00 00000001 00", TW_MALFORMED, TW_RULE_BINARY_LIST_TYPE, 3, "2"},
    {&tw_binary, "0e 0002 05 00000000 00", TW_MALFORMED, TW_RULE_BINARY_SET_TYPE_EMPTY, 3, "2"},
    {&tw_binary, "0d 0002 0a 00 15555556 00", TW_MALFORMED, TW_RULE_BINARY_MAP_TYPE, 4, "2"},
    {&tw_binary, "0d 0002 00 03 00000000 00", TW_MALFORMED, TW_RULE_BINARY_MAP_TYPE_EMPTY, 3, "2"},
    {&tw_binary, "0d 0002 03 0c 00000002 01 02 0003 07 00 01 05", TW_MALFORMED, TW_RULE_BINARY_FIELD_TYPE, 16,
     "2{1}"},
    {&tw_compact, "1e", TW_MALFORMED, TW_RULE_COMPACT_FIELD_TYPE, 0, ""},
    {&tw_compact, "03 feff03 05 13 01", TW_MALFORMED, TW_RULE_COMPACT_FIELD_OVERFLOW, 5, ""},
    {&tw_compact, "05 80 80 04 00", TW_MALFORMED, TW_RULE_COMPACT_FIELD_OVERFLOW, 0, ""},
    {&tw_compact, "15 80", TW_TRUNCATED, TW_RULE_COMPACT_INTEGER, 1, "1"},
    {&tw_compact, "19 f5 ffffffff0f", TW_MALFORMED, TW_RULE_COMPACT_LIST_SIZE_NEGATIVE, 2, "1"},
    {&tw_compact, "19 55 01 02", TW_TRUNCATED, TW_RULE_COMPACT_LIST_SIZE, 1, "1"},
    {&tw_compact, "19 35 01 80 80", TW_TRUNCATED, TW_RULE_COMPACT_INTEGER, 3, "1[1]"},
    {&tw_compact, "1a 31 01 03 02", TW_MALFORMED, TW_RULE_COMPACT_BOOL_ELEMENT_VALUE, 3, "1[1]"},
    {&tw_compact, "1b 01 e8 00", TW_MALFORMED, TW_RULE_COMPACT_MAP_TYPE, 2, "1"},
    {&tw_compact, "1b 02 3c 01 00 02 1f", TW_MALFORMED, TW_RULE_COMPACT_FIELD_TYPE, 6, "1{1}"},
    {&tw_compact, "1c 19 2c 00 1f", TW_MALFORMED, TW_RULE_COMPACT_FIELD_TYPE, 4, "1.1[1]"},
    {&tw_compact, "18 ffffffff07", TW_TRUNCATED, TW_RULE_COMPACT_STRING_SIZE, 1, "1"},
};

static void errors_say_where_and_why(void **state)
{
    (void)state;
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    for (size_t i = 0; i < sizeof error_rows / sizeof error_rows[0]; i++) {
        const error_row *w = &error_rows[i];
        tw_bytes in = tw_test_hex(w->hex);
        tw_outcome out;
        char path[100];
        assert_int_equal(tw_decode(w->protocol, in, NULL, &tree, &out), w->cls);
        tw_path_format(&out.error.path, path, sizeof path);
        assert_string_equal(tw_rule_info_of(out.error.rule)->id, tw_rule_info_of(w->rule)->id);
        assert_int_equal(out.error.offset, w->offset);
        assert_string_equal(path, w->path);
        assert_null(tw_tree_root(&tree));
        assert_int_equal(tw_skip(w->protocol, in, NULL, &out), w->cls);
        assert_int_equal(out.error.offset, w->offset);
        assert_int_equal(out.error.rule, w->rule);
        tw_path_format(&out.error.path, path, sizeof path);
        assert_string_equal(path, w->path);
        release(in);
    }
    tw_tree_deinit(&tree);
}

static void open_rules_are_reported(void **state)
{
    (void)state;
    static const struct {
        const tw_protocol *protocol;
        const char *hex;
        tw_rule rule;
    } rows[] = {{&tw_binary, "02 0001 02 00", TW_RULE_BINARY_BOOL_VALUE},
                {&tw_binary, "0f 0001 02 00000002 01 ff 00", TW_RULE_BINARY_BOOL_VALUE},
                {&tw_compact, "19 21 01 00 00", TW_RULE_COMPACT_BOOL_ELEMENT_ZERO},
                {&tw_compact, "15 80 00 00", TW_RULE_COMPACT_VARINT_MINIMAL},
                {&tw_compact, "15 02 f0", TW_RULE_COMPACT_STOP_NIBBLE}};
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        tw_bytes in = tw_test_hex(rows[i].hex);
        tw_outcome out;
        assert_int_equal(tw_decode(rows[i].protocol, in, NULL, &tree, &out), TW_OK);
        assert_true(tw_ruleset_has(&out.open, rows[i].rule));
        tw_ruleset only = {{0}};
        tw_ruleset_add(&only, rows[i].rule);
        assert_memory_equal(&only, &out.open, sizeof only);
        tw_outcome skipped;
        assert_int_equal(tw_skip(rows[i].protocol, in, NULL, &skipped), TW_OK);
        assert_memory_equal(&only, &skipped.open, sizeof only);
        release(in);
    }
    tw_tree_deinit(&tree);
}

/* Limits. */

/* levels of list<list<...>> around nothing, as field 1 */
static tw_bytes nested_lists(const tw_protocol *protocol, size_t levels)
{
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_builder b;
    tw_builder_init(&b, &tree);
    tw_build_struct(&b);
    tw_build_field(&b, 1);
    for (size_t i = 0; i + 1 < levels; i++) tw_build_list(&b, i + 2 < levels ? TW_LIST : TW_I8);
    for (size_t i = 0; i < levels; i++) tw_build_end(&b);
    assert_true(tw_builder_finish(&b));
    tw_bytes bytes = encoded(protocol, &tree);
    tw_tree_deinit(&tree);
    return bytes;
}

static void depth_is_exact(void **state)
{
    (void)state;
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    for (size_t p = 0; p < 2; p++) {
        tw_outcome out;
        tw_bytes fits = nested_lists(protocols[p], 64), deeper = nested_lists(protocols[p], 65);
        assert_int_equal(tw_decode(protocols[p], fits, NULL, &tree, &out), TW_OK);
        assert_int_equal(out.depth, 64);
        assert_int_equal(tw_decode(protocols[p], deeper, NULL, &tree, &out), TW_LIMIT);
        assert_int_equal(out.error.rule, TW_RULE_LIMIT_DEPTH);
        assert_int_equal(tw_skip(protocols[p], deeper, NULL, &out), TW_LIMIT);
        release(fits);
        release(deeper);
    }
    tw_tree_deinit(&tree);
}

static void depth_can_be_raised(void **state)
{
    (void)state;
    tw_decode_options options = {tw_limits_generous(), false, NULL};
    for (size_t p = 0; p < 2; p++) {
        tw_bytes in = nested_lists(protocols[p], 5000);
        tw_test_alloc mem;
        tw_test_alloc_init(&mem, 0);
        tw_tree tree;
        tw_tree_init(&tree, &mem.alloc, SIZE_MAX);
        tw_outcome out;
        assert_int_equal(tw_decode(protocols[p], in, &options, &tree, &out), TW_OK);
        assert_int_equal(out.depth, 5000);
        tw_bytes again = encoded(protocols[p], &tree);
        assert_memory_equal(again.data, in.data, in.len);
        release(again);
        tw_tree_deinit(&tree);
        assert_int_equal(mem.now, 0);
        for (size_t n = 1; n < 8; n++) { /* growing the levels can fail too */
            tw_test_alloc failing;
            tw_test_alloc_init(&failing, n);
            options.alloc = &failing.alloc;
            tw_class cls = tw_skip(protocols[p], in, &options, &out);
            assert_true(cls == TW_MEMORY || (cls == TW_OK && failing.calls < n));
            assert_int_equal(failing.now, 0);
        }
        options.alloc = NULL;
        release(in);
    }
}

static void sizes_are_limited(void **state)
{
    (void)state;
    tw_decode_options options = tw_decode_defaults();
    options.limits.string = 2;
    options.limits.container = 2;
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    static const struct {
        const char *hex;
        tw_rule rule;
    } rows[] = {{"18 02 6161 00", TW_RULE_NONE},
                {"18 03 616161 00", TW_RULE_LIMIT_STRING},
                {"19 23 0101 00", TW_RULE_NONE},
                {"19 33 010101 00", TW_RULE_LIMIT_CONTAINER},
                {"1b 03 33 010101010101 00", TW_RULE_LIMIT_CONTAINER}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        tw_bytes in = tw_test_hex(rows[i].hex);
        tw_outcome out;
        tw_class cls = tw_decode(&tw_compact, in, &options, &tree, &out);
        assert_int_equal(cls, rows[i].rule == TW_RULE_NONE ? TW_OK : TW_LIMIT);
        if (cls != TW_OK) assert_int_equal(out.error.rule, rows[i].rule);
        release(in);
    }
    tw_bytes in = tw_test_hex("18 02 6161 00");
    tw_outcome out;
    options.limits.message = in.len;
    assert_int_equal(tw_decode(&tw_compact, in, &options, &tree, &out), TW_OK);
    options.limits.message = in.len - 1;
    assert_int_equal(tw_decode(&tw_compact, in, &options, &tree, &out), TW_LIMIT);
    assert_int_equal(out.error.rule, TW_RULE_LIMIT_MESSAGE);
    release(in);
    tw_tree_deinit(&tree);
}

/* Properties over random values. */

#define VALUES 120

static void each_value(void (*check)(const tw_protocol *, tw_bytes, const tw_tree *))
{
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_random random = {20260101};
    for (int i = 0; i < VALUES; i++) {
        assert_true(tw_generate(&tree, &random, (tw_profile)(i % TW_PROFILE_COUNT)));
        for (size_t p = 0; p < 2; p++) {
            tw_bytes in = encoded(protocols[p], &tree);
            check(protocols[p], in, &tree);
            release(in);
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
        tw_bytes again = encoded(protocol, &tree);
        assert_int_equal(again.len, in.len);
        assert_memory_equal(again.data, in.data, in.len);
        release(again);
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
        release(cut);
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
            release(cut);
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
        release(bad);
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

/* Memory. */

/* The most that decoding may hold for each byte of input, and on top of it. A node of 16 bytes for a value of
 * one byte, and growth by half while the old block is still held. */
#define MEMORY_FACTOR 48
#define MEMORY_CONSTANT 4096

static void memory_is_bounded(void **state)
{
    (void)state;
    static const char *const shapes[] = {
        "0b 0001 7fffffff",                 /* a string's size alone */
        "0f 0001 0a 0fffffff",              /* a list's */
        "0d 0001 02 02 3fffffff",           /* a map's */
        "0f 0001 0c 7fffffff 000000000000", /* structs without fields */
        "0f 0001 0f 10000000 0f 10000000 0f 10000000",
    };
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        tw_bytes in = tw_test_hex(shapes[i]);
        tw_test_alloc mem;
        tw_test_alloc_init(&mem, 0);
        tw_tree tree;
        tw_tree_init(&tree, &mem.alloc, SIZE_MAX);
        tw_outcome out;
        assert_int_equal(tw_decode(&tw_binary, in, NULL, &tree, &out), TW_TRUNCATED);
        assert_true(mem.peak <= MEMORY_FACTOR * in.len + MEMORY_CONSTANT);
        tw_tree_deinit(&tree);
        release(in);
    }
    /* The worst that is valid: 100,000 structs of one byte each, bools, varints of one byte. */
    static const uint8_t elements[] = {TW_STRUCT, TW_BOOL, TW_I64, TW_I16, TW_LIST, TW_STRING, TW_MAP};
    for (size_t e = 0; e < sizeof elements; e++) {
        size_t n = 100000, len = 0;
        uint8_t *bytes = calloc(1, n + 10);
        assert_non_null(bytes);
        bytes[len++] = 0x19;
        bytes[len++] = (uint8_t)(0xf0 | elements[e]);
        bytes[len++] = 0xa0;
        bytes[len++] = 0x8d;
        bytes[len++] = 0x06;
        memset(bytes + len, elements[e] == TW_BOOL ? 1 : elements[e] == TW_LIST ? 0x03 : 0, n);
        len += n + 1;
        tw_bytes in = tw_test_exact(bytes, len);
        free(bytes);
        tw_test_alloc mem;
        tw_test_alloc_init(&mem, 0);
        tw_tree tree;
        tw_tree_init(&tree, &mem.alloc, SIZE_MAX);
        tw_outcome out;
        assert_int_equal(tw_decode(&tw_compact, in, NULL, &tree, &out), TW_OK);
        assert_int_equal(out.consumed, in.len);
        assert_true(mem.peak <= MEMORY_FACTOR * in.len + MEMORY_CONSTANT);
        tw_tree_deinit(&tree);
        /* A cap on the tree holds whatever the input wants. */
        tw_test_alloc_init(&mem, 0);
        tw_tree_init(&tree, &mem.alloc, 10000);
        assert_int_equal(tw_decode(&tw_compact, in, NULL, &tree, &out), TW_MEMORY);
        assert_true(mem.peak <= 2 * 10000);
        tw_tree_deinit(&tree);
        release(in);
    }
}

/* Tracing. */

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

static void misuse_is_told(void **state)
{
    (void)state;
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    tw_node scalar = {.type = TW_I32};
    assert_int_equal(tw_encode(&tw_binary, NULL, &to), TW_USAGE);
    assert_int_equal(tw_encode(&tw_binary, &scalar, &to), TW_USAGE);
    tw_node list[2] = {{.type = TW_STRUCT, .count = 1, .u.span = 2},
                       {.type = TW_STRING, .id = 1, .count = UINT32_MAX}};
    assert_int_equal(tw_encode(&tw_compact, list, &to), TW_USAGE);
    assert_int_equal(to.len, 0);
    tw_buffer_deinit(&to);
    assert_null(tw_protocol_find("json"));
    assert_ptr_equal(tw_protocol_find("compact"), &tw_compact);
    assert_string_equal(tw_protocol_name(&tw_binary), "binary");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compact_struct_by_hand),
        cmocka_unit_test(binary_struct_by_hand),
        cmocka_unit_test(errors_say_where_and_why),
        cmocka_unit_test(open_rules_are_reported),
        cmocka_unit_test(depth_is_exact),
        cmocka_unit_test(depth_can_be_raised),
        cmocka_unit_test(sizes_are_limited),
        cmocka_unit_test(property_round_trip),
        cmocka_unit_test(property_skip),
        cmocka_unit_test(property_prefixes),
        cmocka_unit_test(property_scanner),
        cmocka_unit_test(property_damage),
        cmocka_unit_test(property_failing_memory),
        cmocka_unit_test(property_failing_encode),
        cmocka_unit_test(memory_is_bounded),
        cmocka_unit_test(property_trace),
        cmocka_unit_test(misuse_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
