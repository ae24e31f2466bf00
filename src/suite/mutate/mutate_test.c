#include "suite/mutate/expectation.h"
#include "suite/mutate/mutate.h"
#include "suite/mutate/stream.h"

#include "wire/test/support.h"

#include <stdlib.h>
#include <string.h>

typedef struct subject {
    tw_stack stack;
    tw_bytes wire, payload;
    tw_buffer unwrapped;
    tw_arena arena;
    assay_targets targets;
} subject;

static void subject_init(subject *s, const char *stack, const char *hex)
{
    assert_true(tw_stack_parse(stack, &s->stack, NULL));
    s->wire = tw_test_hex(hex);
    tw_buffer_init(&s->unwrapped, NULL);
    tw_arena_init(&s->arena, NULL, SIZE_MAX);
    assert_int_equal(assay_stream_unwrap(&s->stack, s->wire, &s->unwrapped), TW_OK);
    s->payload = tw_test_exact(s->unwrapped.data, s->unwrapped.len);
}

static void subject_deinit(subject *s)
{
    free((void *)s->wire.data);
    free((void *)s->payload.data);
    tw_buffer_deinit(&s->unwrapped);
    tw_arena_deinit(&s->arena);
}

static const assay_target *target(const subject *s, const char *field)
{
    for (size_t i = 0; i < s->targets.count; i++)
        if (strcmp(s->targets.items[i].field, field) == 0) return &s->targets.items[i];
    fail_msg("no target %s", field);
    return NULL;
}

static void expect_written(const subject *s, const char *field, int64_t value, const char *hex)
{
    tw_buffer wire;
    tw_bytes want = tw_test_hex(hex);
    tw_buffer_init(&wire, NULL);
    assert_int_equal(assay_target_write(target(s, field), &s->stack, s->wire, s->payload, value, &wire),
                     TW_OK);
    if (!tw_bytes_equal(tw_buffer_view(&wire), want))
        fail_msg("%s = %lld: not %s", field, (long long)value, hex);
    tw_buffer_deinit(&wire);
    free((void *)want.data);
}

static void sizes_of_binary(void **state)
{
    subject s;
    (void)state;
    /* struct{1: list<string>["a"], 2: map<i8, i8>{1: 2}} */
    subject_init(&s, "binary", "0f0001 0b00000001 00000001 61 0d0002 0303 00000001 01 02 00");
    assert_true(assay_sizes_find(&s.stack, s.wire, s.payload, TW_UNIT_STRUCT, &s.arena, &s.targets));
    assert_int_equal(s.targets.count, 3);
    const assay_target *t = target(&s, "1");
    assert_int_equal(t->offset, 4);
    assert_int_equal(t->len, 4);
    assert_int_equal(t->rest, s.payload.len - 8);
    assert_int_equal(t->value, 1);
    expect_written(&s, "1", -1, "0f0001 0bffffffff 00000001 61 0d0002 0303 00000001 01 02 00");
    expect_written(&s, "1[0]", 2147483647, "0f0001 0b00000001 7fffffff 61 0d0002 0303 00000001 01 02 00");
    expect_written(&s, "2", 0, "0f0001 0b00000001 00000001 61 0d0002 0303 00000000 01 02 00");
    subject_deinit(&s);
}

static void sizes_of_compact(void **state)
{
    subject s;
    (void)state;
    /* struct{1: list<i8>[5], 2: set<i8>[6] in the long form, 3: map<i8, i8>{1: 2}, 4: string "a"} */
    subject_init(&s, "compact", "19 13 05 1a f3 01 06 1b 01 33 01 02 18 01 61 00");
    assert_true(assay_sizes_find(&s.stack, s.wire, s.payload, TW_UNIT_STRUCT, &s.arena, &s.targets));
    assert_int_equal(s.targets.count, 4);
    expect_written(&s, "1", 14, "19 e3 05 1a f3 01 06 1b 01 33 01 02 18 01 61 00");
    expect_written(&s, "1", 15, "19 f3 0f 05 1a f3 01 06 1b 01 33 01 02 18 01 61 00");
    expect_written(&s, "1", -1, "19 f3 ffffffff0f 05 1a f3 01 06 1b 01 33 01 02 18 01 61 00");
    expect_written(&s, "2", 300, "19 13 05 1a f3 ac02 06 1b 01 33 01 02 18 01 61 00");
    expect_written(&s, "3", 0, "19 13 05 1a f3 01 06 1b 00 33 01 02 18 01 61 00");
    expect_written(&s, "4", 128, "19 13 05 1a f3 01 06 1b 01 33 01 02 18 8001 61 00");
    subject_deinit(&s);
}

