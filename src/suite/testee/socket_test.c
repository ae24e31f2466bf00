/* Testees over sockets: connecting to one that listens, and listening for one that comes. */
#include "suite/testee/address.h"
#include "suite/testee/dialog.h"
#include "suite/testee/test/fake_testee.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LONG_MS = 8000 };

typedef struct scene {
    uv_loop_t loop;
    assay_testee_options options;
    assay_dialog d;
    char folder[64], unix_address[96], name[320];
    pid_t child;
} scene;

static int set_up(void **state)
{
    scene *s = calloc(1, sizeof *s);
    if (!s || uv_loop_init(&s->loop)) return -1;
    snprintf(s->folder, sizeof s->folder, "/tmp/assay-socket-XXXXXX");
    if (!mkdtemp(s->folder)) return -1;
    snprintf(s->unix_address, sizeof s->unix_address, "unix:%s/socket", s->folder);
    s->options = (assay_testee_options){.channel = ASSAY_CHANNEL_CONNECT, .hello_timeout_ms = LONG_MS};
    *state = s;
    return 0;
}

static int tear_down(void **state)
{
    scene *s = *state;
    if (s->child > 0) {
        kill(s->child, SIGKILL);
        waitpid(s->child, NULL, 0);
    }
    assay_dialog_deinit(&s->d);
    int busy = uv_loop_close(&s->loop);
    unlink(s->unix_address + 5);
    rmdir(s->folder);
    free(s);
    return busy;
}

static assay_address parsed(const char *text)
{
    assay_address address;
    const char *why;
    assert_true(assay_address_parse(text, &address, &why));
    return address;
}

/* A fake that listens there and serves one connection after the other. */
static void start_listener(scene *s, const char *address, const char *script)
{
    char why[256] = "";
    assay_address at = parsed(address);
    int listener = assay_address_listen(&at, s->name, sizeof s->name, why, sizeof why);
    assert_string_equal(why, "");
    s->child = fork();
    if (s->child == 0) {
        for (;;) {
            int fd = accept(listener, NULL, NULL);
            assay_fake_testee_on(script, fd, fd);
            close(fd);
        }
    }
    close(listener);
    s->options.address = s->name;
}

/* A fake that connects to the suite, as soon as that listens. */
static void start_caller(scene *s, const char *address, const char *script)
{
    assay_address at = parsed(address);
    s->child = fork();
    if (s->child != 0) return;
    for (int i = 0; i < 1000; i++, usleep(5000)) {
        int fd, refused;
        if (at.tcp) {
            struct sockaddr_in in = {.sin_family = AF_INET,
                                     .sin_port = htons((uint16_t)strtoul(at.port, NULL, 10))};
            in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            fd = socket(AF_INET, SOCK_STREAM, 0);
            refused = connect(fd, (struct sockaddr *)&in, sizeof in);
        } else {
            struct sockaddr_un un = {.sun_family = AF_UNIX};
            snprintf(un.sun_path, sizeof un.sun_path, "%s", at.path);
            fd = socket(AF_UNIX, SOCK_STREAM, 0);
            refused = connect(fd, (struct sockaddr *)&un, sizeof un);
        }
        if (!refused) _exit(assay_fake_testee_on(script, fd, fd));
        close(fd);
    }
    _exit(1);
}

static void addresses(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",         "tcp:",  "tcp:host", "tcp::80",  "tcp:h:",        "tcp:h:x",  "tcp:h:65536",
        "tcp:h:-1", "unix:", "udp:h:1",  "tcp:h:1x", "localhost:900", "tcp:[]:80"};
    assay_address at = parsed("tcp:localhost:9090");
    assert_true(at.tcp);
    assert_string_equal(at.host, "localhost");
    assert_string_equal(at.port, "9090");
    at = parsed("tcp:[::1]:0");
    assert_string_equal(at.host, "::1");
    assert_string_equal(at.port, "0");
    at = parsed("unix:/tmp/a:b");
    assert_false(at.tcp);
    assert_string_equal(at.path, "/tmp/a:b");
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const char *why = NULL;
        assert_false(assay_address_parse(wrong[i], &at, &why));
        assert_non_null(why);
    }
    char path[300];
    memset(path, 'x', sizeof path);
    memcpy(path, "unix:", 5);
    path[5 + 108] = 0;
    const char *why;
    assert_false(assay_address_parse(path, &at, &why));
    path[5 + 107] = 0;
    assert_true(assay_address_parse(path, &at, &why));
}

