/* The table of verdicts on messages and sessions. */
#include "suite/judge/test/judge_bench.h"

#include "wire/test/support.h"

static const judge_row rows[] = {
    {"message", .verb = ASSAY_MESSAGE, .values = {PING}, .canonical = PING_COMPACT, .reply = PING_COMPACT,
     .want = "pass"},
    {"message, decoded", .verb = ASSAY_MESSAGE, .values = {PING}, .reply = PING_COMPACT, .want = "pass"},
    {"message with another name", .verb = ASSAY_MESSAGE, .values = {PING}, .reply = "8221070470696e68150a00",
     .want = "fail:wrong-value", .difference = "\"pinh\""},
    {"message with another number", .verb = ASSAY_MESSAGE, .values = {PING},
     .reply = "8221080470696e67150a00", .want = "fail:wrong-value", .difference = "#8"},
    {"message of another kind", .verb = ASSAY_MESSAGE, .values = {PING}, .reply = "8241070470696e67150a00",
     .want = "fail:wrong-value", .difference = "reply"},
    {"message with another struct", .verb = ASSAY_MESSAGE, .values = {PING},
     .reply = "8221070470696e67150c00", .want = "fail:wrong-value", .difference = "i32 6"},
    {"strict header where it is asked for", .verb = ASSAY_MESSAGE, .values = {PING}, .out = "binary",
     .reply = PING_STRICT, .want = "pass"},
    {"old header where strict is asked for", .verb = ASSAY_MESSAGE, .values = {PING}, .out = "binary",
     .reply = PING_OLD, .want = "fail:wrong-value", .difference = "expected the strict form"},
    {"old header where it is asked for", .verb = ASSAY_MESSAGE, .values = {PING}, .out = "binary-old",
     .reply = PING_OLD, .want = "pass"},
    {"strict header where old is asked for", .verb = ASSAY_MESSAGE, .values = {PING}, .out = "binary-old",
     .reply = PING_STRICT, .want = "fail:wrong-value"},
    {"old header behind binary-strict", .verb = ASSAY_MESSAGE, .values = {PING}, .out = "binary-strict",
     .reply = PING_OLD, .want = "fail:wrong-value"},
    {"either: the header's form still counts", .verb = ASSAY_MESSAGE, .expect = ASSAY_EITHER,
     .outcomes = {{"any", true, NULL}}, .out = "binary-old", .reply = PING_STRICT,
     .want = "fail:wrong-value"},

    {"session", .verb = ASSAY_SESSION, .values = {PING, PING}, .parts = {PING_COMPACT, PING_COMPACT},
     .want = "pass"},
    {"session in the bytes demanded", .verb = ASSAY_SESSION, .values = {PING, PING},
     .canonical = PING_COMPACT PING_COMPACT, .parts = {PING_COMPACT, PING_COMPACT}, .want = "pass"},
    {"session in other bytes", .verb = ASSAY_SESSION, .values = {PING}, .canonical = PING_COMPACT,
     .parts = {"8221070470696e6705020a00"}, .want = "warn:non-canonical"},
    {"session with another second message", .verb = ASSAY_SESSION, .values = {PING, PING},
     .parts = {PING_COMPACT, "8221070470696e67150c00"}, .want = "fail:wrong-value",
     .difference = "message 2"},
    {"session that lost a message", .verb = ASSAY_SESSION, .values = {PING, PING}, .parts = {PING_COMPACT},
     .want = "fail:wrong-value", .difference = "expected 2 messages, got 1"},
    {"session that refused a message", .verb = ASSAY_SESSION, .values = {PING, PING}, .parts = {PING_COMPACT},
     .act = ASSAY_ACT_REJECT, .want = "fail:wrong-reject"},
    {"session refused at its end", .verb = ASSAY_SESSION, .values = {PING}, .parts = {PING_COMPACT},
     .act = ASSAY_ACT_REJECT, .want = "fail:wrong-reject"},
    {"session to be refused at its end", .verb = ASSAY_SESSION, .values = {PING}, .parts = {PING_COMPACT},
     .end = ASSAY_END_REJECT, .act = ASSAY_ACT_REJECT, .want = "pass"},
    {"session refused by a fault", .verb = ASSAY_SESSION, .values = {PING}, .parts = {PING_COMPACT},
     .end = ASSAY_END_REJECT, .act = ASSAY_ACT_FAULT, .want = "warn:unclean"},
    {"session that did not see the end", .verb = ASSAY_SESSION, .values = {PING}, .parts = {PING_COMPACT},
     .end = ASSAY_END_REJECT, .want = "fail:wrong-accept"},
    {"session with a message too many", .verb = ASSAY_SESSION, .values = {PING},
     .parts = {PING_COMPACT, PING_COMPACT}, .end = ASSAY_END_REJECT, .act = ASSAY_ACT_REJECT,
     .want = "fail:wrong-accept"},
    {"session to be refused at once", .verb = ASSAY_SESSION, .expect = ASSAY_REJECT, .act = ASSAY_ACT_REJECT,
     .want = "pass"},
    {"session not refused at once", .verb = ASSAY_SESSION, .expect = ASSAY_REJECT,
     .want = "fail:wrong-accept"},
    {"session with a broken part", .verb = ASSAY_SESSION, .values = {PING}, .parts = {"8221"},
     .want = "fail:wrong-bytes"},
    {"session with two messages in a part", .verb = ASSAY_SESSION, .values = {PING},
     .parts = {PING_COMPACT PING_COMPACT}, .want = "fail:wrong-bytes"},
    {"session with bytes at its end", .verb = ASSAY_SESSION, .values = {PING}, .parts = {PING_COMPACT},
     .reply = "00", .want = "fail:wrong-bytes"},
    {"session consumed", .verb = ASSAY_SESSION, .values = {PING}, .parts = {PING_COMPACT}, .consumed = 11,
     .declares_consumed = true, .seen_consumed = 12, .want = "fail:consumed"},
    {"session with an old header", .verb = ASSAY_SESSION, .values = {PING}, .out = "binary",
     .parts = {PING_OLD}, .want = "fail:wrong-value"},
    {"session, either: goes on", .verb = ASSAY_SESSION, .expect = ASSAY_EITHER, .values = {PING},
     .outcomes = {{"goes-on", true, NULL}, {"stops", false, NULL}}, .parts = {PING_COMPACT},
     .want = "note:goes-on"},
    {"session, either: stops", .verb = ASSAY_SESSION, .expect = ASSAY_EITHER, .values = {PING},
     .outcomes = {{"goes-on", true, NULL}, {"stops", false, NULL}}, .act = ASSAY_ACT_REJECT,
     .want = "note:stops"},
    {"session, either: ends too early", .verb = ASSAY_SESSION, .expect = ASSAY_EITHER, .values = {PING},
     .outcomes = {{"goes-on", true, NULL}, {"stops", false, NULL}}, .want = "fail:unlisted-outcome"},
    {"session crash", .verb = ASSAY_SESSION, .expect = ASSAY_REJECT, .act = ASSAY_ACT_CRASH,
     .want = "fail:crash"},
};