static void sizes_of_messages_and_frames(void **state)
{
    subject s;
    (void)state;
    subject_init(&s, "framed/compact", "00000009 82 21 07 01 61 18 01 62 00");
    assert_true(assay_sizes_find(&s.stack, s.wire, s.payload, TW_UNIT_MESSAGE, &s.arena, &s.targets));
    assert_int_equal(s.targets.count, 3);
    assert_true(target(&s, "frame")->outside);
    assert_int_equal(target(&s, "frame")->rest, 9);
    /* the frame's length alone; or its contents, with a length that is right */
    expect_written(&s, "frame", 0, "00000000 82 21 07 01 61 18 01 62 00");
    expect_written(&s, "name", -1, "0000000d 82 21 07 ffffffff0f 61 18 01 62 00");
    expect_written(&s, "1", 0, "00000009 82 21 07 01 61 18 00 62 00");
    subject_deinit(&s);
}

static void types_of_both_protocols(void **state)
{
    subject s;
    (void)state;
    subject_init(&s, "compact", "19 13 05 1b 01 35 01 02 1b 00 00");
    assert_true(assay_types_find(&s.stack, s.payload, TW_UNIT_STRUCT, &s.arena, &s.targets));
    assert_int_equal(s.targets.count,
                     6); /* three fields, an element, a key, a value; the empty map has no types */
    assert_int_equal(target(&s, "2{k}")->value, 3);
    assert_int_equal(target(&s, "2{v}")->value, 5);
    expect_written(&s, "1", 10, "1a 13 05 1b 01 35 01 02 1b 00 00");
    expect_written(&s, "1[]", 15, "19 1f 05 1b 01 35 01 02 1b 00 00");
    expect_written(&s, "2{k}", 1, "19 13 05 1b 01 15 01 02 1b 00 00");
    expect_written(&s, "2{v}", 1, "19 13 05 1b 01 31 01 02 1b 00 00");
    subject_deinit(&s);
    subject_init(&s, "binary", "0d0001 0308 00000001 01 00000002 020002 01 00");
    assert_true(assay_types_find(&s.stack, s.payload, TW_UNIT_STRUCT, &s.arena, &s.targets));
    assert_int_equal(s.targets.count, 4);
    expect_written(&s, "1{v}", 255, "0d0001 03ff 00000001 01 00000002 020002 01 00");
    expect_written(&s, "2", 17, "0d0001 0308 00000001 01 00000002 110002 01 00");
    subject_deinit(&s);
}

static void names_are_unique(void **state)
{
    subject s;
    (void)state;
    subject_init(&s, "compact", "18 01 61 08 02 01 62 08 02 01 63 00"); /* field 1 three times */
    assert_true(assay_sizes_find(&s.stack, s.wire, s.payload, TW_UNIT_STRUCT, &s.arena, &s.targets));
    assert_int_equal(s.targets.count, 3);
    assert_int_equal(target(&s, "1")->offset, 1);
    assert_int_equal(target(&s, "1#2")->offset, 5);
    assert_int_equal(target(&s, "1#3")->offset, 9);
    subject_deinit(&s);
}

static void there_is_an_end_to_targets(void **state)
{
    subject s;
    char hex[2 * 3 * 2000 + 3] = "";
    (void)state;
    for (size_t i = 0; i < 2000; i++) memcpy(hex + 6 * i, "180161", 6);
    memcpy(hex + sizeof hex - 3, "00", 2);
    subject_init(&s, "compact", hex);
    assert_true(assay_sizes_find(&s.stack, s.wire, s.payload, TW_UNIT_STRUCT, &s.arena, &s.targets));
    assert_int_equal(s.targets.count, ASSAY_TARGETS_MOST);
    subject_deinit(&s);
}

