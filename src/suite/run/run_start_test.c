/* What has to hold before the cases count: a testee that starts and shakes hands, and the sanity
 * cases before and after. */
#include "suite/run/test/tiny_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void test_not_started(void **state)
{
    (void)state;
    static const struct {
        const char *script, *says;
    } rows[] = {
        {"exit-early=3", "3"}, {"no-hello", "hello"},      {"bad-hello", "hello"},
        {"noise", ""},         {"moody", "hello"},         {"reject@1", "unknown verb"},
        {"lie@2", "echo"},     {"crash@3", "sanity case"}, {"hang@3", "sanity case"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tiny_run t;
        tiny_run_begin(&t, 3, rows[i].script);
        t.options.testee.hello_timeout_ms = 400;
        tiny_run_go(&t);
        print_message("%s: %s\n", rows[i].script, t.result.incomplete[0]);
        assert_int_equal(t.result.exit_code, 5);
        assert_int_equal(t.result.overall, ASSAY_INCOMPLETE);
        assert_true(tiny_run_says(&t, "does not start or shake hands"));
        assert_true(tiny_run_says(&t, rows[i].says));
        assert_int_equal(t.result.cases_run, 0);
        tiny_run_end(&t);
    }
}

static void test_no_such_command(void **state)
{
    (void)state;
    tiny_run t;
    char *argv[] = {"/nonexistent/testee", NULL};
    tiny_run_begin(&t, 3, "");
    t.options.testee.command = argv;
    tiny_run_go(&t);
    assert_int_equal(t.result.exit_code, 5);
    assert_true(tiny_run_says(&t, "/nonexistent/testee"));
    assert_string_equal(t.result.command, "/nonexistent/testee");
    tiny_run_end(&t);
}

/* A library that refuses what is plain proves nothing by refusing the rest, but the run goes on. */
static void test_sanity_case_refused(void **state)
{
    (void)state;
    tiny_run t;
    tiny_run_begin(&t, 3, "reject@~0000000700");
    tiny_run_go(&t);
    assert_int_equal(t.result.exit_code, 3);
    assert_int_equal(t.result.counts.pass, 3);
    assert_true(tiny_run_says(&t, "sanity case"));
    tiny_run_end(&t);
}

/* Three sanity requests, three cases, and then the last sanity case. */
static void test_last_sanity_case(void **state)
{
    (void)state;
    tiny_run t;
    tiny_run_begin(&t, 3, "reject@7");
    tiny_run_go(&t);
    assert_int_equal(t.result.exit_code, 3);
    assert_true(tiny_run_says(&t, "after the last case"));
    tiny_run_end(&t);
    tiny_run_begin(&t, 3, "crash@7");
    tiny_run_go(&t);
    tiny_run_check_blame(&t, "tiny/2", "crash", "crash");
    assert_true(tiny_run_row(&t, "tiny/2")->stateful);
    tiny_run_end(&t);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_not_started),
        cmocka_unit_test(test_no_such_command),
        cmocka_unit_test(test_sanity_case_refused),
        cmocka_unit_test(test_last_sanity_case),
    };
    if (assay_fake_wanted(argc, argv)) return assay_fake_testee(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
