/* Limits of the caller, and of memory whatever the input claims. */
#include "wire/protocol/protocol.h"
#include "wire/protocol/test/encoded.h"
#include "wire/value/builder.h"

#include <stdlib.h>
#include <string.h>

static const tw_protocol *const protocols[] = {&tw_binary, &tw_compact};

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
    tw_bytes bytes = tw_test_encoded(protocol, &tree);
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
        tw_test_free(fits);
        tw_test_free(deeper);
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
        tw_bytes again = tw_test_encoded(protocols[p], &tree);
        assert_memory_equal(again.data, in.data, in.len);
        tw_test_free(again);
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
        tw_test_free(in);
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
        tw_test_free(in);
    }
    tw_bytes in = tw_test_hex("18 02 6161 00");
    tw_outcome out;
    options.limits.message = in.len;
    assert_int_equal(tw_decode(&tw_compact, in, &options, &tree, &out), TW_OK);
    options.limits.message = in.len - 1;
    assert_int_equal(tw_decode(&tw_compact, in, &options, &tree, &out), TW_LIMIT);
    assert_int_equal(out.error.rule, TW_RULE_LIMIT_MESSAGE);
    tw_test_free(in);
    tw_tree_deinit(&tree);
}

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
        tw_test_free(in);
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
        tw_test_free(in);
    }
}

/* levels of structs, the innermost holding a packed list, a list of packed lists and a field behind them */
static tw_bytes packed_at_depth(const tw_protocol *protocol, size_t levels)
{
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_builder b;
    tw_builder_init(&b, &tree);
    for (size_t i = 0; i < levels; i++) {
        if (i) tw_build_field(&b, 1);
        tw_build_struct(&b);
    }
    tw_build_field(&b, 2);
    tw_build_list(&b, TW_I32);
    tw_build_i32(&b, 5);
    tw_build_end(&b);
    tw_build_field(&b, 3);
    tw_build_list(&b, TW_SET);
    for (int8_t i = 0; i < 3; i++) {
        tw_build_set(&b, TW_I8);
        tw_build_i8(&b, i);
        tw_build_end(&b);
    }
    tw_build_end(&b);
    tw_build_field(&b, 4);
    tw_build_bool(&b, true);
    for (size_t i = 0; i < levels; i++) tw_build_end(&b);
    assert_true(tw_builder_finish(&b));
    tw_bytes bytes = tw_test_encoded(protocol, &tree);
    tw_tree_deinit(&tree);
    return bytes;
}

/* A packed list is a level that opens and closes at once; where it is the first one beyond the levels that need no memory, the
 * others move under their readers. */
static void packed_lists_may_be_the_level_that_needs_memory(void **state)
{
    (void)state;
    tw_decode_options options = tw_decode_defaults();
    options.limits.depth = 1000;
    for (size_t levels = 68; levels < 76; levels++) {
        for (size_t p = 0; p < 2; p++) {
            tw_tree tree;
            tw_outcome out;
            tw_bytes in = packed_at_depth(protocols[p], levels);
            tw_tree_init(&tree, NULL, SIZE_MAX);
            assert_int_equal(tw_decode(protocols[p], in, &options, &tree, &out), TW_OK);
            assert_int_equal(out.depth, levels + 2);
            tw_bytes again = tw_test_encoded(protocols[p], &tree);
            assert_true(tw_bytes_equal(in, again));
            tw_test_free(again);
            tw_test_free(in);
            tw_tree_deinit(&tree);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(depth_is_exact),
        cmocka_unit_test(depth_can_be_raised),
        cmocka_unit_test(packed_lists_may_be_the_level_that_needs_memory),
        cmocka_unit_test(sizes_are_limited),
        cmocka_unit_test(memory_is_bounded),
    };
    return cmocka_run_group_tests_name("wire/protocol/limits", tests, NULL, NULL);
}
