/* assay matrix: puts several results side by side. */
#include "cli/bad_option.h"
#include "cli/cli.h"
#include "report/json.h"
#include "report/matrix.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: assay matrix [--unavailable NAME=REASON]... [--markdown FILE] RESULT.json...\n"
    "\n"
    "Prints a table of results that `assay run --json` wrote: implementations across, areas of the\n"
    "formats down, named vectors by the worst of their cases; then what each gets wrong, new failures\n"
    "first.\n"
    "\n"
    "  --unavailable NAME=REASON   an implementation that could not be run, and why; repeatable\n"
    "  --markdown FILE             the same as Markdown\n"
    "  --color[=WHEN]              colour: auto (on a terminal), always, never\n"
    "  -h, --help                  this\n"
    "\n"
    "exit status: 0; 2 usage, or a file that is no result; 74 cannot write.\n"
    "\n"
    "examples:\n"
    "  assay matrix build/reports/*.json\n"
    "  assay matrix --markdown matrix.md cpp.json python.json --unavailable 'node=npm is not installed'\n";

typedef struct matrix_options {
    const char *markdown;
    assay_matrix_absent *absent; /* room for one for each argument */
    size_t absent_count;
    assay_colour colour;
    bool help;
} matrix_options;

static bool add_absent(matrix_options *options, char *text)
{
    char *equals = strchr(text, '=');
    if (!equals || equals == text || !equals[1]) {
        assay_cli_usage("matrix", "--unavailable wants NAME=REASON, not \"%s\"", text);
        return false;
    }
    *equals = '\0';
    options->absent[options->absent_count++] = (assay_matrix_absent){text, equals + 1};
    return true;
}

static bool read_options(int argc, char **argv, matrix_options *options)
{
    static const struct option names[] = {{"unavailable", required_argument, NULL, 'u'},
                                          {"markdown", required_argument, NULL, 'm'},
                                          {"color", optional_argument, NULL, 'C'},
                                          {"colour", optional_argument, NULL, 'C'},
                                          {"help", no_argument, NULL, 'h'},
                                          {NULL, 0, NULL, 0}};
    optind = 0;
    opterr = 0;
    for (int c; (c = getopt_long(argc, argv, ":h", names, NULL)) != -1;) {
        switch (c) {
        case 'u':
            if (!add_absent(options, optarg)) return false;
            break;
        case 'm': options->markdown = optarg; break;
        case 'C':
            if (!assay_cli_colour_read("matrix", optarg, &options->colour)) return false;
            break;
        case 'h': options->help = true; return true;
        default: assay_cli_bad_option("matrix", c, argv, names); return false;
        }
    }
    if (optind < argc || options->absent_count) return true;
    assay_cli_usage("matrix", "name at least one result");
    return false;
}

static bool load_all(char *const *paths, size_t count, assay_result *results, size_t *loaded)
{
    char why[512];
    for (; *loaded < count; ++*loaded)
        if (!assay_json_load(paths[*loaded], &results[*loaded], why, sizeof why)) {
            assay_cli_complain("matrix", "%s", why);
            return false;
        }
    return true;
}

static int out_of_memory(void)
{
    assay_cli_complain("matrix", "out of memory");
    return ASSAY_EXIT_SOFTWARE;
}

static int show(const assay_matrix *matrix, const matrix_options *options, tw_buffer *text)
{
    if (!assay_matrix_render(matrix, assay_cli_colour(options->colour, NULL), text)) return out_of_memory();
    int code = assay_cli_write("matrix", NULL, tw_buffer_view(text));
    if (!options->markdown) return code;
    tw_buffer_clear(text);
    if (!assay_matrix_markdown(matrix, text)) return out_of_memory();
    int written = assay_cli_write("matrix", options->markdown, tw_buffer_view(text));
    return code == ASSAY_EXIT_OK ? written : code;
}

static int run(const matrix_options *options, char *const *paths, size_t count)
{
    assay_result *results = calloc(count + 1, sizeof *results);
    if (!results) return out_of_memory();
    size_t loaded = 0;
    int code = ASSAY_EXIT_USAGE;
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    if (load_all(paths, count, results, &loaded)) {
        assay_matrix matrix = {results, count, options->absent, options->absent_count};
        code = show(&matrix, options, &text);
    }
    tw_buffer_deinit(&text);
    for (size_t i = 0; i < loaded; i++) assay_result_deinit(&results[i]);
    free(results);
    return code;
}

int assay_cli_matrix(int argc, char **argv)
{
    matrix_options options = {.absent = calloc((size_t)argc + 1, sizeof *options.absent)};
    int code = ASSAY_EXIT_USAGE;
    if (!options.absent)
        code = out_of_memory();
    else if (read_options(argc, argv, &options))
        code = options.help ? assay_cli_print(help) : run(&options, argv + optind, (size_t)(argc - optind));
    free(options.absent);
    return code;
}
