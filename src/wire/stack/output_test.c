#include "wire/stack/stack.h"

#include "wire/test/support.h"
#include "wire/value/equal.h"
#include "wire/value/generate.h"

#include <stdlib.h>
#include <string.h>

static tw_stack stack_of(const char *name)
{
    tw_stack stack;
    assert_true(tw_stack_parse(name, &stack, NULL));
    return stack;
}

/* {1: i32 5} */
static const tw_node value[] = {{.type = TW_STRUCT, .count = 1, .u.span = 2},
                                {.type = TW_I32, .id = 1, .u.i = 5}};

static void expect(const tw_buffer *got, const char *hex)
{
    tw_bytes want = tw_test_hex(hex);
    assert_int_equal(got->len, want.len);
    assert_memory_equal(got->data, want.data, want.len);
    free((void *)(uintptr_t)want.data);
}

static void writes_units(void **state)
{
    (void)state;
    static const struct {
        const char *stack, *as_struct, *as_message;
    } cases[] = {
        {"binary", "08 0001 00000005 00", "80010001 00000001 61 00000007 08 0001 00000005 00"},
        {"binary-strict", "08 0001 00000005 00", "80010001 00000001 61 00000007 08 0001 00000005 00"},
        {"binary-old", "08 0001 00000005 00", "00000001 61 01 00000007 08 0001 00000005 00"},
        {"compact", "15 0a 00", "82 21 07 01 61 15 0a 00"},
        {"framed/compact", "00000003 15 0a 00", "00000008 82 21 07 01 61 15 0a 00"},
        {"framed/framed/compact", "00000007 00000003 15 0a 00", "0000000c 00000008 82 21 07 01 61 15 0a 00"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tw_stack stack = stack_of(cases[i].stack);
        /* The form is the stack's, whatever the envelope says. */
        tw_envelope call = {tw_bytes_of("a", 1), TW_CALL, 7, TW_HEADER_OLD};
        tw_buffer to;
        tw_buffer_init(&to, NULL);
        assert_int_equal(tw_stack_encode(&stack, NULL, value, &to), TW_OK);
        expect(&to, cases[i].as_struct);
        tw_buffer_clear(&to);
        assert_int_equal(tw_stack_encode(&stack, &call, value, &to), TW_OK);
        expect(&to, cases[i].as_message);
        tw_buffer_deinit(&to);
    }
}

/* Behind what the buffer holds already, and nothing on an error. */
static void appends(void **state)
{
    (void)state;
    static const char *const names[] = {"compact", "framed/compact", "framed/zlib/compact",
                                        "zlib/framed/compact"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        tw_stack stack = stack_of(names[i]);
        tw_buffer to;
        tw_buffer_init(&to, NULL);
        tw_buffer_append(&to, "front", 5);
        tw_envelope bad = {tw_bytes_of("a", 1), 8, 7, TW_HEADER_STRICT};
        tw_output *output = tw_output_new(&stack, NULL);
        assert_int_equal(tw_output_write(output, NULL, &value[1], &to), TW_USAGE);
        assert_int_equal(tw_output_write(output, &bad, value, &to), TW_USAGE);
        assert_int_equal(to.len, 5);
        /* A unit that was refused leaves the stream as it was. */
        assert_int_equal(tw_output_write(output, NULL, value, &to), TW_OK);
        assert_int_equal(tw_output_finish(output, &to), TW_OK);
        tw_tree tree;
        tw_tree_init(&tree, NULL, SIZE_MAX);
        tw_outcome out;
        assert_memory_equal(to.data, "front", 5);
        tw_stack_decode(&stack, tw_bytes_of(to.data + 5, to.len - 5), TW_UNIT_STRUCT, NULL, NULL, &tree, &out,
                        NULL);
        assert_int_equal(out.error.cls, TW_OK);
        assert_true(tw_equal(tw_tree_root(&tree), value, TW_EQUAL_EXACT, NULL));
        tw_tree_deinit(&tree);
        tw_output_free(output);
        tw_buffer_deinit(&to);
    }
}

static void finish_ends_the_stream(void **state)
{
    (void)state;
    static const struct {
        const char *stack, *hex;
    } cases[] = {
        {"compact", ""},
        {"framed/compact", ""},
        {"zlib/compact", "789c 0300 00000001"},
        {"framed/zlib/compact", "00000008 789c 0300 00000001"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tw_stack stack = stack_of(cases[i].stack);
        tw_output *output = tw_output_new(&stack, NULL);
        tw_buffer to;
        tw_buffer_init(&to, NULL);
        assert_int_equal(tw_output_finish(output, &to), TW_OK);
        expect(&to, cases[i].hex);
        tw_buffer_deinit(&to);
        tw_output_free(output);
    }
}

static void refused_memory_is_told(void **state)
{
    (void)state;
    static const char *const names[] = {"binary", "framed/compact", "framed/zlib/binary"};
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_random random = {3};
    assert_true(tw_generate(&tree, &random, TW_PROFILE_BOUNDARY));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        tw_stack stack = stack_of(names[i]);
        tw_class cls = TW_MEMORY;
        for (size_t n = 1; cls != TW_OK; n++) {
            tw_test_alloc alloc;
            tw_test_alloc_init(&alloc, n);
            tw_buffer to;
            tw_buffer_init(&to, &alloc.alloc);
            tw_output *output = tw_output_new(&stack, &alloc.alloc);
            cls = output ? tw_output_write(output, NULL, tw_tree_root(&tree), &to) : TW_MEMORY;
            if (cls != TW_OK) assert_int_equal(to.len, 0);
            if (output && cls == TW_OK) cls = tw_output_finish(output, &to);
            assert_true(cls == TW_OK || cls == TW_MEMORY);
            tw_output_free(output);
            tw_buffer_deinit(&to);
            assert_int_equal(alloc.now, 0);
            assert_true(n < 200);
        }
    }
    tw_tree_deinit(&tree);
}

/* Once a transport has lost bytes, the stream stays broken. */
static void lost_bytes_are_not_forgotten(void **state)
{
    (void)state;
    tw_stack stack = stack_of("framed/zlib/compact");
    tw_output *output = tw_output_new(&stack, NULL);
    tw_test_alloc alloc;
    tw_test_alloc_init(&alloc, 1);
    tw_buffer refused, to;
    tw_buffer_init(&refused, &alloc.alloc);
    tw_buffer_init(&to, NULL);
    assert_int_equal(tw_output_write(output, NULL, value, &to), TW_OK);
    assert_int_equal(tw_output_write(output, NULL, value, &refused), TW_MEMORY);
    size_t before = to.len;
    assert_int_equal(tw_output_write(output, NULL, value, &to), TW_MEMORY);
    assert_int_equal(tw_output_finish(output, &to), TW_MEMORY);
    assert_int_equal(to.len, before);
    tw_output_free(output);
    tw_buffer_deinit(&to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_units),
        cmocka_unit_test(appends),
        cmocka_unit_test(finish_ends_the_stream),
        cmocka_unit_test(refused_memory_is_told),
        cmocka_unit_test(lost_bytes_are_not_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
