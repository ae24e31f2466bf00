#include "report/console.h"
#include "report/test/output.h"
#include "report/test/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const char *render(const assay_result *r, assay_console_options options, tw_buffer *to)
{
    tw_buffer_init(to, NULL);
    assert_true(assay_console_render(r, &options, to));
    return output_text(to);
}

static const char usual[] =
    "✗ NON-CONFORMANT for binary, compact (transcode, skip). NOT VERIFIED: framed, uuid\n"
    "apache-cpp 0.17.0 (C++17): 1,243 cases of 7 vectors in 3.2 s, seed 7, vectors 01234567\n"
    "\n"
    "✗ fail:crash (2 cases of 1 vector)\n"
    "    A string that claims 2147483647 bytes and has none\n"
    "    rule     binary.string.size (must, thrift-binary-protocol.md#binary-encoding)\n"
    "             A string is a 4-byte length and exactly that many bytes.\n"
    "    matters  Nine bytes from anybody end the server process.\n"
    "    case     binary/string/huge (transcode binary to binary)\n"
    "    expected refused: truncated at byte 3 (binary.string.size)\n"
    "    got      crash: signal 6 (Aborted)\n"
    "    stderr   terminate called after throwing an instance of 'std::bad_alloc'\n"
    "    also     binary/string/huge@skip\n"
    "    repro    assay repro binary/string/huge -- ./testee --quiet\n"
    "\n"
    "✗ fail:wrong-value (2 cases of 1 vector)\n"
    "    A list of bools whose element type is nibble 2\n"
    "    rule     compact.bool.element (must, thrift-compact-protocol.md#list-and-set)\n"
    "             A bool in a container is one byte: 1 for true, 2 for false.\n"
    "    matters  Lists of bools come out all false, and nobody is told.\n"
    "    case     compact/list/bool/nibble-2 (transcode compact to binary)\n"
    "    expected struct{1: list<bool>[true, false]}\n"
    "    got      struct{1: list<bool>[false, false]}\n"
    "                                  ^\n"
    "    differs  at 1[0]: expected bool true, got bool false\n"
    "    also     compact/list/bool/nibble-2@to:binary-strict\n"
    "    repro    assay repro compact/list/bool/nibble-2 -- ./testee --quiet\n"
    "\n"
    "✗ fail:wrong-accept (1 case): input that is cut short\n"
    "    A list of bools whose element type is nibble 2\n"
    "    rule     compact.bool.element (must, thrift-compact-protocol.md#list-and-set)\n"
    "             A bool in a container is one byte: 1 for true, 2 for false.\n"
    "    matters  Lists of bools come out all false, and nobody is told.\n"
    "    case     compact/list/bool/nibble-2@prefix:3 (transcode compact to binary)\n"
    "    expected refused: truncated at byte 3\n"
    "    got      struct{1: list<bool>[false, false]}\n"
    "    repro    assay repro compact/list/bool/nibble-2@prefix:3 -- ./testee --quiet\n"
    "\n"
    "Warnings (failures with --strict)\n"
    "  ! warn:unclean (1 case): A string that is cut short\n"
    "    compact/string/cut\n"
    "\n"
    "✗ The list of known failures is out of date:\n"
    "    known-failures.txt:3: stale: binary/bool/two: none of 1 matching cases shows fail:wrong-accept\n"
    "    any more\n"
    "\n"
    "Cases: 1,234 pass, 5 fail, 1 warn, 1 note, 1 known (-v lists them), 1 skip. Vectors, by the worst of "
    "their cases:\n"
    "3 passed, 2 failed, 2 skipped\n";

static void test_usual(void **state)
{
    (void)state;
    assay_result r;
    tw_buffer text;
    sample_result(&r);
    assert_string_equal(render(&r, (assay_console_options){0}, &text), usual);
    tw_buffer_deinit(&text);
    assay_result_deinit(&r);
}

