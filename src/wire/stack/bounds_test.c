/* What reading costs, whatever the stream. */
#include "wire/stack/test/follow.h"

#include <stdlib.h>
#include <string.h>

/* A string of zeros, which deflates a thousandfold. */
static void bomb(const tw_stack *stack, uint32_t size, tw_buffer *to)
{
    uint8_t *zeros = calloc(1, size);
    tw_node nodes[] = {{.type = TW_STRUCT, .count = 1, .u.span = 2},
                       {.type = TW_STRING, .id = 1, .count = size, .u.bytes = zeros}};
    assert_int_equal(tw_stack_encode(stack, NULL, nodes, to), TW_OK);
    free(zeros);
}

static void a_bomb_takes_what_the_limit_allows(void **state)
{
    (void)state;
    static const char *const names[] = {"zlib/compact", "framed/zlib/compact", "zlib/framed/compact"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        tw_stack stack = tw_test_stack(names[i]);
        tw_buffer stream, log;
        tw_buffer_init(&stream, NULL);
        bomb(&stack, 1 << 24, &stream);
        assert_true(stream.len < 30000);
        tw_decode_options options = tw_decode_defaults();
        options.limits.message = 200000;
        options.limits.frame = TW_SIZE_MAX;
        for (size_t step = 0; step < 2; step++) {
            tw_test_alloc alloc;
            tw_test_alloc_init(&alloc, 0);
            tw_buffer_init(&log, NULL);
            tw_class cls = tw_test_follow(&stack, &options, STRUCTS, tw_buffer_view(&stream), 0, step,
                                          &alloc.alloc, &log);
            assert_int_equal(cls, TW_LIMIT);
            /* The limit, twice while the buffer grows, a step, the input, and zlib's own. */
            assert_in_range(alloc.peak, 200000, 200000 * 5 / 2 + 65536 + 2 * stream.len + 60000);
            tw_buffer_deinit(&log);
        }
        tw_buffer_deinit(&stream);
    }
}

/* Empty frames without end in a small stream: the limit ends it. */
static void a_bomb_of_empty_frames(void **state)
{
    (void)state;
    tw_stack stack = tw_test_stack("zlib/framed/compact");
    tw_buffer stream, log;
    tw_buffer_init(&stream, NULL);
    tw_buffer_init(&log, NULL);
    void *writer = calloc(1, tw_zlib.writer_size);
    uint8_t *zeros = calloc(1, 1 << 24);
    assert_int_equal(tw_zlib.writer_open(writer, tw_alloc_default()), TW_OK);
    assert_int_equal(tw_zlib.write(writer, tw_bytes_of(zeros, 1 << 24), &stream), TW_OK);
    tw_zlib.writer_close(writer);
    tw_decode_options options = tw_decode_defaults();
    options.limits.message = 1000000;
    tw_test_alloc alloc;
    tw_test_alloc_init(&alloc, 0);
    assert_int_equal(
        tw_test_follow(&stack, &options, STRUCTS, tw_buffer_view(&stream), 0, 0, &alloc.alloc, &log),
        TW_LIMIT);
    assert_true(alloc.peak < 300000);
    free(zeros);
    free(writer);
    tw_buffer_deinit(&log);
    tw_buffer_deinit(&stream);
}

/* A large unit in small pieces is followed, not read again from its start each time. */
static void small_pieces_cost_linear_work(void **state)
{
    (void)state;
    static const char *const names[] = {"compact", "framed/compact", "zlib/compact"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        tw_stack stack = tw_test_stack(names[i]);
        tw_tree tree;
        tw_tree_init(&tree, NULL, SIZE_MAX);
        size_t count = 200000;
        assert_true(tw_tree_grow(&tree, count + 1));
        tree.nodes[0] = (tw_node){.type = TW_STRUCT, .count = (uint32_t)count, .u.span = count + 1};
        for (size_t n = 1; n <= count; n++) {
            tree.nodes[n] = (tw_node){.type = TW_I64, .id = (int16_t)(n % 32768), .u.i = (int64_t)(n * n)};
        }
        tree.count = count + 1;
        tw_buffer stream, log;
        tw_buffer_init(&stream, NULL);
        tw_buffer_init(&log, NULL);
        assert_int_equal(tw_stack_encode(&stack, NULL, tree.nodes, &stream), TW_OK);
        /* A megabyte in 30,000 or more pieces: 10^10 steps if each began at the front. */
        assert_int_equal(tw_test_follow(&stack, NULL, SKIPS, tw_buffer_view(&stream), 0, 29, NULL, &log),
                         TW_OK);
        tw_buffer_deinit(&log);
        tw_buffer_deinit(&stream);
        tw_tree_deinit(&tree);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bomb_takes_what_the_limit_allows),
        cmocka_unit_test(a_bomb_of_empty_frames),
        cmocka_unit_test(small_pieces_cost_linear_work),
    };
    return cmocka_run_group_tests_name("wire/stack/bounds", tests, NULL, NULL);
}
