/* Sessions of generated messages, written and read over every stack. */
#include "wire/stack/test/follow.h"
#include "wire/value/equal.h"
#include "wire/value/generate.h"

static const char *const all_stacks[] = {
    "binary",
    "compact",
    "binary-old",
    "framed/binary",
    "zlib/compact",
    "framed/zlib/compact",
    "zlib/framed/binary",
    "zlib/zlib/framed/compact",
};

#define SESSION 5

static void write_session(const tw_stack *stack, tw_tree *trees, bool finish, tw_buffer *to)
{
    tw_output *output = tw_output_new(stack, NULL);
    for (size_t i = 0; i < SESSION; i++) {
        tw_envelope envelope = {tw_bytes_of("method", i), (uint8_t)(1 + i % 4), (int32_t)i - 2,
                                TW_HEADER_STRICT};
        assert_int_equal(tw_output_write(output, &envelope, tw_tree_root(&trees[i]), to), TW_OK);
    }
    if (finish) assert_int_equal(tw_output_finish(output, to), TW_OK);
    tw_output_free(output);
}

static void read_session(const tw_stack *stack, const tw_tree *trees, tw_bytes stream, size_t step)
{
    tw_input *input = tw_input_new(stack, NULL, NULL);
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    size_t at = 0, count = 0;
    for (;;) {
        tw_envelope envelope;
        tw_outcome out;
        tw_next next = tw_input_next(input, TW_UNIT_MESSAGE, &envelope, &tree, &out);
        if (next == TW_NEXT_END) break;
        if (next == TW_NEXT_MORE) {
            size_t n = stream.len - at < step ? stream.len - at : step;
            tw_bytes piece = tw_test_exact(stream.data + at, n);
            assert_int_equal(tw_input_feed(input, piece), TW_OK);
            tw_test_free(piece);
            at += n;
            if (n == 0) tw_input_end(input);
            continue;
        }
        assert_int_equal(next, TW_NEXT_READY);
        assert_true(count < SESSION);
        assert_int_equal(envelope.name.len, count);
        assert_memory_equal(envelope.name.data, "method", count);
        assert_int_equal(envelope.sequence_id, (int32_t)count - 2);
        assert_true(tw_equal(tw_tree_root(&trees[count]), tw_tree_root(&tree), TW_EQUAL_EMPTY_MAP, NULL));
        count++;
    }
    assert_int_equal(count, SESSION);
    tw_tree_deinit(&tree);
    tw_input_free(input);
}

static void sessions_come_back(void **state)
{
    (void)state;
    static const size_t steps[] = {1, 7, 4096, SIZE_MAX};
    tw_random random = {11};
    for (unsigned p = 0; p < TW_PROFILE_COUNT; p++) {
        tw_tree trees[SESSION];
        for (size_t i = 0; i < SESSION; i++) {
            tw_tree_init(&trees[i], NULL, SIZE_MAX);
            assert_true(tw_generate(&trees[i], &random, (tw_profile)p));
        }
        for (size_t i = 0; i < sizeof all_stacks / sizeof all_stacks[0]; i++) {
            tw_stack stack = tw_test_stack(all_stacks[i]);
            for (int finish = 0; finish < 2; finish++) {
                tw_buffer stream;
                tw_buffer_init(&stream, NULL);
                write_session(&stack, trees, finish, &stream);
                for (size_t s = p == TW_PROFILE_WIDE ? 1 : 0; s < sizeof steps / sizeof steps[0]; s++) {
                    read_session(&stack, trees, tw_buffer_view(&stream), steps[s]);
                }
                tw_buffer_deinit(&stream);
            }
        }
        for (size_t i = 0; i < SESSION; i++) tw_tree_deinit(&trees[i]);
    }
}

static void refused_memory_is_told(void **state)
{
    (void)state;
    tw_random random = {13};
    tw_tree trees[SESSION];
    for (size_t i = 0; i < SESSION; i++) {
        tw_tree_init(&trees[i], NULL, SIZE_MAX);
        assert_true(tw_generate(&trees[i], &random, TW_PROFILE_DEEP));
    }
    for (size_t i = 0; i < sizeof all_stacks / sizeof all_stacks[0]; i++) {
        tw_stack stack = tw_test_stack(all_stacks[i]);
        tw_buffer stream;
        tw_buffer_init(&stream, NULL);
        write_session(&stack, trees, true, &stream);
        tw_class cls = TW_MEMORY;
        for (size_t n = 1; cls != TW_OK; n++) {
            tw_test_alloc alloc;
            tw_test_alloc_init(&alloc, n);
            tw_buffer log;
            tw_buffer_init(&log, NULL);
            cls =
                tw_test_follow(&stack, NULL, MESSAGES, tw_buffer_view(&stream), 0, 1000, &alloc.alloc, &log);
            assert_true(cls == TW_OK || cls == TW_MEMORY);
            assert_int_equal(alloc.now, 0);
            assert_true(n < 500);
            tw_buffer_deinit(&log);
        }
        tw_buffer_deinit(&stream);
    }
    for (size_t i = 0; i < SESSION; i++) tw_tree_deinit(&trees[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sessions_come_back),
        cmocka_unit_test(refused_memory_is_told),
    };
    return cmocka_run_group_tests_name("wire/stack/session", tests, NULL, NULL);
}
