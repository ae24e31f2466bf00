/* assay doctor: checks the glue of a testee and says how to mend it. */
#include "cli/cli.h"
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
    "  -h, --help          this\n"
    "\n"
    "exit status: 0 all is well; 1 there is something to mend; 2 usage; 5 it does not start or shake hands;\n"
    "130 interrupted.\n"
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

static int examine(assay_doctor_options *options)
{
    visit v = {.colour = assay_cli_colour(ASSAY_COLOUR_AUTO, NULL)};
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
        printf("\nThe glue is well: %u checks, %u notes.\n", v.ok, v.notes);
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

int assay_cli_doctor(int argc, char **argv)
{
    static const struct option names[] = {{"connect", required_argument, NULL, 'c'},
                                          {"timeout", required_argument, NULL, 't'},
                                          {"help", no_argument, NULL, 'h'},
                                          {NULL, 0, NULL, 0}};
    assay_doctor_options options = {.testee = {.channel = ASSAY_CHANNEL_PIPE, .quit_grace_ms = 500},
                                    .timeout_ms = 5000};
    int option;
    optind = 0; /* main has counted on */
    while ((option = getopt_long(argc, argv, "+h", names, NULL)) != -1) {
        if (option == 'h') return assay_cli_print(help);
        if (option == 'c') {
            options.testee.channel = ASSAY_CHANNEL_CONNECT;
            options.testee.address = optarg;
        } else if (option != 't') {
            return assay_cli_usage("doctor", "see its help");
        } else if (!read_seconds(optarg, &options.timeout_ms)) {
            return assay_cli_usage("doctor", "--timeout wants seconds, not \"%s\"", optarg);
        }
    }
    bool connects = options.testee.channel == ASSAY_CHANNEL_CONNECT;
    if (connects == (optind < argc)) return assay_cli_usage("doctor", "give either a command or --connect");
    options.testee.command = argv + optind;
    options.testee.hello_timeout_ms = 2 * options.timeout_ms;
    return examine(&options);
}
