/* Testees that behave and testees that do not, by the fake's scripts. */
#include "suite/testee/dialog.h"
#include "suite/testee/test/fake_testee.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LONG_MS = 8000 };

typedef struct scene {
    uv_loop_t loop;
    assay_fake_command command;
    assay_testee_options options;
    assay_dialog d;
} scene;

static int set_up(void **state)
{
    scene *s = calloc(1, sizeof *s);
    if (!s || uv_loop_init(&s->loop)) return -1;
    s->options = (assay_testee_options){
        .channel = ASSAY_CHANNEL_PIPE, .hello_timeout_ms = LONG_MS, .quit_grace_ms = 200};
    *state = s;
    return 0;
}

static int tear_down(void **state)
{
    scene *s = *state;
    assay_dialog_deinit(&s->d);
    int busy = uv_loop_close(&s->loop); /* nothing may be left on the loop */
    free(s);
    return busy;
}

static bool open_fake(scene *s, const char *script)
{
    s->options.command = assay_fake_argv(&s->command, script);
    return assay_dialog_open(&s->d, &s->loop, &s->options, NULL);
}

/* The script spoils the first request: how does it end? */
static assay_ending_cause ending_of(scene *s, const char *script)
{
    assert_true(open_fake(s, script));
    assert_false(assay_dialog_ask(&s->d, "echo 0a0b0c", LONG_MS));
    assert_true(assay_dialog_wait_end(&s->d, LONG_MS));
    assay_dialog_close(&s->d, ASSAY_PART_KILL, 0);
    return s->d.cause;
}

static void close_well(scene *s)
{
    assay_dialog_close(&s->d, ASSAY_PART_BYE, LONG_MS);
    assert_string_equal(s->d.text, "");
    assert_int_equal(s->d.cause, ASSAY_ENDED_BYE);
    assert_int_equal(s->d.exit_status, 0);
}

static void assert_bytes(const scene *s, const char *bytes, size_t len)
{
    assert_int_equal(s->d.kind, ASSAY_REPLY_OK);
    assert_int_equal(s->d.bytes.len, len);
    if (len) assert_memory_equal(s->d.bytes.data, bytes, len);
}

static void answers_and_leaves(void **state)
{
    scene *s = *state;
    assert_true(open_fake(s, ""));
    assert_string_equal(s->d.hello.name, "fake");
    assert_int_equal(s->d.hello.window, 16);
    assert_true(assay_testee_pid(s->d.testee) > 0);
    assert_true(assay_dialog_ask(&s->d, "echo 0a0b0c", LONG_MS));
    assert_bytes(s, "\x0a\x0b\x0c", 3);
    assert_int_equal(s->d.consumed, 3);
    assert_true(assay_dialog_ask(&s->d, "echo -", LONG_MS));
    assert_bytes(s, "", 0);
    assert_true(assay_dialog_ask(&s->d, "hello 1", LONG_MS));
    assert_int_equal(s->d.kind, ASSAY_REPLY_HELLO);
    assert_string_equal(assay_dialog_text(&s->d), s->d.hello.json);
    assert_true(assay_dialog_ask(&s->d, "hello 2", LONG_MS));
    assert_int_equal(s->d.kind, ASSAY_REPLY_ERROR);
    assert_true(assay_dialog_ask(&s->d, "no-such-verb 1 2", LONG_MS));
    assert_int_equal(s->d.kind, ASSAY_REPLY_UNSUPPORTED);
    assert_int_equal(assay_testee_open_count(s->d.testee), 0);
    assert_int_equal(assay_testee_open_bytes(s->d.testee), 0);
    close_well(s);
    assert_int_equal(s->d.notes, 0);
}

static void echoes_16_mib(void **state)
{
    scene *s = *state;
    size_t len = (size_t)16 << 20;
    char *request = malloc(len * 2 + 6);
    assert_non_null(request);
    memcpy(request, "echo ", 5);
    for (size_t i = 0; i < len * 2; i++) request[5 + i] = "0123456789abcdef"[i * 7 / 3 % 16];
    request[5 + len * 2] = 0;
    assert_true(open_fake(s, ""));
    assert_true(assay_dialog_ask(&s->d, request, 30000));
    assert_int_equal(s->d.bytes.len, len);
    for (size_t i = 0; i < len; i += 4099) {
        char digits[3];
        snprintf(digits, sizeof digits, "%02x", s->d.bytes.data[i]);
        assert_memory_equal(digits, request + 5 + 2 * i, 2);
    }
    close_well(s);
    free(request);
}

