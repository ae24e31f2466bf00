#include "report/test/sample.h"
#include "suite/result/test/row.h"

#define BOOL_RULE                                                                                            \
    "compact.bool.element", "thrift-compact-protocol.md#list-and-set",                                       \
        "A bool in a container is one byte: 1 for true, 2 for false."
#define BOOL_WHY "Lists of bools come out all false, and nobody is told."
#define SIZE_RULE                                                                                            \
    "binary.string.size", "thrift-binary-protocol.md#binary-encoding",                                       \
        "A string is a 4-byte length and exactly that many bytes."

static assay_result_case sample_case(const char *id, const char *parent, const char *kind,
                                     const char *verdict, const char *detail)
{
    assay_result_case c = assay_test_row(id, parent, verdict, detail);
    c.kind = kind;
    c.out = "binary";
    c.outcome = "accept";
    c.request = "00";
    c.ms = 0.5;
    return c;
}

static void rule_of(assay_result_case *c, const char *title, const char *why, const char *rule,
                    const char *section, const char *sentence)
{
    c->title = title;
    c->why = why;
    c->rule = rule;
    c->section = section;
    c->sentence = sentence;
}

static assay_result_case bools(const char *id, const char *kind, const char *got, const char *difference)
{
    assay_result_case c = sample_case(id, "compact/list/bool/nibble-2", kind, "fail", "wrong-value");
    rule_of(&c, "A list of bools whose element type is nibble 2", BOOL_WHY, BOOL_RULE);
    c.expected = "struct{1: list<bool>[true, false]}";
    c.got = got;
    c.difference = difference;
    c.request = "192201 0200";
    return c;
}

static assay_result_case crash(const char *id, const char *parent, const char *kind)
{
    assay_result_case c = sample_case(id, parent, kind, "fail", "crash");
    rule_of(&c, "A string that claims 2147483647 bytes and has none",
            "Nine bytes from anybody end the server process.", SIZE_RULE);
    c.in = "binary";
    c.outcome = "crash";
    c.expected = "refused: truncated at byte 3 (binary.string.size)";
    c.got = "crash: signal 6 (Aborted)";
    c.difference = "killed by signal 6 (SIGABRT)";
    c.stderr_tail = "listening\nterminate called after throwing an instance of 'std::bad_alloc'\n  what():  "
                    "std::bad_alloc\n";
    c.request = "0b00017fffffff";
    return c;
}

static assay_result_case sample_cases[10];

void sample_result(assay_result *result)
{
    static const char *const stale[] = {"known-failures.txt:3: stale: binary/bool/two: none of 1 matching "
                                        "cases shows fail:wrong-accept any more",
                                        NULL};
    assay_result_init(result);
    result->suite_version = "0.1.0";
    result->vectors_digest = "0123456789abcdef";
    result->testee_name = "apache-cpp";
    result->testee_version = "0.17.0";
    result->testee_language = "C++17";
    result->hello_json = "{\"name\": \"apache-cpp\", \"version\": \"0.17.0\"}";
    result->command = "./testee --quiet";
    result->started = "2026-01-31T12:00:00Z";
    result->seconds = 3.25;
    result->seed = 7;
    result->overall = ASSAY_NON_CONFORMANT;
    result->verdict_line = "NON-CONFORMANT for binary, compact (transcode, skip). NOT VERIFIED: framed, uuid";
    result->stale = stale;
    result->exit_code = 1;
    assay_result_case *c = sample_cases;
    c[0] = sample_case("binary/bool/false", "binary/bool/false", "", "pass", "");
    rule_of(&c[0], "A false bool", "", "binary.bool", "thrift-binary-protocol.md#boolean-encoding",
            "A bool is one byte.");
    c[0].has_derived = true;
    c[0].derived.pass = 12;
    c[1] = crash("binary/string/huge", "binary/string/huge", "");
    c[1].has_derived = true;
    c[1].derived.fail = 1;
    c[2] = crash("binary/string/huge@skip", "binary/string/huge", "skip");
    c[2].verb = "skip";
    c[2].out = "";
    c[2].assumed = true;
    c[3] = bools("compact/list/bool/nibble-2", "", "struct{1: list<bool>[false, false]}",
                 "at 1[0]: expected bool true, got bool false");
    c[3].has_derived = true;
    c[3].derived.fail = 2;
    c[3].derived.pass = 9;
    c[4] = bools("compact/list/bool/nibble-2@to:binary-strict", "to", "struct{1: list<bool>[false, false]}",
                 "at 1[0]: expected bool true, got bool false");
    c[5] = sample_case("compact/list/bool/nibble-2@prefix:3", "compact/list/bool/nibble-2", "prefix", "fail",
                       "wrong-accept");
    rule_of(&c[5], "A list of bools whose element type is nibble 2", BOOL_WHY, BOOL_RULE);
    c[5].expected = "refused: truncated at byte 3";
    c[5].got = "struct{1: list<bool>[false, false]}";
    c[6] = sample_case("compact/stop/high-nibble", "compact/stop/high-nibble", "", "note", "reads-as-stop");
    rule_of(&c[6], "A stop byte whose high nibble is not 0", "", "compact.stop.high-nibble",
            "thrift-compact-protocol.md#struct-encoding", "A stop byte's high nibble is not looked at.");
    c[7] = sample_case("compact/string/cut", "compact/string/cut", "", "warn", "unclean");
    rule_of(&c[7], "A string that is cut short", "A caller cannot tell bad input from a bug.",
            "compact.string.size", "thrift-compact-protocol.md#binary-encoding",
            "A string is a varint length and exactly that many bytes.");
    c[7].outcome = "fault";
    c[7].expected = "refused: truncated at byte 2";
    c[7].got = "fault: EOFError";
    c[7].said = "EOFError";
    c[7].difference = "refused, but by an error of another kind than it documents: EOFError";
    c[8] = sample_case("compact/varint/endless", "compact/varint/endless", "", "fail", "wrong-accept");
    rule_of(&c[8], "A varint of 11 bytes", "", "compact.varint.endless",
            "thrift-compact-protocol.md#integer-encoding", "No varint is longer than 10 bytes.");
    c[8].known = true;
    c[8].known_reason = "reads varints of any length";
    c[8].expected = "refused: malformed at byte 1 (compact.varint.endless)";
    c[8].got = "struct{1: i32 0}";
    c[9] = sample_case("framed/empty", "framed/empty", "", "skip", "framed");
    rule_of(&c[9], "An empty frame", "", "framed.empty", "thrift-rpc.md#framed-transport",
            "An empty frame carries nothing.");
    c[9].outcome = "not-run";
    result->cases = sample_cases;
    result->case_count = 10;
    result->counts =
        (assay_result_counts){.pass = 1234, .fail = 5, .warn = 1, .note = 1, .skip = 1, .known = 1};
    result->named_passed = 3;
    result->named_failed = 2;
    result->named_skipped = 2;
    result->cases_run = 1243;
}

void sample_passing(assay_result *result)
{
    static assay_result_case only[1];
    assay_result_init(result);
    only[0] = sample_case("binary/bool/false", "binary/bool/false", "", "pass", "");
    only[0].title = "A false bool";
    result->testee_name = "reference";
    result->overall = ASSAY_CONFORMANT;
    result->verdict_line = "CONFORMANT for binary (transcode)";
    result->command = "assay testee";
    result->cases = only;
    result->case_count = 1;
    result->counts.pass = 1;
    result->named_passed = 1;
    result->cases_run = 1;
}
