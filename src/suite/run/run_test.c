/* The whole runner against a testee that behaves: verdicts, order, processes, an interrupt.
 * One that misbehaves as it is told: run_blame_test.c. */
#include "suite/run/test/tiny_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static void test_clean(void **state)
{
    (void)state;
    tiny_run t;
    tiny_run_begin(&t, 20, "");
    tiny_run_go(&t);
    assert_int_equal(t.result.exit_code, 0);
    assert_int_equal(t.result.counts.pass, 20);
    assert_int_equal(t.result.named_passed, 20);
    assert_int_equal(t.result.named_failed + t.result.named_skipped, 0);
    assert_int_equal(t.result.cases_run, 20);
    assert_string_equal(t.result.verdict_line, "CONFORMANT for binary (transcode)");
    for (size_t i = 0; i < 20; i++) assert_string_equal(t.result.cases[i].id, t.tiny.set.vectors[i].base.id);
    assert_string_equal(t.result.cases[5].expected, "struct{1: i32 261}");
    assert_string_equal(t.result.cases[5].request, "0800010000010500");
    tiny_run_end(&t);
}

static void test_out_of_order(void **state)
{
    (void)state;
    tiny_run t;
    tiny_run_begin(&t, 40, "reverse=7");
    tiny_run_go(&t);
    assert_int_equal(t.result.exit_code, 0);
    assert_int_equal(t.result.counts.pass, 40);
    tiny_run_end(&t);
}

static void test_interrupt(void **state)
{
    (void)state;
    tiny_run t;
    tiny_run_begin(&t, 200, "slow=50");
    t.options.window = 1;
    pid_t self = getpid(), child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        usleep(700000);
        kill(self, SIGINT);
        _exit(0);
    }
    tiny_run_go(&t);
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_int_equal(t.result.exit_code, 130);
    assert_true(t.result.interrupted);
    assert_true(t.result.counts.pass > 0 && t.result.counts.pass < 100);
    assert_int_equal(t.result.case_count, 200);
    tiny_run_end(&t);
}

/* Everything that is derived too: the same cases, order and verdicts from one process and from four. */
static void test_jobs_do_not_matter(void **state)
{
    (void)state;
    tiny_run one, four;
    tiny_run_begin(&one, 30, "lie@~00010200 reject@~00010300 crash@~0800010000010700");
    one.options.selection.skip_count = 0;
    one.options.all = one.options.exhaustive = true;
    one.options.restarts = 1000;
    tiny_run_go(&one);
    tiny_run_begin(&four, 30, "lie@~00010200 reject@~00010300 crash@~0800010000010700");
    four.options = one.options;
    four.options.testee.command = assay_fake_argv(&four.command, one.command.script);
    four.options.jobs = 4;
    tiny_run_go(&four);
    assert_true(one.result.case_count > 300);
    assert_int_equal(one.result.case_count, four.result.case_count);
    for (size_t i = 0; i < one.result.case_count; i++) {
        assert_string_equal(one.result.cases[i].id, four.result.cases[i].id);
        assert_string_equal(one.result.cases[i].verdict, four.result.cases[i].verdict);
        assert_string_equal(one.result.cases[i].detail, four.result.cases[i].detail);
    }
    assert_string_equal(one.result.verdict_line, four.result.verdict_line);
    assert_int_equal(one.result.exit_code, four.result.exit_code);
    tiny_run_end(&one);
    tiny_run_end(&four);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clean),
        cmocka_unit_test(test_out_of_order),
        cmocka_unit_test(test_interrupt),
        cmocka_unit_test(test_jobs_do_not_matter),
    };
    if (assay_fake_wanted(argc, argv)) return assay_fake_testee(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