static void kinds_of_replies(void **state)
{
    static const struct {
        const char *script;
        assay_reply_kind kind;
    } rows[] = {
        {"reject", ASSAY_REPLY_REJECT},
        {"fault", ASSAY_REPLY_FAULT},
        {"nomem", ASSAY_REPLY_NOMEM},
        {"handed-up", ASSAY_REPLY_HANDED_UP},
        {"error", ASSAY_REPLY_ERROR},
        {"too-long", ASSAY_REPLY_TOO_LONG},
        {"unsupported", ASSAY_REPLY_UNSUPPORTED},
    };
    scene *s = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_true(open_fake(s, rows[i].script));
        assert_true(assay_dialog_ask(&s->d, "echo 00", LONG_MS));
        assert_int_equal(s->d.kind, rows[i].kind);
        if (rows[i].kind != ASSAY_REPLY_TOO_LONG)
            assert_string_equal(assay_dialog_text(&s->d), "as the script says");
        close_well(s);
        assay_dialog_deinit(&s->d);
    }
}

static void reads_sloppy_lines(void **state)
{
    scene *s = *state;
    assert_true(open_fake(s, "upper cr utf8@2 reject@2"));
    assert_true(assay_dialog_ask(&s->d, "echo abcdef", LONG_MS));
    assert_bytes(s, "\xab\xcd\xef", 3);
    assert_true(assay_dialog_ask(&s->d, "echo 00", LONG_MS));
    assert_string_equal(assay_dialog_text(&s->d), "as the script says \xc3\xa9\xef\xbf\xbd");
    close_well(s);
    assert_int_equal(s->d.notes, ASSAY_NOTE_CR | ASSAY_NOTE_UPPER | ASSAY_NOTE_UTF8);
}

static void sessions_have_parts(void **state)
{
    scene *s = *state;
    assert_true(open_fake(s, ""));
    assert_true(assay_dialog_ask(&s->d, "session 3 compact compact 82210101610082210201620082", LONG_MS));
    assert_int_equal(s->d.kind, ASSAY_REPLY_REJECT);
    assert_int_equal(s->d.part_count, 2);
    close_well(s);
}

typedef struct order {
    uint32_t ids[32];
    size_t count;
} order;

static void note_order(void *context, const assay_reply *reply)
{
    order *o = context;
    if (o->count < 32) o->ids[o->count++] = reply->id;
}

static void takes_any_order(void **state)
{
    scene *s = *state;
    order o = {.count = 0};
    uint32_t ids[8];
    assert_true(open_fake(s, "reverse=8"));
    s->d.on_reply = note_order;
    s->d.context = &o;
    for (size_t i = 0; i < 8; i++) ids[i] = assay_testee_send(s->d.testee, tw_bytes_of("echo 00", 7));
    assert_int_equal(assay_testee_open_count(s->d.testee), 8);
    assert_int_equal(assay_testee_open_bytes(s->d.testee), 8 * 7);
    assert_true(assay_dialog_wait(&s->d, 8, LONG_MS));
    for (size_t i = 0; i < 8; i++) assert_int_equal(o.ids[i], ids[7 - i]);
    close_well(s);
}

static void lies_are_passed_on(void **state)
{
    scene *s = *state;
    assert_true(open_fake(s, "lie@2"));
    assert_true(assay_dialog_ask(&s->d, "echo 0a10", LONG_MS));
    assert_bytes(s, "\x0a\x10", 2);
    assert_true(assay_dialog_ask(&s->d, "echo 0a10", LONG_MS));
    assert_bytes(s, "\x0a\x11", 2);
    close_well(s);
}

static void crashes(void **state)
{
    scene *s = *state;
    assert_int_equal(ending_of(s, "crash early-stderr=terminate"), ASSAY_ENDED_EXIT);
    assert_int_equal(s->d.signal, SIGSEGV);
    assert_int_equal(s->d.exit_status, -1);
    assert_string_equal(s->d.stderr_tail, "terminate\n");
    assert_string_equal(s->d.text, "");
    assert_true(s->d.max_rss_kib > 100);
}

static void exits(void **state)
{
    scene *s = *state;
    assert_int_equal(ending_of(s, "exit=3"), ASSAY_ENDED_EXIT);
    assert_int_equal(s->d.exit_status, 3);
    assert_int_equal(s->d.signal, 0);
}

