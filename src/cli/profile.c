/* assay profile: looks after the profile of an implementation. */
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/profile_file.h"
#include "cli/report_file.h"
#include "cli/result_file.h"
#include "suite/evidence/outcomes.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char help[] =
    "usage: assay profile --update FILE --result RESULT.json\n"
    "       assay profile --check FILE [--result RESULT.json]\n"
    "\n"
    "A profile holds what an implementation makes of what the specification leaves open: the outcome of\n"
    "every case that is judged as a note, by name. None of them is wrong, but a change from one version to\n"
    "the next is worth a look: `assay run --profile FILE` tells of it, with --pin-profile it fails the run.\n"
    "\n"
    "  testee: apache-cpp              whose it is; version, suite, vectors and date as they were\n"
    "  version: 0.17.0\n"
    "  PATTERN  OUTCOME  [# reason]    one line for all cases that match and agree\n"
    "  compact/bool/field-nibble-3  reads-as-true  # anything but 2 is true\n"
    "\n"
    "  --update FILE       rewrites FILE from a result; comments and reasons stay. A FILE that is not\n"
    "                      there is made\n"
    "  --check FILE        says whether every line can be read and, with a result, what has changed\n"
    "  --result FILE       the result of a whole run: what `assay run --json FILE` wrote\n"
    "  -h, --help          this\n"
    "\n"
    "exit status: 0 done, nothing has changed; 1 outcomes have changed; 2 usage, or a file that cannot be\n"
    "read; 74 cannot write.\n"
    "\n"
    "examples:\n"
    "  assay run --json result.json -- ./testee; assay profile --update profile.txt --result result.json\n"
    "  assay profile --check profile.txt --result result.json\n";

typedef struct profile_options {
    const char *check, *update, *result;
} profile_options;

/* True to go on; else *code is the exit status. */
static bool read_options(int argc, char **argv, profile_options *options, int *code)
{
    const assay_cli_option table[] = {{"check", .text = &options->check},
                                      {"update", .text = &options->update},
                                      {"result", .text = &options->result},
                                      {0}};
    if (!assay_cli_options(argc, argv, help, table, code)) return false;
    *code = ASSAY_EXIT_OK;
    if (optind < argc)
        *code = assay_cli_usage("profile", "\"%s\" is not expected", argv[optind]);
    else if (!options->check == !options->update)
        *code = assay_cli_usage("profile", "say either --check FILE or --update FILE");
    else if (options->update && !options->result)
        *code = assay_cli_usage("profile", "--update wants --result RESULT.json");
    return *code == ASSAY_EXIT_OK;
}

static bool read_outcomes(const assay_result *r, assay_outcomes *outcomes)
{
    if (assay_outcomes_init(outcomes, r)) return true;
    assay_cli_complain("profile", "out of memory");
    return false;
}

static bool load_result(const char *path, assay_result *result)
{
    if (!assay_cli_load_result("profile", path, result)) return false;
    if (!result->interrupted) return true;
    assay_cli_complain("profile", "%s: the run was interrupted: it does not show every outcome", path);
    assay_result_deinit(result);
    return false;
}

static int rewrite(const profile_options *options, const assay_result *r, tw_bytes old, tw_buffer *text)
{
    assay_outcomes outcomes;
    assay_profile_changes changes;
    assay_profile_error error;
    if (!read_outcomes(r, &outcomes)) return ASSAY_EXIT_USAGE;
    bool ok = assay_profile_update(options->update, old, &outcomes.about, outcomes.cases, outcomes.count,
                                   text, &changes, &error);
    if (!ok) assay_cli_complain("profile", "%s", error.text);
    assay_outcomes_deinit(&outcomes);
    if (!ok) return ASSAY_EXIT_USAGE;
    if (!assay_report_file_write(options->update, tw_buffer_view(text))) return ASSAY_EXIT_IO;
    printf("%s: %zu lines kept, %zu added, %zu removed\n", options->update, changes.kept, changes.added,
           changes.removed);
    return assay_cli_flush("profile");
}

static int update(const profile_options *options)
{
    assay_result result;
    if (!load_result(options->result, &result)) return ASSAY_EXIT_USAGE;
    int code = ASSAY_EXIT_USAGE;
    tw_buffer old, text;
    tw_buffer_init(&old, NULL);
    tw_buffer_init(&text, NULL);
    if (!result.testee_name[0])
        assay_cli_complain("profile", "%s: the testee never said its name", options->result);
    else if (access(options->update, F_OK) != 0 ||
             assay_cli_read("profile", options->update, &old) == ASSAY_EXIT_OK)
        code = rewrite(options, &result, tw_buffer_view(&old), &text);
    tw_buffer_deinit(&text);
    tw_buffer_deinit(&old);
    assay_result_deinit(&result);
    return code;
}

static void print_change(void *context, const assay_profile_case *now, const assay_profile_entry *was)
{
    (void)context;
    printf("%s: %s, was %s (line %zu)\n", now->id, now->outcome, was->outcome, was->line);
}

static int compare(const assay_profile *profile, const assay_result *r)
{
    size_t counts[ASSAY_PROFILE_MATCHES] = {0};
    assay_outcomes outcomes;
    if (!read_outcomes(r, &outcomes)) return ASSAY_EXIT_USAGE;
    if (strcmp(profile->about.version, r->testee_version) != 0)
        printf("the profile is of version %s, the result of version %s\n", profile->about.version,
               r->testee_version);
    assay_outcomes_compare(&outcomes, profile, counts, print_change, NULL);
    printf("%zu outcomes as in %s, %zu changed, %zu not in it\n", counts[ASSAY_PROFILE_SAME], profile->file,
           counts[ASSAY_PROFILE_CHANGED], counts[ASSAY_PROFILE_UNNAMED]);
    assay_outcomes_deinit(&outcomes);
    int code = assay_cli_flush("profile");
    return code == ASSAY_EXIT_OK && counts[ASSAY_PROFILE_CHANGED] ? ASSAY_EXIT_WRONG : code;
}

static int check(const profile_options *options)
{
    assay_profile profile;
    assay_result result;
    if (!assay_cli_load_profile("profile", options->check, &profile)) return ASSAY_EXIT_USAGE;
    int code = ASSAY_EXIT_USAGE;
    if (!options->result) {
        printf("%s: %zu lines\n", options->check, profile.count);
        code = assay_cli_flush("profile");
    } else if (load_result(options->result, &result)) {
        code = compare(&profile, &result);
        assay_result_deinit(&result);
    }
    assay_profile_deinit(&profile);
    return code;
}

int assay_cli_profile(int argc, char **argv)
{
    int code;
    profile_options options = {0};
    if (!read_options(argc, argv, &options, &code)) return code;
    return options.check ? check(&options) : update(&options);
}
