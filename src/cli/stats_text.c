/* The text of `assay vectors stats`. */
#include "cli/stats.h"

#include "suite/vector/derive.h"

#include <stdio.h>
#include <string.h>

enum { COLUMNS = 100, INDENT = 23 };

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

/* Prints words from `column` on, wrapped; the cursor stands there. Ends the line. */
static void print_wrapped(const char *text, size_t column)
{
    size_t at = column;
    while (*text) {
        size_t len = strcspn(text, " ");
        if (at > column && at + 1 + len > COLUMNS) {
            printf("\n%*s", (int)column, "");
            at = column;
        }
        at += (size_t)printf("%s%.*s", at > column ? " " : "", (int)len, text);
        text += len;
        text += strspn(text, " ");
    }
    putchar('\n');
}

/* Counts. */

static void print_counts_row(const char *name, const assay_stats_counts *c)
{
    printf("  %-12s %7zu %7zu %7zu   %7zu %7zu %7zu   %7zu\n", name, c->expects[ASSAY_ACCEPT],
           c->expects[ASSAY_REJECT], c->expects[ASSAY_EITHER], c->levels[ASSAY_MUST], c->levels[ASSAY_SHOULD],
           c->levels[ASSAY_MAY], c->all);
}

static void print_verbs(const assay_stats_counts *total)
{
    printf("\n  by verb     ");
    for (int verb = 0; verb < ASSAY_VERB_COUNT; verb++)
        if (total->verbs[verb]) printf(" %s %zu ", assay_verb_name((assay_verb)verb), total->verbs[verb]);
    putchar('\n');
}

static void print_counts(const assay_cli_stats *stats)
{
    const assay_stats *n = &stats->numbers;
    printf("VECTORS\n  %-12s %7s %7s %7s   %7s %7s %7s   %7s\n", "folder", "accept", "reject", "either",
           "must", "should", "may", "all");
    for (size_t i = 0; i < n->folder_count; i++) print_counts_row(n->folders[i].name, &n->folders[i].counts);
    print_counts_row("all", &n->total);
    print_verbs(&n->total);
    printf("\nDERIVED CASES\n");
    for (size_t i = 0; assay_derived_kinds[i]; i++)
        printf("  @%-20s %8zu\n", assay_derived_kinds[i], n->derived[i]);
    printf("  %-21s %8zu\n  %-21s %8zu\n", "derived", n->derived_total, "with the vectors",
           n->derived_total + n->total.all);
}

/* The grammar. */

/* The first two components of an id. */
static size_t production_len(const char *id)
{
    size_t len = strcspn(id, "/");
    return len + 1 + strcspn(id + len + 1, "/");
}

static void print_total(const char *name, const assay_coverage_total *t)
{
    size_t holes = t->all - t->shown - t->explained;
    char open[32] = "-";
    if (holes) snprintf(open, sizeof open, "%zu", holes);
    printf("  %-24s %7zu %7zu %7zu %7s   %5.1f %%\n", name, t->all, t->shown, t->explained, open,
           t->all ? 100.0 * (double)t->shown / (double)t->all : 0.0);
}

static void print_productions(const assay_coverage *coverage)
{
    char last[80] = "";
    for (size_t i = 0; i < coverage->count; i++) {
        const char *id = coverage->items[i].id;
        size_t len = production_len(id);
        if (strncmp(last, id, len) == 0 && last[len] == 0) continue;
        snprintf(last, sizeof last, "%.*s", (int)len, id);
        /* Rows of one production stand together, so a new name is a new production. */
        assay_coverage_total total = assay_coverage_count(coverage, last);
        print_total(last, &total);
    }
    assay_coverage_total total = assay_coverage_count(coverage, NULL);
    print_total("all", &total);
}

static void print_reasons(const assay_coverage *coverage)
{
    if (coverage->reason_count) printf("\n  not shown, for a reason:\n");
    for (size_t i = 0; i < coverage->reason_count; i++) {
        const assay_gap_reason *reason = &coverage->reasons[i];
        printf("  %-46s %3zu  ", reason->pattern, reason->holes);
        print_wrapped(reason->reason, 53);
    }
}

static void print_holes(const assay_coverage *coverage)
{
    bool any = false;
    for (size_t i = 0; i < coverage->count; i++) {
        if (coverage->items[i].first || coverage->items[i].reason) continue;
        if (!any) printf("\n  holes, which no vector shows:\n");
        any = true;
        printf("  %s\n", coverage->items[i].id);
    }
}

