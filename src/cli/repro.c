/* assay repro: runs one case and shows both sides of it. */
#include "cli/bad_option.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/repro_line.h"
#include "cli/run_options.h"
#include "cli/vectors_dir.h"
#include "suite/case/text.h"
#include "suite/run/exit_code.h"
#include "wire/text/explain.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REQUEST_SHOWN 4096u

static const char help[] =
    "usage: assay repro [OPTIONS] ID -- COMMAND ARG...\n"
    "       assay repro [OPTIONS] ID --connect ADDRESS | --attach ADDRESS\n"
    "\n"
    "Runs exactly one case, named or derived, and shows its bytes, the request, and what was expected\n"
    "and came.\n"
    "\n"
    "  --timeout SECONDS   for the case (2; none with --attach; 0: none)\n"
    "  --max-rss MIB       a testee that uses more is killed (2048; 0: no limit)\n"
    "  --connect ADDRESS   a testee that listens at tcp:HOST:PORT or unix:PATH\n"
    "  --attach ADDRESS    listen there and wait for the testee, which may run in a debugger\n"
    "  --vectors DIR       other vectors than the ones found beside the program\n"
    "  --strict            a warning is a failure\n"
    "  --color[=WHEN]      colour: auto (on a terminal), always, never\n"
    "  -h, --help          this\n"
    "\n"
    "exit status: 0 it passes; 1 it fails; 2 usage, or there is no such case; 3 it could not be\n"
    "judged (not declared, not measured); 5 the testee does not start or shake hands; 130\n"
    "interrupted.\n"
    "\n"
    "examples:\n"
    "  assay repro compact/list/bool/element-nibble-2 -- ./my-testee\n"
    "  assay repro 'binary/struct/empty@prefix:0' -- python3 testee.py\n"
    "  assay repro --attach tcp:localhost:9000 compact/list/bool/element-nibble-2\n";

typedef struct repro_options {
    assay_run_options run;
    const char *vectors;
    assay_colour colour;
    bool help, timed;
} repro_options;

static bool complain(const char *option, const char *value, const char *wanted)
{
    assay_cli_usage("repro", "%s \"%.60s\": %s", option, value, wanted);
    return false;
}

static bool read_option(int option, const char *value, repro_options *to)
{
    uint64_t mib;
    switch (option) {
    case 't':
        to->timed = true;
        return assay_cli_read_seconds(value, &to->run.timeout_ms) ||
               complain("--timeout", value, "seconds are wanted, 0 for none");
    case 'm':
        if (!assay_cli_read_number(value, 0, UINT64_C(1) << 30, &mib))
            return complain("--max-rss", value, "a number of MiB is wanted, 0 for no limit");
        to->run.max_rss_kib = (int64_t)mib * 1024;
        return true;
    case 'c': return assay_cli_read_address("repro", ASSAY_CHANNEL_CONNECT, value, &to->run);
    case 'a': return assay_cli_read_address("repro", ASSAY_CHANNEL_ATTACH, value, &to->run);
    case 'C': return assay_cli_colour_read("repro", value, &to->colour);
    case 'd': to->vectors = value; return true;
    case 's': to->run.strict = true; return true;
    default: to->help = true; return true;
    }
}

/* Options may stand before and behind the id, until `--`. */
static bool read_options(int argc, char **argv, repro_options *to)
{
    static const struct option names[] = {
        {"timeout", required_argument, NULL, 't'}, {"max-rss", required_argument, NULL, 'm'},
        {"connect", required_argument, NULL, 'c'}, {"attach", required_argument, NULL, 'a'},
        {"vectors", required_argument, NULL, 'd'}, {"strict", no_argument, NULL, 's'},
        {"color", optional_argument, NULL, 'C'},   {"colour", optional_argument, NULL, 'C'},
        {"help", no_argument, NULL, 'h'},          {0}};
    *to = (repro_options){.run = assay_run_options_default()};
    optind = 0;
    opterr = 0;
    const char *id = NULL;
    for (int option; (option = getopt_long(argc, argv, "-:h", names, NULL)) != -1;) {
        if (option == 1 && !id) {
            id = optarg;
        } else if (option == 1) {
            optind--; /* the command, without -- in front */
            break;
        } else if (option == '?' || option == ':') {
            assay_cli_bad_option("repro", option, argv, names);
            return false;
        } else if (!read_option(option, optarg, to)) {
            return false;
        }
        if (to->help) return true;
    }
    to->run.selection.only = id;
    to->run.testee.command = argv + optind;
    assay_run_options_settle(&to->run, to->timed);
    const char *wrong = NULL;
    if (!id)
        wrong = "the id of one case is wanted, and a testee";
    else if (optind < argc && to->run.testee.address)
        wrong = "a command and an address were given; the testee is one of the two";
    else if (optind == argc && !to->run.testee.address)
        wrong = "no testee; give its command behind --, or --connect or --attach";
    if (wrong) assay_cli_usage("repro", "%s", wrong);
    return !wrong;
}

static const assay_case *find_case(assay_vector_set *set, const char *id, assay_cases *cases)
{
    const assay_vector *vector = assay_cli_find_vector("repro", set, id);
    if (!vector) return NULL;
    if (!assay_derive(set, vector, NULL, cases)) {
        assay_cli_complain("repro", "out of memory");
        return NULL;
    }
    const assay_case *c = assay_cases_find(cases, id);
    if (!c)
        assay_cli_complain(
            "repro", "nothing named \"%.200s\" is derived from %s; `assay list --derived` shows what is", id,
            vector->base.id);
    return c;
}

