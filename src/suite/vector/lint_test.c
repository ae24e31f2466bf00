/* Each thing that a vector can say and the reference codec does not bear out is told, at the right place. */
#include "suite/case/test/heard.h"
#include "suite/vector/test/folder.h"

#include "wire/test/support.h"

#include <stdio.h>
#include <string.h>

#define ENTRY(id, rule, rest)                                                                                \
    "{\"id\": \"compact/" id "\", \"title\": \"t\", \"why\": \"w\", \"rule\": \"" rule                       \
    "\", \"stack\": \"compact\", " rest "}"
#define GOOD                                                                                                 \
    ", " ENTRY("good", "compact.struct.stop",                                                                \
               "\"wire\": [\"00\"], \"expect\": \"accept\", \"value\": \"struct{}\"")
#define TWIN "\"twin\": \"compact/good\""

static const struct {
    const char *entry, *problem; /* "" for none */
} rows[] = {
    {ENTRY("x", "compact.struct.stop",
           "\"wire\": [\"00\"], \"expect\": \"accept\", \"value\": \"struct{}\", \"canonical\": true"),
     ""},
    {ENTRY("good", "compact.struct.stop",
           "\"wire\": [\"00\"], \"expect\": \"accept\", \"value\": \"struct{}\""),
     "compact/a.json:1: /tests/1/id: \"compact/good\" stands twice: also at compact/a.json:1"},
    /* values */
    {ENTRY("x", "compact.integer",
           "\"wire\": [\"15 0e 00\"], \"expect\": \"accept\", \"value\": \"struct{1: i32 8}\""),
     "/tests/0/value: the reference reads something else: at 1: expected i32 8, got i32 7"},
    {ENTRY("x", "compact.integer",
           "\"wire\": [\"15 0e 00\"], \"verb\": \"skip\", \"expect\": \"accept\", \"value\": \"struct{}\""),
     "/tests/0/value: the reference reads something else"},
    {ENTRY("x", "compact.integer",
           "\"wire\": [\"15 0e\"], \"expect\": \"accept\", \"value\": \"struct{1: i32 7}\""),
     "/tests/0/expect: the reference refuses: compact: truncated at byte 2"},
    {ENTRY("x", "compact.message",
           "\"verb\": \"message\", \"wire\": [\"82 21 07 01 61 00\"], \"expect\": \"accept\", \"value\": "
           "\"call \\\"a\\\" #8 struct{}\""),
     "/tests/0/value: the reference reads another message header"},
    {ENTRY("x", "compact.struct.stop",
           "\"wire\": [\"00 00\"], \"expect\": \"accept\", \"value\": \"struct{}\""),
     "/tests/0/consumed: the reference takes 1 bytes, not 2"},
    {ENTRY("x", "compact.struct.stop",
           "\"wire\": [\"00 00\"], \"expect\": \"accept\", \"value\": \"struct{}\", \"consumed\": 1"),
     ""},
    {ENTRY("x", "compact.list.long",
           "\"wire\": [\"19 f3 01 05 00\"], \"expect\": \"accept\", \"value\": \"struct{1: list<i8>[5]}\", "
           "\"canonical\": true"),
     "/tests/0/canonical: the reference writes something else from byte 1 on"},
    /* typed */
    {ENTRY("x", "typed.value",
           "\"verb\": \"typed\", \"typed\": \"assay.Pair\", \"wire\": [\"15 0e 00\"], \"expect\": "
           "\"accept\", \"value\": \"struct{1: i32 7}\", \"canonical\": true"),
     ""},
    {ENTRY("x", "typed.unknown-field",
           "\"verb\": \"typed\", \"typed\": \"assay.Pair\", \"wire\": [\"35 0e 00\"], \"expect\": "
           "\"accept\", \"value\": \"struct{3: i32 7}\""),
     "/tests/0/value: the reference reads something else: at 3: expected i32 7, got nothing"},
    {ENTRY("x", "typed.unknown-field",
           "\"verb\": \"typed\", \"typed\": \"assay.Pair\", \"wire\": [\"35 0e 00\"], \"expect\": "
           "\"accept\", \"value\": \"struct{}\", \"canonical\": true"),
     "/tests/0/canonical: the reference writes something else from byte 0 on"},
    {ENTRY("x", "typed.required",
           "\"verb\": \"typed\", \"typed\": \"assay.Strict\", \"wire\": [\"15 0e 00\"], \"expect\": "
           "\"reject\", " TWIN),
     ""},
    {ENTRY("x", "typed.required",
           "\"verb\": \"typed\", \"typed\": \"assay.Strict\", \"wire\": [\"15 0e 18 00 00\"], \"expect\": "
           "\"reject\", " TWIN),
     "/tests/0/expect: the reference accepts the bytes"},
    {ENTRY("x", "typed.required",
           "\"verb\": \"typed\", \"typed\": \"assay.Strict\", \"wire\": [\"15 0e 00\"], \"expect\": "
           "\"accept\", \"value\": \"struct{1: i32 7}\""),
     "/tests/0/expect: the reference refuses: malformed, field 2: typed.required: "},
    {ENTRY("x", "typed.value",
           "\"verb\": \"typed\", \"typed\": \"assay.Pair\", \"wire\": [\"16 0e 00\"], \"expect\": "
           "\"accept\", \"value\": \"struct{}\""),
     "/tests/0/expect: rests on the open rule typed.field-type"},
    {ENTRY("x", "typed.duplicate-id",
           "\"verb\": \"typed\", \"typed\": \"assay.Pair\", \"wire\": [\"15 0e 05 02 10 00\"], \"expect\": "
           "\"either\", \"outcomes\": [{\"name\": \"first\", \"accept\": true, \"value\": \"struct{1: i32 "
           "7}\"}, "
           "{\"name\": \"refused\", \"accept\": false}]"),
     "/tests/0/outcomes: what the reference does is none of them: it accepts, with a value of its own"},
    {ENTRY("x", "double.bits",
           "\"verb\": \"typed\", \"typed\": \"assay.Everything\", \"wire\": [\"07 28 01 00 00 00 00 00 f8 7f "
           "00\"], "
           "\"expect\": \"accept\", \"value\": \"struct{20: double nan(0x7ff8000000000001)}\""),
     ""},
    /* sessions */
    {ENTRY("x", "compact.message",
           "\"verb\": \"session\", \"count\": 2, \"wire\": [\"82 21 07 01 61 00\"], \"expect\": \"accept\", "
           "\"messages\": []"),
     "/tests/0/messages: the reference reads 1 messages, not 0"},
    {ENTRY("x", "compact.message",
           "\"verb\": \"session\", \"count\": 2, \"wire\": [\"82 21 07 01 61 00\"], \"expect\": \"accept\", "
           "\"messages\": [\"call \\\"a\\\" #7 struct{}\"], \"end\": \"reject\", " TWIN),
     "/tests/0/end: the reference finds no fault"},
    {ENTRY(
         "x", "compact.message.protocol-id",
         "\"verb\": \"session\", \"count\": 2, \"wire\": [\"82 21 07 01 61 00 83\"], \"expect\": \"accept\", "
         "\"messages\": [\"call \\\"a\\\" #7 struct{}\"], \"end\": \"reject\", \"error\": {\"class\": "
         "\"malformed\", "
         "\"offset\": 6}, " TWIN),
     ""},
    /* errors */
    {ENTRY("x", "compact.struct.stop",
           "\"wire\": [\"00\"], \"expect\": \"reject\", \"error\": {\"class\": \"truncated\", \"offset\": "
           "0}, " TWIN),
     "/tests/0/expect: the reference accepts the bytes"},
    {ENTRY("x", "compact.field.type",
           "\"wire\": [\"1e\"], \"expect\": \"reject\", \"error\": {\"class\": \"truncated\", \"offset\": "
           "0}, " TWIN),
     "/tests/0/error/class: the reference says malformed (at byte 0 of compact)"},
    {ENTRY("x", "compact.field.type",
           "\"wire\": [\"1e\"], \"expect\": \"reject\", \"error\": {\"class\": \"malformed\", \"offset\": "
           "1}, " TWIN),
     "/tests/0/error/offset: the reference says 0 (of compact)"},
    {ENTRY("x", "compact.list.type",
           "\"wire\": [\"1e\"], \"expect\": \"reject\", \"error\": {\"class\": \"malformed\", \"offset\": "
           "0}, " TWIN),
     "/tests/0/error/rule: the reference says compact.field.type"},
    {ENTRY("x", "compact.field.type",
           "\"wire\": [\"1e\"], \"expect\": \"reject\", \"error\": {\"class\": \"malformed\", \"offset\": 0, "
           "\"layer\": "
           "\"zlib\"}, " TWIN),
     "/tests/0/error/layer: the reference says \"compact\""},
    /* twins */
    {ENTRY("x", "compact.field.type",
           "\"wire\": [\"1e\"], \"expect\": \"reject\", \"error\": {\"class\": \"malformed\", \"offset\": "
           "0}, \"twin\": "
           "\"compact/none\""),
     "/tests/0/twin: no vector \"compact/none\""},
    {ENTRY("x", "compact.field.type",
           "\"wire\": [\"1e\"], \"expect\": \"reject\", \"error\": {\"class\": \"malformed\", \"offset\": "
           "0}, \"twin\": "
           "\"compact/x\""),
     "/tests/0/twin: \"compact/x\" is not an accept"},
    /* levels, and open rules */
    {ENTRY("x", "compact.struct.stop",
           "\"level\": \"should\", \"wire\": [\"00\"], \"expect\": \"accept\", \"value\": \"struct{}\""),
     "/tests/0/level: the rule compact.struct.stop is a must"},
    {ENTRY("x", "limit.depth",
           "\"wire\": [\"(1c)*64\", \"00*65\"], \"expect\": \"reject\", \"error\": {\"class\": \"limit\", "
           "\"offset\": 64}, " TWIN),
     "/tests/0/level: the rule limit.depth is a should, so a refusal is one too"},
    {ENTRY("x", "compact.struct.stop-nibble",
           "\"wire\": [\"10\"], \"expect\": \"accept\", \"value\": \"struct{}\""),
     "/tests/0/level: the rule compact.struct.stop-nibble is open"},
    {ENTRY("x", "compact.struct.stop", "\"wire\": [\"10\"], \"expect\": \"accept\", \"value\": \"struct{}\""),
     "/tests/0/expect: rests on the open rule compact.struct.stop-nibble"},
    {ENTRY("x", "struct.field-id",
           "\"wire\": [\"11 01 02 00\"], \"expect\": \"accept\", \"value\": \"struct{1: bool true, 1: bool "
           "true}\""),
     "/tests/0/expect: rests on the open rule struct.duplicate-id"},
    {ENTRY("x", "compact.struct.stop-nibble",
           "\"level\": \"may\", \"wire\": [\"10\"], \"expect\": \"either\", \"outcomes\": [{\"name\": "
           "\"stops\", \"accept\": true}, "
           "{\"name\": \"refused\", \"accept\": false}]"),
     ""},
    {ENTRY("x", "compact.struct.stop-nibble",
           "\"level\": \"may\", \"wire\": [\"00\"], \"expect\": \"either\", \"outcomes\": [{\"name\": "
           "\"stops\", \"accept\": true}, "
           "{\"name\": \"refused\", \"accept\": false}]"),
     "/tests/0/rule: the bytes do not touch the open rule compact.struct.stop-nibble"},
    {ENTRY("x", "compact.struct.stop",
           "\"wire\": [\"00\"], \"expect\": \"either\", \"outcomes\": [{\"name\": \"a\", \"accept\": true}, "
           "{\"name\": \"b\", "
           "\"accept\": false}]"),
     "/tests/0/expect: the rule compact.struct.stop is a must, which leaves no choice"},
    {ENTRY("x", "limit.depth",
           "\"wire\": [\"00\"], \"expect\": \"either\", \"outcomes\": [{\"name\": \"a\", \"accept\": true}, "
           "{\"name\": \"b\", "
           "\"accept\": false}]"),
     "/tests/0/rule: the reference does not refuse by limit.depth"},
    {ENTRY("x", "compact.struct.stop-nibble",
           "\"level\": \"may\", \"wire\": [\"10\"], \"expect\": \"either\", \"outcomes\": [{\"name\": \"a\", "
           "\"accept\": true, "
           "\"value\": \"struct{1: i8 1}\"}, {\"name\": \"b\", \"accept\": false}]"),
     "/tests/0/outcomes: what the reference does is none of them: it accepts, with a value of its own"},
};

