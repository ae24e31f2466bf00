/* The whole runner against a testee that misbehaves as it is told: the verdict, who is blamed, and the exit
 * code. */
#include "suite/run/run.h"
#include "suite/run/test/tiny.h"
#include "suite/testee/test/fake_testee.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static const char *const derived[] = {"**/*@*"};

/* One run: what goes in may be changed between begin and go. */
typedef struct trial {
    tiny_set tiny;
    assay_fake_command command;
    assay_run_options options;
    assay_result result;
} trial;

static void begin(trial *t, size_t vectors, const char *script)
{
    memset(t, 0, sizeof *t);
    tiny_init(&t->tiny, vectors);
    t->options = assay_run_options_default();
    t->options.testee.command = assay_fake_argv(&t->command, script);
    t->options.testee.hello_timeout_ms = 2000;
    t->options.testee.quit_grace_ms = 100;
    t->options.timeout_ms = 400;
    t->options.selection.skip = derived;
    t->options.selection.skip_count = 1;
}

static void go(trial *t)
{
    assert_true(assay_run(&t->tiny.set, &t->options, &t->result));
}

static void end(trial *t)
{
    assay_result_deinit(&t->result);
    tiny_deinit(&t->tiny);
}

static const assay_result_case *row_of(const trial *t, const char *id)
{
    for (size_t i = 0; i < t->result.case_count; i++)
        if (strcmp(t->result.cases[i].id, id) == 0) return &t->result.cases[i];
    fail_msg("no row %s", id);
    return NULL;
}

static bool says(const trial *t, const char *text)
{
    for (size_t i = 0; t->result.incomplete[i]; i++)
        if (strstr(t->result.incomplete[i], text)) return true;
    return false;
}

/* One case fails in one way, the others pass. */
static void check_blame(const trial *t, const char *id, const char *detail, const char *outcome)
{
    const assay_result_case *row = row_of(t, id);
    assert_string_equal(row->verdict, "fail");
    assert_string_equal(row->detail, detail);
    assert_string_equal(row->outcome, outcome);
    for (size_t i = 0; i < t->result.case_count; i++) {
        const assay_result_case *other = &t->result.cases[i];
        if (other != row && strcmp(other->verdict, "pass") != 0)
            print_error("%s: %s:%s, %s\n", other->id, other->verdict, other->detail, other->said);
    }
    assert_int_equal(t->result.counts.fail, 1);
    assert_int_equal(t->result.counts.pass, t->result.case_count - 1);
    assert_int_equal(t->result.overall, ASSAY_NON_CONFORMANT);
    assert_int_equal(t->result.exit_code, 1);
    assert_null(t->result.incomplete[0]);
}

static void test_clean(void **state)
{
    (void)state;
    trial t;
    begin(&t, 20, "");
    go(&t);
    assert_int_equal(t.result.exit_code, 0);
    assert_int_equal(t.result.counts.pass, 20);
    assert_int_equal(t.result.named_passed, 20);
    assert_int_equal(t.result.named_failed + t.result.named_skipped, 0);
    assert_int_equal(t.result.cases_run, 20);
    assert_string_equal(t.result.verdict_line, "CONFORMANT for binary (transcode)");
    for (size_t i = 0; i < 20; i++) assert_string_equal(t.result.cases[i].id, t.tiny.set.vectors[i].base.id);
    assert_string_equal(t.result.cases[5].expected, "struct{1: i32 261}");
    assert_string_equal(t.result.cases[5].request, "0800010000010500");
    end(&t);
}

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
        trial t;
        begin(&t, 12, rows[i].script);
        t.options.testee.reply_limit = 1 << 20;
        t.options.window = i % 2 ? 64 : 3;
        go(&t);
        print_message("%s\n", rows[i].script);
        check_blame(&t, "tiny/5", rows[i].detail, rows[i].outcome);
        const assay_result_case *row = row_of(&t, "tiny/5");
        assert_false(row->unconfirmed || row->stateful || row->assumed);
        end(&t);
    }
}

static void test_lie(void **state)
{
    (void)state;
    trial t;
    begin(&t, 12, "lie@~00010500");
    go(&t);
    assert_int_equal(t.result.counts.fail, 1);
    assert_string_equal(row_of(&t, "tiny/5")->verdict, "fail");
    assert_int_equal(t.result.exit_code, 1);
    end(&t);
}

