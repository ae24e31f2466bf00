/* A whole stream at once. */
#include "wire/stack/test/follow.h"
#include "wire/value/generate.h"

#include <string.h>

/* A compact call "ab" of struct{1: string "hi"}, in two frames. */
static const char two_frames[] = "00000006 82210702 6162 00000005 18 02 6869 00";

static void one_message_from_all_its_bytes(void **state)
{
    (void)state;
    tw_stack stack = tw_test_stack("framed/compact");
    tw_bytes in = tw_test_hex(two_frames);
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_envelope envelope;
    tw_outcome out;
    size_t consumed = 0;
    assert_int_equal(tw_stack_decode(&stack, in, TW_UNIT_MESSAGE, NULL, &envelope, &tree, &out, &consumed),
                     TW_OK);
    size_t len = in.len;
    tw_test_free(in); /* name and strings are copies */
    assert_int_equal(consumed, len);
    assert_int_equal(envelope.sequence_id, 7);
    assert_int_equal(envelope.name.len, 2);
    assert_memory_equal(envelope.name.data, "ab", 2);
    assert_memory_equal(tw_node_first(tw_tree_root(&tree))->u.bytes, "hi", 2);
    tw_tree_deinit(&tree);
}

static void an_envelope_may_be_unwanted(void **state)
{
    (void)state;
    tw_stack stack = tw_test_stack("framed/compact");
    tw_bytes in = tw_test_hex(two_frames);
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_outcome out;
    assert_int_equal(tw_stack_decode(&stack, in, TW_UNIT_MESSAGE, NULL, NULL, &tree, &out, NULL), TW_OK);
    assert_int_equal(tw_tree_root(&tree)->count, 1);
    tw_tree_deinit(&tree);
    tw_test_free(in);
}

static void what_is_behind_is_noted(void **state)
{
    (void)state;
    tw_stack stack = tw_test_stack("compact");
    tw_bytes in = tw_test_hex("00 ff");
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_outcome out;
    size_t consumed = 0;
    assert_int_equal(tw_stack_decode(&stack, in, TW_UNIT_STRUCT, NULL, NULL, &tree, &out, &consumed), TW_OK);
    assert_int_equal(consumed, 1);
    assert_true(tw_ruleset_has(&out.open, TW_RULE_STRUCT_TRAILING));
    tw_tree_deinit(&tree);
    tw_test_free(in);
}

static void decodes_at_once(void **state)
{
    (void)state;
    static const struct {
        const char *stack, *hex;
        tw_unit unit;
        const char *log;
        size_t consumed;
    } cases[] = {
        {"compact", "150a00", TW_UNIT_STRUCT, "150a00", 3},
        {"compact", "150a00 ff", TW_UNIT_STRUCT, "150a00 ?struct.trailing-bytes", 3},
        {"compact", "", TW_UNIT_STRUCT, "truncated compact compact.struct.stop @0 []", 0},
        {"compact", "82 21 07 01 61 150a00", TW_UNIT_MESSAGE, "a 150a00", 8},
        {"binary", "", TW_UNIT_MESSAGE, "truncated binary binary.message.strict @0 []", 0},
        {"framed/compact", "00000008 82 21 07 01 61 150a00", TW_UNIT_MESSAGE, "a 150a00", 12},
        {"framed/compact", "00000003 150a00 0000", TW_UNIT_STRUCT, "150a00 ?struct.trailing-bytes", 7},
        {"framed/compact", "00000004 150a00ff", TW_UNIT_STRUCT, "150a00 ?struct.trailing-bytes", 8},
        {"framed/compact", "00000000", TW_UNIT_STRUCT, "truncated compact compact.struct.stop @0 []", 4},
        {"framed/compact", "", TW_UNIT_STRUCT, "truncated compact compact.struct.stop @0 []", 0},
        {"zlib/compact", "789c 00 0300 fcff 150a00", TW_UNIT_STRUCT, "150a00", SIZE_MAX},
        {"zlib/compact", "", TW_UNIT_STRUCT, "truncated compact compact.struct.stop @0 []", SIZE_MAX},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tw_stack stack = tw_test_stack(cases[i].stack);
        tw_bytes in = tw_test_hex(cases[i].hex);
        tw_tree tree;
        tw_tree_init(&tree, NULL, SIZE_MAX);
        tw_outcome out;
        tw_envelope envelope;
        size_t consumed = 99;
        tw_buffer log, bytes;
        tw_buffer_init(&log, NULL);
        tw_buffer_init(&bytes, NULL);
        tw_class cls = tw_stack_decode(&stack, in, cases[i].unit, NULL, &envelope, &tree, &out, &consumed);
        tw_test_free(in); /* what the tree says is its own */
        assert_int_equal(cls, out.error.cls);
        if (cls == TW_OK) {
            if (cases[i].unit == TW_UNIT_MESSAGE) {
                tw_buffer_append(&log, envelope.name.data, envelope.name.len);
                tw_test_log(&log, " ");
            }
            assert_int_equal(tw_encode(&tw_compact, tw_tree_root(&tree), &bytes), TW_OK);
            tw_test_log_hex(&log, tw_buffer_view(&bytes));
        } else {
            tw_test_log_error(&log, &out.error);
            assert_int_equal(tree.count, 0);
        }
        tw_test_log_open(&log, &out.open);
        tw_buffer_append_byte(&log, 0);
        if (strcmp((char *)log.data, cases[i].log) != 0) {
            fail_msg("%s %s\ngot  %s\nwant %s", cases[i].stack, cases[i].hex, log.data, cases[i].log);
        }
        assert_int_equal(consumed, cases[i].consumed);
        tw_buffer_deinit(&log);
        tw_buffer_deinit(&bytes);
        tw_tree_deinit(&tree);
    }
}

