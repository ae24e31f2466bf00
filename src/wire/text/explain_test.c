#include "wire/text/explain.h"

#include "wire/test/support.h"
#include "wire/value/builder.h"

#include <stdlib.h>
#include <string.h>

static tw_stack stack_of(const char *name)
{
    tw_stack stack;
    assert_true(tw_stack_parse(name, &stack, NULL));
    return stack;
}

static tw_explain_options options_of(tw_unit unit, size_t count)
{
    return (tw_explain_options){
        .decode = tw_decode_defaults(), .unit = unit, .count = count, .mark = SIZE_MAX};
}

static void expect_text(const tw_buffer *got, const char *want)
{
    if (got->len != strlen(want) || memcmp(got->data, want, got->len) != 0)
        fail_msg("got\n%.*swant\n%s", (int)got->len, (const char *)got->data, want);
}

static void expect_dump(const char *name, tw_unit unit, size_t count, const char *hex, tw_class cls,
                        const char *want)
{
    tw_stack stack = stack_of(name);
    tw_bytes in = tw_test_hex(hex);
    tw_explain_options options = options_of(unit, count);
    tw_error error;
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    assert_int_equal(tw_explain(&stack, in, &options, &to, &error), cls);
    assert_int_equal(error.cls, cls);
    expect_text(&to, want);
    tw_buffer_deinit(&to);
    tw_test_free(in);
}