static void each_problem_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assay_vector_set set;
        assay_test_heard h = {.count = 0};
        char entries[1024];
        const char *want = rows[i].problem;
        snprintf(entries, sizeof entries, "%s" GOOD, rows[i].entry);
        assay_test_load(entries, &set);
        size_t problems = assay_vectors_lint(&set, assay_test_hear, &h);
        assert_int_equal(problems, h.count);
        if (*want == 0 && problems) fail_msg("row %zu: %s", i, h.first);
        if (*want && (problems == 0 || !strstr(h.first, want)))
            fail_msg("row %zu: \"%s\" is not \"%s\"", i, h.first, want);
        assay_vectors_deinit(&set);
    }
}

static void bytes_that_any_reader_takes_are_no_choice(void **state)
{
    assay_vector_set set;
    assay_test_heard h = {.count = 0};
    (void)state;
    assay_test_load(
        ENTRY("x", "string.bytes",
              "\"wire\": [\"18 01 ff 00\"], \"expect\": \"accept\", \"value\": \"struct{1: string h'ff'}\""),
        &set);
    assert_int_equal(assay_vectors_lint(&set, assay_test_hear, &h), 0);
    assay_vectors_deinit(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_problem_is_told),
        cmocka_unit_test(bytes_that_any_reader_takes_are_no_choice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