static void test_crash_tells_how(void **state)
{
    (void)state;
    trial t;
    begin(&t, 4, "stderr=last-words@~00010200 signal=6@~00010200");
    go(&t);
    check_blame(&t, "tiny/2", "crash", "crash");
    assert_non_null(strstr(row_of(&t, "tiny/2")->got, "signal 6"));
    end(&t);
    begin(&t, 4, "early-stderr=last-words crash@~00010200");
    go(&t);
    check_blame(&t, "tiny/2", "crash", "crash");
    assert_non_null(strstr(row_of(&t, "tiny/2")->stderr_tail, "last-words"));
    end(&t);
}

static void test_out_of_order(void **state)
{
    (void)state;
    trial t;
    begin(&t, 40, "reverse=7");
    go(&t);
    assert_int_equal(t.result.exit_code, 0);
    assert_int_equal(t.result.counts.pass, 40);
    end(&t);
}

/* Dies at its eighth request, whichever that is: three of sanity, then tiny/0 to tiny/4. */
static void test_stateful(void **state)
{
    (void)state;
    trial t;
    begin(&t, 6, "crash@8");
    t.options.window = 1;
    go(&t);
    check_blame(&t, "tiny/4", "crash", "crash");
    assert_true(row_of(&t, "tiny/4")->stateful);
    assert_false(row_of(&t, "tiny/4")->unconfirmed);
    assert_non_null(strstr(row_of(&t, "tiny/4")->said, "needs these 8 requests in a row"));
    end(&t);
}

/* The first process dies, those after it do not. */
static void test_unconfirmed(void **state)
{
    (void)state;
    trial t;
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
    begin(&t, 8, "");
    t.options.testee.command = argv;
    go(&t);
    check_blame(&t, "tiny/3", "crash", "crash");
    assert_true(row_of(&t, "tiny/3")->unconfirmed);
    end(&t);
}

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
        trial t;
        begin(&t, 3, rows[i].script);
        t.options.testee.hello_timeout_ms = 400;
        go(&t);
        print_message("%s: %s\n", rows[i].script, t.result.incomplete[0]);
        assert_int_equal(t.result.exit_code, 5);
        assert_int_equal(t.result.overall, ASSAY_INCOMPLETE);
        assert_true(says(&t, "does not start or shake hands"));
        assert_true(says(&t, rows[i].says));
        assert_int_equal(t.result.cases_run, 0);
        end(&t);
    }
}

static void test_no_such_command(void **state)
{
    (void)state;
    trial t;
    char *argv[] = {"/nonexistent/testee", NULL};
    begin(&t, 3, "");
    t.options.testee.command = argv;
    go(&t);
    assert_int_equal(t.result.exit_code, 5);
    assert_true(says(&t, "/nonexistent/testee"));
    assert_string_equal(t.result.command, "/nonexistent/testee");
    end(&t);
}

/* A library that refuses what is plain proves nothing by refusing the rest, but the run goes on. */
static void test_sanity_case_refused(void **state)
{
    (void)state;
    trial t;
    begin(&t, 3, "reject@~0000000700");
    go(&t);
    assert_int_equal(t.result.exit_code, 3);
    assert_int_equal(t.result.counts.pass, 3);
    assert_true(says(&t, "sanity case"));
    end(&t);
}

/* Three sanity requests, three cases, and then the last sanity case. */
static void test_last_sanity_case(void **state)
{
    (void)state;
    trial t;
    begin(&t, 3, "reject@7");
    go(&t);
    assert_int_equal(t.result.exit_code, 3);
    assert_true(says(&t, "after the last case"));
    end(&t);
    begin(&t, 3, "crash@7");
    go(&t);
    check_blame(&t, "tiny/2", "crash", "crash");
    assert_true(row_of(&t, "tiny/2")->stateful);
    end(&t);
}

static void test_restarts_used_up(void **state)
{
    (void)state;
    trial t;
    begin(&t, 8, "crash@~0800010000010");
    t.options.restarts = 2;
    go(&t);
    assert_int_equal(t.result.exit_code, 3);
    assert_int_equal(t.result.overall, ASSAY_INCOMPLETE);
    assert_int_equal(t.result.counts.fail, 3);
    assert_int_equal(t.result.counts.broken, 5);
    assert_true(says(&t, "2 restarts were used up"));
    assert_true(says(&t, "5 cases were not run"));
    assert_string_equal(row_of(&t, "tiny/7")->outcome, "not-run");
    end(&t);
}

