/* Every row of the table of verdicts, and the ways in which each can be missed. */
#include "suite/judge/judge.h"
#include "wire/text/hex.h"
#include "wire/text/notation.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define UNMEASURED (-1)

typedef struct row {
    const char *name;
    /* the case */
    assay_verb verb;
    assay_expect expect;
    assay_level level;
    const char *in, *out;  /* NULL: compact, compact */
    const char *values[3]; /* notation */
    const char *canonical; /* hex; NULL: not demanded */
    size_t consumed;       /* 0: not known */
    bool ordered, unknown_type;
    assay_end end;
    uint32_t depth;
    tw_rule error_rule; /* reject: the reference's rule */
    assay_named_outcome outcomes[3];
    const char *outcome_values[3];
    size_t bytes_len;               /* 0: 4 bytes */
    int64_t rss_budget, cpu_budget; /* 0: none */
    /* the testee */
    bool declares_consumed;
    int64_t depth_limit, frame_limit; /* 0: not declared */
    /* what it did */
    assay_act act;
    const char *reply; /* hex */
    const char *parts[4];
    size_t seen_consumed; /* 0: unknown */
    int64_t rss, cpu, peak;
    int signal;
    const char *said;
    bool strict, warns; /* warns: of the case */
    /* what is to be said of it */
    const char *want, *difference;
} row;

#define I32_5 "struct{1: i32 5}"
#define I32_5_COMPACT "150a00"
#define I32_5_BINARY "0800010000000500"
#define PING "call \"ping\" #7 struct{1: i32 5}"
#define PING_COMPACT "8221070470696e67150a00"
#define PING_STRICT "800100010000000470696e67000000070800010000000500"
#define PING_OLD "0000000470696e6701000000070800010000000500"

static const row rows[] = {
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

/* Everything that a row is made into. Trees are kept for the whole row. */
typedef struct bench {
    tw_tree trees[8];
    tw_envelope envelopes[8];
    assay_value values[8];
    size_t used;
    tw_buffer buffers[8];
    size_t buffers_used;
    assay_case c;
    assay_hello hello;
    assay_observation seen;
    tw_bytes parts[4];
    assay_named_outcome outcomes[3];
} bench;

static const assay_value *value_of(bench *b, const char *text)
{
    size_t at = b->used++;
    tw_notation_error error;
    tw_tree_init(&b->trees[at], NULL, SIZE_MAX);
    bool message = strncmp(text, "struct", 6) != 0;
    tw_class cls =
        message ? tw_notation_read_message(text, strlen(text), &b->envelopes[at], &b->trees[at], &error)
                : tw_notation_read(text, strlen(text), &b->trees[at], &error);
    assert_int_equal(cls, TW_OK);
    b->values[at] = (assay_value){message ? &b->envelopes[at] : NULL, tw_tree_root(&b->trees[at])};
    return &b->values[at];
}

/* An exact copy on the heap, so that one byte too far is seen. */
static tw_bytes bytes_of(bench *b, const char *hex)
{
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    assert_int_equal(tw_hex_read(hex, strlen(hex), &text, NULL), TW_OK);
    tw_buffer *kept = &b->buffers[b->buffers_used++];
    tw_buffer_init(kept, NULL);
    kept->data = malloc(text.len ? text.len : 1);
    kept->capacity = text.len ? text.len : 1;
    kept->len = text.len;
    if (text.len) memcpy(kept->data, text.data, text.len);
    tw_buffer_deinit(&text);
    return tw_buffer_view(kept);
}

static void make_case(bench *b, const row *r)
{
    assay_case *c = &b->c;
    c->id = c->parent_id = "t/x";
    c->kind = "";
    c->title = c->why = "";
    c->verb = r->verb;
    c->expect = r->expect;
    c->level = r->level;
    c->in = r->in ? r->in : "compact";
    c->out = r->out ? r->out : "compact";
    if (r->verb == ASSAY_SKIP || r->verb == ASSAY_READ || r->verb == ASSAY_ECHO) c->out = NULL;
    c->consumed = r->consumed ? r->consumed : ASSAY_CONSUMED_UNKNOWN;
    c->ordered = r->ordered;
    c->unknown_type = r->unknown_type;
    c->end = r->end;
    c->depth = r->depth;
    c->budget.rss_kib = r->rss_budget ? r->rss_budget : -1;
    c->budget.cpu_ms = r->cpu_budget ? r->cpu_budget : -1;
    if (r->error_rule) c->error = (tw_error){.cls = TW_LIMIT, .rule = r->error_rule};
    for (; c->value_count < 3 && r->values[c->value_count]; c->value_count++)
        value_of(b, r->values[c->value_count]);
    c->values = b->values;
    if (r->canonical) c->canonical = bytes_of(b, r->canonical);
    memcpy(b->outcomes, r->outcomes, sizeof b->outcomes);
    for (; c->outcome_count < 3 && r->outcomes[c->outcome_count].name; c->outcome_count++)
        if (r->outcome_values[c->outcome_count])
            b->outcomes[c->outcome_count].value = value_of(b, r->outcome_values[c->outcome_count]);
    c->outcomes = b->outcomes;
    c->bytes = bytes_of(b, r->frame_limit ? "000fa000" : "01020304");
    if (r->bytes_len) c->bytes.len = r->bytes_len; /* never read */
    b->c.warns = r->warns;
}

static void make_seen(bench *b, const row *r)
{
    assay_observation *s = &b->seen;
    s->act = r->act;
    s->text = r->said ? r->said : "";
    s->stderr_tail = "";
    s->signal = r->signal;
    s->exit_status = r->signal ? -1 : 3;
    s->bytes = bytes_of(b, r->reply ? r->reply : "");
    for (; s->part_count < 4 && r->parts[s->part_count]; s->part_count++)
        b->parts[s->part_count] = bytes_of(b, r->parts[s->part_count]);
    s->parts = b->parts;
    s->consumed = r->seen_consumed ? r->seen_consumed : SIZE_MAX;
    s->rss_kib = r->rss;
    s->cpu_ms = r->cpu;
    s->peak_virtual_kib = r->peak;
}

static void bench_init(bench *b, const row *r)
{
    static const char json[] =
        "{\"name\": \"t\", \"protocols\": [\"compact\", \"binary\", \"binary-old\", \"binary-strict\"],"
        " \"transports\": [\"framed\"], \"verbs\": [\"transcode\", \"read\", \"skip\", \"message\","
        " \"session\", \"reuse\", \"typed\"]}";
    char why[256];
    memset(b, 0, sizeof *b);
    assert_true(assay_hello_parse(json, strlen(json), &b->hello, why, sizeof why));
    b->hello.consumed = r->declares_consumed;
    if (r->depth_limit) b->hello.depth_limit = r->depth_limit;
    if (r->frame_limit) b->hello.frame_limit = r->frame_limit;
    make_case(b, r);
    make_seen(b, r);
}

static void bench_deinit(bench *b)
{
    assay_hello_deinit(&b->hello);
    for (size_t i = 0; i < b->used; i++) tw_tree_deinit(&b->trees[i]);
    for (size_t i = 0; i < b->buffers_used; i++) tw_buffer_deinit(&b->buffers[i]);
}

static void test_table(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const row *r = &rows[i];
        bench b;
        bench_init(&b, r);
        tw_arena arena;
        tw_arena_init(&arena, NULL, SIZE_MAX);
        assay_judgement judgement;
        assay_judge_options options = {r->strict};
        char got[96];
        assert_true(assay_judge(&b.c, &b.hello, &b.seen, &options, &arena, &judgement));
        assay_judgement_name(&judgement, got, sizeof got);
        if (strcmp(got, r->want) != 0 || (r->difference && !strstr(judgement.difference, r->difference))) {
            print_error("%s: expected %s (%s), got %s (%s)\n", r->name, r->want,
                        r->difference ? r->difference : "", got, judgement.difference);
            wrong++;
        }
        tw_arena_deinit(&arena);
        bench_deinit(&b);
    }
    assert_int_equal(wrong, 0);
}