/* What was said before the crash counts. */
static void crashes_after_replies(void **state)
{
    scene *s = *state;
    assert_true(open_fake(s, "crash@4"));
    for (size_t i = 0; i < 6; i++) assay_testee_send(s->d.testee, tw_bytes_of("echo 00", 7));
    assert_true(assay_dialog_wait_end(&s->d, LONG_MS));
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
    scene *s = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(ending_of(s, rows[i].script), ASSAY_ENDED_GARBAGE);
        assert_string_equal(s->d.text, rows[i].text);
        assay_dialog_deinit(&s->d);
    }
}

static void second_reply_is_garbage(void **state)
{
    scene *s = *state;
    assert_true(open_fake(s, "twice"));
    assert_true(assay_dialog_ask(&s->d, "echo 00", LONG_MS));
    assert_true(assay_dialog_wait_end(&s->d, LONG_MS));
    assert_int_equal(s->d.cause, ASSAY_ENDED_GARBAGE);
    assert_int_equal(s->d.replies, 1);
    assay_dialog_close(&s->d, ASSAY_PART_KILL, 0);
}

static void broken_glue(void **state)
{
    scene *s = *state;
    assert_int_equal(ending_of(s, "broken"), ASSAY_ENDED_BROKEN);
    assert_string_equal(s->d.text, "bad request");
}

static void bad_request_line(void **state)
{
    scene *s = *state;
    assert_true(open_fake(s, ""));
    assert_true(assay_testee_send_line(s->d.testee, tw_bytes_of("what is this", 12)));
    assert_true(assay_dialog_wait_end(&s->d, LONG_MS));
    assert_int_equal(s->d.cause, ASSAY_ENDED_BROKEN);
    assay_dialog_close(&s->d, ASSAY_PART_KILL, 0);
}

static void half_a_line(void **state)
{
    scene *s = *state;
    assert_int_equal(ending_of(s, "half-exit"), ASSAY_ENDED_EXIT);
    assert_int_equal(s->d.exit_status, 0);
    assert_string_equal(s->d.text, "the output ends in the middle of a line: \"1 ok 3 \"");
}

static void half_a_line_then_hang(void **state)
{
    scene *s = *state;
    assert_true(open_fake(s, "half"));
    assert_false(assay_dialog_ask(&s->d, "echo 0a0b0c", 100));
    assert_true(s->d.timed_out);
    assay_dialog_close(&s->d, ASSAY_PART_QUIT, 0);
    assert_int_equal(s->d.cause, ASSAY_ENDED_KILLED);
    assert_int_equal(s->d.signal, SIGQUIT);
}

static void hangs_and_is_deaf(void **state)
{
    scene *s = *state;
    assert_true(open_fake(s, "deaf hang"));
    assert_false(assay_dialog_ask(&s->d, "echo 0a0b0c", 100));
    assay_dialog_close(&s->d, ASSAY_PART_QUIT, 0);
    assert_int_equal(s->d.cause, ASSAY_ENDED_KILLED);
    assert_int_equal(s->d.signal, SIGKILL);
}

static void floods(void **state)
{
    scene *s = *state;
    s->options.reply_limit = 1 << 20;
    assert_int_equal(ending_of(s, "flood"), ASSAY_ENDED_GARBAGE);
    assert_memory_equal(s->d.text, "a line longer than 1048576 bytes: \"xxxx", 38);
}

static void long_reply(void **state)
{
    scene *s = *state;
    s->options.reply_limit = 1 << 20;
    assert_true(open_fake(s, "long=500000@1 long=600000@2"));
    assert_true(assay_dialog_ask(&s->d, "echo 00", LONG_MS));
    assert_int_equal(s->d.bytes.len, 500000);
    assert_false(assay_dialog_ask(&s->d, "echo 00", LONG_MS));
    assert_true(assay_dialog_wait_end(&s->d, LONG_MS));
    assert_int_equal(s->d.cause, ASSAY_ENDED_GARBAGE);
    assay_dialog_close(&s->d, ASSAY_PART_KILL, 0);
}

static void flood_of_stderr(void **state)
{
    scene *s = *state;
    assert_true(open_fake(s, "flood-stderr=4000"));
    assert_true(assay_dialog_ask(&s->d, "echo 00", LONG_MS));
    close_well(s);
    assert_int_equal(strlen(s->d.stderr_tail), 64 * 1024);
    assert_memory_equal(s->d.stderr_tail, "line 3936 of", 12);
    assert_non_null(strstr(s->d.stderr_tail, "\nline 3999 of"));
}