static void test_quiet(void **state)
{
    (void)state;
    assay_result r;
    tw_buffer text;
    sample_result(&r);
    assert_string_equal(render(&r, (assay_console_options){.quiet = true}, &text),
                        "✗ NON-CONFORMANT for binary, compact (transcode, skip). NOT VERIFIED: framed, uuid\n"
                        "3 passed, 2 failed, 2 skipped\n");
    tw_buffer_deinit(&text);
    assay_result_deinit(&r);
}

static void test_passing(void **state)
{
    (void)state;
    assay_result r;
    tw_buffer text;
    sample_passing(&r);
    assert_string_equal(render(&r, (assay_console_options){0}, &text),
                        "✓ CONFORMANT for binary (transcode)\n"
                        "reference: 1 case of 1 vector in 0.0 s, seed 0, vectors unknown\n"
                        "\n"
                        "Cases: 1 pass. Vectors, by the worst of their cases:\n"
                        "1 passed, 0 failed, 0 skipped\n");
    tw_buffer_deinit(&text);
    assay_result_deinit(&r);
}

static void test_not_started(void **state)
{
    (void)state;
    static const char *const reasons[] = {
        "cannot shake hands: exited with status 3\nTraceback\n  Error: \x1b[1m\n", NULL};
    assay_result r;
    tw_buffer text;
    assay_result_init(&r);
    r.verdict_line = "INCOMPLETE: the testee does not start";
    r.incomplete = reasons;
    assert_string_equal(render(&r, (assay_console_options){0}, &text),
                        "! INCOMPLETE: the testee does not start\n"
                        "\n"
                        "! Incomplete:\n"
                        "    cannot shake hands: exited with status 3\n"
                        "    Traceback\n"
                        "    Error: \\x1b[1m\n"
                        "\n"
                        "Cases: none. Vectors, by the worst of their cases:\n"
                        "0 passed, 0 failed, 0 skipped\n");
    tw_buffer_deinit(&text);
    assay_result_deinit(&r);
}

