/* assay run: checks an implementation against the golden vectors. */
#include "cli/cli.h"
#include "cli/profile_file.h"
#include "cli/progress.h"
#include "cli/report_file.h"
#include "cli/repro_line.h"
#include "cli/run_vectors.h"
#include "report/console.h"
#include "report/json.h"
#include "report/junit.h"
#include "suite/run/plan.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
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
    "  --named             the named vectors only, without the cases derived from them\n"
    "  --shard I/N         the I-th of N parts (or TEST_SHARD_INDEX, TEST_TOTAL_SHARDS)\n"
    "  --shuffle           send in another order\n"
    "  --seed N            which other order (0)\n"
    "  --exhaustive        run also what is assumed after three crashes or hangs of a kind\n"
    "  --fail-fast         stop at the first new failure\n"
    "  --suite-version V   only vectors that were there in version V of the collection\n"
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
    "  --new=MODE          vectors that are newer than that file's `# suite-version:` line: fail (as any\n"
    "                      other; the default), warn (their failures are warnings), skip (not run)\n"
    "  --profile FILE      what it made of what is left open: tells which outcomes have changed\n"
    "  --pin-profile FILE  the same, and an outcome that has changed is a failure\n"
    "  --json FILE         the result as JSON\n"
    "  --junit FILE        the result as JUnit XML\n"
    "  --all               passing derived cases are in the result too\n"
    "  -v, --verbose       known failures, notes and warnings in full\n"
    "  -q, --quiet         the verdict and the totals only\n"
    "  --color[=WHEN]      colour: auto (on a terminal), always, never\n"
    "  -h, --help          this\n"
    "\n"
    "exit status: 0 conformant, or only known failures; 1 new failures; 2 usage; 3 incomplete; 4 only the\n"
    "list of known failures is out of date; 5 the testee does not start or shake hands; 70 a fault of the\n"
    "suite, or a report that cannot be written; 130 interrupted, with what was found so far.\n"
    "\n"
    "examples:\n"
    "  assay run -- ./my-testee\n"
    "  assay run --run 'compact/**' --json result.json -- python3 testee.py\n"
    "  assay run --jobs 4 --known known-failures.txt -- java -jar testee.jar\n"
    "  assay run --attach tcp:localhost:9000 --run compact/list/bool/element-nibble-2\n";

static void show_notice(void *context, const char *text)
{
    if (*(const bool *)context) assay_progress_clear();
    fprintf(stderr, "assay: %s\n", text);
}

static int list_plan(assay_vector_set *set, const assay_selection *selection)
{
    assay_plan plan;
    if (!assay_plan_build(set, selection, NULL, &plan)) {
        assay_cli_complain("run", "out of memory");
        return ASSAY_EXIT_SOFTWARE;
    }
    for (size_t i = 0; i < plan.count; i++) printf("%s\n", plan.items[i].c->id);
    printf("%zu case%s of %zu vector%s\n", plan.count, plan.count == 1 ? "" : "s", plan.vectors,
           plan.vectors == 1 ? "" : "s");
    bool all_match = plan.count > 0 && !plan.unmatched;
    if (plan.count && plan.unmatched)
        assay_cli_complain("run", "nothing matches --run \"%.200s\"", plan.unmatched);
    assay_plan_deinit(&plan);
    if (assay_cli_flush("run") != ASSAY_EXIT_OK) return ASSAY_EXIT_SOFTWARE;
    return all_match ? 0 : 3;
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
    assay_console_options console = {.colour = assay_cli_colour(options->colour, NULL),
                                     .verbose = options->verbose,
                                     .quiet = options->quiet,
                                     .width = terminal ? terminal_width() : 0};
    tw_buffer text, repro;
    tw_buffer_init(&text, NULL);
    tw_buffer_init(&repro, NULL);
    bool done = assay_cli_repro_line(&options->run, options->vectors, &repro);
    console.repro = (const char *)repro.data;
    done = done && assay_console_render(result, &console, &text);
    if (done)
        done = assay_cli_write("run", NULL, tw_buffer_view(&text)) == ASSAY_EXIT_OK || errno == EPIPE;
    else
        assay_cli_complain("run", "out of memory");
    tw_buffer_deinit(&text);
    tw_buffer_deinit(&repro);
    return done;
}

typedef bool renderer(const assay_result *result, tw_buffer *to);

static bool write_report(const assay_result *result, const char *path, renderer *render)
{
    tw_buffer text;
    if (!path) return true;
    tw_buffer_init(&text, NULL);
    bool done = render(result, &text);
    if (!done) assay_cli_complain("run", "out of memory while writing %s", path);
    done = done && assay_report_file_write(path, tw_buffer_view(&text));
    tw_buffer_deinit(&text);
    return done;
}

/* A run takes its time: that a report has no place to go is found out before it. */
static bool check_report(const char *option, const char *path)
{
    struct stat status;
    if (!path) return true;
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
    int wrong = 0;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        wrong = EISDIR;
    else if (access(path, F_OK) == 0 ? access(path, W_OK) != 0 : folder && access(folder, W_OK | X_OK) != 0)
        wrong = errno;
    free(folder);
    if (wrong) assay_cli_usage("run", "%s %s cannot be written: %s", option, path, strerror(wrong));
    return !wrong;
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
    options->run.context = &progress;
    if (progress) options->run.progress = assay_progress_show;
    if (!assay_run(set, &options->run, &result)) assay_cli_complain("run", "out of memory");
    if (progress) assay_progress_clear();
    int code = tell(&result, options);
    assay_result_deinit(&result);
    return code;
}

static int with_vectors(assay_cli_run_options *options)
{
    assay_vector_set set;
    if (!assay_cli_run_vectors(options, &set)) return ASSAY_EXIT_USAGE;
    int code = options->dry_run ? list_plan(&set, &options->run.selection) : run(options, &set);
    assay_vectors_deinit(&set);
    return code;
}

static int with_profile(assay_cli_run_options *options)
{
    assay_profile profile;
    if (!options->profile_file) return with_vectors(options);
    if (!assay_cli_load_profile("run", options->profile_file, &profile)) return ASSAY_EXIT_USAGE;
    options->run.profile = &profile;
    int code = with_vectors(options);
    options->run.profile = NULL;
    assay_profile_deinit(&profile);
    return code;
}

static int with_known(assay_cli_run_options *options)
{
    assay_known known;
    assay_known_error wrong;
    if (!options->known_file) return with_profile(options);
    if (!assay_known_load(options->known_file, &known, &wrong)) {
        assay_cli_complain("run", "the known failures cannot be used: %s", wrong.text);
        return ASSAY_EXIT_USAGE;
    }
    options->run.known = &known;
    int code = with_profile(options);
    options->run.known = NULL;
    assay_known_deinit(&known);
    return code;
}

int assay_cli_run(int argc, char **argv)
{
    assay_cli_run_options options;
    if (!assay_cli_run_options_read(argc, argv, &options)) return ASSAY_EXIT_USAGE;
    if (options.help) return assay_cli_print(help);
    if (!check_report("--json", options.json_file) || !check_report("--junit", options.junit_file))
        return ASSAY_EXIT_USAGE;
    return with_known(&options);
}
