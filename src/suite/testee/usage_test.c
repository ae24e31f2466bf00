/* Memory and time of a process group, measured on the fake. */
#include "suite/testee/usage.h"
#include "suite/testee/dialog.h"
#include "suite/testee/test/fake_testee.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <unistd.h>

enum { LONG_MS = 8000 };

typedef struct scene {
    uv_loop_t loop;
    assay_fake_command command;
    assay_testee_options options;
    assay_dialog d;
} scene;

static void open_fake(scene *s, const char *script)
{
    assert_int_equal(uv_loop_init(&s->loop), 0);
    s->options = (assay_testee_options){.hello_timeout_ms = LONG_MS};
    s->options.command = assay_fake_argv(&s->command, script);
    assert_true(assay_dialog_open(&s->d, &s->loop, &s->options, NULL));
}

static void close_fake(scene *s)
{
    assay_dialog_close(&s->d, ASSAY_PART_BYE, LONG_MS);
    assay_dialog_deinit(&s->d);
    assert_int_equal(uv_loop_close(&s->loop), 0);
}

static assay_usage use_of(const scene *s)
{
    assay_usage usage;
    if (!assay_usage_read(assay_testee_pid(s->d.testee), &usage)) fail();
    return usage;
}

static void memory(void **state)
{
    (void)state;
    scene s;
    assay_usage usage;
    if (!assay_usage_read((int)getpid(), &usage)) skip(); /* a system without /proc */
    open_fake(&s, "peak=40@1 alloc=20@2");
    assay_usage before = use_of(&s);
    assert_true(before.rss_kib > 100 && before.peak_rss_kib >= before.rss_kib);
    assert_true(before.peak_virtual_kib >= before.peak_rss_kib);
    assert_true(assay_dialog_ask(&s.d, "echo 00", LONG_MS));
    assay_usage peak = use_of(&s);
    assert_in_range(peak.peak_rss_kib - before.peak_rss_kib, 35 * 1024, 60 * 1024);
    if (assay_usage_reset_peak(assay_testee_pid(s.d.testee))) {
        assay_usage reset = use_of(&s);
        assert_true(reset.peak_rss_kib < peak.peak_rss_kib || reset.rss_kib >= peak.rss_kib);
        assert_true(assay_dialog_ask(&s.d, "echo 00", LONG_MS));
        assay_usage held = use_of(&s);
        assert_true(held.rss_kib - reset.rss_kib > 15 * 1024);
    }
    close_fake(&s);
    assert_true(s.d.max_rss_kib > 15 * 1024); /* since the reset */
}

static void time_spent(void **state)
{
    (void)state;
    scene s;
    assay_usage usage;
    if (!assay_usage_read((int)getpid(), &usage)) skip();
    open_fake(&s, "burn=200@1 slow=200@2");
    assay_usage before = use_of(&s);
    assert_true(assay_dialog_ask(&s.d, "echo 00", LONG_MS));
    assay_usage burnt = use_of(&s);
    assert_in_range(burnt.cpu_ms - before.cpu_ms, 150, 1000);
    assert_true(assay_dialog_ask(&s.d, "echo 00", LONG_MS));
    assay_usage slept = use_of(&s);
    assert_in_range(slept.cpu_ms - burnt.cpu_ms, 0, 100);
    close_fake(&s);
}

/* A child in the group counts too. */
static void whole_group(void **state)
{
    (void)state;
    scene alone, two;
    assay_usage usage;
    if (!assay_usage_read((int)getpid(), &usage)) skip();
    open_fake(&alone, "");
    assay_usage one = use_of(&alone);
    close_fake(&alone);
    open_fake(&two, "orphan");
    assay_usage both = use_of(&two);
    close_fake(&two);
    assert_true(both.peak_virtual_kib > one.peak_virtual_kib * 3 / 2);
}

static void nobody(void **state)
{
    (void)state;
    assay_usage usage = {1, 1, 1, 1, 1};
    assert_false(assay_usage_read(-1, &usage));
    assert_int_equal(usage.rss_kib, 0);
    assert_false(assay_usage_reset_peak(-1));
    assert_int_equal(assay_usage_of_dead((int)getpid()), -1);
}

int main(int argc, char **argv)
{
    if (assay_fake_wanted(argc, argv)) return assay_fake_testee(argv[2]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory),
        cmocka_unit_test(time_spent),
        cmocka_unit_test(whole_group),
        cmocka_unit_test(nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
