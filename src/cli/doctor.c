/* assay doctor: checks the glue of a testee and says how to mend it. */
#include "cli/cli.h"
#include "cli/options.h"
#include "suite/testee/address.h"
#include "suite/testee/doctor/doctor.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static const char help[] =
    "usage: assay doctor [OPTIONS] -- COMMAND ARG...\n"
    "       assay doctor [OPTIONS] --connect ADDRESS\n"
    "\n"
    "Checks whether a testee keeps to the protocol, whatever its library does, and says how to mend it.\n"
    "\n"
    "  --connect ADDRESS   a testee that listens at tcp:HOST:PORT or unix:PATH\n"
    "  --timeout SECONDS   for the hello, twice that, and each reply (5)\n"
    "  --color[=WHEN]      colour: auto (on a terminal), always, never\n"
    "  -h, --help          this\n"
    "\n"
    "exit status: 0 all is well; 1 there is something to mend; 2 usage; 5 it does not start or shake\n"
    "hands; 130 interrupted.\n"
    "\n"
    "examples:\n"
    "  assay doctor -- python3 testee.py\n"
    "  assay doctor --connect tcp:localhost:9090\n";

enum { EXIT_NO_START = 5, EXIT_INTERRUPTED = 130, SECONDS_MAX = 86400 };

typedef struct visit {
    bool colour, interrupted;
    unsigned ok, notes, failed;
} visit;

static void print_finding(void *context, assay_finding finding, const char *check, const char *seen,
                          const char *mend)
{
    static const char *const words[] = {"ok  ", "note", "FAIL"}, *const colours[] = {"\033[32m", "\033[33m",
                                                                                     "\033[31m"};
    visit *v = context;
    if (finding == ASSAY_FINDING_OK) v->ok++;
    if (finding == ASSAY_FINDING_NOTE) v->notes++;
    if (finding == ASSAY_FINDING_FAIL) v->failed++;
    printf("%s%s%s  %s%s%s\n", v->colour ? colours[finding] : "", words[finding], v->colour ? "\033[0m" : "",
           check, *seen ? ": " : "", seen);
    if (*mend) printf("      mend: %s\n", mend);
    fflush(stdout); /* the next check may take its time */
}

static void on_signal(uv_signal_t *handle, int signal_number)
{
    (void)signal_number;
    ((visit *)handle->data)->interrupted = true;
}

static int examine(assay_doctor_options *options, bool colour)
{
    visit v = {.colour = colour};
    uv_loop_t loop;
    uv_signal_t interrupt, terminate;
    if (uv_loop_init(&loop) || uv_signal_init(&loop, &interrupt) || uv_signal_init(&loop, &terminate)) {
        assay_cli_complain("doctor", "out of memory");
        return ASSAY_EXIT_SOFTWARE;
    }
    interrupt.data = terminate.data = &v;
    uv_signal_start(&interrupt, on_signal, SIGINT);
    uv_signal_start(&terminate, on_signal, SIGTERM);
    options->interrupted = &v.interrupted;
    assay_health health = assay_doctor(&loop, options, print_finding, &v);
    uv_close((uv_handle_t *)&interrupt, NULL);
    uv_close((uv_handle_t *)&terminate, NULL);
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
    switch (health) {
    case ASSAY_HEALTH_WELL:
        printf("\nThe glue is well: %u checks, %u note%s.\n", v.ok, v.notes, v.notes == 1 ? "" : "s");
        return ASSAY_EXIT_OK;
    case ASSAY_HEALTH_MEND:
        printf("\n%u to mend; mend the first one first, it may cause the others.\n", v.failed);
        return ASSAY_EXIT_WRONG;
    case ASSAY_HEALTH_NO_START: return EXIT_NO_START;
    case ASSAY_HEALTH_INTERRUPTED: break;
    }
    return EXIT_INTERRUPTED;
}

static bool read_seconds(const char *text, unsigned *ms)
{
    char *end;
    double seconds = strtod(text, &end);
    if (end == text || *end || !(seconds >= 0.001) || seconds > SECONDS_MAX) return false;
    *ms = (unsigned)(seconds * 1000);
    return true;
}

static bool read_connect(const char *verb, char *text, void *to)
{
    assay_doctor_options *doctor = to;
    assay_address address;
    const char *why;
    doctor->testee.channel = ASSAY_CHANNEL_CONNECT;
    doctor->testee.address = text;
    if (assay_address_parse(text, &address, &why)) return true;
    assay_cli_usage(verb, "--connect \"%.200s\": %s", text, why);
    return false;
}

static bool read_timeout(const char *verb, char *text, void *to)
{
    if (read_seconds(text, to)) return true;
    assay_cli_usage(verb, "--timeout wants seconds, not \"%.60s\"", text);
    return false;
}

int assay_cli_doctor(int argc, char **argv)
{
    int code;
    assay_colour colour = ASSAY_COLOUR_AUTO;
    assay_doctor_options doctor = {.testee = {.channel = ASSAY_CHANNEL_PIPE, .quit_grace_ms = 500},
                                   .timeout_ms = 5000};
    const assay_cli_option table[] = {{"connect", .read = read_connect, .to = &doctor},
                                      {"timeout", .read = read_timeout, .to = &doctor.timeout_ms},
                                      {"color", .colour = &colour},
                                      {"colour", .colour = &colour},
                                      {0}};
    if (!assay_cli_options_before_command(argc, argv, help, table, &code)) return code;
    bool connects = doctor.testee.channel == ASSAY_CHANNEL_CONNECT;
    if (connects == (optind < argc))
        return assay_cli_usage("doctor", connects ? "give either a command or --connect, not both"
                                                  : "no testee; give its command behind --, or --connect");
    doctor.testee.command = argv + optind;
    doctor.testee.hello_timeout_ms = 2 * doctor.timeout_ms;
    return examine(&doctor, assay_cli_colour(colour, NULL));
}
