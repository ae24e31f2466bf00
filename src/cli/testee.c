/* assay testee: the reference codec as a testee, over standard input and output or a socket. */
#include "cli/cli.h"
#include "cli/options.h"
#include "suite/testee/address.h"
#include "suite/testee/reference/reference.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const char help[] =
    "usage: assay testee [--listen ADDRESS]\n"
    "\n"
    "Is a testee: answers requests with the reference codec, every verb but `typed`.\n"
    "\n"
    "  --listen ADDRESS   serve on tcp:HOST:PORT (port 0: any) or unix:PATH, one connection at a\n"
    "                     time, until killed; the address is printed on standard error\n"
    "  -h, --help         this\n"
    "\n"
    "exit status: 0 after bye or the end of the input; 1 after a line that is no request; 2 usage; 74 the\n"
    "address cannot be listened on.\n"
    "\n"
    "examples:\n"
    "  assay run -- assay testee\n"
    "  assay testee --listen tcp:localhost:9090\n";

/* The path of the socket file, for the handler; set once before it is installed. */
static char socket_path[108];

static void on_end(int signal_number)
{
    unlink(socket_path);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

/* Leaves no socket file behind when it is told to end. */
static void remove_at_end(const char *path)
{
    snprintf(socket_path, sizeof socket_path, "%s", path);
    struct sigaction action = {.sa_handler = on_end};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

static int serve_socket(const char *text)
{
    assay_address address;
    const char *reason;
    char name[320], why[256];
    if (!assay_address_parse(text, &address, &reason))
        return assay_cli_usage("testee", "%s: %s", text, reason);
    int listener = assay_address_listen(&address, name, sizeof name, why, sizeof why);
    if (listener < 0) {
        assay_cli_complain("testee", "%s", why);
        return ASSAY_EXIT_IO;
    }
    if (!address.tcp) remove_at_end(address.path);
    fprintf(stderr, "listening on %s\n", name);
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        if (fd >= 0) {
            /* How a connection ends is its peer's business; the next one is served all the same. */
            assay_reference_serve(fd, fd);
            close(fd);
        } else if (errno != EINTR && errno != ECONNABORTED) {
            assay_cli_complain("testee", "%s: %s", name, strerror(errno));
            close(listener);
            return ASSAY_EXIT_IO;
        }
    }
}

int assay_cli_testee(int argc, char **argv)
{
    int code;
    const char *address = NULL;
    const assay_cli_option table[] = {{"listen", .text = &address}, {0}};
    if (!assay_cli_options(argc, argv, help, table, &code)) return code;
    if (optind < argc) return assay_cli_usage("testee", "\"%s\" is not expected", argv[optind]);
    return address ? serve_socket(address) : assay_reference_serve(STDIN_FILENO, STDOUT_FILENO);
}
