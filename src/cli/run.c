/* assay run: checks an implementation against the golden vectors. */
#include "cli/cli.h"
#include "cli/progress.h"
#include "cli/report_file.h"
#include "cli/run_options.h"
#include "cli/vectors_dir.h"
#include "report/console.h"
#include "report/json.h"
#include "report/junit.h"
#include "suite/run/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const char help[] =
    "usage: assay run [OPTIONS] -- COMMAND ARG...\n"
    "       assay run [OPTIONS] --connect ADDRESS | --attach ADDRESS\n"
    "\n"
    "Checks an implementation of Thrift's wire formats against the golden vectors. COMMAND is a testee:\n"
    "a program that answers requests line by line on its standard input and output.\n"
    "\n"
    "what is run\n"
    "  --run GLOB          only cases whose id matches; * is one component, ** any number; repeatable\n"
    "  --skip GLOB         not those; repeatable\n"
    "  --level LEVEL       must, should (and must), may (everything; the default)\n"
    "  --shard I/N         the I-th of N parts (or TEST_SHARD_INDEX, TEST_TOTAL_SHARDS)\n"
    "  --shuffle           send in another order; --seed N says which\n"
    "  --exhaustive        run also what is assumed after three crashes or hangs of a kind\n"
    "  --fail-fast         stop at the first new failure\n"
    "  --vectors DIR       other vectors than the ones found beside the program\n"
    "  --dry-run           list what would be run, start nothing\n"
    "how\n"
    "  --jobs N            processes of the testee at once (1)\n"
    "  --window N          most requests open at once, if the testee declares as many (64)\n"
    "  --timeout SECONDS   for one case (2; none with --attach; 0: none)\n"
    "  --restarts N        crashes and hangs before the rest is not run (50)\n"
    "  --max-rss MIB       a testee that uses more is killed (2048; 0: no limit)\n"
    "  --connect ADDRESS   a testee that listens at tcp:HOST:PORT or unix:PATH\n"
    "  --attach ADDRESS    listen there and wait for the testee, which may run in a debugger\n"
    "what is made of it\n"
    "  --strict            a warning is a failure\n"
    "  --known FILE        known failures; they do not fail the run, and stale lines do\n"
    "  --json FILE         the result as JSON\n"
    "  --junit FILE        the result as JUnit XML\n"
    "  --all               passing derived cases are in the result too\n"
    "  -v, --verbose       known failures, notes and warnings in full\n"
    "  -q, --quiet         the verdict and the totals only\n"
    "\n"
    "exit status: 0 conformant, or only known failures; 1 new failures; 2 usage; 3 incomplete; 4 only the "
    "list of\n"
    "known failures is out of date; 5 the testee does not start or shake hands; 70 a fault of the suite;\n"
    "130 interrupted, with what was found so far.\n"
    "\n"
    "examples:\n"
    "  assay run -- ./my-testee\n"
    "  assay run --run 'compact/**' --json result.json -- python3 testee.py\n"
    "  assay run --jobs 4 --known known-failures.txt -- java -jar testee.jar\n"
    "  assay run --attach tcp:localhost:9000 --run compact/list/bool/element-nibble-2\n";

static void show_notice(void *context, const char *text)
{
    (void)context;
    fprintf(stderr, "assay: %s\n", text);
}

static bool load_vectors(const char *option, assay_vector_set *set)
{
    char path[4096];
    assay_vector_error error;
    if (!assay_vectors_dir(option, path, sizeof path)) return false;
    if (assay_vectors_load(path, set, &error)) return true;
    fprintf(stderr, "assay: the vectors in %s cannot be used: %s\n", path, error.text);
    return false;
}

static int list_plan(assay_vector_set *set, const assay_selection *selection)
{
    assay_plan plan;
    if (!assay_plan_build(set, selection, NULL, &plan)) {
        fprintf(stderr, "assay: out of memory\n");
        return 70;
    }
    for (size_t i = 0; i < plan.count; i++) printf("%s\n", plan.items[i].c->id);
    printf("%zu cases of %zu vectors\n", plan.count, plan.vectors);
    int code = plan.count ? 0 : 3;
    assay_plan_deinit(&plan);
    return code;
}

static unsigned terminal_width(void)
{
    struct winsize window;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col >= 40) return window.ws_col;
    return 0;
}

static bool print_result(const assay_result *result, const assay_cli_run_options *options)
{
    bool terminal = isatty(STDOUT_FILENO) == 1;
    const char *no_colour = getenv("NO_COLOR");
    assay_console_options console = {.colour = terminal && !(no_colour && *no_colour),
                                     .verbose = options->verbose,
                                     .quiet = options->quiet,
                                     .width = terminal ? terminal_width() : 0};
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    bool done = assay_console_render(result, &console, &text);
    if (!done) fprintf(stderr, "assay: out of memory\n");
    if (done && (fwrite(text.data, 1, text.len, stdout) != text.len || fflush(stdout) != 0)) {
        perror("assay: cannot write to standard output");
        done = false;
    }
    tw_buffer_deinit(&text);
    return done;
}

typedef bool renderer(const assay_result *result, tw_buffer *to);

static bool write_report(const assay_result *result, const char *path, renderer *render)
{
    tw_buffer text;
    if (!path) return true;
    tw_buffer_init(&text, NULL);
    bool done = render(result, &text);
    if (!done) fprintf(stderr, "assay: out of memory while writing %s\n", path);
    done = done && assay_report_file_write(path, tw_buffer_view(&text));
    tw_buffer_deinit(&text);
    return done;
}

/* The report on the terminal comes even where a file cannot be written. */
static int tell(const assay_result *result, const assay_cli_run_options *options)
{
    bool json = write_report(result, options->json_file, assay_json_render);
    bool junit = write_report(result, options->junit_file, assay_junit_render);
    bool console = print_result(result, options);
    if (result->exit_code == 130 || (json && junit && console)) return result->exit_code;
    return 70;
}

static int run(assay_cli_run_options *options, assay_vector_set *set)
{
    bool progress = isatty(STDERR_FILENO) == 1 && !options->quiet;
    assay_result result;
    options->run.notice = show_notice;
    if (progress) options->run.progress = assay_progress_show;
    if (!assay_run(set, &options->run, &result)) fprintf(stderr, "assay: out of memory\n");
    if (progress) assay_progress_clear();
    int code = tell(&result, options);
    assay_result_deinit(&result);
    return code;
}

int assay_cli_run(int argc, char **argv)
{
    assay_cli_run_options options;
    assay_vector_set set;
    assay_known known;
    assay_known_error wrong;
    if (!assay_cli_run_options_read(argc, argv, &options)) return 2;
    if (options.help) return fputs(help, stdout) < 0 ? 70 : 0;
    if (options.known_file) {
        if (!assay_known_load(options.known_file, &known, &wrong)) {
            fprintf(stderr, "assay: %s\n", wrong.text);
            return 2;
        }
        options.run.known = &known;
    }
    int code = 2;
    if (load_vectors(options.vectors, &set)) {
        code = options.dry_run ? list_plan(&set, &options.run.selection) : run(&options, &set);
        assay_vectors_deinit(&set);
    }
    if (options.known_file) assay_known_deinit(&known);
    return code;
}