static void print_grammar(const assay_cli_stats *stats)
{
    printf("GRAMMAR: production x type x boundary\n  %-24s %7s %7s %7s %7s   %7s\n", "production", "all",
           "shown", "reason", "hole", "shown");
    print_productions(&stats->about.coverage);
    print_reasons(&stats->about.coverage);
    print_holes(&stats->about.coverage);
}

/* Rules. */

static void print_rules(const assay_cli_stats *stats)
{
    size_t unnamed = 0;
    printf("RULES\n  %-34s %-7s %7s %7s %7s   %6s %6s %6s\n", "rule", "is", "accept", "reject", "either",
           "must", "should", "may");
    for (int rule = 1; rule < TW_RULE_COUNT; rule++) {
        const tw_rule_info *info = tw_rule_info_of((tw_rule)rule);
        const assay_stats_counts *c = &stats->numbers.rules[rule];
        printf("  %-34s %-7s %7zu %7zu %7zu   %6zu %6zu %6zu%s\n", info->id, tw_strength_name(info->strength),
               c->expects[ASSAY_ACCEPT], c->expects[ASSAY_REJECT], c->expects[ASSAY_EITHER],
               c->levels[ASSAY_MUST], c->levels[ASSAY_SHOULD], c->levels[ASSAY_MAY], c->all ? "" : "  none");
        if (c->all == 0) unnamed++;
    }
    printf("  %d rules, %zu of them named by no vector\n", TW_RULE_COUNT - 1, unnamed);
}

/* History. */

static size_t add(char *text, size_t size, size_t at, const char *words)
{
    if (at >= size) return at;
    int len = snprintf(text + at, size - at, "%s%s", at ? ", " : "", words);
    return at + (len > 0 ? (size_t)len : 0);
}

void assay_stats_proof(const assay_history_entry *entry, char *text, size_t size)
{
    size_t at = 0;
    char words[64];
    *text = 0;
    if (entry->vector_count) {
        snprintf(words, sizeof words, "%zu vector%s", entry->vector_count, plural(entry->vector_count));
        at = add(text, size, at, words);
    }
    for (size_t i = 0; entry->derived && entry->derived[i]; i++) {
        snprintf(words, sizeof words, "@%.40s", entry->derived[i]);
        at = add(text, size, at, words);
    }
    if (at == 0) snprintf(text, size, "no");
}

static void print_patterns(const char *what, const char *const *patterns)
{
    char text[2048];
    size_t at = 0;
    *text = 0;
    for (; patterns && *patterns; patterns++) at = add(text, sizeof text, at, *patterns);
    if (at == 0) return;
    printf("%*s%s", INDENT, "", what);
    print_wrapped(text, INDENT + strlen(what));
}

static void print_entry(const assay_history_entry *entry)
{
    char line[1024], proof[256];
    assay_stats_proof(entry, proof, sizeof proof);
    snprintf(line, sizeof line, "%s: %s", entry->title, entry->effect);
    printf("  %-20s ", entry->id);
    print_wrapped(line, INDENT);
    snprintf(line, sizeof line, "%s%s%s; %s", entry->affects, entry->fixed ? ", fixed in " : "",
             entry->fixed ? entry->fixed : "", proof);
    printf("%*s", INDENT, "");
    print_wrapped(line, INDENT);
    print_patterns("", entry->vectors);
    print_patterns("also ", entry->covers);
}

static void print_history(const assay_cli_stats *stats)
{
    const assay_history *history = &stats->about.history;
    size_t covered = 0;
    printf("HISTORY: public bugs of these formats, and what would have caught them\n");
    if (!stats->about.has_history) {
        printf("  the folder has no history.json\n");
        return;
    }
    for (size_t i = 0; i < history->count; i++) {
        if (history->entries[i].not_covered) continue;
        print_entry(&history->entries[i]);
        covered++;
    }
    printf("\n  not covered:\n");
    for (size_t i = 0; i < history->count; i++) {
        const assay_history_entry *entry = &history->entries[i];
        char line[1024];
        if (!entry->not_covered) continue;
        snprintf(line, sizeof line, "%s (%s). %s", entry->title, entry->affects, entry->not_covered);
        printf("  %-20s ", entry->id);
        print_wrapped(line, INDENT);
    }
    printf("\n  %zu entries, %zu covered, %zu not, each with its reason\n", history->count, covered,
           history->count - covered);
}

void assay_stats_print(const assay_cli_stats *stats)
{
    static void (*const parts[])(const assay_cli_stats *) = {print_counts, print_grammar, print_rules,
                                                             print_history};
    const bool wanted[] = {stats->counts, stats->grammar, stats->rules, stats->history};
    bool any = false;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        if (!wanted[i]) continue;
        if (any) putchar('\n');
        any = true;
        parts[i](stats);
    }
}