static void a_struct_in_compact(void **state)
{
    (void)state;
    expect_dump("compact", TW_UNIT_STRUCT, 1, "11 19 22 01 02 28 05 68 65 6c 6c 6f 00", TW_OK,
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
    expect_dump("binary", TW_UNIT_STRUCT, 1,
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
    expect_dump("binary", TW_UNIT_MESSAGE, 1, "80010001 00000004 70696e67 00000007 00", TW_OK,
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
    expect_dump("compact", TW_UNIT_MESSAGE, 1, "82 21 07 04 70696e67 13 05 00", TW_OK,
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

static void frames(void **state)
{
    (void)state;
    expect_dump("framed/compact", TW_UNIT_STRUCT, SIZE_MAX,
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
    expect_dump(
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
    expect_dump(
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

static void a_fault_in_a_value(void **state)
{
    (void)state;
    expect_dump(
        "compact", TW_UNIT_STRUCT, 1, "15 0a 19 21 01 05 00", TW_MALFORMED,
        "   hex  byte  bytes                       compact, 7 bytes\n"
        "  0000     0  15                          field 1: i32\n"
        "  0001     1  0a                            i32 5\n"
        "  0002     2  19                          field 2: list\n"
        "  0003     3  21                            list<bool>, 2 elements\n"
        "  0004     4  01                              [0] bool true\n"
        "! 0005     5  05                          ^^ malformed: compact.bool.element-value\n"
        "                                             A bool byte above 2 in a container is refused.\n"
        "                                             in field 2[1]\n"
        "                                             thrift-compact-protocol.md#list-and-set\n"
        "  0006     6  00                          1 byte not read\n"
        "This reading rests on rules that the specification leaves open:\n"
        "  compact.bool.element-value: A bool byte above 2 in a container is refused.\n");
}

static void a_cut_string(void **state)
{
    (void)state;
    expect_dump(
        "framed/binary", TW_UNIT_STRUCT, 1, "00000009 0b 0001 00000005 6162", TW_TRUNCATED,
        "   hex  byte  bytes                       framed/binary, 13 bytes\n"
        "  0000     0  00 00 00 09                 frame of 9 bytes\n"
        "  0004     0  0b 00 01                      field 1: string\n"
        "  0007     3  00 00 00 05                     string, length 5\n"
        "! 0007     3  00 00 00 05 61 62             ^^ truncated: binary.string.size\n"
        "                                               A string is a 4-byte length and exactly that many\n"
        "                                               bytes.\n"
        "                                               in field 1\n"
        "                                               thrift-binary-protocol.md#binary-encoding\n");
}

static void a_cut_frame(void **state)
{
    (void)state;
    expect_dump("framed/compact", TW_UNIT_STRUCT, 1, "00000009 13 05 00", TW_TRUNCATED,
                "   hex  byte  bytes                       framed/compact, 7 bytes\n"
                "! 0000     0  00 00 00 09 13 05 00        ^^ truncated: framed.truncated\n"
                "                                             A frame that ends early is not delivered.\n"
                "                                             thrift-rpc.md#framed-vs-unframed-transport\n");
}

static void a_bad_zlib_header(void **state)
{
    (void)state;
    expect_dump("zlib/binary", TW_UNIT_STRUCT, 1, "789d00", TW_MALFORMED,
                "   hex  byte  bytes                       zlib/binary, 3 bytes\n"
                "                                          zlib header: deflate, window 32 KiB, level "
                "default, check\n"
                "                                          bits wrong\n"
                "! 0000     0  78                          ^^ malformed: zlib.header\n"
                "                                             The stream starts with a zlib header: method "
                "8, window\n"
                "                                             at most 32 KiB, check bits right.\n"
                "                                             rfc1950#2.2\n"
                "  0001     1  9d 00                       2 bytes not read\n");
}

static void a_fault_in_a_header(void **state)
{
    (void)state;
    expect_dump("binary", TW_UNIT_MESSAGE, 1, "80 02 00 01 00", TW_MALFORMED,
                "   hex  byte  bytes                       binary, 5 bytes\n"
                "! 0000     0  80                          ^^ malformed: binary.message.version\n"
                "                                             The version of a strict header must be 1.\n"
                "                                             thrift-binary-protocol.md#message\n"
                "  0001     1  02 00 01 00                 4 bytes not read\n");
}

static void bytes_behind(void **state)
{
    (void)state;
    expect_dump("compact", TW_UNIT_STRUCT, 1, "00 01 02", TW_OK,
                "   hex  byte  bytes                       compact, 3 bytes\n"
                "  0000     0  00                          stop\n"
                "  0001     1  01 02                       2 bytes behind it, not read\n"
                "This reading rests on rules that the specification leaves open:\n"
                "  struct.trailing-bytes: Bytes behind the end of a struct or message are not part of it and "
                "are left unread.\n");
}

static void nothing_at_all(void **state)
{
    (void)state;
    expect_dump(
        "compact", TW_UNIT_STRUCT, 1, "", TW_TRUNCATED,
        "   hex  byte  bytes                       compact, 0 bytes\n"
        "! 0000     0                              ^^ truncated, the bytes end here: compact.struct.stop\n"
        "                                             A struct ends with a byte 0.\n"
        "                                             thrift-compact-protocol.md#struct-encoding\n");
}

static void a_byte_is_marked(void **state)
{
    (void)state;
    tw_stack stack = stack_of("framed/compact");
    tw_bytes in = tw_test_hex("00000003 130500");
    tw_explain_options options = options_of(TW_UNIT_STRUCT, 1);
    options.mark = 5;
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    assert_int_equal(tw_explain(&stack, in, &options, &to, NULL), TW_OK);
    expect_text(&to, "   hex  byte  bytes                       framed/compact, 7 bytes\n"
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
    tw_stack stack = stack_of("framed/zlib/compact");
    tw_bytes in = tw_test_hex("00000005 789c136665 00000006 000000460019 00000001");
    tw_explain_options options = options_of(TW_UNIT_STRUCT, SIZE_MAX);
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
    tw_stack stack = stack_of("binary");
    tw_bytes in = tw_test_hex("80010001 00000002 1b5b 00000007 0b 0001 00000003 1b5b41 00");
    tw_explain_options options = options_of(TW_UNIT_MESSAGE, 1);
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    assert_int_equal(tw_explain(&stack, in, &options, &to, NULL), TW_OK);
    assert_null(memchr(to.data, 033, to.len));
    tw_buffer_deinit(&to);
    tw_test_free(in);
}

/* Every beginning of a stream: the dump's verdict is that of decoding, and its last rows are about it. */
static void the_verdict_is_that_of_decoding(void **state)
{
    (void)state;
    static const struct {
        const char *stack, *hex;
        tw_unit unit;
    } rows[] = {
        {"compact", "11 19 22 01 02 28 05 68656c6c6f 1b 01 89 01 61 25 02 03 00", TW_UNIT_STRUCT},
        {"binary", "80010001 00000004 70696e67 00000007 0d0001 0b0c 00000001 00000001 6b 00 00",
         TW_UNIT_MESSAGE},
        {"framed/compact", "00000003 821101 00000000 0000000a 01 61 13 05 1c 15 0a 00 00 00",
         TW_UNIT_MESSAGE},
        {"framed/zlib/compact", "00000005 789c136665 00000006 000000460019", TW_UNIT_STRUCT},
        {"zlib/framed/compact", "789c626060606016666500000000ffff", TW_UNIT_STRUCT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        tw_bytes all = tw_test_hex(rows[i].hex);
        tw_stack stack = stack_of(rows[i].stack);
        for (size_t len = 0; len <= all.len; len++) {
            uint8_t *copy = malloc(len ? len : 1);
            assert_non_null(copy);
            memcpy(copy, all.data, len);
            tw_tree tree;
            tw_tree_init(&tree, NULL, SIZE_MAX);
            tw_envelope envelope;
            tw_outcome out;
            tw_bytes in = {copy, len};
            tw_class want = tw_stack_decode(&stack, in, rows[i].unit, NULL, &envelope, &tree, &out, NULL);
            tw_explain_options options = options_of(rows[i].unit, 1);
            tw_error error;
            tw_buffer to;
            tw_buffer_init(&to, NULL);
            assert_int_equal(tw_explain(&stack, in, &options, &to, &error), want);
            bool marked = to.len && memmem(to.data, to.len, "\n! ", 3) != NULL;
            assert_int_equal(marked, want != TW_OK);
            if (want != TW_OK) {
                assert_int_equal(error.rule, out.error.rule);
                assert_int_equal(error.offset, out.error.offset);
            }
            tw_buffer_deinit(&to);
            tw_tree_deinit(&tree);
            free(copy);
        }
        tw_test_free(all);
    }
}

static void refused_memory_is_told(void **state)
{
    (void)state;
    tw_stack stack = stack_of("framed/zlib/compact");
    tw_bytes in = tw_test_hex("00000005 789c136665 00000006 000000460019");
    for (size_t count = 1; count <= 2; count++) {
        bool passed = false;
        for (size_t n = 1; n < 500 && !passed; n++) {
            tw_test_alloc mem;
            tw_test_alloc_init(&mem, n);
            tw_explain_options options = options_of(TW_UNIT_STRUCT, count);
            tw_error error;
            tw_buffer to;
            tw_buffer_init(&to, &mem.alloc);
            tw_class cls = tw_explain(&stack, in, &options, &to, &error);
            passed = cls == TW_OK;
            if (!passed) {
                assert_int_equal(cls, TW_MEMORY);
                assert_int_equal(error.cls, TW_MEMORY);
            }
            tw_buffer_deinit(&to);
            assert_int_equal(mem.now, 0);
        }
        assert_true(passed);
    }
    tw_test_free(in);
}

static void a_count_of_messages(void **state)
{
    (void)state;
    expect_dump("compact", TW_UNIT_MESSAGE, 2, "82210000 00 82210100 00 ff", TW_OK,
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

static void a_stream_of_nothing(void **state)
{
    (void)state;
    expect_dump(
        "zlib/compact", TW_UNIT_STRUCT, SIZE_MAX, "789c030000000001", TW_OK,
        "   hex  byte  bytes                       zlib/compact, 8 bytes\n"
        "  0000     0  78 9c                       zlib header: deflate, window 32 KiB, level default\n"
        "  0002     2  03 00                       deflate data, 2 bytes\n"
        "  0004     4  00 00 00 01                 Adler-32 of what it inflates to: the end\n"
        "inflates to 0 bytes:\n");
}

/* A message limit counts the envelope, and cuts what is behind it. */
static void a_limit_behind_the_envelope(void **state)
{
    (void)state;
    tw_stack stack = stack_of("compact");
    tw_bytes in = tw_test_hex("82210000 00");
    tw_explain_options options = options_of(TW_UNIT_MESSAGE, 1);
    options.decode.limits.message = 4;
    tw_error error;
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    assert_int_equal(tw_explain(&stack, in, &options, &to, &error), TW_LIMIT);
    assert_int_equal(error.offset, 4);
    static const char want[] = "\n! 0004     4  00                          ^^ limit: limit.message\n";
    assert_non_null(memmem(to.data, to.len, want, sizeof want - 1));
    tw_buffer_deinit(&to);
    tw_test_free(in);
}

/* An error is shown as one, also where the mark stands on it. */
static void an_error_outdoes_the_mark(void **state)
{
    (void)state;
    tw_stack stack = stack_of("compact");
    tw_bytes in = tw_test_hex("15 ffffffffff 00");
    tw_explain_options options = options_of(TW_UNIT_STRUCT, 1);
    options.mark = 1;
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    assert_int_equal(tw_explain(&stack, in, &options, &to, NULL), TW_MALFORMED);
    assert_non_null(memmem(to.data, to.len, "\n! 0001     1  ff ", 18));
    assert_null(memmem(to.data, to.len, "\n>", 2));
    tw_buffer_deinit(&to);
    tw_test_free(in);
}

/* The columns are wide enough for what a small stream inflates to. */
static void a_stream_that_inflates_to_much(void **state)
{
    (void)state;
    tw_stack stack = stack_of("zlib/binary");
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
    tw_explain_options options = options_of(TW_UNIT_STRUCT, 1);
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
        cmocka_unit_test(a_struct_in_compact),
        cmocka_unit_test(a_struct_in_binary),
        cmocka_unit_test(a_message),
        cmocka_unit_test(a_compact_message),
        cmocka_unit_test(frames),
        cmocka_unit_test(a_zlib_stream),
        cmocka_unit_test(frames_that_carry_zlib),
        cmocka_unit_test(a_fault_in_a_value),
        cmocka_unit_test(a_cut_string),
        cmocka_unit_test(a_cut_frame),
        cmocka_unit_test(a_bad_zlib_header),
        cmocka_unit_test(a_fault_in_a_header),
        cmocka_unit_test(bytes_behind),
        cmocka_unit_test(nothing_at_all),
        cmocka_unit_test(a_byte_is_marked),
        cmocka_unit_test(colours_change_nothing_else),
        cmocka_unit_test(control_characters_do_not_reach_the_terminal),
        cmocka_unit_test(the_verdict_is_that_of_decoding),
        cmocka_unit_test(refused_memory_is_told),
        cmocka_unit_test(a_count_of_messages),
        cmocka_unit_test(a_stream_of_nothing),
        cmocka_unit_test(a_limit_behind_the_envelope),
        cmocka_unit_test(an_error_outdoes_the_mark),
        cmocka_unit_test(a_stream_that_inflates_to_much),
    };
    return cmocka_run_group_tests_name("wire/text/explain", tests, NULL, NULL);
}
