/* assay vectors lint: proves the golden vectors against the reference codec. */
#include "cli/kin.h"
#include "cli/options.h"
#include "cli/vectors_about.h"
#include "cli/vectors_dir.h"
#include "cli/vectors_verbs.h"
#include "suite/vector/against.h"
#include "suite/vector/version.h"

#include <getopt.h>
#include <stdio.h>

static const char help[] =
    "usage: assay vectors lint [--suite-version V] [--against OLDDIR] [--confirmed] [DIR]\n"
    "\n"
    "Checks every vector file: its form, ids, rules and twins, and that the reference codec agrees\n"
    "with each field: value, consumed, canonical bytes, class, offset and rule of errors, open rules.\n"
    "Where the folder has a coverage.txt, every combination of the wire formats' grammar that no vector\n"
    "shows and that has no reason there is a problem, and every reason that holds no longer; where it\n"
    "has a history.json, so is every public bug there without the vectors that it names.\n"
    "One line a problem, with file, line and JSON pointer. DIR defaults to the vectors found beside\n"
    "the program.\n"
    "\n"
    "  --suite-version V  only the vectors that were there in version V of the collection\n"
    "  --against OLDDIR   also that every vector of an older collection is there still, and asks and\n"
    "                     expects what it did\n"
    "  --confirmed        also that two implementations confirm every accept, or that it has an\n"
    "                     \"argument\" from the specification; see `assay vectors confirm`\n"
    "  -h, --help         this\n"
    "\n"
    "exit status: 0 no problem; 1 problems; 2 usage; 74 cannot write\n"
    "\n"
    "examples:\n"
    "  assay vectors lint conformance/vectors\n"
    "  assay vectors lint --against ../assay-1.0/conformance/vectors conformance/vectors\n";

static void print_problem(void *context, const char *text)
{
    (void)context;
    puts(text);
}

typedef struct lint_options {
    const char *version, *old; /* or NULL */
    bool confirmed;
    char folder[4096];
} lint_options;

static int lint_confirmed(const char *folder, const assay_vector_set *set, size_t *problems)
{
    assay_cli_kin kin;
    if (!assay_cli_kin_load("vectors lint", folder, &kin)) return ASSAY_EXIT_USAGE;
    *problems += assay_vectors_lint_confirmed(set, kin.items, kin.count, print_problem, NULL);
    assay_cli_kin_deinit(&kin);
    return ASSAY_EXIT_OK;
}

/* The files that tell of the vectors speak of all of them, so a frozen set is not held against them. */
static size_t lint_about(const char *folder, const assay_vector_set *set)
{
    assay_vectors_about about;
    size_t problems = assay_vectors_about_read(&about, folder, set, print_problem, NULL);
    assay_vectors_about_deinit(&about);
    return problems;
}

static int lint(const lint_options *options)
{
    assay_vector_set set, old;
    assay_vector_error error;
    if (options->old && !assay_vectors_load(options->old, &old, &error)) {
        assay_cli_complain("vectors lint", "the vectors in %s cannot be used: %s", options->old, error.text);
        return ASSAY_EXIT_USAGE;
    }
    size_t problems = assay_vectors_read(options->folder, &set, print_problem, NULL);
    if (options->version) assay_vectors_freeze(&set, options->version);
    problems += assay_vectors_lint(&set, print_problem, NULL);
    if (options->old) {
        if (options->version) assay_vectors_freeze(&old, options->version);
        problems += assay_vectors_against(&set, &old, print_problem, NULL);
        assay_vectors_deinit(&old);
    }
    if (!options->version) problems += lint_about(options->folder, &set);
    int code = ASSAY_EXIT_OK;
    if (options->confirmed) code = lint_confirmed(options->folder, &set, &problems);
    size_t count = set.count;
    assay_vectors_deinit(&set);
    if (assay_cli_flush("vectors lint") != ASSAY_EXIT_OK) return ASSAY_EXIT_IO;
    fprintf(stderr, "%zu vector%s, %zu problem%s\n", count, count == 1 ? "" : "s", problems,
            problems == 1 ? "" : "s");
    if (code != ASSAY_EXIT_OK) return code;
    return problems ? ASSAY_EXIT_WRONG : ASSAY_EXIT_OK;
}

int assay_cli_vectors_lint(int argc, char **argv)
{
    int code;
    lint_options options = {.version = NULL};
    const assay_cli_option table[] = {
        {"suite-version", .read = assay_cli_read_version, .to = &options.version},
        {"against", .text = &options.old},
        {"confirmed", .flag = &options.confirmed},
        {0}};
    if (!assay_cli_options(argc, argv, help, table, &code)) return code;
    if (argc - optind > 1) return assay_cli_usage(argv[0], "at most one folder is wanted");
    if (!assay_vectors_dir(argc - optind == 1 ? argv[optind] : NULL, options.folder, sizeof options.folder))
        return ASSAY_EXIT_USAGE;
    return lint(&options);
}