static void test_assumed(void **state)
{
    (void)state;
    for (int exhaustive = 0; exhaustive < 2; exhaustive++) {
        trial t;
        size_t assumed = 0;
        begin(&t, 7, "crash@~0800010000010");
        t.options.exhaustive = exhaustive;
        for (size_t i = 0; i < 7; i++) tiny_refuse(&t.tiny, i);
        go(&t);
        assert_int_equal(t.result.counts.fail, 7);
        for (size_t i = 0; i < 7; i++) {
            assert_string_equal(t.result.cases[i].detail, "crash");
            assumed += t.result.cases[i].assumed;
        }
        assert_int_equal(assumed, exhaustive ? 0 : 4);
        assert_int_equal(t.result.exit_code, 1);
        end(&t);
    }
}

static void test_always_bad_behind_bye(void **state)
{
    (void)state;
    trial t;
    begin(&t, 5, "status=3");
    go(&t);
    assert_int_equal(t.result.exit_code, 3);
    assert_int_equal(t.result.counts.pass, 5);
    assert_true(says(&t, "bye"));
    end(&t);
    begin(&t, 5, "status=3 crash@~00010300");
    go(&t);
    assert_int_equal(t.result.exit_code, 3);
    assert_int_equal(t.result.counts.fail, 1);
    assert_string_equal(row_of(&t, "tiny/3")->detail, "crash");
    assert_false(row_of(&t, "tiny/3")->unconfirmed);
    end(&t);
}

static void test_broken_glue(void **state)
{
    (void)state;
    static const char *const scripts[] = {"error@~00010100", "broken@~00010100"};
    for (size_t i = 0; i < 2; i++) {
        trial t;
        begin(&t, 4, scripts[i]);
        go(&t);
        assert_string_equal(row_of(&t, "tiny/1")->verdict, "broken");
        assert_int_equal(t.result.counts.pass, 3);
        assert_int_equal(t.result.exit_code, 3);
        assert_true(says(&t, "tiny/1"));
        end(&t);
    }
}

static void test_fail_fast(void **state)
{
    (void)state;
    trial t;
    begin(&t, 300, "reject@~00010200");
    t.options.fail_fast = true;
    t.options.window = 4;
    go(&t);
    assert_int_equal(t.result.exit_code, 1);
    assert_int_equal(t.result.overall, ASSAY_NON_CONFORMANT);
    assert_int_equal(t.result.counts.fail, 1);
    assert_true(t.result.counts.broken > 200);
    end(&t);
}

static void test_known(void **state)
{
    (void)state;
    static const char list[] = "tiny/5  fail:crash  issue=1  # it does\n";
    static const char stale[] =
        "tiny/5  fail:crash  issue=1  # it does\ntiny/6  fail:hang  issue=2  # no more\n";
    static const struct {
        const char *text;
        const char *script;
        int code;
    } rows[] = {{list, "crash@~00010500", 0},
                {stale, "crash@~00010500", 4},
                {list, "crash@~00010600", 1},
                {list, "crash@~00010500 reject@~00010100", 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        trial t;
        assay_known known;
        assay_known_error error;
        assert_true(
            assay_known_parse("list", tw_bytes_of(rows[i].text, strlen(rows[i].text)), &known, &error));
        begin(&t, 9, rows[i].script);
        t.options.known = &known;
        go(&t);
        assert_int_equal(t.result.exit_code, rows[i].code);
        assert_int_equal(t.result.overall, ASSAY_NON_CONFORMANT);
        if (i == 0) {
            assert_int_equal(t.result.counts.known, 1);
            assert_int_equal(t.result.named_skipped, 1);
            assert_string_equal(row_of(&t, "tiny/5")->known_reason, "it does");
        }
        end(&t);
        assay_known_deinit(&known);
    }
}

static void test_max_rss(void **state)
{
    (void)state;
    trial t;
    begin(&t, 6, "alloc=300@~00010200 slow=1500@~00010200");
    t.options.max_rss_kib = 100 * 1024;
    t.options.timeout_ms = 5000;
    go(&t);
    check_blame(&t, "tiny/2", "over-budget", "nomem");
    assert_non_null(strstr(row_of(&t, "tiny/2")->said, "--max-rss"));
    end(&t);
}

static void test_budget(void **state)
{
    (void)state;
    trial t;
    begin(&t, 6, "peak=64@~00010200 burn=300@~00010300");
    for (size_t i = 1; i < 5; i++) t.tiny.set.vectors[i].base.budget = (assay_budget){16 * 1024, 150};
    t.options.timeout_ms = 5000;
    go(&t);
    assert_int_equal(t.result.counts.pass, 4);
    assert_string_equal(row_of(&t, "tiny/2")->detail, "over-budget");
    assert_string_equal(row_of(&t, "tiny/3")->detail, "over-budget");
    assert_true(row_of(&t, "tiny/2")->rss_kib > 60 * 1024);
    assert_true(row_of(&t, "tiny/1")->rss_kib >= 0 && row_of(&t, "tiny/1")->rss_kib < 16 * 1024);
    assert_int_equal(row_of(&t, "tiny/0")->rss_kib, -1);
    assert_int_equal(t.result.exit_code, 1);
    end(&t);
    begin(&t, 3, "crash@~00010100");
    t.tiny.set.vectors[1].base.budget = (assay_budget){16 * 1024, -1};
    go(&t);
    check_blame(&t, "tiny/1", "crash", "crash");
    end(&t);
}

static void test_nothing_selected(void **state)
{
    (void)state;
    trial t;
    const char *const none[] = {"other/**"};
    begin(&t, 3, "");
    t.options.selection.run = none;
    t.options.selection.run_count = 1;
    go(&t);
    assert_int_equal(t.result.exit_code, 3);
    assert_true(says(&t, "nothing was selected"));
    end(&t);
}

static void test_not_declared(void **state)
{
    (void)state;
    trial t;
    begin(&t, 3, "hello={\"name\":\"x\",\"protocols\":[\"compact\"]}");
    go(&t);
    assert_int_equal(t.result.exit_code, 3);
    assert_int_equal(t.result.counts.skip, 3);
    assert_non_null(strstr(t.result.verdict_line, "NOT VERIFIED: binary"));
    end(&t);
}

static void test_interrupt(void **state)
{
    (void)state;
    trial t;
    begin(&t, 200, "slow=50");
    t.options.window = 1;
    pid_t self = getpid(), child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        usleep(700000);
        kill(self, SIGINT);
        _exit(0);
    }
    go(&t);
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_int_equal(t.result.exit_code, 130);
    assert_true(t.result.interrupted);
    assert_true(t.result.counts.pass > 0 && t.result.counts.pass < 100);
    assert_int_equal(t.result.case_count, 200);
    end(&t);
}

