/* assay matrix: puts several results side by side. */
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/result_file.h"
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
} matrix_options;

static bool add_absent(const char *verb, char *text, void *to)
{
    matrix_options *options = to;
    char *equals = strchr(text, '=');
    if (!equals || equals == text || !equals[1]) {
        assay_cli_usage(verb, "--unavailable wants NAME=REASON, not \"%s\"", text);
        return false;
    }
    *equals = '\0';
    options->absent[options->absent_count++] = (assay_matrix_absent){text, equals + 1};
    return true;
}

/* True to go on; else *code is the exit status. */
static bool read_options(int argc, char **argv, matrix_options *options, int *code)
{
    const assay_cli_option table[] = {{"unavailable", .read = add_absent, .to = options},
                                      {"markdown", .text = &options->markdown},
                                      {"color", .colour = &options->colour},
                                      {"colour", .colour = &options->colour},
                                      {0}};
    if (!assay_cli_options(argc, argv, help, table, code)) return false;
    if (optind < argc || options->absent_count) return true;
    *code = assay_cli_usage("matrix", "name at least one result");
    return false;
}

static bool load_all(char *const *paths, size_t count, assay_result *results, size_t *loaded)
{
    while (*loaded < count && assay_cli_load_result("matrix", paths[*loaded], &results[*loaded])) ++*loaded;
    return *loaded == count;
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
    int code;
    if (!options.absent)
        code = out_of_memory();
    else if (read_options(argc, argv, &options, &code))
        code = run(&options, argv + optind, (size_t)(argc - optind));
    free(options.absent);
    return code;
}
