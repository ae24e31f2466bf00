/* Dumps of what can be read: rows, columns, marks and colours. Faults: explain_fault_test.c,
 * transports: explain_stream_test.c. */
#include "wire/text/test/dump.h"

#include "wire/stack/test/follow.h"

#include <string.h>

static void a_struct_in_compact(void **state)
{
    (void)state;
    tw_test_expect_dump("compact", TW_UNIT_STRUCT, 1, "11 19 22 01 02 28 05 68 65 6c 6c 6f 00", TW_OK,
                        "   hex  byte  bytes                       compact, 13 bytes\n"
                        "  0000     0  11                          field 1: bool true\n"
                        "  0001     1  19                          field 2: list\n"
                        "  0002     2  22                            list<bool>, 2 elements\n"
                        "  0003     3  01                              [0] bool true\n"
                        "  0004     4  02                              [1] bool false\n"
                        "  0005     5  28                          field 4: string\n"
                        "  0006     6  05                            string, length 5\n"
                        "  0007     7  68 65 6c 6c 6f                \"hello\"\n"
                        "  000c    12  00                          stop\n");
}

static void a_struct_in_binary(void **state)
{
    (void)state;
    tw_test_expect_dump("binary", TW_UNIT_STRUCT, 1,
                        "0d 00 01 0b 0c 00000001 00000001 6b 04 ff ff 3ff8000000000000 00 00", TW_OK,
                        "   hex  byte  bytes                       binary, 27 bytes\n"
                        "  0000     0  0d 00 01                    field 1: map\n"
                        "  0003     3  0b 0c 00 00 00 01             map<string, struct>, 1 pair\n"
                        "  0009     9  00 00 00 01                     key 0: string, length 1\n"
                        "  000d    13  6b                              \"k\"\n"
                        "  000e    14                                  value 0: struct\n"
                        "  000e    14  04 ff ff                          field -1: double\n"
                        "  0011    17  3f f8 00 00 00 00 00 00             double 1.5\n"
                        "  0019    25  00                                stop\n"
                        "  001a    26  00                          stop\n");
}

static void a_message(void **state)
{
    (void)state;
    tw_test_expect_dump("binary", TW_UNIT_MESSAGE, 1, "80010001 00000004 70696e67 00000007 00", TW_OK,
                        "   hex  byte  bytes                       binary, 17 bytes\n"
                        "  0000     0  80 01                       message, strict header, version 1\n"
                        "  0002     2  00                          unused\n"
                        "  0003     3  01                          call, type 1\n"
                        "  0004     4  00 00 00 04                 name, length 4\n"
                        "  0008     8  70 69 6e 67                 \"ping\"\n"
                        "  000c    12  00 00 00 07                 sequence id 7\n"
                        "  0010    16  00                          stop\n");
}

static void a_compact_message(void **state)
{
    (void)state;
    tw_test_expect_dump("compact", TW_UNIT_MESSAGE, 1, "82 21 07 04 70696e67 13 05 00", TW_OK,
                        "   hex  byte  bytes                       compact, 11 bytes\n"
                        "  0000     0  82                          compact message\n"
                        "  0001     1  21                          version 1, call, type 1\n"
                        "  0002     2  07                          sequence id 7\n"
                        "  0003     3  04                          name, length 4\n"
                        "  0004     4  70 69 6e 67                 \"ping\"\n"
                        "  0008     8  13                          field 1: i8\n"
                        "  0009     9  05                            i8 5\n"
                        "  000a    10  00                          stop\n");
}

static void a_count_of_messages(void **state)
{
    (void)state;
    tw_test_expect_dump("compact", TW_UNIT_MESSAGE, 2, "82210000 00 82210100 00 ff", TW_OK,
                        "   hex  byte  bytes                       compact, 11 bytes\n"
                        "message 1\n"
                        "  0000     0  82                          compact message\n"
                        "  0001     1  21                          version 1, call, type 1\n"
                        "  0002     2  00                          sequence id 0\n"
                        "  0003     3  00                          name, length 0\n"
                        "  0004     4  00                          stop\n"
                        "message 2\n"
                        "  0005     5  82                          compact message\n"
                        "  0006     6  21                          version 1, call, type 1\n"
                        "  0007     7  01                          sequence id 1\n"
                        "  0008     8  00                          name, length 0\n"
                        "  0009     9  00                          stop\n"
                        "  000a    10  ff                          1 byte behind it, not read\n");
}

