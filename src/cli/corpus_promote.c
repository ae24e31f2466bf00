/* assay corpus promote: a finding becomes a small, explained regression. */
#include "cli/corpus_common.h"
#include "cli/corpus_process.h"
#include "cli/corpus_replay.h"
#include "cli/corpus_verbs.h"
#include "cli/options.h"
#include "cli/report_file.h"
#include "suite/corpus/sidecar.h"
#include "suite/mutate/shrink.h"
#include "suite/vector/draft.h"
#include "suite/vector/format.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char help[] =
    "usage: assay corpus promote --slug SLUG --harness NAME --why TEXT [OPTIONS] FILE\n"
    "\n"
    "Makes the input of a finding as small as it can be while it still fails in the same way, and writes\n"
    "it to corpus/regressions/SLUG.bin with SLUG.txt beside it: what, how it fails, what the rules say, who\n"
    "found it, what fixed it, and every byte. Where a rule is known and the payload is protocol bytes, a\n"
    "draft of a golden vector is printed.\n"
    "\n"
    "  --slug SLUG       its name: lower-case words and digits with dashes\n"
    "  --harness NAME    the harness that it fails\n"
    "  --why TEXT        what went wrong, in one sentence\n"
    "  --replay FILE     the harness's replayer (build/release-gcc/fuzz/NAME)\n"
    "  --keep TOKEN      fail unless this is how it fails; the way that it fails otherwise\n"
    "  --holds           the property holds (again): keep the input as it is, with --keep for its token\n"
    "  --rule RULE       the rule that it is about, where the harness does not tell\n"
    "  --found-by TEXT   who or what found it, and when (fuzzing)\n"
    "  --fixed-in TEXT   the commit or version that fixes it (not yet)\n"
    "  --tries N         runs of the replayer at most (3000)\n"
    "  --force           write over a regression of that name\n"
    "  --corpus DIR      where the corpus is (corpus)\n"
    "  -h, --help        this\n"
    "\n"
    "exit status: 0 done; 1 it does not fail so, or there is one of that name; 2 usage; 74 cannot read,\n"
    "write or run\n"
    "\n"
    "example:\n"
    "  assay corpus promote --slug long-id-sign --harness differential \\\n"
    "    --why 'The id of a long field header is read without zigzag.' crash-3f78\n";

#define VERB "corpus promote"

typedef struct options {
    const char *root, *slug, *harness, *why, *replay, *keep, *rule, *found_by, *fixed_in, *file;
    size_t tries;
    bool holds, force;
} options;

typedef struct promotion {
    const options *o;
    char replayer[512], temp[256], candidate[300];
    assay_replayed wanted;
    bool broken; /* the replayer cannot be run any more */
} promotion;

static bool still_fails(void *context, tw_bytes input)
{
    promotion *p = context;
    assay_replayed now;
    if (p->broken) return false;
    if (!assay_cli_replay(VERB, p->replayer, p->candidate, input, &now)) {
        p->broken = true;
        return false;
    }
    return strcmp(now.token, p->wanted.token) == 0 && strcmp(now.rule, p->wanted.rule) == 0;
}

/* How the finding fails, and whether that is what is wanted. */
static int judge(promotion *p, tw_bytes input)
{
    const options *o = p->o;
    if (!assay_cli_replay(VERB, p->replayer, p->candidate, input, &p->wanted)) return ASSAY_EXIT_IO;
    bool fails = *p->wanted.token != 0;
    if (o->holds && fails)
        assay_cli_complain(VERB, "%s fails: %s; --holds is for what does not any more", o->file,
                           p->wanted.token);
    else if (!o->holds && !fails)
        assay_cli_complain(VERB, "%s: %s does not fail; --holds keeps what was fixed", o->file, o->harness);
    else if (!o->holds && o->keep && strcmp(o->keep, p->wanted.token) != 0)
        assay_cli_complain(VERB, "%s fails as %s, not as %s", o->file, p->wanted.token, o->keep);
    else
        return ASSAY_EXIT_OK;
    return ASSAY_EXIT_WRONG;
}

static int shrink(promotion *p, tw_bytes input, tw_buffer *small)
{
    assay_shrink_result result;
    if (p->o->holds)
        return tw_buffer_append(small, input.data, input.len) ? ASSAY_EXIT_OK : ASSAY_EXIT_SOFTWARE;
    if (assay_shrink(input, still_fails, p, p->o->tries, small, &result) != TW_OK) return ASSAY_EXIT_SOFTWARE;
    if (p->broken) return ASSAY_EXIT_IO;
    fprintf(stderr, "%zu bytes became %zu in %zu tries%s\n", input.len, small->len, result.tries,
            result.exhausted ? ", which --tries ended" : "");
    return ASSAY_EXIT_OK;
}

static const char *rule_of(const promotion *p)
{
    if (p->o->rule) return p->o->rule;
    return *p->wanted.rule ? p->wanted.rule : "-";
}

