/* Starting testees, shaking hands, and what is left behind. */
#include "suite/testee/test/scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <string.h>

static void handshakes(void **state)
{
    static const struct {
        const char *script, *text;
        unsigned timeout_ms;
    } rows[] = {
        {"no-hello", "no hello within 300 ms", 300},
        {"slow-hello=1000", "no hello within 300 ms", 300},
        {"keep", "no hello within 300 ms", 300},
        {"noise", "not a reply: \"Welcome to the fake library!\"", ASSAY_SCENE_MS},
        {"bad-hello", "its hello cannot be read: ", ASSAY_SCENE_MS},
        {"hello={}", "its hello cannot be read: \"name\" is missing", ASSAY_SCENE_MS},
        {"exit-early=7", "exited with status 7 before its hello", ASSAY_SCENE_MS},
        {"deaf no-hello", "no hello within 300 ms", 300},
    };
    assay_scene *s = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        s->options.hello_timeout_ms = rows[i].timeout_ms;
        assert_false(assay_scene_open(s, rows[i].script));
        assert_true(s->d.ended);
        assert_int_equal(s->d.cause, ASSAY_ENDED_HANDSHAKE);
        assert_memory_equal(s->d.text, rows[i].text, strlen(rows[i].text));
        assay_dialog_close(&s->d, ASSAY_PART_KILL, 0);
        assay_dialog_deinit(&s->d);
    }
}

/* Closing the input sets free what glue had buffered. */
static void bye_before_hello(void **state)
{
    assay_scene *s = *state;
    bool stop = true;
    s->options.command = assay_fake_argv(&s->command, "keep");
    assert_false(assay_dialog_open(&s->d, &s->loop, &s->options, &stop));
    stop = false;
    assay_dialog_close(&s->d, ASSAY_PART_BYE, ASSAY_SCENE_MS);
    assert_true(s->d.ready);
    assert_int_equal(s->d.cause, ASSAY_ENDED_BYE);
}

static void does_not_start(void **state)
{
    static char missing[] = "/no/such/command";
    char *argv[] = {missing, NULL};
    assay_scene *s = *state;
    s->options.command = argv;
    assert_false(assay_dialog_open(&s->d, &s->loop, &s->options, NULL));
    assert_int_equal(s->d.cause, ASSAY_ENDED_START);
    assert_string_equal(s->d.text, "cannot start /no/such/command: no such file or directory");
    assay_dialog_close(&s->d, ASSAY_PART_KILL, 0);
}

static int count_descriptors(void)
{
    DIR *dir = opendir("/proc/self/fd");
    int count = 0;
    while (dir && readdir(dir)) count++;
    if (dir) closedir(dir);
    return count;
}

/* A cheap testee: a shell that says hello and waits for the end of its input. */
static void a_thousand_restarts(void **state)
{
    static char sh[] = "/bin/sh", c[] = "-c", script[] = "echo '0 hello {\"name\": \"sh\"}'; read x; read y";
    static char missing[] = "/no/such/command";
    char *argv[] = {sh, c, script, NULL}, *wrong[] = {missing, NULL};
    assay_scene *s = *state;
    int before = count_descriptors();
    for (int i = 0; i < 1000; i++) {
        s->options.command = i % 4 == 3 ? wrong : argv;
        assert_int_equal(assay_dialog_open(&s->d, &s->loop, &s->options, NULL), i % 4 != 3);
        assay_dialog_close(&s->d,
                           i % 4 == 0   ? ASSAY_PART_KILL
                           : i % 4 == 1 ? ASSAY_PART_QUIT
                                        : ASSAY_PART_HANG_UP,
                           1000);
        assay_dialog_deinit(&s->d);
        if (i == 10) before = count_descriptors(); /* the loop keeps a few for itself */
    }
    assert_int_equal(count_descriptors(), before);
}

/* The testee gets descriptors 0 to 2, no core file, a group and session of its own, and SIGPIPE as it should
 * be. */
static void inherits_nothing(void **state)
{
    char expected[128];
    assay_scene *s = *state;
    int extra = dup(0); /* not close-on-exec */
    assert_true(extra > 2);
    assert_true(assay_scene_open(s, "tell"));
    int pid = assay_testee_pid(s->d.testee);
    assay_scene_close(s);
    close(extra);
    snprintf(expected, sizeof expected,
             "descriptors 0 1 2; core 0; group %d; session %d; pipe signal default\n", pid, pid);
    assert_string_equal(s->d.stderr_tail, expected);
}

int main(int argc, char **argv)
{
    if (assay_fake_wanted(argc, argv)) return assay_fake_testee(argv[2]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(handshakes, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(bye_before_hello, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(does_not_start, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(a_thousand_restarts, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(inherits_nothing, assay_scene_set_up, assay_scene_tear_down),
    };
    return cmocka_run_group_tests_name("suite/testee/life", tests, NULL, NULL);
}
