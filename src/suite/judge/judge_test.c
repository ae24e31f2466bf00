/* Every row of the table of verdicts, and the ways in which each can be missed. Messages and sessions:
 * session_test.c. */
#include "suite/judge/test/judge_bench.h"

#include "wire/test/support.h"

#include <signal.h>

#define I32_5_BINARY "0800010000000500"

static const judge_row rows[] = {
    {"as expected, in the bytes demanded", .values = {I32_5}, .canonical = I32_5_COMPACT,
     .reply = I32_5_COMPACT, .want = "pass"},
    {"as expected, no bytes demanded", .values = {I32_5}, .reply = I32_5_COMPACT, .want = "pass"},
    {"any value will do", .reply = I32_5_COMPACT, .want = "pass"},
    {"refused as expected", .expect = ASSAY_REJECT, .act = ASSAY_ACT_REJECT, .want = "pass"},
    {"another protocol", .values = {I32_5}, .out = "binary", .reply = I32_5_BINARY, .want = "pass"},
    {"frames", .values = {I32_5}, .out = "framed/compact", .reply = "00000003" I32_5_COMPACT, .want = "pass"},

    {"accepts what is to be refused", .expect = ASSAY_REJECT, .reply = I32_5_COMPACT,
     .want = "fail:wrong-accept"},
    {"accepts by skip what is to be refused", .verb = ASSAY_SKIP, .expect = ASSAY_REJECT,
     .want = "fail:wrong-accept"},
    {"refuses what is right", .values = {I32_5}, .act = ASSAY_ACT_REJECT, .said = "no",
     .want = "fail:wrong-reject", .difference = "refused: no"},
    {"a fault on what is right", .values = {I32_5}, .act = ASSAY_ACT_FAULT, .said = "oops",
     .want = "fail:wrong-reject", .difference = "failed: oops"},
    {"another value", .values = {I32_5}, .reply = "150c00", .want = "fail:wrong-value",
     .difference = "i32 6"},
    {"another type", .values = {I32_5}, .reply = "140a00", .want = "fail:wrong-value"},
    {"a field too many", .values = {I32_5}, .reply = "150a150a00", .want = "fail:wrong-value"},

    {"a reply that is cut short", .values = {I32_5}, .reply = "150a", .want = "fail:wrong-bytes"},
    {"a reply that is nothing", .values = {I32_5}, .reply = "", .want = "fail:wrong-bytes"},
    {"a reply with a byte behind it", .values = {I32_5}, .reply = I32_5_COMPACT "00",
     .want = "fail:wrong-bytes", .difference = "left over"},
    {"a byte behind it inside the frame", .values = {I32_5}, .out = "framed/compact",
     .reply = "00000004" I32_5_COMPACT "07", .want = "fail:wrong-bytes"},
    {"a frame that is longer than the reply", .values = {I32_5}, .out = "framed/compact",
     .reply = "00000004" I32_5_COMPACT, .want = "fail:wrong-bytes"},
    {"skip answers with bytes", .verb = ASSAY_SKIP, .reply = "00", .want = "fail:wrong-bytes"},
    {"echo of other bytes", .verb = ASSAY_ECHO, .reply = "01020305", .want = "fail:wrong-bytes"},
    {"echo", .verb = ASSAY_ECHO, .reply = "01020304", .want = "pass"},

    {"bytes consumed", .values = {I32_5}, .canonical = I32_5_COMPACT, .reply = I32_5_COMPACT, .consumed = 3,
     .declares_consumed = true, .seen_consumed = 3, .want = "pass"},
    {"too many bytes consumed", .values = {I32_5}, .canonical = I32_5_COMPACT, .reply = I32_5_COMPACT,
     .consumed = 3, .declares_consumed = true, .seen_consumed = 4, .want = "fail:consumed",
     .difference = "expected 3"},
    {"too many consumed, read by decoding", .values = {I32_5}, .reply = I32_5_COMPACT, .consumed = 3,
     .declares_consumed = true, .seen_consumed = 4, .want = "fail:consumed"},
    {"skip consumes too little", .verb = ASSAY_SKIP, .consumed = 3, .declares_consumed = true,
     .seen_consumed = 2, .want = "fail:consumed"},
    {"consumed is not declared", .values = {I32_5}, .reply = I32_5_COMPACT, .consumed = 3, .seen_consumed = 4,
     .want = "pass"},
    {"consumed is answered by ?", .values = {I32_5}, .reply = I32_5_COMPACT, .consumed = 3,
     .declares_consumed = true, .want = "pass"},
    {"nobody knows what is to be consumed", .values = {I32_5}, .reply = I32_5_COMPACT,
     .declares_consumed = true, .seen_consumed = 4, .want = "pass"},

    {"crash on what is right", .values = {I32_5}, .act = ASSAY_ACT_CRASH, .signal = SIGSEGV,
     .want = "fail:crash", .difference = "SIGSEGV"},
    {"a crash is no refusal", .expect = ASSAY_REJECT, .act = ASSAY_ACT_CRASH, .want = "fail:crash",
     .difference = "status 3"},
    {"a crash is no outcome", .expect = ASSAY_EITHER, .outcomes = {{"refused", false, NULL}},
     .act = ASSAY_ACT_CRASH, .want = "fail:crash"},
    {"a crash is never a matter of level", .level = ASSAY_MAY, .act = ASSAY_ACT_CRASH, .want = "fail:crash"},
    {"hang", .expect = ASSAY_REJECT, .act = ASSAY_ACT_HANG, .want = "fail:hang"},
    {"a hang, should", .level = ASSAY_SHOULD, .act = ASSAY_ACT_HANG, .want = "fail:hang"},
    {"garbage", .expect = ASSAY_REJECT, .act = ASSAY_ACT_GARBAGE, .said = "Segfault", .want = "fail:garbage"},
    {"crash in the deep", .expect = ASSAY_ACCEPT, .depth = 500, .act = ASSAY_ACT_CRASH, .want = "fail:crash"},

    {"declared, then unsupported", .act = ASSAY_ACT_UNSUPPORTED, .want = "fail:unsupported"},
    {"not declared", .in = "zlib/compact", .act = ASSAY_ACT_UNSUPPORTED, .want = "skip:zlib"},
    {"not declared, not run", .in = "zlib/compact", .act = ASSAY_ACT_NOT_RUN, .want = "skip:zlib"},
    {"declared, and not run", .act = ASSAY_ACT_NOT_RUN, .want = "broken:not-run"},
    {"nesting that glue cannot carry", .depth = 2000, .act = ASSAY_ACT_UNSUPPORTED,
     .want = "not-verified:nesting"},
    {"nesting that the library itself skips", .verb = ASSAY_SKIP, .depth = 2000, .act = ASSAY_ACT_UNSUPPORTED,
     .want = "fail:unsupported"},
    {"nesting that glue must carry", .depth = 100, .act = ASSAY_ACT_UNSUPPORTED, .want = "fail:unsupported"},
    {"the glue failed", .act = ASSAY_ACT_ERROR, .said = "key error", .want = "broken:error",
     .difference = "key error"},
    {"a reply too long", .act = ASSAY_ACT_TOO_LONG, .want = "not-verified:too-long"},

    {"out of memory on little", .expect = ASSAY_REJECT, .act = ASSAY_ACT_NOMEM, .want = "fail:over-budget"},
    {"out of memory on just too little", .expect = ASSAY_REJECT, .bytes_len = (1 << 20) - 1,
     .act = ASSAY_ACT_NOMEM, .want = "fail:over-budget"},
    {"out of memory on much", .expect = ASSAY_REJECT, .bytes_len = 1 << 20, .act = ASSAY_ACT_NOMEM,
     .want = "warn:unclean"},
    {"out of memory on much that is right", .values = {I32_5}, .bytes_len = 1 << 20, .act = ASSAY_ACT_NOMEM,
     .want = "fail:wrong-reject"},
    {"out of memory is never a matter of level", .level = ASSAY_MAY, .act = ASSAY_ACT_NOMEM,
     .want = "fail:over-budget"},
    {"within the budget", .expect = ASSAY_REJECT, .act = ASSAY_ACT_REJECT, .rss_budget = 4096, .rss = 4096,
     .peak = UNMEASURED, .want = "pass"},
    {"above the budget", .expect = ASSAY_REJECT, .act = ASSAY_ACT_REJECT, .rss_budget = 4096, .rss = 4097,
     .peak = UNMEASURED, .want = "fail:over-budget", .difference = "4097 KiB"},
    {"reserved above the budget", .expect = ASSAY_REJECT, .act = ASSAY_ACT_REJECT, .rss_budget = 4096,
     .rss = 1, .peak = 9999, .want = "fail:over-budget"},
    {"too much CPU time", .expect = ASSAY_REJECT, .act = ASSAY_ACT_REJECT, .cpu_budget = 100, .cpu = 101,
     .want = "fail:over-budget"},
    {"a budget that nobody measured", .expect = ASSAY_REJECT, .act = ASSAY_ACT_REJECT, .rss_budget = 4096,
     .rss = UNMEASURED, .peak = UNMEASURED, .want = "not-verified:budget"},
    {"wrong whatever it took", .expect = ASSAY_REJECT, .reply = I32_5_COMPACT, .rss_budget = 1, .rss = 9,
     .want = "fail:wrong-accept"},

    {"handed up, and there is an unknown type", .expect = ASSAY_REJECT, .unknown_type = true,
     .act = ASSAY_ACT_HANDED_UP, .want = "not-verified:handed-up"},
    {"handed up, and there is none", .values = {I32_5}, .act = ASSAY_ACT_HANDED_UP,
     .want = "fail:wrong-reject"},

    {"a should that is broken", .level = ASSAY_SHOULD, .values = {I32_5}, .act = ASSAY_ACT_REJECT,
     .want = "warn:wrong-reject"},
    {"a should that is kept", .level = ASSAY_SHOULD, .values = {I32_5}, .reply = I32_5_COMPACT,
     .want = "pass"},
    {"a newer vector that fails is a warning", .warns = true, .values = {I32_5}, .act = ASSAY_ACT_REJECT,
     .want = "warn:wrong-reject"},
    {"a newer vector that fails is a warning even where warnings fail", .warns = true, .strict = true,
     .expect = ASSAY_REJECT, .reply = I32_5_COMPACT, .want = "warn:wrong-accept"},
    {"a newer vector that passes", .warns = true, .values = {I32_5}, .reply = I32_5_COMPACT, .want = "pass"},
    {"a should, strict", .level = ASSAY_SHOULD, .values = {I32_5}, .act = ASSAY_ACT_REJECT, .strict = true,
     .want = "fail:wrong-reject"},
    {"unreadable bytes are no matter of level", .level = ASSAY_SHOULD, .values = {I32_5}, .reply = "15",
     .want = "fail:wrong-bytes"},
    {"refused by a fault", .expect = ASSAY_REJECT, .act = ASSAY_ACT_FAULT, .want = "warn:unclean"},
    {"refused by a fault, strict", .expect = ASSAY_REJECT, .act = ASSAY_ACT_FAULT, .strict = true,
     .want = "fail:unclean"},
    {"right value, long form", .values = {I32_5}, .canonical = I32_5_COMPACT, .reply = "05020a00",
     .want = "warn:non-canonical"},
    {"right value, long form, and too much consumed", .values = {I32_5}, .canonical = I32_5_COMPACT,
     .reply = "05020a00", .consumed = 3, .declares_consumed = true, .seen_consumed = 4,
     .want = "fail:consumed"},
    {"another order of a set is nobody's fault", .values = {"struct{1: set<i8>[1, 2]}"},
     .canonical = "1a23010200", .reply = "1a23020100", .want = "pass"},
    {"read writes by the glue's hand", .verb = ASSAY_READ, .values = {"struct{1: map{}}"},
     .canonical = "0d000100000000000000", .reply = "0d000108080000000000", .want = "pass"},

    {"may: accepted", .level = ASSAY_MAY, .values = {I32_5}, .reply = I32_5_COMPACT, .want = "note:accepted"},
    {"may: refused", .level = ASSAY_MAY, .values = {I32_5}, .act = ASSAY_ACT_REJECT, .want = "note:refused"},
    {"may: another value", .level = ASSAY_MAY, .values = {I32_5}, .reply = "150c00",
     .want = "note:other-value"},
    {"may: accepted what it may refuse", .level = ASSAY_MAY, .expect = ASSAY_REJECT, .reply = I32_5_COMPACT,
     .want = "note:accepted"},
    {"may: in other bytes", .level = ASSAY_MAY, .values = {I32_5}, .canonical = I32_5_COMPACT,
     .reply = "05020a00", .want = "note:non-canonical"},

    {"either: the first value", .expect = ASSAY_EITHER,
     .outcomes = {{"five", true, NULL}, {"six", true, NULL}}, .outcome_values = {I32_5, "struct{1: i32 6}"},
     .reply = I32_5_COMPACT, .want = "note:five"},
    {"either: the second value", .expect = ASSAY_EITHER,
     .outcomes = {{"five", true, NULL}, {"six", true, NULL}}, .outcome_values = {I32_5, "struct{1: i32 6}"},
     .reply = "150c00", .want = "note:six"},
    {"either: a value not enumerated", .expect = ASSAY_EITHER,
     .outcomes = {{"five", true, NULL}, {"refused", false, NULL}}, .outcome_values = {I32_5},
     .reply = "150e00", .want = "fail:unlisted-outcome"},
    {"either: a named value before any value", .expect = ASSAY_EITHER,
     .outcomes = {{"any", true, NULL}, {"five", true, NULL}}, .outcome_values = {NULL, I32_5},
     .reply = I32_5_COMPACT, .want = "note:five"},
    {"either: any value", .expect = ASSAY_EITHER, .outcomes = {{"any", true, NULL}, {"five", true, NULL}},
     .outcome_values = {NULL, I32_5}, .reply = "150e00", .want = "note:any"},
    {"either: refused", .expect = ASSAY_EITHER, .outcomes = {{"five", true, NULL}, {"no", false, NULL}},
     .outcome_values = {I32_5}, .act = ASSAY_ACT_REJECT, .want = "note:no"},
    {"either: refused by a fault", .expect = ASSAY_EITHER, .outcomes = {{"no", false, NULL}},
     .act = ASSAY_ACT_FAULT, .want = "note:no"},
    {"either: refusing is not enumerated", .expect = ASSAY_EITHER, .outcomes = {{"five", true, NULL}},
     .outcome_values = {I32_5}, .act = ASSAY_ACT_REJECT, .want = "fail:unlisted-outcome"},
    {"either: unreadable by an open rule", .expect = ASSAY_EITHER, .outcomes = {{"any", true, NULL}},
     .reply = "190000", .want = "note:any"},
    {"either: unreadable", .expect = ASSAY_EITHER, .outcomes = {{"any", true, NULL}}, .reply = "15",
     .want = "fail:wrong-bytes"},
    {"either: skip tells no values apart", .verb = ASSAY_SKIP, .expect = ASSAY_EITHER,
     .outcomes = {{"five", true, NULL}, {"six", true, NULL}}, .outcome_values = {I32_5, "struct{1: i32 6}"},
     .want = "note:accepted"},
    {"either: skip with one outcome", .verb = ASSAY_SKIP, .expect = ASSAY_EITHER,
     .outcomes = {{"no", false, NULL}, {"five", true, NULL}}, .outcome_values = {NULL, I32_5},
     .want = "note:five"},
    {"either: skip may not accept", .verb = ASSAY_SKIP, .expect = ASSAY_EITHER,
     .outcomes = {{"no", false, NULL}}, .want = "fail:unlisted-outcome"},
    {"either: consumed counts", .expect = ASSAY_EITHER, .outcomes = {{"any", true, NULL}},
     .reply = I32_5_COMPACT, .consumed = 3, .declares_consumed = true, .seen_consumed = 4,
     .want = "fail:consumed"},

    {"60 levels may be refused", .values = {I32_5}, .depth = 60, .act = ASSAY_ACT_REJECT,
     .want = "note:refuses-nesting"},
    {"60 levels may be read", .values = {I32_5}, .depth = 60, .reply = I32_5_COMPACT,
     .want = "note:reads-nesting"},
    {"59 levels may not be refused", .values = {I32_5}, .depth = 59, .act = ASSAY_ACT_REJECT,
     .want = "fail:wrong-reject"},
    {"60 levels read wrongly", .values = {I32_5}, .depth = 60, .reply = "150c00", .want = "fail:wrong-value"},
    {"999 levels may be read", .expect = ASSAY_REJECT, .error_rule = TW_RULE_LIMIT_DEPTH, .depth = 999,
     .reply = I32_5_COMPACT, .want = "note:reads-nesting"},
    {"999 levels may be skipped", .verb = ASSAY_SKIP, .expect = ASSAY_REJECT,
     .error_rule = TW_RULE_LIMIT_DEPTH, .depth = 999, .want = "note:reads-nesting"},
    {"1000 levels may not be skipped", .verb = ASSAY_SKIP, .expect = ASSAY_REJECT,
     .error_rule = TW_RULE_LIMIT_DEPTH, .depth = 1000, .want = "fail:wrong-accept"},
    {"1000 levels are not counted by raw readers", .expect = ASSAY_REJECT, .error_rule = TW_RULE_LIMIT_DEPTH,
     .depth = 1000, .reply = I32_5_COMPACT, .want = "note:reads-nesting"},
    {"1000 levels refused", .expect = ASSAY_REJECT, .error_rule = TW_RULE_LIMIT_DEPTH, .depth = 1000,
     .act = ASSAY_ACT_REJECT, .want = "pass"},
    {"deep, but wrong for another reason", .expect = ASSAY_REJECT, .error_rule = TW_RULE_COMPACT_STRING_SIZE,
     .depth = 100, .reply = I32_5_COMPACT, .want = "fail:wrong-accept"},
    {"a declared limit explains", .values = {I32_5}, .depth = 40, .depth_limit = 32, .act = ASSAY_ACT_REJECT,
     .want = "warn:declared-limit", .difference = "depth limit is 32"},
    {"a declared limit that was not reached", .values = {I32_5}, .depth = 32, .depth_limit = 32,
     .act = ASSAY_ACT_REJECT, .want = "fail:wrong-reject"},
    {"a declared limit does not explain a fault", .values = {I32_5}, .depth = 40, .depth_limit = 32,
     .act = ASSAY_ACT_FAULT, .want = "fail:wrong-reject"},
    {"the specification's own limit explains nothing", .values = {I32_5}, .in = "framed/compact",
     .frame_limit = 16384000, .act = ASSAY_ACT_REJECT, .want = "fail:wrong-reject"},
    {"a declared limit of frames", .values = {I32_5}, .in = "framed/compact", .frame_limit = 1000,
     .act = ASSAY_ACT_REJECT, .want = "warn:declared-limit"},

    {"order of a map does not count", .values = {"struct{1: map<i8, i8>{1: 2, 3: 4}}"},
     .reply = "1b02330304010200", .want = "pass"},
    {"order of a map counts here", .values = {"struct{1: map<i8, i8>{1: 2, 3: 4}}"},
     .reply = "1b02330304010200", .ordered = true, .want = "fail:wrong-value"},
    {"order of a list counts", .values = {"struct{1: list<i8>[1, 2]}"}, .reply = "1923020100",
     .want = "fail:wrong-value"},
    {"an empty map has lost its types", .values = {"struct{1: map<string, i32>{}}"}, .reply = "1b0000",
     .want = "pass"},
    {"NaNs differ by their bits", .values = {"struct{1: double nan(0x7ff8000000000001)}"},
     .reply = "17000000000000f87f00", .want = "fail:wrong-value"},
    {"typed: a NaN is a NaN", .verb = ASSAY_TYPED, .values = {"struct{1: double nan(0x7ff8000000000001)}"},
     .reply = "17000000000000f87f00", .want = "pass"},
    {"order of fields counts", .values = {"struct{2: i8 2, 1: i8 1}"}, .reply = "1301130200",
     .want = "fail:wrong-value"},
    {"typed: order of fields does not", .verb = ASSAY_TYPED, .values = {"struct{2: i8 2, 1: i8 1}"},
     .reply = "1301130200", .want = "pass"},
};

static void test_table(void **state)
{
    (void)state;
    judge_rows_check(rows, sizeof rows / sizeof rows[0]);
}

static void test_names(void **state)
{
    (void)state;
    assay_verdict verdict = ASSAY_PASS;
    for (int v = 0; v < ASSAY_VERDICT_COUNT; v++) {
        assert_true(assay_verdict_find(assay_verdict_name((assay_verdict)v), &verdict));
        assert_int_equal(verdict, v);
    }
    assert_true(assay_verdict_find("not-verified", &verdict));
    assert_int_equal(verdict, ASSAY_NOT_VERIFIED);
    assert_false(assay_verdict_find("", &verdict));
    assert_false(assay_verdict_find("passed", &verdict));
    assert_int_equal(verdict, ASSAY_NOT_VERIFIED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_table), cmocka_unit_test(test_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