static void test_repro_line(void **state)
{
    (void)state;
    static const struct {
        const char *repro, *command, *line;
    } rows[] = {
        {NULL, "./testee", "    repro    assay repro binary/string/huge -- ./testee\n"},
        {"./assay repro --vectors 'a b'", "'my testee'",
         "    repro    ./assay repro --vectors 'a b' binary/string/huge -- 'my testee'\n"},
        {NULL, "--connect tcp:localhost:9",
         "    repro    assay repro binary/string/huge --connect tcp:localhost:9\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assay_result r;
        tw_buffer text;
        sample_result(&r);
        r.command = rows[i].command;
        const char *got = render(&r, (assay_console_options){.repro = rows[i].repro}, &text);
        assert_non_null(strstr(got, rows[i].line));
        tw_buffer_deinit(&text);
        assay_result_deinit(&r);
    }
}

static void test_verbose_lists_known_failures_and_notes(void **state)
{
    (void)state;
    assay_result r;
    tw_buffer text;
    sample_result(&r);
    const char *got = render(&r, (assay_console_options){.verbose = true}, &text);
    assert_non_null(strstr(got, "Known failures\n  ✗ fail:wrong-accept (1 case): A varint of 11 bytes\n"
                                "    compact/varint/endless  # reads varints of any length\n"));
    assert_non_null(strstr(got, "  · note:reads-as-stop (1 case): A stop byte whose high nibble is not 0\n"));
    assert_non_null(strstr(got, "    got      fault: EOFError\n"));
    tw_buffer_deinit(&text);
    assay_result_deinit(&r);
}

static void test_colour_only_on_request(void **state)
{
    (void)state;
    assay_result r;
    tw_buffer text;
    sample_result(&r);
    const char *got = render(&r, (assay_console_options){.colour = true}, &text);
    assert_non_null(strstr(got, "\x1b[1;31m✗ NON-CONFORMANT\x1b[0m for binary"));
    assert_non_null(strstr(got, "list<bool>[\x1b[31mfalse, false]}\x1b[0m\n"));
    tw_buffer_deinit(&text);
    got = render(&r, (assay_console_options){.colour = false}, &text);
    assert_null(strchr(got, '\x1b'));
    tw_buffer_deinit(&text);
    assay_result_deinit(&r);
}

/* What a testee says must not move the cursor of whoever reads of it. */
static void test_control_bytes_are_shown(void **state)
{
    (void)state;
    assay_result r;
    tw_buffer text;
    sample_result(&r);
    r.cases[1].stderr_tail = "Error: \x1b[2J\xff\x07 \xc2\x9b gone\r\n";
    r.cases[2].stderr_tail = r.cases[1].stderr_tail;
    const char *got = render(&r, (assay_console_options){0}, &text);
    assert_non_null(strstr(got, "    stderr   Error: \\x1b[2J\\xff\\x07 \\xc2\\x9b gone\n"));
    tw_buffer_deinit(&text);
    assay_result_deinit(&r);
}

static void test_first_difference_far_behind(void **state)
{
    (void)state;
    assay_result r;
    tw_buffer text;
    sample_result(&r);
    r.cases[3].expected =
        "struct{1: string \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaéé\", 2: i32 1}";
    r.cases[3].got =
        "struct{1: string \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaéé\", 2: i32 2}";
    const char *got = render(&r, (assay_console_options){.width = 60}, &text);
    assert_non_null(strstr(got, "    expected ...aaaéé\", 2: i32 1}\n"
                                "    got      ...aaaéé\", 2: i32 2}\n"
                                "                               ^\n"));
    tw_buffer_deinit(&text);
    assay_result_deinit(&r);
}

static void test_incomplete_and_interrupted(void **state)
{
    (void)state;
    static const char *const why[] = {"3 cases were not run: the restarts are used up", NULL};
    assay_result r;
    tw_buffer text;
    sample_passing(&r);
    r.incomplete = why;
    r.overall = ASSAY_INCOMPLETE;
    r.verdict_line = "";
    const char *got = render(&r, (assay_console_options){0}, &text);
    assert_int_equal(strncmp(got, "! INCOMPLETE\n", 13), 0);
    assert_non_null(strstr(got, "! Incomplete:\n    3 cases were not run: the restarts are used up\n"));
    tw_buffer_deinit(&text);
    r.interrupted = true;
    got = render(&r, (assay_console_options){0}, &text);
    assert_non_null(strstr(got, "! Interrupted, and so incomplete:\n"));
    tw_buffer_deinit(&text);
    assay_result_deinit(&r);
}

static void test_many_groups_are_cut(void **state)
{
    (void)state;
    static assay_result_case many[40];
    static char rules[40][16];
    assay_result r;
    tw_buffer text;
    sample_result(&r);
    for (size_t i = 0; i < 40; i++) {
        many[i] = r.cases[3];
        rules[i][0] = (char)('A' + i / 26);
        rules[i][1] = (char)('a' + i % 26);
        many[i].rule = rules[i];
    }
    r.cases = many;
    r.case_count = 40;
    const char *got = render(&r, (assay_console_options){0}, &text);
    assert_int_equal(output_count(got, "    repro    "), 30);
    assert_non_null(strstr(got, "\n  and 10 more of the kind; -v shows them\n"));
    tw_buffer_deinit(&text);
    got = render(&r, (assay_console_options){.verbose = true}, &text);
    assert_int_equal(output_count(got, "    repro    "), 40);
    tw_buffer_deinit(&text);
    assay_result_deinit(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_usual),
                                       cmocka_unit_test(test_quiet),
                                       cmocka_unit_test(test_not_started),
                                       cmocka_unit_test(test_repro_line),
                                       cmocka_unit_test(test_passing),
                                       cmocka_unit_test(test_verbose_lists_known_failures_and_notes),
                                       cmocka_unit_test(test_colour_only_on_request),
                                       cmocka_unit_test(test_control_bytes_are_shown),
                                       cmocka_unit_test(test_first_difference_far_behind),
                                       cmocka_unit_test(test_incomplete_and_interrupted),
                                       cmocka_unit_test(test_many_groups_are_cut)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