static void talk(scene *s)
{
    assert_string_equal(s->d.hello.name, "fake");
    assert_int_equal(assay_testee_pid(s->d.testee), -1);
    assert_true(assay_dialog_ask(&s->d, "echo 0a0b", LONG_MS));
    assert_int_equal(s->d.bytes.len, 2);
    assert_memory_equal(s->d.bytes.data, "\x0a\x0b", 2);
}

static void close_well(scene *s)
{
    assay_dialog_close(&s->d, ASSAY_PART_BYE, LONG_MS);
    assert_string_equal(s->d.text, "");
    assert_int_equal(s->d.cause, ASSAY_ENDED_BYE);
    assert_int_equal(s->d.exit_status, -1);
    assert_int_equal(s->d.max_rss_kib, -1);
}

static void connect_twice(scene *s, const char *address)
{
    start_listener(s, address, "");
    for (int i = 0; i < 2; i++) {
        assert_true(assay_dialog_open(&s->d, &s->loop, &s->options, NULL));
        assert_string_equal(assay_testee_address(s->d.testee), s->name);
        talk(s);
        close_well(s);
        assay_dialog_deinit(&s->d);
    }
}

static void connects_over_tcp(void **state)
{
    connect_twice(*state, "tcp:127.0.0.1:0");
}

static void connects_over_unix(void **state)
{
    connect_twice(*state, ((scene *)*state)->unix_address);
}

static void large_over_tcp(void **state)
{
    scene *s = *state;
    size_t len = (size_t)16 << 20;
    char *request = malloc(2 * len + 6);
    assert_non_null(request);
    memcpy(request, "echo ", 5);
    for (size_t i = 0; i < len; i++) memcpy(request + 5 + 2 * i, "c3", 2);
    request[5 + 2 * len] = 0;
    start_listener(s, "tcp:127.0.0.1:0", "");
    assert_true(assay_dialog_open(&s->d, &s->loop, &s->options, NULL));
    assert_true(assay_dialog_ask(&s->d, request, 30000));
    assert_int_equal(s->d.bytes.len, len);
    assert_int_equal(s->d.bytes.data[len - 1], 0xc3);
    close_well(s);
    free(request);
}

/* It may come up later than the suite. */
static void waits_for_a_listener(void **state)
{
    scene *s = *state;
    char why[256], name[320];
    assay_address at = parsed(s->unix_address);
    s->child = fork();
    if (s->child == 0) {
        usleep(300000);
        int listener = assay_address_listen(&at, name, sizeof name, why, sizeof why);
        int fd = accept(listener, NULL, NULL);
        _exit(assay_fake_testee_on("", fd, fd));
    }
    s->options.address = s->unix_address;
    assert_true(assay_dialog_open(&s->d, &s->loop, &s->options, NULL));
    talk(s);
    close_well(s);
}

static void refused(void **state)
{
    scene *s = *state;
    /* A port that was free a moment ago. */
    char why[256];
    assay_address at = parsed("tcp:127.0.0.1:0");
    close(assay_address_listen(&at, s->name, sizeof s->name, why, sizeof why));
    s->options.address = s->name;
    uint64_t start = uv_hrtime();
    assert_false(assay_dialog_open(&s->d, &s->loop, &s->options, NULL));
    assert_true(uv_hrtime() - start > UINT64_C(4000000000));
    assert_true(uv_hrtime() - start < UINT64_C(8000000000));
    assert_int_equal(s->d.cause, ASSAY_ENDED_START);
    assert_non_null(strstr(s->d.text, "connection refused"));
    assay_dialog_close(&s->d, ASSAY_PART_KILL, 0);
}

static void wrong_addresses(void **state)
{
    static const char *const rows[][2] = {
        {"tcp:nowhere", "tcp:nowhere: tcp wants HOST:PORT"},
        {"here", "here: an address is tcp:HOST:PORT or unix:PATH"},
    };
    scene *s = *state;
    for (size_t i = 0; i < 4; i++) {
        s->options.channel = i < 2 ? ASSAY_CHANNEL_CONNECT : ASSAY_CHANNEL_ATTACH;
        s->options.address = rows[i % 2][0];
        assert_false(assay_dialog_open(&s->d, &s->loop, &s->options, NULL));
        assert_int_equal(s->d.cause, ASSAY_ENDED_START);
        assert_string_equal(s->d.text, rows[i % 2][1]);
        assay_dialog_close(&s->d, ASSAY_PART_KILL, 0);
        assay_dialog_deinit(&s->d);
    }
}

