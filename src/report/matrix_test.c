#include "report/matrix.h"
#include "report/test/output.h"
#include "report/test/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const assay_matrix_absent absent[] = {{"apache-node", "npm cannot reach | its registry"}};

static const char table[] =
    "2 of 3 testees verified\n"
    "  apache-node: unavailable: npm cannot reach | its registry\n"
    "\n"
    "               apache-cpp   reference\n"
    "                   0.17.0           -\n"
    "binary  pass            1           1\n"
    "        crash           1           ·\n"
    "compact pass            ·           ·\n"
    "        fail            2           ·\n"
    "        warn            1           ·\n"
    "        note            1           ·\n"
    "framed  pass            ·           ·\n"
    "        skip            1           ·\n"
    "verdict         NEW FAILS  conformant\n"
    "\n"
    "apache-cpp:\n"
    "  NEW crash: A string that claims 2147483647 bytes and has none (1 vector; binary/string/huge)\n"
    "  NEW wrong-value: A list of bools whose element type is nibble 2 (1 vector; "
    "compact/list/bool/nibble-2)\n"
    "  NEW wrong-accept: input that is cut short (1 vector; compact/list/bool/nibble-2@prefix:3)\n"
    "  wrong-accept: reads varints of any length (1 vector; compact/varint/endless)\n";

static const char markdown[] =
    "2 of 3 testees verified\n"
    "\n"
    "- apache-node: unavailable: npm cannot reach | its registry\n"
    "\n"
    "| area | apache-cpp 0.17.0 | reference |\n"
    "|---|---|---|\n"
    "| binary | 1 pass, 1 crash | 1 pass |\n"
    "| compact | 2 fail, 1 warn, 1 note | - |\n"
    "| framed | 1 skip | - |\n"
    "| verdict | NEW FAILS | conformant |\n"
    "\n"
    "### apache-cpp\n"
    "\n"
    "- NEW crash: A string that claims 2147483647 bytes and has none (1 vector; binary/string/huge)\n"
    "- NEW wrong-value: A list of bools whose element type is nibble 2 (1 vector; "
    "compact/list/bool/nibble-2)\n"
    "- NEW wrong-accept: input that is cut short (1 vector; compact/list/bool/nibble-2@prefix:3)\n"
    "- wrong-accept: reads varints of any length (1 vector; compact/varint/endless)\n";

static void test_table(void **state)
{
    (void)state;
    assay_result results[2];
    sample_result(&results[0]);
    sample_passing(&results[1]);
    assay_matrix m = {results, 2, absent, 1};
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    assert_true(assay_matrix_render(&m, false, &text));
    assert_string_equal(output_text(&text), table);
    tw_buffer_clear(&text);
    assert_true(assay_matrix_markdown(&m, &text));
    assert_string_equal(output_text(&text), markdown);
    tw_buffer_deinit(&text);
    assay_result_deinit(&results[0]);
    assay_result_deinit(&results[1]);
}

static void test_incomplete_is_not_verified(void **state)
{
    (void)state;
    static const char *const why[] = {"the testee does not start", NULL};
    assay_result r;
    sample_passing(&r);
    r.overall = ASSAY_INCOMPLETE;
    r.incomplete = why;
    assay_matrix m = {&r, 1, NULL, 0};
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    assert_true(assay_matrix_render(&m, false, &text));
    const char *got = output_text(&text);
    static const char start[] =
        "0 of 1 testees verified\n  reference: incomplete: the testee does not start\n\n";
    assert_int_equal(strncmp(got, start, sizeof start - 1), 0);
    assert_non_null(strstr(got, "verdict        INCOMPLETE\n"));
    tw_buffer_deinit(&text);
    assay_result_deinit(&r);
}

static void test_nothing_but_absent(void **state)
{
    (void)state;
    assay_matrix m = {NULL, 0, absent, 1};
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    assert_true(assay_matrix_render(&m, true, &text));
    assert_string_equal(output_text(&text), "0 of 1 testees verified\n"
                                            "  apache-node: unavailable: npm cannot reach | its registry\n");
    tw_buffer_deinit(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_table),
                                       cmocka_unit_test(test_incomplete_is_not_verified),
                                       cmocka_unit_test(test_nothing_but_absent)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
