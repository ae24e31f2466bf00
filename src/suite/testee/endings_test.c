/* How testees end, well and badly, by the fake's scripts. */
#include "suite/testee/test/scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <string.h>

/* The script spoils the first request: how does it end? */
static assay_ending_cause ending_of(assay_scene *s, const char *script)
{
    assert_true(assay_scene_open(s, script));
    assert_false(assay_dialog_ask(&s->d, "echo 0a0b0c", ASSAY_SCENE_MS));
    assert_true(assay_dialog_wait_end(&s->d, ASSAY_SCENE_MS));
    assay_dialog_close(&s->d, ASSAY_PART_KILL, 0);
    return s->d.cause;
}

static void crashes(void **state)
{
    assay_scene *s = *state;
    assert_int_equal(ending_of(s, "crash early-stderr=terminate"), ASSAY_ENDED_EXIT);
    assert_int_equal(s->d.signal, SIGSEGV);
    assert_int_equal(s->d.exit_status, -1);
    assert_string_equal(s->d.stderr_tail, "terminate\n");
    assert_string_equal(s->d.text, "");
    assert_true(s->d.max_rss_kib > 100);
}

static void exits(void **state)
{
    assay_scene *s = *state;
    assert_int_equal(ending_of(s, "exit=3"), ASSAY_ENDED_EXIT);
    assert_int_equal(s->d.exit_status, 3);
    assert_int_equal(s->d.signal, 0);
}

/* What was said before the crash counts. */
static void crashes_after_replies(void **state)
{
    assay_scene *s = *state;
    assert_true(assay_scene_open(s, "crash@4"));
    for (size_t i = 0; i < 6; i++) assay_testee_send(s->d.testee, tw_bytes_of("echo 00", 7));
    assert_true(assay_dialog_wait_end(&s->d, ASSAY_SCENE_MS));
    assert_int_equal(s->d.replies, 3);
    assert_int_equal(assay_testee_open_count(s->d.testee), 3);
    assert_int_equal(s->d.signal, SIGSEGV);
    assay_dialog_close(&s->d, ASSAY_PART_KILL, 0);
}

static void garbage_kills(void **state)
{
    static const struct {
        const char *script, *text;
    } rows[] = {
        {"garbage", "not a reply: \"this is no reply\""},
        {"chatter", "not a reply: \"debug: reading a struct\""},
        {"stray-id", "a reply to 4000000000, which is not open"},
        {"mixed", "a line of another id between the parts of a reply: \"4000000000 ok 0 -\""},
    };
    assay_scene *s = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(ending_of(s, rows[i].script), ASSAY_ENDED_GARBAGE);
        assert_string_equal(s->d.text, rows[i].text);
        assay_dialog_deinit(&s->d);
    }
}

static void second_reply_is_garbage(void **state)
{
    assay_scene *s = *state;
    assert_true(assay_scene_open(s, "twice"));
    assert_true(assay_dialog_ask(&s->d, "echo 00", ASSAY_SCENE_MS));
    assert_true(assay_dialog_wait_end(&s->d, ASSAY_SCENE_MS));
    assert_int_equal(s->d.cause, ASSAY_ENDED_GARBAGE);
    assert_int_equal(s->d.replies, 1);
    assay_dialog_close(&s->d, ASSAY_PART_KILL, 0);
}

static void broken_glue(void **state)
{
    assay_scene *s = *state;
    assert_int_equal(ending_of(s, "broken"), ASSAY_ENDED_BROKEN);
    assert_string_equal(s->d.text, "bad request");
}

static void bad_request_line(void **state)
{
    assay_scene *s = *state;
    assert_true(assay_scene_open(s, ""));
    assert_true(assay_testee_send_line(s->d.testee, tw_bytes_of("what is this", 12)));
    assert_true(assay_dialog_wait_end(&s->d, ASSAY_SCENE_MS));
    assert_int_equal(s->d.cause, ASSAY_ENDED_BROKEN);
    assay_dialog_close(&s->d, ASSAY_PART_KILL, 0);
}

static void half_a_line(void **state)
{
    assay_scene *s = *state;
    assert_int_equal(ending_of(s, "half-exit"), ASSAY_ENDED_EXIT);
    assert_int_equal(s->d.exit_status, 0);
    assert_string_equal(s->d.text, "the output ends in the middle of a line: \"1 ok 3 \"");
}

static void half_a_line_then_hang(void **state)
{
    assay_scene *s = *state;
    assert_true(assay_scene_open(s, "half"));
    assert_false(assay_dialog_ask(&s->d, "echo 0a0b0c", 100));
    assert_true(s->d.timed_out);
    assay_dialog_close(&s->d, ASSAY_PART_QUIT, 0);
    assert_int_equal(s->d.cause, ASSAY_ENDED_KILLED);
    assert_int_equal(s->d.signal, SIGQUIT);
}

static void hangs_and_is_deaf(void **state)
{
    assay_scene *s = *state;
    assert_true(assay_scene_open(s, "deaf hang"));
    assert_false(assay_dialog_ask(&s->d, "echo 0a0b0c", 100));
    assay_dialog_close(&s->d, ASSAY_PART_QUIT, 0);
    assert_int_equal(s->d.cause, ASSAY_ENDED_KILLED);
    assert_int_equal(s->d.signal, SIGKILL);
}

static void floods(void **state)
{
    assay_scene *s = *state;
    s->options.reply_limit = 1 << 20;
    assert_int_equal(ending_of(s, "flood"), ASSAY_ENDED_GARBAGE);
    assert_memory_equal(s->d.text, "a line longer than 1048576 bytes: \"xxxx", 38);
}

