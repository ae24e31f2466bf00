/* assay profile: looks after the profile of an implementation. */
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/profile_file.h"
#include "cli/report_file.h"
#include "cli/result_file.h"
#include "suite/judge/profile_update.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
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

/* What a run that compared with a profile and pinned it made of a note is one still. */
static const char *outcome_of(const assay_result_case *c)
{
    if (c->changed_from[0]) return c->changed_to;
    return strcmp(c->verdict, "note") == 0 ? c->detail : NULL;
}

static assay_profile_case *cases_of(const assay_result *r, size_t *count)
{
    assay_profile_case *cases = calloc(r->case_count + 1, sizeof *cases);
    *count = 0;
    for (size_t i = 0; cases && i < r->case_count; i++) {
        const assay_result_case *c = &r->cases[i];
        const char *outcome = outcome_of(c);
        if (outcome) cases[(*count)++] = (assay_profile_case){c->id, c->parent_id, c->kind, outcome};
    }
    if (!cases) assay_cli_complain("profile", "out of memory");
    return cases;
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
    char date[11];
    snprintf(date, sizeof date, "%.10s", r->started);
    assay_profile_about about = {r->testee_name, r->testee_version, r->suite_version, r->vectors_digest,
                                 date};
    assay_profile_changes changes;
    assay_profile_error error;
    size_t count;
    assay_profile_case *cases = cases_of(r, &count);
    bool ok = cases != NULL;
    if (ok && !assay_profile_update(options->update, old, &about, cases, count, text, &changes, &error)) {
        assay_cli_complain("profile", "%s", error.text);
        ok = false;
    }
    free(cases);
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

static int compare(const assay_profile *profile, const assay_result *r)
{
    size_t counts[4] = {0}, count;
    const assay_profile_entry *was;
    assay_profile_case *cases = cases_of(r, &count);
    if (!cases) return ASSAY_EXIT_USAGE;
    if (strcmp(profile->about.version, r->testee_version) != 0)
        printf("the profile is of version %s, the result of version %s\n", profile->about.version,
               r->testee_version);
    for (size_t i = 0; i < count; i++) {
        assay_judgement judged = {ASSAY_NOTE, cases[i].outcome, "", NULL};
        counts[assay_profile_compare(profile, cases[i].id, &judged, &was)]++;
        if (was)
            printf("%s: %s, was %s (line %zu)\n", cases[i].id, cases[i].outcome, was->outcome, was->line);
    }
    printf("%zu outcomes as in %s, %zu changed, %zu not in it\n", counts[ASSAY_PROFILE_SAME], profile->file,
           counts[ASSAY_PROFILE_CHANGED], counts[ASSAY_PROFILE_UNNAMED]);
    free(cases);
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
