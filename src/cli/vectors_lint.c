/* assay vectors lint: proves the golden vectors against the reference codec. */
#include "cli/bad_option.h"
#include "cli/vectors_dir.h"
#include "cli/vectors_verbs.h"
#include "suite/vector/vector.h"

#include <getopt.h>
#include <stdio.h>

static const char help[] =
    "usage: assay vectors lint [DIR]\n"
    "\n"
    "Checks every vector file: its form, ids, rules and twins, and that the reference codec agrees\n"
    "with each field: value, consumed, canonical bytes, class, offset and rule of errors, open rules.\n"
    "One line a problem, with file, line and JSON pointer. DIR defaults to the vectors found beside\n"
    "the program.\n"
    "\n"
    "  -h, --help   this\n"
    "\n"
    "exit status: 0 no problem; 1 problems; 2 usage; 74 cannot write\n"
    "\n"
    "example:\n"
    "  assay vectors lint conformance/vectors\n";

static void print_problem(void *context, const char *text)
{
    (void)context;
    puts(text);
}

static int lint(const char *folder)
{
    assay_vector_set set;
    size_t problems = assay_vectors_read(folder, &set, print_problem, NULL);
    problems += assay_vectors_lint(&set, print_problem, NULL);
    size_t count = set.count;
    assay_vectors_deinit(&set);
    if (assay_cli_flush("vectors lint") != ASSAY_EXIT_OK) return ASSAY_EXIT_IO;
    fprintf(stderr, "%zu vector%s, %zu problem%s\n", count, count == 1 ? "" : "s", problems,
            problems == 1 ? "" : "s");
    return problems ? ASSAY_EXIT_WRONG : ASSAY_EXIT_OK;
}

int assay_cli_vectors_lint(int argc, char **argv)
{
    static const struct option names[] = {{"help", no_argument, NULL, 'h'}, {0}};
    char path[4096];
    optind = 0;
    opterr = 0;
    int option = getopt_long(argc, argv, ":h", names, NULL);
    if (option == 'h') return assay_cli_print(help);
    if (option != -1) return assay_cli_bad_option(argv[0], option, argv, names);
    if (argc - optind > 1) return assay_cli_usage(argv[0], "at most one folder is wanted");
    if (!assay_vectors_dir(argc - optind == 1 ? argv[optind] : NULL, path, sizeof path))
        return ASSAY_EXIT_USAGE;
    return lint(path);
}