static void print_bytes(const assay_case *c, const char *what, tw_bytes bytes, bool colour)
{
    tw_stack stack;
    tw_buffer text;
    if (!c->in || !tw_stack_parse(c->in, &stack, NULL)) return;
    bool messages = c->verb == ASSAY_MESSAGE || c->verb == ASSAY_SESSION;
    tw_explain_options options = {.unit = messages ? TW_UNIT_MESSAGE : TW_UNIT_STRUCT,
                                  .count = c->verb == ASSAY_SESSION ? c->count : 1,
                                  .colour = colour,
                                  .mark = SIZE_MAX};
    options.decode.limits = tw_limits_default();
    tw_buffer_init(&text, NULL);
    tw_class cls = tw_explain(&stack, bytes, &options, &text, NULL);
    printf("\n%s (%zu bytes, %s)\n", what, bytes.len, c->in);
    if (cls != TW_MEMORY) fwrite(text.data, 1, text.len, stdout);
    tw_buffer_deinit(&text);
}

static void print_request(const assay_case *c)
{
    tw_buffer line;
    tw_buffer_init(&line, NULL);
    if (assay_case_request(c, &line) == TW_OK) {
        while (line.len && line.data[line.len - 1] == '\n') line.len--;
        size_t shown = line.len < REQUEST_SHOWN ? line.len : REQUEST_SHOWN;
        printf("  1 %.*s%s\n", (int)shown, (const char *)line.data, shown < line.len ? "..." : "");
    }
    tw_buffer_deinit(&line);
}

static void print_case(const assay_case *c, bool colour)
{
    const tw_rule_info *rule = tw_rule_info_of(c->rule);
    printf("%s\n", c->id);
    if (c->title && *c->title) printf("  %s\n", c->title);
    if (c->why && *c->why) printf("  why    %s\n", c->why);
    if (*rule->id) printf("  rule   %s: %s (%s)\n", rule->id, rule->sentence, rule->section);
    printf("  level  %s\n", assay_level_name(c->level));
    if (c->verb == ASSAY_REUSE) print_bytes(c, "bytes read before, whose end is ignored", c->before, colour);
    print_bytes(c, "bytes", c->bytes, colour);
    printf("\nrequest\n");
    if (c->alone_after_reject && c->refused) print_request(c->refused);
    print_request(c);
}

static void print_indented(const char *text)
{
    while (*text) {
        size_t len = strcspn(text, "\n");
        printf("  %.*s\n", (int)len, text);
        text += len + (text[len] == '\n');
    }
}

static void print_outcome(const assay_result_case *row)
{
    printf("\nexpected  %s\ngot       %s\n", row->expected, row->got);
    if (*row->difference) printf("differs   %s\n", row->difference);
    if (*row->said) printf("said      %s\n", row->said);
    if (row->rss_kib >= 0) printf("memory    grew by %lld KiB\n", (long long)row->rss_kib);
    printf("verdict   %s%s%s%s%s\n", row->verdict, *row->detail ? ":" : "", row->detail,
           row->unconfirmed ? " (unconfirmed)" : "", row->stateful ? " (stateful)" : "");
    if (*row->stderr_tail) {
        printf("\nstandard error\n");
        print_indented(row->stderr_tail);
    }
}

static void print_again(const repro_options *options, const char *command)
{
    tw_buffer line;
    tw_buffer_init(&line, NULL);
    if (assay_cli_repro_line(&options->run, options->vectors, &line)) {
        tw_buffer_append_byte(&line, ' ');
        assay_text_shell_word(options->run.selection.only, &line);
        bool pipe = options->run.testee.channel == ASSAY_CHANNEL_PIPE;
        printf("\n%.*s %s%s\n", (int)line.len, (const char *)line.data, pipe ? "-- " : "", command);
    }
    tw_buffer_deinit(&line);
}

static int run_case(assay_vector_set *set, const repro_options *options)
{
    assay_result result;
    if (!assay_run(set, &options->run, &result)) fprintf(stderr, "assay: out of memory\n");
    const assay_result_case *row = NULL;
    for (size_t i = 0; i < result.case_count && !row; i++)
        if (strcmp(result.cases[i].id, options->run.selection.only) == 0) row = &result.cases[i];
    if (row) print_outcome(row);
    for (size_t i = 0; result.incomplete[i]; i++)
        printf("%sincomplete: %s\n", i ? "" : "\n", result.incomplete[i]);
    print_again(options, result.command);
    int code = assay_exit_code_of_case(&result, row);
    assay_result_deinit(&result);
    return code;
}

static void show_notice(void *context, const char *text)
{
    (void)context;
    fprintf(stderr, "assay: %s\n", text);
}

int assay_cli_repro(int argc, char **argv)
{
    repro_options options;
    assay_vector_set set;
    if (!read_options(argc, argv, &options)) return 2;
    if (options.help) return assay_cli_print(help);
    options.run.all = true;
    options.run.notice = show_notice;
    if (!assay_cli_load_vectors("repro", options.vectors, &set)) return ASSAY_EXIT_USAGE;
    assay_cases cases = {0};
    const assay_case *c = find_case(&set, options.run.selection.only, &cases);
    if (c) {
        print_case(c, assay_cli_colour(options.colour, NULL));
        fflush(stdout);
    }
    int code = c ? run_case(&set, &options) : 2;
    assay_cases_deinit(&cases);
    assay_vectors_deinit(&set);
    return code;
}
