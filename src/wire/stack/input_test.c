#include "wire/stack/stack.h"

#include "wire/test/support.h"
#include "wire/value/equal.h"
#include "wire/value/generate.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static tw_stack stack_of(const char *name)
{
    tw_stack stack;
    if (!tw_stack_parse(name, &stack, NULL)) fail_msg("%s", name);
    return stack;
}

static void release(tw_bytes bytes)
{
    free((void *)(uintptr_t)bytes.data);
}

/* A run as text. */

static void add(tw_buffer *log, const char *text)
{
    tw_buffer_append(log, text, strlen(text));
}

static void add_hex(tw_buffer *log, tw_bytes bytes)
{
    char digits[3];
    for (size_t i = 0; i < bytes.len; i++) {
        snprintf(digits, sizeof digits, "%02x", bytes.data[i]);
        add(log, digits);
    }
}

static void add_open(tw_buffer *log, const tw_ruleset *open)
{
    for (unsigned i = 1; i < TW_RULE_COUNT; i++) {
        if (!tw_ruleset_has(open, (tw_rule)i)) continue;
        add(log, " ?");
        add(log, tw_rule_info_of((tw_rule)i)->id);
    }
}

static void add_error(tw_buffer *log, const tw_error *error)
{
    char path[64], line[200];
    tw_path_format(&error->path, path, sizeof path);
    snprintf(line, sizeof line, "%s %s %s @%" PRIu64 " [%s]", tw_class_name(error->cls), error->layer,
             tw_rule_info_of(error->rule)->id, error->offset, path);
    add(log, line);
}

/* One call's result: "2:15 0a00 =3" is a struct of 2 bytes (as compact spells it) with 3 bytes of the stream
 * taken by then. */
static void add_result(tw_buffer *log, tw_input *input, tw_next next, const tw_envelope *envelope,
                       const tw_tree *tree, const tw_outcome *out)
{
    char text[80];
    if (log->len) add(log, "; ");
    if (next == TW_NEXT_END) {
        add(log, "end");
    } else if (next == TW_NEXT_ERROR) {
        add_error(log, &out->error);
        assert_int_equal(tree ? tree->count : 0, 0);
    } else {
        snprintf(text, sizeof text, "%zu:", out->consumed);
        add(log, text);
        if (envelope) {
            tw_bytes name = tw_test_exact(envelope->name.data, envelope->name.len);
            snprintf(text, sizeof text, "%.*s/%u/%d ", (int)name.len, (const char *)name.data, envelope->kind,
                     envelope->sequence_id);
            release(name);
            add(log, text);
        }
        tw_buffer bytes;
        tw_buffer_init(&bytes, NULL);
        if (tree) assert_int_equal(tw_encode(&tw_compact, tw_tree_root(tree), &bytes), TW_OK);
        add_hex(log, tw_buffer_view(&bytes));
        tw_buffer_deinit(&bytes);
    }
    add_open(log, &out->open);
    if (tw_input_consumed(input) != SIZE_MAX) {
        snprintf(text, sizeof text, " =%zu", tw_input_consumed(input));
        add(log, text);
    }
}

typedef enum mode { STRUCTS, MESSAGES, SKIPS } mode;

/* Reads a stream to its end. Returns its class, and what happened in *log. */
static tw_class run(const tw_stack *stack, const tw_decode_options *options, mode m, tw_bytes stream,
                    size_t first, size_t step, const tw_alloc *alloc, tw_buffer *log)
{
    tw_input *input = tw_input_new(stack, options, alloc);
    if (!input) return TW_MEMORY;
    tw_tree tree;
    tw_tree_init(&tree, alloc, SIZE_MAX);
    tw_outcome out = {.error.cls = TW_OK};
    tw_next next = TW_NEXT_MORE;
    for (size_t at = 0; next == TW_NEXT_MORE;) {
        size_t n = at == 0 && first ? first : step ? step : stream.len;
        if (n > stream.len - at) n = stream.len - at;
        tw_bytes piece = tw_test_exact(stream.data ? stream.data + at : NULL, n);
        tw_input_feed(input, piece);
        release(piece);
        at += n;
        if (n == 0) tw_input_end(input);
        do {
            tw_envelope envelope;
            if (m == SKIPS)
                next = tw_input_skip(input, &out);
            else
                next = tw_input_next(input, m == MESSAGES ? TW_UNIT_MESSAGE : TW_UNIT_STRUCT, &envelope,
                                     &tree, &out);
            if (next == TW_NEXT_MORE) continue;
            add_result(log, input, next, m == MESSAGES ? &envelope : NULL, m == SKIPS ? NULL : &tree, &out);
        } while (next == TW_NEXT_READY);
    }
    tw_outcome again;
    tw_next still =
        m == SKIPS ? tw_input_skip(input, &again) : tw_input_next(input, TW_UNIT_STRUCT, NULL, &tree, &again);
    assert_int_equal(still, next);
    assert_int_equal(again.error.cls, out.error.cls);
    tw_tree_deinit(&tree);
    tw_input_free(input);
    return next == TW_NEXT_END ? TW_OK : out.error.cls;
}

