/* assay vectors stats: how many vectors there are, and what they cover. */
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/stats.h"
#include "cli/vectors_dir.h"
#include "cli/vectors_verbs.h"

#include <getopt.h>
#include <stdio.h>
#include <unistd.h>

static const char help[] =
    "usage: assay vectors stats [OPTIONS] [DIR]\n"
    "\n"
    "Counts the vectors and all that is derived from them, and tells what they cover: the grammar of the\n"
    "wire formats (computed from the vectors' bytes), the rules, and the public bugs of the history wall.\n"
    "DIR defaults to the vectors found beside the program. Without one of the next four, all are shown.\n"
    "\n"
    "  --counts     vectors by folder, level and verb; derived cases by kind\n"
    "  --grammar    production by production: combinations that vectors show, that have a reason, holes\n"
    "  --rules      rule by rule: the vectors that name it\n"
    "  --history    CVE by CVE, bug by bug: what would have caught it, or why nothing does\n"
    "  --json       the same facts as one JSON object; with --grammar combination by combination\n"
    "  -h, --help   this\n"
    "\n"
    "exit status: 0; 2 usage, or vectors that cannot be used; 70 out of memory; 74 cannot write\n"
    "\n"
    "examples:\n"
    "  assay vectors stats\n"
    "  assay vectors stats --history\n"
    "  assay vectors stats --grammar --json | jq '.grammar.holes'\n";

typedef struct stats_options {
    bool counts, grammar, rules, history, json;
    const char *folder;
} stats_options;

static void show_step(void *context, size_t done, size_t of)
{
    if (!*(bool *)context) return;
    fprintf(stderr, "\r\033[Kderiving: %zu/%zu vectors", done, of);
    fflush(stderr);
}

/* The linter tells them; here they show as holes. */
static void pass_over(void *context, const char *text)
{
    (void)context;
    (void)text;
}

static int gather(const stats_options *options, const char *folder, assay_vector_set *set)
{
    assay_cli_stats stats = {.set = set,
                             .counts = options->counts,
                             .grammar = options->grammar,
                             .rules = options->rules,
                             .history = options->history};
    bool terminal = isatty(STDERR_FILENO), ok = true;
    assay_stats_count(set, &stats.numbers);
    if (options->counts) ok = assay_stats_derive(set, &stats.numbers, show_step, &terminal);
    assay_vectors_about_read(&stats.about, folder, set, pass_over, NULL);
    if (terminal) assay_progress_clear();
    ok = ok && !stats.about.failed;
    if (ok && options->json)
        ok = assay_stats_print_json(&stats);
    else if (ok)
        assay_stats_print(&stats);
    assay_vectors_about_deinit(&stats.about);
    if (ok) return assay_cli_flush("vectors stats");
    assay_cli_complain("vectors stats", "out of memory");
    return ASSAY_EXIT_SOFTWARE;
}

static int run(const stats_options *options)
{
    char folder[4096];
    assay_vector_set set;
    if (!assay_vectors_dir(options->folder, folder, sizeof folder)) return ASSAY_EXIT_USAGE;
    if (!assay_cli_load_vectors("vectors stats", folder, &set)) return ASSAY_EXIT_USAGE;
    int code = gather(options, folder, &set);
    assay_vectors_deinit(&set);
    return code;
}

int assay_cli_vectors_stats(int argc, char **argv)
{
    int code;
    stats_options options = {.folder = NULL};
    const assay_cli_option table[] = {
        {"counts", .flag = &options.counts}, {"grammar", .flag = &options.grammar},
        {"rules", .flag = &options.rules},   {"history", .flag = &options.history},
        {"json", .flag = &options.json},     {0}};
    if (!assay_cli_options(argc, argv, help, table, &code)) return code;
    if (argc - optind > 1) return assay_cli_usage(argv[0], "at most one folder is wanted");
    if (argc - optind == 1) options.folder = argv[optind];
    if (!options.counts && !options.grammar && !options.rules && !options.history)
        options.counts = options.grammar = options.rules = options.history = true;
    return run(&options);
}