/* Everything that is derived too: the same cases, order and verdicts from one process and from four. */
static void test_jobs_do_not_matter(void **state)
{
    (void)state;
    trial one, four;
    begin(&one, 30, "lie@~00010200 reject@~00010300 crash@~0800010000010700");
    one.options.selection.skip_count = 0;
    one.options.all = one.options.exhaustive = true;
    one.options.restarts = 1000;
    go(&one);
    begin(&four, 30, "lie@~00010200 reject@~00010300 crash@~0800010000010700");
    four.options = one.options;
    four.options.testee.command = assay_fake_argv(&four.command, one.command.script);
    four.options.jobs = 4;
    go(&four);
    assert_true(one.result.case_count > 300);
    assert_int_equal(one.result.case_count, four.result.case_count);
    for (size_t i = 0; i < one.result.case_count; i++) {
        assert_string_equal(one.result.cases[i].id, four.result.cases[i].id);
        assert_string_equal(one.result.cases[i].verdict, four.result.cases[i].verdict);
        assert_string_equal(one.result.cases[i].detail, four.result.cases[i].detail);
    }
    assert_string_equal(one.result.verdict_line, four.result.verdict_line);
    assert_int_equal(one.result.exit_code, four.result.exit_code);
    end(&one);
    end(&four);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clean),
        cmocka_unit_test(test_single_faults),
        cmocka_unit_test(test_lie),
        cmocka_unit_test(test_crash_tells_how),
        cmocka_unit_test(test_out_of_order),
        cmocka_unit_test(test_stateful),
        cmocka_unit_test(test_unconfirmed),
        cmocka_unit_test(test_not_started),
        cmocka_unit_test(test_no_such_command),
        cmocka_unit_test(test_sanity_case_refused),
        cmocka_unit_test(test_last_sanity_case),
        cmocka_unit_test(test_restarts_used_up),
        cmocka_unit_test(test_assumed),
        cmocka_unit_test(test_always_bad_behind_bye),
        cmocka_unit_test(test_broken_glue),
        cmocka_unit_test(test_fail_fast),
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_max_rss),
        cmocka_unit_test(test_budget),
        cmocka_unit_test(test_nothing_selected),
        cmocka_unit_test(test_not_declared),
        cmocka_unit_test(test_interrupt),
        cmocka_unit_test(test_jobs_do_not_matter),
    };
    if (assay_fake_wanted(argc, argv)) return assay_fake_testee(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
