/* Dumps through transports: frames, zlib streams, and both. */
#include "wire/text/test/dump.h"

#include "wire/stack/test/follow.h"
#include "wire/value/builder.h"

#include <string.h>

static void frames(void **state)
{
    (void)state;
    tw_test_expect_dump("framed/compact", TW_UNIT_STRUCT, SIZE_MAX,
                        "00000003 130500 00000000 00000002 1307 00000001 00", TW_OK,
                        "   hex  byte  bytes                       framed/compact, 22 bytes\n"
                        "struct 1\n"
                        "  0000     0  00 00 00 03                 frame of 3 bytes\n"
                        "  0004     0  13                            field 1: i8\n"
                        "  0005     1  05                              i8 5\n"
                        "  0006     2  00                            stop\n"
                        "struct 2\n"
                        "  0007     7  00 00 00 00                 frame of 0 bytes\n"
                        "  000b    11  00 00 00 02                 frame of 2 bytes\n"
                        "  000f     3  13                            field 1: i8\n"
                        "  0010     4  07                              i8 7\n"
                        "  0011    17  00 00 00 01                 frame of 1 byte\n"
                        "  0015     5  00                            stop\n"
                        "This reading rests on rules that the specification leaves open:\n"
                        "  framed.message-split: A message may run over the end of a frame into the next.\n");
}

static void a_zlib_stream(void **state)
{
    (void)state;
    tw_test_expect_dump(
        "zlib/compact", TW_UNIT_STRUCT, 1, "789c136665000000460019", TW_OK,
        "   hex  byte  bytes                       zlib/compact, 11 bytes\n"
        "  0000     0  78 9c                       zlib header: deflate, window 32 KiB, level default\n"
        "  0002     2  13 66 65 00 00              deflate data, 5 bytes\n"
        "  0007     7  00 46 00 19                 Adler-32 of what it inflates to: the end\n"
        "inflates to 3 bytes:\n"
        "  0000     0  13                          field 1: i8\n"
        "  0001     1  05                            i8 5\n"
        "  0002     2  00                          stop\n");
}

static void frames_that_carry_zlib(void **state)
{
    (void)state;
    tw_test_expect_dump(
        "framed/zlib/compact", TW_UNIT_STRUCT, 1, "00000005 789c136665 00000006 000000460019", TW_OK,
        "   hex  byte  bytes                       framed/zlib/compact, 19 bytes\n"
        "  0000     0  00 00 00 05                 frame of 5 bytes\n"
        "  0004     0  78 9c                         zlib header: deflate, window 32 KiB, level default\n"
        "  0006     2  13 66 65                      deflate data, 3 bytes\n"
        "  0009     9  00 00 00 06                 frame of 6 bytes\n"
        "  000d     5  00 00                         deflate data, 2 bytes\n"
        "  000f     7  00 46 00 19                   Adler-32 of what it inflates to: the end\n"
        "inflates to 3 bytes:\n"
        "  0000     0  13                          field 1: i8\n"
        "  0001     1  05                            i8 5\n"
        "  0002     2  00                          stop\n"
        "This reading rests on rules that the specification leaves open:\n"
        "  framed.message-split: A message may run over the end of a frame into the next.\n");
}

static void a_stream_of_nothing(void **state)
{
    (void)state;
    tw_test_expect_dump(
        "zlib/compact", TW_UNIT_STRUCT, SIZE_MAX, "789c030000000001", TW_OK,
        "   hex  byte  bytes                       zlib/compact, 8 bytes\n"
        "  0000     0  78 9c                       zlib header: deflate, window 32 KiB, level default\n"
        "  0002     2  03 00                       deflate data, 2 bytes\n"
        "  0004     4  00 00 00 01                 Adler-32 of what it inflates to: the end\n"
        "inflates to 0 bytes:\n");
}

/* The columns are wide enough for what a small stream inflates to. */
static void a_stream_that_inflates_to_much(void **state)
{
    (void)state;
    tw_stack stack = tw_test_stack("zlib/binary");
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    static const uint8_t text[70000] = {0};
    tw_builder b;
    tw_builder_init(&b, &tree);
    tw_build_struct(&b);
    tw_build_field(&b, 1);
    tw_build_string(&b, tw_bytes_of(text, sizeof text));
    tw_build_end(&b);
    assert_true(tw_builder_finish(&b));
    tw_buffer wire, to;
    tw_buffer_init(&wire, NULL);
    tw_buffer_init(&to, NULL);
    assert_int_equal(tw_stack_encode(&stack, NULL, tw_tree_root(&tree), &wire), TW_OK);
    assert_true(wire.len < 1000);
    tw_explain_options options = tw_test_dump_options(TW_UNIT_STRUCT, 1);
    assert_int_equal(tw_explain(&stack, tw_buffer_view(&wire), &options, &to, NULL), TW_OK);
    static const char stop[] = "\n  11177  70007  00                          stop\n";
    assert_non_null(memmem(to.data, to.len, stop, sizeof stop - 1));
    tw_buffer_deinit(&to);
    tw_buffer_deinit(&wire);
    tw_tree_deinit(&tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames),
        cmocka_unit_test(a_zlib_stream),
        cmocka_unit_test(frames_that_carry_zlib),
        cmocka_unit_test(a_stream_of_nothing),
        cmocka_unit_test(a_stream_that_inflates_to_much),
    };
    return cmocka_run_group_tests_name("wire/text/explain_stream", tests, NULL, NULL);
}
