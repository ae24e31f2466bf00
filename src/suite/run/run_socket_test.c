/* Runs over sockets: the testee is a child of this program that serves one connection after another. */
#include "suite/run/run.h"
#include "suite/run/test/tiny.h"
#include "suite/testee/test/fake_testee.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static const char *const derived[] = {"**/*@*"};

typedef struct place {
    char folder[64], address[128];
    struct sockaddr_un name;
} place;

static void make_place(place *p)
{
    strcpy(p->folder, "/tmp/assay-run-XXXXXX");
    assert_non_null(mkdtemp(p->folder));
    p->name = (struct sockaddr_un){.sun_family = AF_UNIX};
    snprintf(p->name.sun_path, sizeof p->name.sun_path, "%s/socket", p->folder);
    snprintf(p->address, sizeof p->address, "unix:%s", p->name.sun_path);
}

static void remove_place(place *p)
{
    unlink(p->name.sun_path);
    rmdir(p->folder);
}

/* Each connection gets a process, so that a crash or a hang ends that connection only. */
static void serve(int fd, const char *script)
{
    pid_t child = fork();
    if (child == 0) _exit(assay_fake_testee_on(script, fd, fd));
    close(fd);
}

/* Listens, and serves `lives` connections. */
static pid_t start_server(const place *p, const char *script, int lives)
{
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(listener >= 0);
    assert_int_equal(bind(listener, (const struct sockaddr *)&p->name, sizeof p->name), 0);
    assert_int_equal(listen(listener, 8), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        setpgid(0, 0);
        signal(SIGCHLD, SIG_IGN);
        while (lives-- > 0) {
            int fd = accept(listener, NULL, NULL);
            if (fd >= 0) serve(fd, script);
        }
        unlink(p->name.sun_path);
        _exit(0);
    }
    close(listener);
    return child;
}

/* Connects as soon as somebody listens, `lives` times. */
static pid_t start_caller(const place *p, const char *script, int lives)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child > 0) return child;
    setpgid(0, 0);
    for (int tries = 0; lives > 0 && tries < 500; tries++) {
        int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd >= 0 && connect(fd, (const struct sockaddr *)&p->name, sizeof p->name) == 0) {
            serve(fd, script);
            wait(NULL);
            lives--;
        } else {
            close(fd);
        }
        usleep(20000);
    }
    _exit(0);
}

static void stop(pid_t child)
{
    kill(-child, SIGKILL);
    assert_int_equal(waitpid(child, NULL, 0), child);
}

static assay_run_options options_for(const place *p, assay_channel channel)
{
    assay_run_options options = assay_run_options_default();
    options.testee.channel = channel;
    options.testee.address = p->address;
    options.timeout_ms = 400;
    options.jobs = 4; /* must not matter */
    options.selection.skip = derived;
    options.selection.skip_count = 1;
    return options;
}

static void test_connect(void **state)
{
    (void)state;
    static const char *const scripts[] = {"", "crash@~00010300", "hang@~00010300"};
    for (size_t i = 0; i < 3; i++) {
        place p;
        tiny_set tiny;
        assay_result result;
        make_place(&p);
        pid_t server = start_server(&p, scripts[i], 100);
        assay_run_options options = options_for(&p, ASSAY_CHANNEL_CONNECT);
        tiny_init(&tiny, 8);
        tiny.set.vectors[1].base.budget = (assay_budget){1024, -1};
        assert_true(assay_run(&tiny.set, &options, &result));
        assert_int_equal(result.exit_code, i ? 1 : 0);
        assert_int_equal(result.counts.fail, i ? 1 : 0);
        assert_int_equal(result.counts.pass, i ? 6 : 7);
        assert_string_equal(result.cases[1].verdict, "not-verified"); /* nothing can be measured */
        assert_non_null(strstr(result.verdict_line, "NOT VERIFIED: budget"));
        if (i) {
            assert_string_equal(result.cases[3].detail, i == 1 ? "crash" : "hang");
            assert_false(result.cases[3].unconfirmed);
        }
        assay_result_deinit(&result);
        tiny_deinit(&tiny);
        stop(server);
        remove_place(&p);
    }
}

/* Gone for good after its crash: the run is incomplete and names the case. */
static void test_connect_again_fails(void **state)
{
    (void)state;
    place p;
    tiny_set tiny;
    assay_result result;
    make_place(&p);
    pid_t server = start_server(&p, "crash@~00010300", 1);
    assay_run_options options = options_for(&p, ASSAY_CHANNEL_CONNECT);
    options.window = 1;
    tiny_init(&tiny, 8);
    assert_true(assay_run(&tiny.set, &options, &result));
    assert_int_equal(result.exit_code, 3);
    assert_int_equal(result.counts.fail, 1);
    assert_true(result.cases[3].unconfirmed);
    bool named = false;
    for (size_t i = 0; result.incomplete[i]; i++)
        named |= strstr(result.incomplete[i], "again after tiny/3") != NULL;
    assert_true(named);
    assay_result_deinit(&result);
    tiny_deinit(&tiny);
    stop(server);
    remove_place(&p);
}

static void test_nobody_listens(void **state)
{
    (void)state;
    place p;
    tiny_set tiny;
    assay_result result;
    make_place(&p);
    assay_run_options options = options_for(&p, ASSAY_CHANNEL_CONNECT);
    tiny_init(&tiny, 2);
    assert_true(assay_run(&tiny.set, &options, &result));
    assert_int_equal(result.exit_code, 5);
    assert_non_null(strstr(result.incomplete[0], p.folder));
    assay_result_deinit(&result);
    tiny_deinit(&tiny);
    remove_place(&p);
}

static void count_notice(void *context, const char *text)
{
    if (strstr(text, "waiting for the testee")) ++*(int *)context;
}

/* No trials at a debugger: the oldest open case is blamed, unconfirmed, and the testee waited for again. */
static void test_attach(void **state)
{
    (void)state;
    place p;
    tiny_set tiny;
    assay_result result;
    int notices = 0;
    make_place(&p);
    pid_t caller = start_caller(&p, "crash@~00010300", 2);
    assay_run_options options = options_for(&p, ASSAY_CHANNEL_ATTACH);
    options.testee.hello_timeout_ms = 0;
    options.notice = count_notice;
    options.context = &notices;
    tiny_init(&tiny, 8);
    assert_true(assay_run(&tiny.set, &options, &result));
    assert_int_equal(result.exit_code, 1);
    assert_int_equal(result.counts.pass, 7);
    assert_string_equal(result.cases[3].detail, "crash");
    assert_true(result.cases[3].unconfirmed);
    assert_int_equal(notices, 2);
    assay_result_deinit(&result);
    tiny_deinit(&tiny);
    stop(caller);
    remove_place(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_connect),
        cmocka_unit_test(test_connect_again_fails),
        cmocka_unit_test(test_nobody_listens),
        cmocka_unit_test(test_attach),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