static void connection_lost(void **state)
{
    scene *s = *state;
    start_listener(s, "tcp:127.0.0.1:0", "exit=0");
    assert_true(assay_dialog_open(&s->d, &s->loop, &s->options, NULL));
    assert_false(assay_dialog_ask(&s->d, "echo 00", LONG_MS));
    assert_true(s->d.ended);
    assert_int_equal(s->d.cause, ASSAY_ENDED_EXIT);
    assert_string_equal(s->d.text, "the connection was closed");
    assay_dialog_close(&s->d, ASSAY_PART_KILL, 0);
}

static void hang_is_cut(void **state)
{
    scene *s = *state;
    start_listener(s, "tcp:127.0.0.1:0", "hang");
    assert_true(assay_dialog_open(&s->d, &s->loop, &s->options, NULL));
    assert_false(assay_dialog_ask(&s->d, "echo 00", 100));
    assay_dialog_close(&s->d, ASSAY_PART_QUIT, 0);
    assert_int_equal(s->d.cause, ASSAY_ENDED_KILLED);
}

/* Listens, learns its own address, and is called. */
static void attach_to(scene *s, const char *address)
{
    bool stop = true;
    s->options.channel = ASSAY_CHANNEL_ATTACH;
    s->options.hello_timeout_ms = 0;
    s->options.address = address;
    assert_false(assay_dialog_open(&s->d, &s->loop, &s->options, &stop));
    assert_false(s->d.ended);
    start_caller(s, assay_testee_address(s->d.testee), "");
    stop = false;
    assert_true(assay_dialog_wait_ready(&s->d, LONG_MS));
    talk(s);
    close_well(s);
    int status = -1;
    assert_int_equal(waitpid(s->child, &status, 0), s->child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    s->child = 0;
    assay_dialog_deinit(&s->d);
}

static void attaches_over_tcp(void **state)
{
    attach_to(*state, "tcp:127.0.0.1:0");
}

static void attaches_over_unix(void **state)
{
    scene *s = *state;
    attach_to(s, s->unix_address);
    assert_int_equal(access(s->unix_address + 5, F_OK), -1);
    attach_to(s, s->unix_address);
}

static void attach_given_up(void **state)
{
    scene *s = *state;
    bool stop = true;
    s->options.channel = ASSAY_CHANNEL_ATTACH;
    s->options.address = s->unix_address;
    assert_false(assay_dialog_open(&s->d, &s->loop, &s->options, &stop));
    assay_dialog_close(&s->d, ASSAY_PART_QUIT, 0);
    assert_int_equal(s->d.cause, ASSAY_ENDED_KILLED);
    assert_int_equal(access(s->unix_address + 5, F_OK), -1);
}

/* Whoever left the file behind is gone; but one that still listens keeps it. */
static void stale_socket_file(void **state)
{
    scene *s = *state;
    char why[256];
    assay_address at = parsed(s->unix_address);
    int first = assay_address_listen(&at, s->name, sizeof s->name, why, sizeof why);
    assert_true(first >= 0);
    assert_int_equal(assay_address_listen(&at, s->name, sizeof s->name, why, sizeof why), -1);
    assert_non_null(strstr(why, "Address already in use"));
    close(first);
    int second = assay_address_listen(&at, s->name, sizeof s->name, why, sizeof why);
    assert_true(second >= 0);
    close(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses),
        cmocka_unit_test_setup_teardown(connects_over_tcp, set_up, tear_down),
        cmocka_unit_test_setup_teardown(connects_over_unix, set_up, tear_down),
        cmocka_unit_test_setup_teardown(large_over_tcp, set_up, tear_down),
        cmocka_unit_test_setup_teardown(waits_for_a_listener, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wrong_addresses, set_up, tear_down),
        cmocka_unit_test_setup_teardown(connection_lost, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hang_is_cut, set_up, tear_down),
        cmocka_unit_test_setup_teardown(attaches_over_tcp, set_up, tear_down),
        cmocka_unit_test_setup_teardown(attaches_over_unix, set_up, tear_down),
        cmocka_unit_test_setup_teardown(attach_given_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(stale_socket_file, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