static void compressed_streams_have_no_targets(void **state)
{
    subject s;
    tw_buffer wire;
    (void)state;
    subject_init(&s, "zlib/compact", "");
    tw_buffer_init(&wire, NULL);
    tw_bytes payload = tw_test_hex("18 01 61 00");
    assert_int_equal(assay_stream_wrap(&s.stack, payload, &wire), TW_OK);
    assert_true(
        assay_sizes_find(&s.stack, tw_buffer_view(&wire), payload, TW_UNIT_STRUCT, &s.arena, &s.targets));
    assert_int_equal(s.targets.count, 0);
    tw_buffer back;
    tw_buffer_init(&back, NULL);
    assert_int_equal(assay_stream_unwrap(&s.stack, tw_buffer_view(&wire), &back), TW_OK);
    assert_true(tw_bytes_equal(tw_buffer_view(&back), payload));
    tw_buffer_deinit(&wire);
    tw_buffer_deinit(&back);
    free((void *)payload.data);
    subject_deinit(&s);
}

static void payload_offsets_are_found_in_frames(void **state)
{
    subject s;
    size_t frame = 0;
    (void)state;
    subject_init(&s, "framed/compact", "00000002 1161 00000000 00000001 00 000000");
    assert_int_equal(assay_stream_place(&s.stack, s.wire, 0), 4);
    assert_int_equal(assay_stream_place(&s.stack, s.wire, 2), 6);
    assert_int_equal(assay_stream_place(&s.stack, s.wire, 3), 15);
    assert_int_equal(assay_stream_place(&s.stack, s.wire, 4), s.wire.len);
    const size_t edges[] = {4, 6, 10, 10, 14, 15, SIZE_MAX};
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
        assert_int_equal(assay_stream_next_edge(&s.stack, s.wire, &frame), edges[i]);
    subject_deinit(&s);
    frame = 0;
    subject_init(&s, "compact", "0000");
    assert_int_equal(assay_stream_place(&s.stack, s.wire, 1), 1);
    assert_int_equal(assay_stream_next_edge(&s.stack, s.wire, &frame), SIZE_MAX);
    subject_deinit(&s);
}

static void expect_by_rules(const char *hex, assay_expect expect, assay_case *c, tw_arena *arena)
{
    tw_stack stack;
    assert_true(tw_stack_parse("compact", &stack, NULL));
    *c = (assay_case){.rule = TW_RULE_COMPACT_LIST, .level = ASSAY_MAY, .bytes = tw_test_hex(hex)};
    assert_true(assay_expect_by_rules(c, &stack, TW_UNIT_STRUCT, arena));
    assert_int_equal(c->expect, expect);
    free((void *)c->bytes.data);
}

static void the_rules_say_what_must_come(void **state)
{
    tw_arena arena;
    assay_case c;
    (void)state;
    tw_arena_init(&arena, NULL, SIZE_MAX);
    expect_by_rules("13 05 00 ff", ASSAY_ACCEPT, &c, &arena);
    assert_int_equal(c.level, ASSAY_MUST);
    assert_int_equal(c.rule, TW_RULE_COMPACT_LIST);
    assert_int_equal(c.consumed, 3);
    assert_int_equal(c.values[0].root[1].u.i, 5);
    expect_by_rules("1e 00", ASSAY_REJECT, &c, &arena);
    assert_int_equal(c.level, ASSAY_MUST);
    assert_int_equal(c.rule, TW_RULE_COMPACT_FIELD_TYPE);
    assert_true(c.unknown_type);
    assert_int_equal(c.value_count, 0);
    expect_by_rules("18 01 ff 00", ASSAY_ACCEPT, &c, &arena);       /* any bytes are legal in binary */
    expect_by_rules("19 11 05 00", ASSAY_EITHER, &c, &arena);       /* refused, by choice */
    expect_by_rules("13 05 03 02 06 00", ASSAY_EITHER, &c, &arena); /* field 1 twice */
    expect_by_rules("19 11 00 1e", ASSAY_EITHER, &c, &arena);       /* a must is broken behind a choice */
    assert_int_equal(c.outcome_count, 2);
    tw_arena_deinit(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_of_binary),
        cmocka_unit_test(sizes_of_compact),
        cmocka_unit_test(sizes_of_messages_and_frames),
        cmocka_unit_test(types_of_both_protocols),
        cmocka_unit_test(names_are_unique),
        cmocka_unit_test(there_is_an_end_to_targets),
        cmocka_unit_test(compressed_streams_have_no_targets),
        cmocka_unit_test(payload_offsets_are_found_in_frames),
        cmocka_unit_test(the_rules_say_what_must_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