static void decoding_at_once_tells_refused_memory(void **state)
{
    (void)state;
    tw_stack stack = tw_test_stack("framed/zlib/compact");
    tw_tree source;
    tw_tree_init(&source, NULL, SIZE_MAX);
    tw_random random = {17};
    assert_true(tw_generate(&source, &random, TW_PROFILE_BOUNDARY));
    tw_envelope call = {tw_bytes_of("ping", 4), TW_CALL, 7, TW_HEADER_STRICT};
    tw_buffer stream;
    tw_buffer_init(&stream, NULL);
    assert_int_equal(tw_stack_encode(&stack, &call, tw_tree_root(&source), &stream), TW_OK);
    tw_class cls = TW_MEMORY;
    for (size_t n = 1; cls != TW_OK; n++) {
        tw_test_alloc alloc;
        tw_test_alloc_init(&alloc, n);
        tw_tree tree;
        tw_tree_init(&tree, &alloc.alloc, SIZE_MAX);
        tw_outcome out;
        tw_envelope envelope;
        cls = tw_stack_decode(&stack, tw_buffer_view(&stream), TW_UNIT_MESSAGE, NULL, &envelope, &tree, &out,
                              NULL);
        assert_true(cls == TW_OK || cls == TW_MEMORY);
        assert_int_equal(out.error.cls, cls);
        assert_int_equal(tree.count > 0, cls == TW_OK);
        tw_tree_deinit(&tree);
        assert_int_equal(alloc.now, 0);
        assert_true(n < 200);
    }
    tw_buffer_deinit(&stream);
    tw_tree_deinit(&source);
}

/* A name too large for what is left of the tree's cap, when all else has fitted. */
static void a_name_may_be_too_large_for_the_tree(void **state)
{
    (void)state;
    enum { NAME = 5000 };
    tw_stack stack = tw_test_stack("compact");
    tw_buffer in;
    tw_buffer_init(&in, NULL);
    tw_buffer_append(&in, "\x82\x21\x00\x88\x27", 5);
    memset(tw_buffer_reserve(&in, NAME + 1), 0, NAME + 1);
    in.len += NAME + 1;
    static const size_t caps[] = {4000, 100000};
    for (size_t i = 0; i < 2; i++) {
        tw_tree tree;
        tw_tree_init(&tree, NULL, caps[i]);
        tw_envelope envelope;
        tw_outcome out;
        tw_class cls =
            tw_stack_decode(&stack, tw_buffer_view(&in), TW_UNIT_MESSAGE, NULL, &envelope, &tree, &out, NULL);
        assert_int_equal(cls, i == 0 ? TW_MEMORY : TW_OK);
        if (i == 0)
            assert_null(tw_tree_root(&tree));
        else
            assert_int_equal(envelope.name.len, NAME);
        tw_tree_deinit(&tree);
    }
    tw_buffer_deinit(&in);
}

static void writing_survives_refused_memory(void **state)
{
    (void)state;
    static const char *const stacks[] = {"compact", "framed/binary", "framed/zlib/compact"};
    tw_node root = {.type = TW_STRUCT, .u.span = 1};
    tw_envelope envelope = {.kind = 1, .name = {(const uint8_t *)"ab", 2}, .sequence_id = 7};
    for (size_t i = 0; i < sizeof stacks / sizeof stacks[0]; i++) {
        tw_stack stack = tw_test_stack(stacks[i]);
        tw_class cls = TW_MEMORY;
        for (size_t n = 1; cls != TW_OK; n++) {
            assert_true(n < 100);
            tw_test_alloc mem;
            tw_test_alloc_init(&mem, n);
            tw_buffer to;
            tw_buffer_init(&to, &mem.alloc);
            cls = tw_stack_encode(&stack, &envelope, &root, &to);
            assert_int_equal(cls, mem.calls < n ? TW_OK : TW_MEMORY);
            if (cls != TW_OK) assert_int_equal(to.len, 0);
            tw_buffer_deinit(&to);
            assert_int_equal(mem.now, 0);
        }
    }
    tw_output_free(NULL);
    tw_input_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_message_from_all_its_bytes),
        cmocka_unit_test(an_envelope_may_be_unwanted),
        cmocka_unit_test(what_is_behind_is_noted),
        cmocka_unit_test(decodes_at_once),
        cmocka_unit_test(decoding_at_once_tells_refused_memory),
        cmocka_unit_test(a_name_may_be_too_large_for_the_tree),
        cmocka_unit_test(writing_survives_refused_memory),
    };
    return cmocka_run_group_tests_name("wire/stack/whole", tests, NULL, NULL);
}