static void long_reply(void **state)
{
    assay_scene *s = *state;
    s->options.reply_limit = 1 << 20;
    assert_true(assay_scene_open(s, "long=500000@1 long=600000@2"));
    assert_true(assay_dialog_ask(&s->d, "echo 00", ASSAY_SCENE_MS));
    assert_int_equal(s->d.bytes.len, 500000);
    assert_false(assay_dialog_ask(&s->d, "echo 00", ASSAY_SCENE_MS));
    assert_true(assay_dialog_wait_end(&s->d, ASSAY_SCENE_MS));
    assert_int_equal(s->d.cause, ASSAY_ENDED_GARBAGE);
    assay_dialog_close(&s->d, ASSAY_PART_KILL, 0);
}

static void flood_of_stderr(void **state)
{
    assay_scene *s = *state;
    assert_true(assay_scene_open(s, "flood-stderr=4000"));
    assert_true(assay_dialog_ask(&s->d, "echo 00", ASSAY_SCENE_MS));
    assay_scene_close(s);
    assert_int_equal(strlen(s->d.stderr_tail), 64 * 1024);
    assert_memory_equal(s->d.stderr_tail, "line 3936 of", 12);
    assert_non_null(strstr(s->d.stderr_tail, "\nline 3999 of"));
}

static void closes_its_output(void **state)
{
    assay_scene *s = *state;
    assert_int_equal(ending_of(s, "close"), ASSAY_ENDED_EXIT);
    assert_string_equal(s->d.text, "it closed its standard output and did not exit");
}

/* Processes of the group that still run; those that only wait to be reaped do not count. */
static int count_living(int group)
{
    DIR *proc = opendir("/proc");
    int count = 0;
    for (struct dirent *entry; proc && (entry = readdir(proc));) {
        char path[300], line[1024] = "";
        snprintf(path, sizeof path, "/proc/%s/stat", entry->d_name);
        FILE *stat = fopen(path, "r");
        if (!stat) continue;
        char *at =
            fgets(line, sizeof line, stat) ? strrchr(line, ')') : NULL; /* then: state, parent, group */
        fclose(stat);
        char *parent = at ? strchr(at + 2, ' ') : NULL, *its_group = parent ? strchr(parent + 1, ' ') : NULL;
        if (its_group && strtol(its_group, NULL, 10) == group && at[2] != 'Z') count++;
    }
    if (proc) closedir(proc);
    return count;
}

static void orphans_do_not_hold_us(void **state)
{
    static const char *const scripts[] = {"orphan", "stray"};
    assay_scene *s = *state;
    for (size_t n = 0; n < 2; n++) {
        assert_true(assay_scene_open(s, scripts[n]));
        int group = assay_testee_pid(s->d.testee);
        uint64_t start = uv_hrtime();
        assay_scene_close(s);
        assert_true(uv_hrtime() - start < UINT64_C(3000000000));
        for (int i = 0; i < 200 && count_living(group) > 0; i++) usleep(10000); /* signals take their time */
        assert_int_equal(count_living(group), 0);
        assay_dialog_deinit(&s->d);
    }
}

static void farewells(void **state)
{
    static const struct {
        const char *script;
        assay_ending_cause cause;
        int status, signal;
        unsigned notes;
        unsigned grace_ms;
    } rows[] = {
        {"status=4", ASSAY_ENDED_EXIT, 4, 0, 0, ASSAY_SCENE_MS},
        {"sleepless", ASSAY_ENDED_KILLED, -1, SIGKILL, 0, 300},
        {"postscript", ASSAY_ENDED_GARBAGE, 0, 0, 0, ASSAY_SCENE_MS},
        {"rude", ASSAY_ENDED_BYE, 0, 0, ASSAY_NOTE_NO_BYE, ASSAY_SCENE_MS},
    };
    assay_scene *s = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_true(assay_scene_open(s, rows[i].script));
        assay_dialog_close(&s->d, ASSAY_PART_BYE, rows[i].grace_ms);
        assert_int_equal(s->d.cause, rows[i].cause);
        if (rows[i].cause != ASSAY_ENDED_GARBAGE) assert_int_equal(s->d.exit_status, rows[i].status);
        if (rows[i].cause != ASSAY_ENDED_GARBAGE) assert_int_equal(s->d.signal, rows[i].signal);
        assert_int_equal(s->d.notes, rows[i].notes);
        assay_dialog_deinit(&s->d);
    }
}

static void end_of_input(void **state)
{
    assay_scene *s = *state;
    assert_true(assay_scene_open(s, ""));
    assay_dialog_close(&s->d, ASSAY_PART_HANG_UP, ASSAY_SCENE_MS);
    assert_int_equal(s->d.cause, ASSAY_ENDED_BYE);
    assert_int_equal(s->d.notes, 0);
}

int main(int argc, char **argv)
{
    if (assay_fake_wanted(argc, argv)) return assay_fake_testee(argv[2]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(crashes, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(exits, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(crashes_after_replies, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(garbage_kills, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(second_reply_is_garbage, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(broken_glue, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(bad_request_line, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(half_a_line, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(half_a_line_then_hang, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(hangs_and_is_deaf, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(floods, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(long_reply, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(flood_of_stderr, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(closes_its_output, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(orphans_do_not_hold_us, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(farewells, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(end_of_input, assay_scene_set_up, assay_scene_tear_down),
    };
    return cmocka_run_group_tests_name("suite/testee/endings", tests, NULL, NULL);
}