static void closes_its_output(void **state)
{
    scene *s = *state;
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
    scene *s = *state;
    for (size_t n = 0; n < 2; n++) {
        assert_true(open_fake(s, scripts[n]));
        int group = assay_testee_pid(s->d.testee);
        uint64_t start = uv_hrtime();
        close_well(s);
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
        {"status=4", ASSAY_ENDED_EXIT, 4, 0, 0, LONG_MS},
        {"sleepless", ASSAY_ENDED_KILLED, -1, SIGKILL, 0, 300},
        {"postscript", ASSAY_ENDED_GARBAGE, 0, 0, 0, LONG_MS},
        {"rude", ASSAY_ENDED_BYE, 0, 0, ASSAY_NOTE_NO_BYE, LONG_MS},
    };
    scene *s = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_true(open_fake(s, rows[i].script));
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
    scene *s = *state;
    assert_true(open_fake(s, ""));
    assay_dialog_close(&s->d, ASSAY_PART_HANG_UP, LONG_MS);
    assert_int_equal(s->d.cause, ASSAY_ENDED_BYE);
    assert_int_equal(s->d.notes, 0);
}

static void handshakes(void **state)
{
    static const struct {
        const char *script, *text;
        unsigned timeout_ms;
    } rows[] = {
        {"no-hello", "no hello within 300 ms", 300},
        {"slow-hello=1000", "no hello within 300 ms", 300},
        {"keep", "no hello within 300 ms", 300},
        {"noise", "not a reply: \"Welcome to the fake library!\"", LONG_MS},
        {"bad-hello", "its hello cannot be read: ", LONG_MS},
        {"hello={}", "its hello cannot be read: \"name\" is missing", LONG_MS},
        {"exit-early=7", "exited with status 7 before its hello", LONG_MS},
        {"deaf no-hello", "no hello within 300 ms", 300},
    };
    scene *s = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        s->options.hello_timeout_ms = rows[i].timeout_ms;
        assert_false(open_fake(s, rows[i].script));
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
    scene *s = *state;
    bool stop = true;
    s->options.command = assay_fake_argv(&s->command, "keep");
    assert_false(assay_dialog_open(&s->d, &s->loop, &s->options, &stop));
    stop = false;
    assay_dialog_close(&s->d, ASSAY_PART_BYE, LONG_MS);
    assert_true(s->d.ready);
    assert_int_equal(s->d.cause, ASSAY_ENDED_BYE);
}

static void does_not_start(void **state)
{
    static char missing[] = "/no/such/command";
    char *argv[] = {missing, NULL};
    scene *s = *state;
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
    scene *s = *state;
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
    scene *s = *state;
    int extra = dup(0); /* not close-on-exec */
    assert_true(extra > 2);
    assert_true(open_fake(s, "tell"));
    int pid = assay_testee_pid(s->d.testee);
    close_well(s);
    close(extra);
    snprintf(expected, sizeof expected,
             "descriptors 0 1 2; core 0; group %d; session %d; pipe signal default\n", pid, pid);
    assert_string_equal(s->d.stderr_tail, expected);
}

int main(int argc, char **argv)
{
    if (assay_fake_wanted(argc, argv)) return assay_fake_testee(argv[2]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(answers_and_leaves, set_up, tear_down),
        cmocka_unit_test_setup_teardown(echoes_16_mib, set_up, tear_down),
        cmocka_unit_test_setup_teardown(kinds_of_replies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(reads_sloppy_lines, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sessions_have_parts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(takes_any_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lies_are_passed_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(crashes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(exits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(crashes_after_replies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(garbage_kills, set_up, tear_down),
        cmocka_unit_test_setup_teardown(second_reply_is_garbage, set_up, tear_down),
        cmocka_unit_test_setup_teardown(broken_glue, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bad_request_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(half_a_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(half_a_line_then_hang, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hangs_and_is_deaf, set_up, tear_down),
        cmocka_unit_test_setup_teardown(floods, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_reply, set_up, tear_down),
        cmocka_unit_test_setup_teardown(flood_of_stderr, set_up, tear_down),
        cmocka_unit_test_setup_teardown(closes_its_output, set_up, tear_down),
        cmocka_unit_test_setup_teardown(orphans_do_not_hold_us, set_up, tear_down),
        cmocka_unit_test_setup_teardown(farewells, set_up, tear_down),
        cmocka_unit_test_setup_teardown(end_of_input, set_up, tear_down),
        cmocka_unit_test_setup_teardown(handshakes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bye_before_hello, set_up, tear_down),
        cmocka_unit_test_setup_teardown(does_not_start, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_thousand_restarts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(inherits_nothing, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