static void test_table(void **state)
{
    (void)state;
    judge_rows_check(rows, sizeof rows / sizeof rows[0]);
}

/* With zlib the messages of a session are one stream: the second part alone is none. */
static void test_session_over_zlib(void **state)
{
    (void)state;
    static const judge_row session = {.verb = ASSAY_SESSION, .values = {PING, PING}, .out = "zlib/compact"};
    judge_bench b;
    judge_bench_init(&b, &session);
    tw_stack stack;
    assert_true(tw_stack_parse("zlib/compact", &stack, NULL));
    tw_output *output = tw_output_new(&stack, NULL);
    tw_buffer parts[2];
    for (size_t i = 0; i < 2; i++) {
        tw_buffer_init(&parts[i], NULL);
        assert_int_equal(tw_output_write(output, b.values[i].envelope, b.values[i].root, &parts[i]), TW_OK);
        b.parts[i] = tw_buffer_view(&parts[i]);
    }
    b.seen.part_count = 2;
    tw_arena arena;
    tw_arena_init(&arena, NULL, SIZE_MAX);
    assay_judgement judgement;
    assay_judge_options options = {false};
    assert_true(assay_judge(&b.c, &b.hello, &b.seen, &options, &arena, &judgement));
    assert_int_equal(judgement.verdict, ASSAY_PASS);
    tw_bytes first = b.parts[0];
    b.parts[0] = b.parts[1];
    b.parts[1] = first;
    assert_true(assay_judge(&b.c, &b.hello, &b.seen, &options, &arena, &judgement));
    assert_int_equal(judgement.verdict, ASSAY_FAIL);
    assert_string_equal(judgement.detail, "wrong-bytes");
    tw_arena_deinit(&arena);
    for (size_t i = 0; i < 2; i++) tw_buffer_deinit(&parts[i]);
    tw_output_free(output);
    judge_bench_deinit(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_session_over_zlib),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