static void *refuse(void *context, void *block, size_t old_size, size_t new_size)
{
    (void)context;
    (void)block;
    (void)old_size;
    (void)new_size;
    return NULL;
}

/* A pass by bytes alone must not take memory: it is the way of nearly all cases. */
static void test_pass_allocates_nothing(void **state)
{
    (void)state;
    static const row passing = {.values = {I32_5}, .canonical = I32_5_COMPACT, .reply = I32_5_COMPACT};
    static const tw_alloc none = {refuse, NULL};
    bench b;
    bench_init(&b, &passing);
    tw_arena arena;
    tw_arena_init(&arena, &none, SIZE_MAX);
    assay_judgement judgement;
    assay_judge_options options = {false};
    assert_true(assay_judge(&b.c, &b.hello, &b.seen, &options, &arena, &judgement));
    assert_int_equal(judgement.verdict, ASSAY_PASS);
    assert_int_equal(arena.held, 0);
    b.seen.act = ASSAY_ACT_CRASH; /* has something to say, and nowhere to say it */
    assert_false(assay_judge(&b.c, &b.hello, &b.seen, &options, &arena, &judgement));
    bench_deinit(&b);
}

static void test_got_is_shown(void **state)
{
    (void)state;
    static const row failing = {.values = {I32_5}, .reply = "150c00"};
    bench b;
    bench_init(&b, &failing);
    tw_arena arena;
    tw_arena_init(&arena, NULL, SIZE_MAX);
    assay_judgement judgement;
    assay_judge_options options = {false};
    assert_true(assay_judge(&b.c, &b.hello, &b.seen, &options, &arena, &judgement));
    assert_string_equal(judgement.got, "struct{1: i32 6}");
    assert_string_equal(judgement.difference, "at 1: expected i32 5, got i32 6");
    tw_arena_deinit(&arena);
    bench_deinit(&b);
}

/* With zlib the messages of a session are one stream: the second part alone is none. */
static void test_session_over_zlib(void **state)
{
    (void)state;
    static const row session = {.verb = ASSAY_SESSION, .values = {PING, PING}, .out = "zlib/compact"};
    bench b;
    bench_init(&b, &session);
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
    bench_deinit(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table), cmocka_unit_test(test_pass_allocates_nothing),
        cmocka_unit_test(test_got_is_shown), cmocka_unit_test(test_session_over_zlib)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
