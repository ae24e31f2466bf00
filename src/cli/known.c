/* assay known: looks after a list of known failures. */
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/result_file.h"
#include "suite/evidence/known_cases.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char help[] =
    "usage: assay known --check FILE [--strict-reasons]\n"
    "       assay known --update FILE --result RESULT.json [--partial]\n"
    "\n"
    "A list of known failures has one line for each thing that an implementation is known to get wrong:\n"
    "\n"
    "  PATTERN  VERDICT  [versions=RANGE] [until=DATE] [partial|varies] issue=URL-or-id  # reason\n"
    "  compact/list/bool/*  fail:wrong-value  versions=<0.18  issue=THRIFT-1234  # elements are read as i8\n"
    "\n"
    "partial: some of what it matches may pass; varies: all of it may, since what shows depends on chance.\n"
    "`assay run --known FILE` fails on what is not listed, and on lines that hold no more.\n"
    "\n"
    "  --check FILE        says whether every line can be read, and which stand out of order\n"
    "  --strict-reasons    also which lines have no reason, or one that nobody has written yet\n"
    "  --update FILE       rewrites FILE from a result: lines that hold stay as they are, lines that\n"
    "                      hold no more go, new failures get a line whose reason you then write. A\n"
    "                      FILE that is not there is made\n"
    "  --result FILE       the result: what `assay run --json FILE` wrote, best with --all, which\n"
    "                      lets one line stand for more cases\n"
    "  --partial           also patterns that only most of their cases show, marked `partial`\n"
    "\n"
    "  -h, --help          this\n"
    "\n"
    "exit status: 0 done, nothing to remark; 1 remarks; 2 usage, or a file that cannot be read; 74 cannot\n"
    "write.\n"
    "\n"
    "examples:\n"
    "  assay known --check conformance/testees/apache-cpp/known-failures.txt\n"
    "  assay run --all --json result.json -- ./testee; assay known --update known.txt --result result.json\n";

typedef struct known_options {
    const char *check, *update, *result;
    bool strict_reasons, partial;
} known_options;

/* True to go on; else *code is the exit status. */
static bool read_options(int argc, char **argv, known_options *options, int *code)
{
    const assay_cli_option table[] = {
        {"check", .text = &options->check},     {"update", .text = &options->update},
        {"result", .text = &options->result},   {"strict-reasons", .flag = &options->strict_reasons},
        {"partial", .flag = &options->partial}, {0}};
    if (!assay_cli_options(argc, argv, help, table, code)) return false;
    *code = ASSAY_EXIT_OK;
    if (optind < argc)
        *code = assay_cli_usage("known", "\"%s\" is not expected", argv[optind]);
    else if (!options->check == !options->update)
        *code = assay_cli_usage("known", "say either --check FILE or --update FILE");
    else if (options->update && !options->result)
        *code = assay_cli_usage("known", "--update wants --result RESULT.json");
    else if (options->check && (options->result || options->partial))
        *code = assay_cli_usage("known", "--result and --partial go with --update");
    return *code == ASSAY_EXIT_OK;
}

static void print_remark(void *context, const char *text)
{
    (void)context;
    printf("%s\n", text);
}

static int check(const known_options *options)
{
    assay_known known;
    assay_known_error error;
    if (!assay_known_load(options->check, &known, &error)) {
        assay_cli_complain("known", "%s", error.text);
        return ASSAY_EXIT_USAGE;
    }
    size_t remarks = assay_known_lint(&known, options->strict_reasons, print_remark, NULL);
    printf("%s: %zu entries, %zu remarks\n", options->check, known.count, remarks);
    assay_known_deinit(&known);
    int code = assay_cli_flush("known");
    return code == ASSAY_EXIT_OK && remarks ? ASSAY_EXIT_WRONG : code;
}

/* A list that is not there yet begins with a word on what it is. */
static int read_list(const char *path, const char *testee, tw_buffer *text)
{
    if (access(path, F_OK) == 0 || errno != ENOENT) return assay_cli_read("known", path, text);
    if (assay_known_head(testee, text)) return ASSAY_EXIT_OK;
    assay_cli_complain("known", "out of memory");
    return ASSAY_EXIT_SOFTWARE;
}

/* The list says which vectors were run, so that later ones are known for what they are. */
static int write_stamped(const char *path, const char *version, tw_bytes text)
{
    tw_buffer stamped;
    tw_buffer_init(&stamped, NULL);
    int code = ASSAY_EXIT_SOFTWARE;
    if (assay_known_stamp(text, version, &stamped))
        code = assay_cli_write("known", path, tw_buffer_view(&stamped));
    else
        assay_cli_complain("known", "out of memory");
    tw_buffer_deinit(&stamped);
    return code;
}

static int rewrite(const known_options *options, const assay_result *r, tw_bytes old, tw_buffer *text)
{
    assay_known_options how = {r->testee_version[0] ? r->testee_version : NULL, options->partial};
    assay_known_changes changes;
    assay_known_error error;
    assay_known_case *cases = assay_known_cases_new(r);
    bool ok = cases != NULL;
    if (!ok)
        assay_cli_complain("known", "out of memory");
    else if (!(ok = assay_known_update(options->update, old, cases, r->case_count, &how, text, &changes,
                                       &error)))
        assay_cli_complain("known", "%s", error.text);
    free(cases);
    if (!ok) return ASSAY_EXIT_USAGE;
    int code = write_stamped(options->update, r->vectors_version, tw_buffer_view(text));
    if (code != ASSAY_EXIT_OK) return code;
    printf("%s: %zu lines kept, %zu added, %zu removed\n", options->update, changes.kept, changes.added,
           changes.removed);
    return assay_cli_flush("known");
}

static int update(const known_options *options)
{
    assay_result result;
    if (!assay_cli_load_result("known", options->result, &result)) return ASSAY_EXIT_USAGE;
    int code = ASSAY_EXIT_USAGE;
    tw_buffer old, text;
    tw_buffer_init(&old, NULL);
    tw_buffer_init(&text, NULL);
    if (result.interrupted)
        assay_cli_complain("known", "%s: the run was interrupted: it does not tell what passes",
                           options->result);
    else if (read_list(options->update, result.testee_name, &old) == ASSAY_EXIT_OK)
        code = rewrite(options, &result, tw_buffer_view(&old), &text);
    tw_buffer_deinit(&text);
    tw_buffer_deinit(&old);
    assay_result_deinit(&result);
    return code;
}

int assay_cli_known(int argc, char **argv)
{
    int code;
    known_options options = {0};
    if (!read_options(argc, argv, &options, &code)) return code;
    return options.check ? check(&options) : update(&options);
}