/* The input first: an explanation of nothing would be the worse half. */
static int write_both(const promotion *p, tw_bytes input)
{
    const options *o = p->o;
    assay_sidecar sidecar = {o->why,     o->harness,  o->holds ? o->keep : p->wanted.token,
                             rule_of(p), o->found_by, o->fixed_in};
    char folder[2048], path[4096];
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    int code = assay_sidecar_write(&sidecar, input, &text) == TW_OK ? ASSAY_EXIT_OK : ASSAY_EXIT_SOFTWARE;
    snprintf(folder, sizeof folder, "%s/" ASSAY_REGRESSIONS, o->root);
    if (code == ASSAY_EXIT_OK && mkdir(folder, 0777) != 0 && errno != EEXIST) {
        assay_cli_complain(VERB, "cannot make %s: %s", folder, strerror(errno));
        code = ASSAY_EXIT_IO;
    }
    snprintf(path, sizeof path, "%s/%s.bin", folder, o->slug);
    if (code == ASSAY_EXIT_OK && !o->force && access(path, F_OK) == 0) {
        assay_cli_complain(VERB, "there is %s already; --force writes over it", path);
        code = ASSAY_EXIT_WRONG;
    }
    if (code == ASSAY_EXIT_OK && !assay_report_file_write(path, input)) code = ASSAY_EXIT_IO;
    if (code == ASSAY_EXIT_OK) fprintf(stderr, "%s\n", path);
    snprintf(path, sizeof path, "%s/%s.txt", folder, o->slug);
    if (code == ASSAY_EXIT_OK && !assay_report_file_write(path, tw_buffer_view(&text))) code = ASSAY_EXIT_IO;
    if (code == ASSAY_EXIT_OK) fprintf(stderr, "%s\n", path);
    tw_buffer_deinit(&text);
    return code;
}

/* For the vectors: other implementations can have the same fault. */
static int print_draft(const promotion *p, tw_bytes input)
{
    assay_specimen s = assay_specimen_read(input);
    assay_draft draft;
    char id[ASSAY_DRAFT_ID_SIZE];
    if (!assay_draft_of_specimen(&s, p->o->slug, p->o->why, rule_of(p), id, &draft)) return ASSAY_EXIT_OK;
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    json_t *entry = assay_draft_entry(&draft);
    int code = ASSAY_EXIT_SOFTWARE;
    if (entry && assay_vector_entry_print(entry, &text) && tw_buffer_append_byte(&text, '\n'))
        code = assay_cli_write(VERB, NULL, tw_buffer_view(&text));
    json_decref(entry);
    tw_buffer_deinit(&text);
    return code;
}

static int promote(const options *o)
{
    promotion p = {.o = o};
    tw_buffer input, small;
    tw_buffer_init(&input, NULL);
    tw_buffer_init(&small, NULL);
    if (o->replay)
        snprintf(p.replayer, sizeof p.replayer, "%s", o->replay);
    else
        snprintf(p.replayer, sizeof p.replayer, "build/release-gcc/fuzz/%s", o->harness);
    int code = assay_cli_read(VERB, o->file, &input);
    if (code == ASSAY_EXIT_OK && !assay_cli_temp_make(VERB, p.temp)) code = ASSAY_EXIT_IO;
    if (code == ASSAY_EXIT_OK) {
        snprintf(p.candidate, sizeof p.candidate, "%s/candidate", p.temp);
        code = judge(&p, tw_buffer_view(&input));
        if (code == ASSAY_EXIT_OK) code = shrink(&p, tw_buffer_view(&input), &small);
        assay_cli_temp_remove(p.temp);
    }
    if (code == ASSAY_EXIT_OK) code = write_both(&p, tw_buffer_view(&small));
    if (code == ASSAY_EXIT_OK) code = print_draft(&p, tw_buffer_view(&small));
    tw_buffer_deinit(&small);
    tw_buffer_deinit(&input);
    return code;
}

static bool is_slug(const char *text)
{
    size_t len = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return len > 0 && len < 100 && text[len] == 0 && *text != '-';
}

/* What is wrong with the command line; exit status. */
static int check(options *o, int rest, char **operands)
{
    if (!assay_cli_corpus_harness(VERB, o->harness)) return ASSAY_EXIT_USAGE;
    if (!o->slug || !is_slug(o->slug))
        return assay_cli_usage(VERB, "--slug is wanted: lower-case words and digits with dashes");
    if (!o->why || !*o->why)
        return assay_cli_usage(VERB, "--why is wanted: what went wrong, in one sentence");
    if (o->holds && !o->keep)
        return assay_cli_usage(VERB, "--holds wants --keep: the token of how it failed");
    if (o->rule && tw_rule_find(o->rule, strlen(o->rule)) == TW_RULE_NONE)
        return assay_cli_usage(VERB, "there is no rule \"%.100s\"", o->rule);
    if (!*o->found_by || !*o->fixed_in) return assay_cli_usage(VERB, "--found-by and --fixed-in want a text");
    if (rest != 1) return assay_cli_usage(VERB, "one file is wanted: the input of the finding");
    o->file = operands[0];
    return ASSAY_EXIT_OK;
}

int assay_cli_corpus_promote(int argc, char **argv)
{
    int code;
    options o = {.root = ASSAY_CORPUS_DEFAULT, .found_by = "fuzzing", .fixed_in = "not yet", .tries = 3000};
    const assay_cli_option table[] = {{"slug", .text = &o.slug},
                                      {"harness", .text = &o.harness},
                                      {"why", .text = &o.why},
                                      {"replay", .text = &o.replay},
                                      {"keep", .text = &o.keep},
                                      {"holds", .flag = &o.holds},
                                      {"rule", .text = &o.rule},
                                      {"found-by", .text = &o.found_by},
                                      {"fixed-in", .text = &o.fixed_in},
                                      {"tries", .number = &o.tries, .most = 1000000},
                                      {"force", .flag = &o.force},
                                      {"corpus", .text = &o.root},
                                      {0}};
    if (!assay_cli_options(argc, argv, help, table, &code)) return code;
    code = check(&o, argc - optind, argv + optind);
    return code == ASSAY_EXIT_OK ? promote(&o) : code;
}