/* Whole, byte by byte, and at every split: always the same. *log is that of the whole. */
static void run_every_way(const char *name, const tw_decode_options *options, mode m, tw_bytes stream,
                          tw_buffer *log)
{
    tw_stack stack = stack_of(name);
    run(&stack, options, m, stream, 0, 0, NULL, log);
    for (size_t first = 0; first <= stream.len; first++) {
        tw_buffer other;
        tw_buffer_init(&other, NULL);
        run(&stack, options, m, stream, first, first == 0 ? 1 : 0, NULL, &other);
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
    mode mode;
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
        release(bytes);
    }
}

/* Generated sessions. */

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
            release(piece);
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
            tw_stack stack = stack_of(all_stacks[i]);
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

/* Memory. */

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
        tw_stack stack = stack_of(all_stacks[i]);
        tw_buffer stream;
        tw_buffer_init(&stream, NULL);
        write_session(&stack, trees, true, &stream);
        tw_class cls = TW_MEMORY;
        for (size_t n = 1; cls != TW_OK; n++) {
            tw_test_alloc alloc;
            tw_test_alloc_init(&alloc, n);
            tw_buffer log;
            tw_buffer_init(&log, NULL);
            cls = run(&stack, NULL, MESSAGES, tw_buffer_view(&stream), 0, 1000, &alloc.alloc, &log);
            assert_true(cls == TW_OK || cls == TW_MEMORY);
            assert_int_equal(alloc.now, 0);
            assert_true(n < 500);
            tw_buffer_deinit(&log);
        }
        tw_buffer_deinit(&stream);
    }
    for (size_t i = 0; i < SESSION; i++) tw_tree_deinit(&trees[i]);
}

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
        tw_stack stack = stack_of(names[i]);
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
            tw_class cls =
                run(&stack, &options, STRUCTS, tw_buffer_view(&stream), 0, step, &alloc.alloc, &log);
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
    tw_stack stack = stack_of("zlib/framed/compact");
    tw_stack wrapped = stack_of("zlib/compact");
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
    assert_int_equal(run(&stack, &options, STRUCTS, tw_buffer_view(&stream), 0, 0, &alloc.alloc, &log),
                     TW_LIMIT);
    assert_true(alloc.peak < 300000);
    free(zeros);
    free(writer);
    tw_buffer_deinit(&log);
    tw_buffer_deinit(&stream);
    (void)wrapped;
}

/* A large unit in small pieces is followed, not read again from its start each time. */
static void small_pieces_cost_linear_work(void **state)
{
    (void)state;
    static const char *const names[] = {"compact", "framed/compact", "zlib/compact"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        tw_stack stack = stack_of(names[i]);
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
        assert_int_equal(run(&stack, NULL, SKIPS, tw_buffer_view(&stream), 0, 29, NULL, &log), TW_OK);
        tw_buffer_deinit(&log);
        tw_buffer_deinit(&stream);
        tw_tree_deinit(&tree);
    }
}

/* A whole stream at once. */

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
        tw_stack stack = stack_of(cases[i].stack);
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
        release(in); /* what the tree says is its own */
        assert_int_equal(cls, out.error.cls);
        if (cls == TW_OK) {
            if (cases[i].unit == TW_UNIT_MESSAGE) {
                tw_buffer_append(&log, envelope.name.data, envelope.name.len);
                add(&log, " ");
            }
            assert_int_equal(tw_encode(&tw_compact, tw_tree_root(&tree), &bytes), TW_OK);
            add_hex(&log, tw_buffer_view(&bytes));
        } else {
            add_error(&log, &out.error);
            assert_int_equal(tree.count, 0);
        }
        add_open(&log, &out.open);
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
    tw_stack stack = stack_of("framed/zlib/compact");
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(streams_in_every_split), cmocka_unit_test(sessions_come_back),
        cmocka_unit_test(refused_memory_is_told), cmocka_unit_test(a_bomb_takes_what_the_limit_allows),
        cmocka_unit_test(a_bomb_of_empty_frames), cmocka_unit_test(small_pieces_cost_linear_work),
        cmocka_unit_test(decodes_at_once),        cmocka_unit_test(decoding_at_once_tells_refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
