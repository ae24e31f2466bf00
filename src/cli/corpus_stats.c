/* assay corpus stats: what a corpus reaches. */
#include "cli/corpus_common.h"
#include "cli/corpus_verbs.h"
#include "cli/options.h"
#include "suite/corpus/facts.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

static const char help[] =
    "usage: assay corpus stats [OPTIONS] [DIR]\n"
    "\n"
    "Counts inputs and bytes of each harness, how many the reference accepts and refuses, what stacks they\n"
    "have, how many of the rules they touch, and which contents stand in several folders. DIR defaults\n"
    "to `corpus`.\n"
    "\n"
    "  -v, --verbose   name the rules that no input touches\n"
    "  -h, --help      this\n"
    "\n"
    "exit status: 0 done; 2 usage; 74 cannot read or write\n"
    "\n"
    "example:\n"
    "  assay corpus stats --verbose\n";

#define VERB "corpus stats"

typedef struct tally {
    size_t files, bytes, largest, accepted, texts;
    size_t stacks[ASSAY_SPECIMEN_STACKS], messages;
    tw_ruleset rules;
    assay_features features;
    size_t feature_count;
} tally;

static bool count(tally *t, tw_bytes input)
{
    assay_facts facts;
    if (!assay_facts_of(input, &facts)) return false;
    t->files++;
    t->bytes += input.len;
    if (input.len > t->largest) t->largest = input.len;
    t->feature_count += assay_features_add(&t->features, &facts.features);
    if (facts.specimen.text) {
        t->texts++;
        return true;
    }
    t->accepted += facts.error.cls == TW_OK;
    t->stacks[facts.specimen.stack]++;
    t->messages += facts.specimen.unit == TW_UNIT_MESSAGE;
    tw_ruleset_merge(&t->rules, &facts.rules);
    return true;
}

static size_t rules_of(const tw_ruleset *rules)
{
    size_t n = 0;
    for (unsigned rule = 1; rule < TW_RULE_COUNT; rule++) n += tw_ruleset_has(rules, (tw_rule)rule);
    return n;
}

static void print_row(const char *name, const tally *t)
{
    printf("%-24s %6zu %9zu %8zu %9zu %8zu %6zu %6zu %9zu\n", name, t->files, t->bytes, t->largest,
           t->accepted, t->files - t->accepted - t->texts, t->texts, rules_of(&t->rules), t->feature_count);
}

static void print_stacks(const tally *all)
{
    printf("\nby stack\n");
    for (unsigned i = 0; i < ASSAY_SPECIMEN_STACKS; i++)
        printf("  %-22s %6zu\n", assay_specimen_stack_name(i), all->stacks[i]);
    printf("  %-22s %6zu\n  %-22s %6zu\n", "text", all->texts, "messages among them", all->messages);
}

static size_t same_contents(const assay_corpus *corpus)
{
    const assay_corpus_file *files = corpus->files, *end = files ? files + corpus->count : NULL;
    size_t same = 0;
    for (const assay_corpus_file *file = files; file < end; file++) {
        if (!assay_corpus_is_input(file)) continue;
        const assay_corpus_file *other = files;
        while (other < file && !(assay_corpus_is_input(other) && tw_bytes_equal(file->bytes, other->bytes)))
            other++;
        same += other < file;
    }
    return same;
}

static void print_rules(const tally *all, bool verbose)
{
    printf("\nrules touched: %zu of %d\n", rules_of(&all->rules), TW_RULE_COUNT - 1);
    for (unsigned rule = 1; verbose && rule < TW_RULE_COUNT; rule++)
        if (!tw_ruleset_has(&all->rules, (tw_rule)rule))
            printf("  not %s\n", tw_rule_info_of((tw_rule)rule)->id);
}

static int stats(const assay_corpus *corpus, bool verbose)
{
    tally all = {0}, one = {0};
    const char *folder = NULL;
    printf("%-24s %6s %9s %8s %9s %8s %6s %6s %9s\n", "harness", "files", "bytes", "largest", "accepted",
           "refused", "texts", "rules", "features");
    for (size_t i = 0; i <= corpus->count; i++) {
        const assay_corpus_file *file = i < corpus->count ? &corpus->files[i] : NULL;
        if (file && !assay_corpus_is_input(file)) continue;
        if (folder && (!file || strcmp(folder, file->folder) != 0)) {
            print_row(folder, &one);
            one = (tally){0};
        }
        if (!file) break;
        folder = file->folder;
        if (!count(&one, file->bytes) || !count(&all, file->bytes)) {
            assay_cli_complain(VERB, "out of memory");
            return ASSAY_EXIT_SOFTWARE;
        }
    }
    print_row("all", &all);
    print_stacks(&all);
    print_rules(&all, verbose);
    printf("\nduplicates: %zu\n", same_contents(corpus));
    return assay_cli_flush(VERB);
}

int assay_cli_corpus_stats(int argc, char **argv)
{
    int code;
    bool verbose = false;
    assay_corpus corpus;
    const assay_cli_option table[] = {{"verbose", 'v', .flag = &verbose}, {0}};
    if (!assay_cli_options(argc, argv, help, table, &code)) return code;
    if (argc - optind > 1) return assay_cli_usage(VERB, "at most one folder is wanted");
    const char *root = optind < argc ? argv[optind] : ASSAY_CORPUS_DEFAULT;
    code = assay_cli_corpus_load(VERB, root, &corpus) ? stats(&corpus, verbose) : ASSAY_EXIT_IO;
    assay_corpus_deinit(&corpus);
    return code;
}
