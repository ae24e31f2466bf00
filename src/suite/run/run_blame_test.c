/* Who is blamed for what a testee does wrong, whatever else is open. */
#include "suite/run/test/tiny_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

/* The same blame whatever the window, and whether or not others are open. */
static void test_single_faults(void **state)
{
    (void)state;
    static const struct {
        const char *script, *detail, *outcome;
    } rows[] = {
        {"crash@~00010500", "crash", "crash"},        {"exit=3@~00010500", "crash", "crash"},
        {"half-exit@~00010500", "crash", "crash"},    {"garbage@~00010500", "garbage", "garbage"},
        {"stray-id@~00010500", "garbage", "garbage"}, {"chatter@~00010500", "garbage", "garbage"},
        {"hang@~00010500", "hang", "hang"},           {"half@~00010500", "hang", "hang"},
        {"swallow@~00010500", "hang", "hang"},        {"spin@~00010500 deaf", "hang", "hang"},
        {"flood@~00010500", "garbage", "garbage"},    {"reject@~00010500", "wrong-reject", "reject"},
        {"fault@~00010500", "wrong-reject", "fault"}, {"unsupported@~00010500", "unsupported", "unsupported"},
        {"nomem@~00010500", "over-budget", "nomem"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tiny_run t;
        tiny_run_begin(&t, 12, rows[i].script);
        t.options.testee.reply_limit = 1 << 20;
        t.options.window = i % 2 ? 64 : 3;
        tiny_run_go(&t);
        print_message("%s\n", rows[i].script);
        tiny_run_check_blame(&t, "tiny/5", rows[i].detail, rows[i].outcome);
        const assay_result_case *row = tiny_run_row(&t, "tiny/5");
        assert_false(row->unconfirmed || row->stateful || row->assumed);
        tiny_run_end(&t);
    }
}

static void test_lie(void **state)
{
    (void)state;
    tiny_run t;
    tiny_run_begin(&t, 12, "lie@~00010500");
    tiny_run_go(&t);
    assert_int_equal(t.result.counts.fail, 1);
    assert_string_equal(tiny_run_row(&t, "tiny/5")->verdict, "fail");
    assert_int_equal(t.result.exit_code, 1);
    tiny_run_end(&t);
}

static void test_crash_tells_how(void **state)
{
    (void)state;
    tiny_run t;
    tiny_run_begin(&t, 4, "stderr=last-words@~00010200 signal=6@~00010200");
    tiny_run_go(&t);
    tiny_run_check_blame(&t, "tiny/2", "crash", "crash");
    assert_non_null(strstr(tiny_run_row(&t, "tiny/2")->got, "signal 6"));
    tiny_run_end(&t);
    tiny_run_begin(&t, 4, "early-stderr=last-words crash@~00010200");
    tiny_run_go(&t);
    tiny_run_check_blame(&t, "tiny/2", "crash", "crash");
    assert_non_null(strstr(tiny_run_row(&t, "tiny/2")->stderr_tail, "last-words"));
    tiny_run_end(&t);
}

/* Dies at its eighth request, whichever that is: three of sanity, then tiny/0 to tiny/4. */
static void test_stateful(void **state)
{
    (void)state;
    tiny_run t;
    tiny_run_begin(&t, 6, "crash@8");
    t.options.window = 1;
    tiny_run_go(&t);
    tiny_run_check_blame(&t, "tiny/4", "crash", "crash");
    assert_true(tiny_run_row(&t, "tiny/4")->stateful);
    assert_false(tiny_run_row(&t, "tiny/4")->unconfirmed);
    assert_non_null(strstr(tiny_run_row(&t, "tiny/4")->said, "needs these 8 requests in a row"));
    tiny_run_end(&t);
}

/* The first process dies, those after it do not. */
static void test_unconfirmed(void **state)
{
    (void)state;
    tiny_run t;
    char self[1024], script[1200], folder[] = "/tmp/assay-once-XXXXXX";
    ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
    assert_true(len > 0);
    self[len] = 0;
    assert_non_null(mkdtemp(folder));
    snprintf(
        script, sizeof script,
        "if rmdir %s 2>/dev/null; then exec \"$0\" --fake 'crash@~00010300'; else exec \"$0\" --fake ''; fi",
        folder);
    char *argv[] = {"/bin/sh", "-c", script, self, NULL};
    tiny_run_begin(&t, 8, "");
    t.options.testee.command = argv;
    tiny_run_go(&t);
    tiny_run_check_blame(&t, "tiny/3", "crash", "crash");
    assert_true(tiny_run_row(&t, "tiny/3")->unconfirmed);
    tiny_run_end(&t);
}

static void test_assumed(void **state)
{
    (void)state;
    for (int exhaustive = 0; exhaustive < 2; exhaustive++) {
        tiny_run t;
        size_t assumed = 0;
        tiny_run_begin(&t, 7, "crash@~0800010000010");
        t.options.exhaustive = exhaustive;
        for (size_t i = 0; i < 7; i++) tiny_refuse(&t.tiny, i);
        tiny_run_go(&t);
        assert_int_equal(t.result.counts.fail, 7);
        for (size_t i = 0; i < 7; i++) {
            assert_string_equal(t.result.cases[i].detail, "crash");
            assumed += t.result.cases[i].assumed;
        }
        assert_int_equal(assumed, exhaustive ? 0 : 4);
        assert_int_equal(t.result.exit_code, 1);
        tiny_run_end(&t);
    }
}

static void test_restarts_used_up(void **state)
{
    (void)state;
    tiny_run t;
    tiny_run_begin(&t, 8, "crash@~0800010000010");
    t.options.restarts = 2;
    tiny_run_go(&t);
    assert_int_equal(t.result.exit_code, 3);
    assert_int_equal(t.result.overall, ASSAY_INCOMPLETE);
    assert_int_equal(t.result.counts.fail, 3);
    assert_int_equal(t.result.counts.broken, 5);
    assert_true(tiny_run_says(&t, "2 restarts were used up"));
    assert_true(tiny_run_says(&t, "5 cases were not run"));
    assert_string_equal(tiny_run_row(&t, "tiny/7")->outcome, "not-run");
    tiny_run_end(&t);
}

static void test_always_bad_behind_bye(void **state)
{
    (void)state;
    tiny_run t;
    tiny_run_begin(&t, 5, "status=3");
    tiny_run_go(&t);
    assert_int_equal(t.result.exit_code, 3);
    assert_int_equal(t.result.counts.pass, 5);
    assert_true(tiny_run_says(&t, "bye"));
    tiny_run_end(&t);
    tiny_run_begin(&t, 5, "status=3 crash@~00010300");
    tiny_run_go(&t);
    assert_int_equal(t.result.exit_code, 3);
    assert_int_equal(t.result.counts.fail, 1);
    assert_string_equal(tiny_run_row(&t, "tiny/3")->detail, "crash");
    assert_false(tiny_run_row(&t, "tiny/3")->unconfirmed);
    tiny_run_end(&t);
}

static void test_broken_glue(void **state)
{
    (void)state;
    static const char *const scripts[] = {"error@~00010100", "broken@~00010100"};
    for (size_t i = 0; i < 2; i++) {
        tiny_run t;
        tiny_run_begin(&t, 4, scripts[i]);
        tiny_run_go(&t);
        assert_string_equal(tiny_run_row(&t, "tiny/1")->verdict, "broken");
        assert_int_equal(t.result.counts.pass, 3);
        assert_int_equal(t.result.exit_code, 3);
        assert_true(tiny_run_says(&t, "tiny/1"));
        tiny_run_end(&t);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_single_faults),    cmocka_unit_test(test_lie),
        cmocka_unit_test(test_crash_tells_how),  cmocka_unit_test(test_stateful),
        cmocka_unit_test(test_unconfirmed),      cmocka_unit_test(test_assumed),
        cmocka_unit_test(test_restarts_used_up), cmocka_unit_test(test_always_bad_behind_bye),
        cmocka_unit_test(test_broken_glue),
    };
    if (assay_fake_wanted(argc, argv)) return assay_fake_testee(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
