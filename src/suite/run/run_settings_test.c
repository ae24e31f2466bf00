/* What the settings of a run do: what is selected, when it stops, known failures, budgets. */
#include "suite/run/test/tiny_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void test_patience(void **state)
{
    (void)state;
    static const assay_channel others[] = {ASSAY_CHANNEL_PIPE, ASSAY_CHANNEL_CONNECT};
    for (size_t i = 0; i < 2; i++) {
        assay_run_options o = assay_run_options_default(), usual = o;
        o.testee.channel = others[i];
        assay_run_options_settle(&o, false);
        assert_int_equal(o.timeout_ms, usual.timeout_ms);
        assert_int_equal(o.testee.hello_timeout_ms, usual.testee.hello_timeout_ms);
    }
    for (int chosen = 0; chosen < 2; chosen++) {
        assay_run_options o = assay_run_options_default();
        o.testee.channel = ASSAY_CHANNEL_ATTACH;
        o.timeout_ms = 300;
        assay_run_options_settle(&o, chosen);
        assert_int_equal(o.timeout_ms, chosen ? 300 : 0);
        assert_int_equal(o.testee.hello_timeout_ms, 0);
    }
}

static void test_nothing_selected(void **state)
{
    (void)state;
    tiny_run t;
    const char *const none[] = {"other/**"};
    tiny_run_begin(&t, 3, "");
    t.options.selection.run = none;
    t.options.selection.run_count = 1;
    tiny_run_go(&t);
    assert_int_equal(t.result.exit_code, 3);
    assert_true(tiny_run_says(&t, "nothing was selected"));
    tiny_run_end(&t);
}

static void test_not_declared(void **state)
{
    (void)state;
    tiny_run t;
    tiny_run_begin(&t, 3, "hello={\"name\":\"x\",\"protocols\":[\"compact\"]}");
    tiny_run_go(&t);
    assert_int_equal(t.result.exit_code, 3);
    assert_int_equal(t.result.counts.skip, 3);
    assert_non_null(strstr(t.result.verdict_line, "NOT VERIFIED: binary"));
    tiny_run_end(&t);
}

static void test_fail_fast(void **state)
{
    (void)state;
    tiny_run t;
    tiny_run_begin(&t, 300, "reject@~00010200");
    t.options.fail_fast = true;
    t.options.window = 4;
    tiny_run_go(&t);
    assert_int_equal(t.result.exit_code, 1);
    assert_int_equal(t.result.overall, ASSAY_NON_CONFORMANT);
    assert_int_equal(t.result.counts.fail, 1);
    assert_true(t.result.counts.broken > 200);
    tiny_run_end(&t);
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
        tiny_run t;
        assay_known known;
        assay_known_error error;
        assert_true(
            assay_known_parse("list", tw_bytes_of(rows[i].text, strlen(rows[i].text)), &known, &error));
        tiny_run_begin(&t, 9, rows[i].script);
        t.options.known = &known;
        tiny_run_go(&t);
        assert_int_equal(t.result.exit_code, rows[i].code);
        assert_int_equal(t.result.overall, ASSAY_NON_CONFORMANT);
        if (i == 0) {
            assert_int_equal(t.result.counts.known, 1);
            assert_int_equal(t.result.named_skipped, 1);
            assert_string_equal(tiny_run_row(&t, "tiny/5")->known_reason, "it does");
        }
        tiny_run_end(&t);
        assay_known_deinit(&known);
    }
}

static void test_max_rss(void **state)
{
    (void)state;
    tiny_run t;
    tiny_run_begin(&t, 6, "alloc=300@~00010200 slow=1500@~00010200");
    t.options.max_rss_kib = 100 * 1024;
    t.options.timeout_ms = 5000;
    tiny_run_go(&t);
    tiny_run_check_blame(&t, "tiny/2", "over-budget", "nomem");
    assert_non_null(strstr(tiny_run_row(&t, "tiny/2")->said, "--max-rss"));
    tiny_run_end(&t);
}

/* Among others its memory stays until the next request is seen with it; alone it is given back at once. */
static void test_max_rss_neighbour(void **state)
{
    (void)state;
    tiny_run t;
    tiny_run_begin(&t, 6, "claim=300@~00010200 alloc=300@6 slow=1500@7");
    t.options.max_rss_kib = 100 * 1024;
    t.options.timeout_ms = 5000;
    tiny_run_go(&t);
    tiny_run_check_blame(&t, "tiny/2", "over-budget", "nomem");
    const assay_result_case *row = tiny_run_row(&t, "tiny/2");
    assert_false(row->stateful || row->unconfirmed);
    assert_non_null(strstr(row->said, "for a moment"));
    tiny_run_end(&t);
}

static void test_budget(void **state)
{
    (void)state;
    tiny_run t;
    tiny_run_begin(&t, 6, "peak=64@~00010200 burn=300@~00010300");
    for (size_t i = 1; i < 5; i++) t.tiny.set.vectors[i].base.budget = (assay_budget){16 * 1024, 150};
    t.options.timeout_ms = 5000;
    tiny_run_go(&t);
    assert_int_equal(t.result.counts.pass, 4);
    assert_string_equal(tiny_run_row(&t, "tiny/2")->detail, "over-budget");
    assert_string_equal(tiny_run_row(&t, "tiny/3")->detail, "over-budget");
    assert_true(tiny_run_row(&t, "tiny/2")->rss_kib > 60 * 1024);
    assert_true(tiny_run_row(&t, "tiny/1")->rss_kib >= 0 && tiny_run_row(&t, "tiny/1")->rss_kib < 16 * 1024);
    assert_int_equal(tiny_run_row(&t, "tiny/0")->rss_kib, -1);
    assert_int_equal(t.result.exit_code, 1);
    tiny_run_end(&t);
    tiny_run_begin(&t, 3, "crash@~00010100");
    t.tiny.set.vectors[1].base.budget = (assay_budget){16 * 1024, -1};
    tiny_run_go(&t);
    tiny_run_check_blame(&t, "tiny/1", "crash", "crash");
    tiny_run_end(&t);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_patience),
        cmocka_unit_test(test_nothing_selected),
        cmocka_unit_test(test_not_declared),
        cmocka_unit_test(test_fail_fast),
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_max_rss),
        cmocka_unit_test(test_max_rss_neighbour),
        cmocka_unit_test(test_budget),
    };
    if (assay_fake_wanted(argc, argv)) return assay_fake_testee(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
