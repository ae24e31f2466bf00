/* Dumps of what cannot be read: the place of the fault, its rule, and the verdict of decoding. */
#include "wire/text/test/dump.h"

#include "wire/stack/test/follow.h"

#include <string.h>

static void a_fault_in_a_value(void **state)
{
    (void)state;
    tw_test_expect_dump(
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
    tw_test_expect_dump(
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
    tw_test_expect_dump(
        "framed/compact", TW_UNIT_STRUCT, 1, "00000009 13 05 00", TW_TRUNCATED,
        "   hex  byte  bytes                       framed/compact, 7 bytes\n"
        "! 0000     0  00 00 00 09 13 05 00        ^^ truncated: framed.truncated\n"
        "                                             A frame that ends early is not delivered.\n"
        "                                             thrift-rpc.md#framed-vs-unframed-transport\n");
}

static void a_bad_zlib_header(void **state)
{
    (void)state;
    tw_test_expect_dump(
        "zlib/binary", TW_UNIT_STRUCT, 1, "789d00", TW_MALFORMED,
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
    tw_test_expect_dump(
        "binary", TW_UNIT_MESSAGE, 1, "80 02 00 01 00", TW_MALFORMED,
        "   hex  byte  bytes                       binary, 5 bytes\n"
        "! 0000     0  80                          ^^ malformed: binary.message.version\n"
        "                                             The version of a strict header must be 1.\n"
        "                                             thrift-binary-protocol.md#message\n"
        "  0001     1  02 00 01 00                 4 bytes not read\n");
}

static void nothing_at_all(void **state)
{
    (void)state;
    tw_test_expect_dump(
        "compact", TW_UNIT_STRUCT, 1, "", TW_TRUNCATED,
        "   hex  byte  bytes                       compact, 0 bytes\n"
        "! 0000     0                              ^^ truncated, the bytes end here: compact.struct.stop\n"
        "                                             A struct ends with a byte 0.\n"
        "                                             thrift-compact-protocol.md#struct-encoding\n");
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
        tw_stack stack = tw_test_stack(rows[i].stack);
        for (size_t len = 0; len <= all.len; len++) {
            tw_bytes in = tw_test_exact(all.data, len);
            tw_tree tree;
            tw_tree_init(&tree, NULL, SIZE_MAX);
            tw_envelope envelope;
            tw_outcome out;
            tw_class want = tw_stack_decode(&stack, in, rows[i].unit, NULL, &envelope, &tree, &out, NULL);
            tw_explain_options options = tw_test_dump_options(rows[i].unit, 1);
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
            tw_test_free(in);
        }
        tw_test_free(all);
    }
}

static void refused_memory_is_told(void **state)
{
    (void)state;
    tw_stack stack = tw_test_stack("framed/zlib/compact");
    tw_bytes in = tw_test_hex("00000005 789c136665 00000006 000000460019");
    for (size_t count = 1; count <= 2; count++) {
        bool passed = false;
        for (size_t n = 1; n < 500 && !passed; n++) {
            tw_test_alloc mem;
            tw_test_alloc_init(&mem, n);
            tw_explain_options options = tw_test_dump_options(TW_UNIT_STRUCT, count);
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

/* A message limit counts the envelope, and cuts what is behind it. */
static void a_limit_behind_the_envelope(void **state)
{
    (void)state;
    tw_stack stack = tw_test_stack("compact");
    tw_bytes in = tw_test_hex("82210000 00");
    tw_explain_options options = tw_test_dump_options(TW_UNIT_MESSAGE, 1);
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
    tw_stack stack = tw_test_stack("compact");
    tw_bytes in = tw_test_hex("15 ffffffffff 00");
    tw_explain_options options = tw_test_dump_options(TW_UNIT_STRUCT, 1);
    options.mark = 1;
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    assert_int_equal(tw_explain(&stack, in, &options, &to, NULL), TW_MALFORMED);
    assert_non_null(memmem(to.data, to.len, "\n! 0001     1  ff ", 18));
    assert_null(memmem(to.data, to.len, "\n>", 2));
    tw_buffer_deinit(&to);
    tw_test_free(in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fault_in_a_value),
        cmocka_unit_test(a_cut_string),
        cmocka_unit_test(a_cut_frame),
        cmocka_unit_test(a_bad_zlib_header),
        cmocka_unit_test(a_fault_in_a_header),
        cmocka_unit_test(nothing_at_all),
        cmocka_unit_test(the_verdict_is_that_of_decoding),
        cmocka_unit_test(refused_memory_is_told),
        cmocka_unit_test(a_limit_behind_the_envelope),
        cmocka_unit_test(an_error_outdoes_the_mark),
    };
    return cmocka_run_group_tests_name("wire/text/explain_fault", tests, NULL, NULL);
}
