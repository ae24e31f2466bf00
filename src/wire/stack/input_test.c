/* Streams written by hand, in every split. */
#include "wire/stack/test/follow.h"

#include <string.h>

/* Whole, byte by byte, and at every split: always the same. *log is that of the whole. */
static void run_every_way(const char *name, const tw_decode_options *options, tw_test_units m,
                          tw_bytes stream, tw_buffer *log)
{
    tw_stack stack = tw_test_stack(name);
    tw_test_follow(&stack, options, m, stream, 0, 0, NULL, log);
    for (size_t first = 0; first <= stream.len; first++) {
        tw_buffer other;
        tw_buffer_init(&other, NULL);
        tw_test_follow(&stack, options, m, stream, first, first == 0 ? 1 : 0, NULL, &other);
        if (!tw_bytes_equal(tw_buffer_view(log), tw_buffer_view(&other))) {
            fail_msg("%s, first %zu:\n%.*s\n%.*s", name, first, (int)log->len, (char *)log->data,
                     (int)other.len, (char *)other.data);
        }
        tw_buffer_deinit(&other);
    }
}

/* Streams and what they are read as. */

static const struct stream {
    const char *stack;
    tw_test_units mode;
    uint64_t message_limit; /* 0: default */
    const char *hex, *log;
} streams[] = {
    /* bare protocols */
    {"compact", STRUCTS, 0, "", "end =0"},
    {"compact", STRUCTS, 0, "150a00", "3:150a00 =3; end =3"},
    {"compact", STRUCTS, 0, "150a00 00 150c00", "3:150a00 =3; 1:00 =4; 3:150c00 =7; end =7"},
    {"compact", SKIPS, 0, "150a00 00 150c00", "3: =3; 1: =4; 3: =7; end =7"},
    {"compact", STRUCTS, 0, "150a00 15", "3:150a00 =3; truncated compact compact.integer @4 [1] =3"},
    {"compact", STRUCTS, 0, "150a00 1e00", "3:150a00 =3; malformed compact compact.field.type @3 [] =3"},
    {"compact", SKIPS, 0, "150a00 1e00", "3: =3; malformed compact compact.field.type @3 [] =3"},
    {"binary", STRUCTS, 0, "08000100000005 00", "8:150a00 =8; end =8"},
    {"binary", STRUCTS, 0, "08000100000005", "truncated binary binary.struct.stop @7 [] =0"},
    {"compact", MESSAGES, 0, "82 21 07 01 61 150a00 82 41 08 00 00",
     "8:a/1/7 150a00 =8; 5:/2/8 00 =13; end =13"},
    {"compact", MESSAGES, 0, "82 21 07 01 61 150a00 82 21 07 01 61 151e",
     "8:a/1/7 150a00 =8; truncated compact compact.struct.stop @15 [] =8"},
    {"compact", MESSAGES, 0, "82 21 07 01 61 150a00 82 22 07 01 61 00",
     "8:a/1/7 150a00 =8; malformed compact compact.message.version @9 [] =8"},
    {"compact", MESSAGES, 0, "82 21 07 05 61", "truncated compact compact.message.name @3 [] =0"},
    {"binary", MESSAGES, 0, "80010001 00000001 61 00000007 08000100000005 00 00000001 62 02 00000008 00",
     "21:a/1/7 150a00 =21; 11:b/2/8 00 =32; end =32"},
    {"binary-strict", MESSAGES, 0, "80010001 00000001 61 00000007 00 00000001 62 02 00000008 00",
     "14:a/1/7 00 =14; malformed binary binary.message.old-refused @14 [] =14"},

    /* the message limit of bare protocols: to the byte, over envelope and struct */
    {"compact", STRUCTS, 3, "150a00 150a00", "3:150a00 =3; 3:150a00 =6; end =6"},
    {"compact", STRUCTS, 2, "150a00", "limit compact limit.message @2 [] =0"},
    {"compact", STRUCTS, 2, "150a", "truncated compact compact.struct.stop @2 [] =0"},
    {"compact", MESSAGES, 8, "82 21 07 01 61 150a00", "8:a/1/7 150a00 =8; end =8"},
    {"compact", MESSAGES, 7, "82 21 07 01 61 150a00", "limit compact limit.message @7 [] =0"},
    {"compact", MESSAGES, 5, "82 21 07 01 61 150a00", "limit compact limit.message @5 [] =0"},
    {"compact", MESSAGES, 4, "82 21 07 01 61 150a00", "limit compact limit.message @3 [] =0"},

    /* framed */
    {"framed/compact", STRUCTS, 0, "00000003 150a00", "3:150a00 =7; end =7"},
    {"framed/compact", STRUCTS, 0, "00000003 150a00 00000000 00000001 00 00000000",
     "3:150a00 =7; 1:00 =16; end =20"},
    {"framed/compact", STRUCTS, 0, "00000000 00000000", "end =8"},
    {"framed/compact", STRUCTS, 0, "00000004 150a00 00 00000001 00",
     "3:150a00 =8; 1:00 ?framed.leftover =8; 1:00 =13; end =13"},
    {"framed/compact", STRUCTS, 0, "00000001 15 00000002 0a00 00000001 00",
     "3:150a00 ?framed.message-split =11; 1:00 =16; end =16"},
    {"framed/compact", STRUCTS, 0, "00000001 15 00000000 00000003 0a00 15 00000002 0c00",
     "3:150a00 ?framed.message-split =16; 3:150c00 ?framed.message-split ?framed.leftover =22; end =22"},
    {"framed/compact", STRUCTS, 0, "00000002 150a", "truncated compact compact.struct.stop @2 [] =0"},
    {"framed/compact", STRUCTS, 0, "00000005 150a00 150c",
     "3:150a00 =9; truncated compact compact.struct.stop @5 [] ?framed.leftover =9"},
    {"framed/compact", STRUCTS, 0, "00000003 150a", "truncated framed framed.truncated @0 [] =0"},
    {"framed/compact", STRUCTS, 0, "000000", "truncated framed framed.truncated @0 [] =0"},
    {"framed/compact", STRUCTS, 0, "00000003 150a00 0000",
     "3:150a00 =7; truncated framed framed.truncated @7 [] =7"},
    {"framed/compact", STRUCTS, 0, "00000001 15 00000002 0a", "truncated framed framed.truncated @5 [] =0"},
    {"framed/compact", STRUCTS, 0, "ffffffff 00", "malformed framed framed.negative @0 [] =0"},
    {"framed/compact", STRUCTS, 0, "00000003 150a00 ffffffff",
     "3:150a00 =7; malformed framed framed.negative @7 [] =7"},
    {"framed/compact", STRUCTS, 0, "00000004 150a00 00 00fa0001",
     "3:150a00 =8; 1:00 ?framed.leftover =8; limit framed framed.limit @8 [] =8"},
    /* What is wrong in the bytes that came is told before what is wrong behind them. */
    {"framed/compact", STRUCTS, 0, "00000001 1e ffffffff", "malformed compact compact.field.type @0 [] =0"},
    {"framed/framed/compact", STRUCTS, 0, "00000009 00000003 150a00 0000 00000003 000100",
     "3:150a00 =13; 1:00 ?framed.message-split ?framed.leftover =20; end =20"},
    {"framed/compact", MESSAGES, 8, "00000010 82 21 07 01 61 150a00 82 21 08 01 62 150a00",
     "8:a/1/7 150a00 =20; 8:b/1/8 150a00 ?framed.leftover =20; end =20"},

    /* zlib, in stored blocks: 00 is a block that others follow, 01 the last */
    {"zlib/compact", STRUCTS, 0, "", "end"},
    {"zlib/compact", STRUCTS, 0, "789c 00 0300 fcff 150a00 00 0000 ffff", "3:150a00; end"},
    {"zlib/compact", STRUCTS, 0, "789c 00 0400 fbff 150a0000 00 0000 ffff", "3:150a00; 1:00; end"},
    {"zlib/compact", STRUCTS, 0, "789c 00 0300 fcff 150a00",
     "3:150a00; truncated zlib zlib.truncated @10 []"},
    {"zlib/compact", STRUCTS, 0, "789c 00 0300 fcff 150a", "truncated zlib zlib.truncated @9 []"},
    {"zlib/compact", STRUCTS, 0, "789c 00 0200 fdff 150a 00 0000 ffff",
     "truncated compact compact.struct.stop @2 []"},
    {"zlib/compact", STRUCTS, 0, "789c 01 0300 fcff 150a00 00560020", "3:150a00; end"},
    {"zlib/compact", STRUCTS, 0, "789c 01 0300 fcff 150a00 00560021",
     "3:150a00; malformed zlib zlib.checksum @10 []"},
    {"zlib/compact", STRUCTS, 0, "789c 01 0200 fdff 150a 003c0020 00", "malformed zlib zlib.checksum @9 []"},
    {"zlib/compact", STRUCTS, 0, "789c 01 0300 fcff 150a00 00560020 78",
     "3:150a00; malformed zlib zlib.after-end @14 [] ?zlib.after-end"},
    {"zlib/compact", STRUCTS, 0, "789c 00 0300 fcff 150a00 07", "3:150a00; malformed zlib zlib.data @10 []"},
    {"zlib/compact", STRUCTS, 0, "150a00", "malformed zlib zlib.header @0 []"},
    {"zlib/compact", STRUCTS, 3, "789c 00 0600 f9ff 150a00150c00 00 0000 ffff", "3:150a00; 3:150c00; end"},
    {"zlib/compact", STRUCTS, 2, "789c 00 0300 fcff 150a00 00 0000 ffff", "limit zlib zlib.limit @9 []"},
    {"zlib/compact", STRUCTS, 3, "789c 00 0700 f8ff 150a00 150a150a 00 0000 ffff",
     "3:150a00; limit zlib zlib.limit @13 []"},

    /* both, in either order */
    {"framed/zlib/compact", STRUCTS, 0, "0000000f 789c 00 0300 fcff 150a00 00 0000 ffff", "3:150a00; end"},
    {"framed/zlib/compact", STRUCTS, 0,
     "0000000f 789c 00 0300 fcff 150a00 00 0000 ffff 00000006 00 0100 feff 00",
     "3:150a00; 1:00; truncated zlib zlib.truncated @21 []"},
    {"framed/zlib/compact", STRUCTS, 0, "00000008 789c 00 0300 fcff 15 00000007 0a00 00 0000 ffff",
     "3:150a00 ?framed.message-split; end"},
    {"framed/zlib/compact", STRUCTS, 0, "00000010 789c 00 0400 fbff 150a0000 00 0000 ffff",
     "3:150a00; 1:00 ?framed.leftover; end"},
    {"framed/zlib/compact", STRUCTS, 0, "0000000f 789c 00 0300 fcff 150a00 00 0000 ff",
     "truncated framed framed.truncated @0 []"},
    {"zlib/framed/compact", STRUCTS, 0, "789c 00 0700 f8ff 00000003 150a00 00 0000 ffff", "3:150a00; end"},
    {"zlib/framed/compact", STRUCTS, 0, "789c 00 0600 f9ff 00000003 150a 00 0000 ffff",
     "truncated framed framed.truncated @0 []"},
    {"zlib/framed/compact", STRUCTS, 0, "789c 00 0700 f8ff 00000003 150a00 00 0400 fbff ffffffff",
     "3:150a00; malformed framed framed.negative @7 []"},
    {"zlib/framed/compact", STRUCTS, 7, "789c 00 0e00 f1ff 00000003 150a00 00000003 150a00 00 0000 ffff",
     "3:150a00; 3:150a00; end"},
    {"zlib/framed/compact", STRUCTS, 6, "789c 00 0700 f8ff 00000003 150a00 00 0000 ffff",
     "limit zlib zlib.limit @13 []"},
};

static void streams_in_every_split(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof streams / sizeof streams[0]; i++) {
        const struct stream *s = &streams[i];
        tw_decode_options options = tw_decode_defaults();
        if (s->message_limit) options.limits.message = s->message_limit;
        tw_bytes bytes = tw_test_hex(s->hex);
        tw_buffer log;
        tw_buffer_init(&log, NULL);
        run_every_way(s->stack, &options, s->mode, bytes, &log);
        tw_buffer_append_byte(&log, 0);
        if (strcmp((char *)log.data, s->log) != 0)
            fail_msg("%s %s\ngot  %s\nwant %s", s->stack, s->hex, log.data, s->log);
        tw_buffer_deinit(&log);
        tw_test_free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(streams_in_every_split),
    };
    return cmocka_run_group_tests_name("wire/stack/input", tests, NULL, NULL);
}