static void bytes_behind(void **state)
{
    (void)state;
    tw_test_expect_dump(
        "compact", TW_UNIT_STRUCT, 1, "00 01 02", TW_OK,
        "   hex  byte  bytes                       compact, 3 bytes\n"
        "  0000     0  00                          stop\n"
        "  0001     1  01 02                       2 bytes behind it, not read\n"
        "This reading rests on rules that the specification leaves open:\n"
        "  struct.trailing-bytes: Bytes behind the end of a struct or message are not part of it and "
        "are left unread.\n");
}

static void a_byte_is_marked(void **state)
{
    (void)state;
    tw_stack stack = tw_test_stack("framed/compact");
    tw_bytes in = tw_test_hex("00000003 130500");
    tw_explain_options options = tw_test_dump_options(TW_UNIT_STRUCT, 1);
    options.mark = 5;
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    assert_int_equal(tw_explain(&stack, in, &options, &to, NULL), TW_OK);
    tw_test_expect_text(&to, "   hex  byte  bytes                       framed/compact, 7 bytes\n"
                             "  0000     0  00 00 00 03                 frame of 3 bytes\n"
                             "  0004     0  13                            field 1: i8\n"
                             "> 0005     1  05                              i8 5\n"
                             "  0006     2  00                            stop\n");
    tw_buffer_deinit(&to);
    tw_test_free(in);
}

static void colours_change_nothing_else(void **state)
{
    (void)state;
    tw_stack stack = tw_test_stack("framed/zlib/compact");
    tw_bytes in = tw_test_hex("00000005 789c136665 00000006 000000460019 00000001");
    tw_explain_options options = tw_test_dump_options(TW_UNIT_STRUCT, SIZE_MAX);
    tw_buffer plain, coloured;
    tw_buffer_init(&plain, NULL);
    tw_buffer_init(&coloured, NULL);
    assert_int_equal(tw_explain(&stack, in, &options, &plain, NULL), TW_TRUNCATED);
    options.colour = true;
    assert_int_equal(tw_explain(&stack, in, &options, &coloured, NULL), TW_TRUNCATED);
    assert_true(coloured.len > plain.len + 100);
    size_t n = 0;
    for (size_t i = 0; i < coloured.len; i++) {
        if (coloured.data[i] == 033) {
            while (coloured.data[i] != 'm') i++;
        } else {
            coloured.data[n++] = coloured.data[i];
        }
    }
    assert_int_equal(n, plain.len);
    assert_memory_equal(coloured.data, plain.data, n);
    assert_null(memchr(plain.data, 033, plain.len));
    tw_buffer_deinit(&plain);
    tw_buffer_deinit(&coloured);
    tw_test_free(in);
}

static void control_characters_do_not_reach_the_terminal(void **state)
{
    (void)state;
    tw_stack stack = tw_test_stack("binary");
    tw_bytes in = tw_test_hex("80010001 00000002 1b5b 00000007 0b 0001 00000003 1b5b41 00");
    tw_explain_options options = tw_test_dump_options(TW_UNIT_MESSAGE, 1);
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    assert_int_equal(tw_explain(&stack, in, &options, &to, NULL), TW_OK);
    assert_null(memchr(to.data, 033, to.len));
    tw_buffer_deinit(&to);
    tw_test_free(in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_struct_in_compact),
        cmocka_unit_test(a_struct_in_binary),
        cmocka_unit_test(a_message),
        cmocka_unit_test(a_compact_message),
        cmocka_unit_test(a_count_of_messages),
        cmocka_unit_test(bytes_behind),
        cmocka_unit_test(a_byte_is_marked),
        cmocka_unit_test(colours_change_nothing_else),
        cmocka_unit_test(control_characters_do_not_reach_the_terminal),
    };
    return cmocka_run_group_tests_name("wire/text/explain", tests, NULL, NULL);
}
