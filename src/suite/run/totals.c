#include "suite/run/totals.h"

#include "suite/run/words.h"
#include "wire/text/hex.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define REQUEST_BYTES 2048u /* 4 KiB of hex */

/* What one pass over the plan adds up besides the cases themselves. */
typedef struct tally {
    assay_runner *runner;
    assay_result *result;
    bool *known; /* by index */
    const char **reasons;
    const assay_profile_entry **changed; /* by index: the line of the profile that holds no more; or NULL */
    size_t failed, broken, first_broken;
    bool refused;
} tally;

static const char *own(tally *t, const char *text)
{
    if (!text || !*text) return "";
    const char *copy = tw_arena_copy(&t->result->arena, text, strlen(text));
    if (!copy) t->refused = true;
    return copy ? copy : "";
}

static const char *own_request(tally *t, const assay_case *c)
{
    static const char digits[] = "0123456789abcdef";
    size_t len = c->bytes.len < REQUEST_BYTES ? c->bytes.len : REQUEST_BYTES;
    bool cut = len < c->bytes.len;
    char *text = tw_arena_take(&t->result->arena, 2 * len + 4);
    if (!text) {
        t->refused = true;
        return "";
    }
    for (size_t i = 0; i < len; i++) {
        text[2 * i] = digits[c->bytes.data[i] >> 4];
        text[2 * i + 1] = digits[c->bytes.data[i] & 15];
    }
    memcpy(text + 2 * len, cut ? "..." : "", cut ? 4 : 1);
    return text;
}

/* A pinned profile makes a failure of an outcome that has changed. */
static assay_verdict verdict_at(const tally *t, size_t index)
{
    if (t->changed[index] && t->runner->options->pin_profile) return ASSAY_FAIL;
    return (assay_verdict)t->runner->ledger.entries[index].verdict;
}

static void fill_change(tally *t, const assay_profile_entry *was, assay_result_case *to)
{
    to->changed_from = own(t, was->outcome);
    to->changed_to = to->detail;
    if (!t->runner->options->pin_profile) return;
    to->detail = "changed-outcome";
    const char *words =
        tw_arena_printf(&t->result->arena, "the outcome is %s, line %zu of the profile says %s",
                        to->changed_to, was->line, to->changed_from);
    if (words)
        to->difference = words;
    else
        t->refused = true;
}

static void fill_case(tally *t, size_t index, assay_result_case *to)
{
    const assay_case *c = t->runner->plan.items[index].c;
    const assay_entry *entry = &t->runner->ledger.entries[index];
    const assay_finding *finding = entry->finding;
    const tw_rule_info *rule = tw_rule_info_of(c->rule);
    const char *expected = assay_words_expected(c, &t->result->arena);
    if (!expected) t->refused = true;
    *to = (assay_result_case){.id = own(t, c->id),
                              .parent_id = own(t, c->parent_id),
                              .kind = own(t, c->kind),
                              .title = own(t, c->title),
                              .why = own(t, c->why),
                              .rule = rule->id,
                              .section = rule->section,
                              .sentence = rule->sentence,
                              .level = assay_level_name(c->level),
                              .verb = assay_verb_name(c->verb),
                              .in = own(t, c->in),
                              .out = own(t, c->out),
                              .verdict = assay_verdict_name(verdict_at(t, index)),
                              .detail = "",
                              .known = t->known[index],
                              .changed_from = "",
                              .changed_to = "",
                              .known_reason = t->reasons[index] ? own(t, t->reasons[index]) : "",
                              .outcome = assay_act_name((assay_act)entry->act),
                              .expected = expected ? expected : "",
                              .got = "",
                              .difference = "",
                              .said = "",
                              .stderr_tail = "",
                              .request = own_request(t, c),
                              .ms = (double)entry->ms,
                              .rss_kib = -1};
    if (!finding) return;
    to->detail = own(t, finding->detail);
    to->got = own(t, finding->got);
    to->difference = own(t, finding->difference);
    to->said = own(t, finding->said);
    to->stderr_tail = own(t, finding->stderr_tail);
    to->assumed = finding->assumed;
    to->unconfirmed = finding->unconfirmed;
    to->stateful = finding->stateful;
    to->rss_kib = finding->rss_kib;
    if (t->changed[index]) fill_change(t, t->changed[index], to);
}

static bool is_not_run(const assay_entry *entry)
{
    return entry->verdict == ASSAY_BROKEN && entry->act == ASSAY_ACT_NOT_RUN;
}

static bool is_shown(const tally *t, size_t index)
{
    const assay_entry *entry = &t->runner->ledger.entries[index];
    if (!*t->runner->plan.items[index].c->kind || t->runner->options->all) return true;
    return entry->verdict != ASSAY_PASS && entry->verdict != ASSAY_SKIPPED;
}

static void see_profile(tally *t)
{
    const assay_runner *runner = t->runner;
    const assay_profile *profile = runner->options->profile;
    assay_result_profile *to = &t->result->profile;
    if (!profile) return;
    to->file = own(t, profile->file);
    to->pinned = runner->options->pin_profile;
    to->remark =
        own(t, assay_profile_remark(profile, runner->hello.name, runner->hello.version, &t->result->arena));
    for (size_t i = 0; i < runner->plan.count; i++) {
        assay_judgement judged = assay_ledger_judgement(&runner->ledger, i);
        switch (assay_profile_compare(profile, runner->plan.items[i].c->id, &judged, &t->changed[i])) {
        case ASSAY_PROFILE_SILENT:
        case ASSAY_PROFILE_SAME: break;
        case ASSAY_PROFILE_CHANGED: to->changed++; break;
        case ASSAY_PROFILE_UNNAMED: to->unnamed++; break;
        }
    }
}

/* The list of known failures hears of each case once, here, where verdicts are final. */
static void see_known(tally *t)
{
    assay_known *known = t->runner->options->known;
    for (size_t i = 0; i < t->runner->plan.count; i++) {
        const assay_entry *entry = &t->runner->ledger.entries[i];
        if (known) {
            assay_judgement judged = assay_ledger_judgement(&t->runner->ledger, i);
            const assay_known_entry *line = assay_known_see(known, t->runner->plan.items[i].c->id, &judged);
            t->known[i] = line != NULL;
            t->reasons[i] = line ? line->reason : NULL;
        }
        if (verdict_at(t, i) == ASSAY_FAIL && !t->known[i]) t->failed++;
        if (entry->verdict == ASSAY_BROKEN && !is_not_run(entry) && !t->broken++) t->first_broken = i;
    }
}

/* A derived case that was not declared says nothing of its vector while others of it ran. */
static void count_vector(tally *t, size_t from, size_t end)
{
    assay_standing worst = ASSAY_STANDING_PASSED;
    bool ran = false;
    for (size_t i = from; i < end; i++) {
        const assay_entry *entry = &t->runner->ledger.entries[i];
        if (entry->verdict == ASSAY_SKIPPED) continue;
        assay_standing standing = assay_result_standing(assay_verdict_name(verdict_at(t, i)), t->known[i]);
        if (standing > worst) worst = standing;
        ran = true;
    }
    if (!ran) worst = ASSAY_STANDING_SKIPPED;
    if (worst == ASSAY_STANDING_PASSED) t->result->named_passed++;
    if (worst == ASSAY_STANDING_SKIPPED) t->result->named_skipped++;
    if (worst == ASSAY_STANDING_FAILED) t->result->named_failed++;
}

static size_t vector_end(const assay_plan *plan, size_t from)
{
    size_t end = from + 1;
    while (end < plan->count && strcmp(plan->items[end].c->parent_id, plan->items[from].c->parent_id) == 0)
        end++;
    return end;
}

static void add_vector(tally *t, size_t from, size_t end)
{
    assay_result *result = t->result;
    assay_result_case *named = NULL;
    for (size_t i = from; i < end; i++) {
        const char *verdict = assay_verdict_name(verdict_at(t, i));
        bool derived = *t->runner->plan.items[i].c->kind != 0;
        assay_result_count(&result->counts, verdict, t->known[i]);
        if (is_shown(t, i)) {
            assay_result_case *row = &result->cases[result->case_count++];
            fill_case(t, i, row);
            if (!derived) named = row;
            if (!derived) named->has_derived = true;
        }
        if (derived && named) assay_result_count(&named->derived, verdict, t->known[i]);
    }
    count_vector(t, from, end);
}

static bool add_cases(tally *t)
{
    const assay_plan *plan = &t->runner->plan;
    size_t shown = 0;
    for (size_t i = 0; i < plan->count; i++) shown += is_shown(t, i);
    t->result->cases = tw_arena_take(&t->result->arena, (shown ? shown : 1) * sizeof *t->result->cases);
    if (!t->result->cases) return false;
    for (size_t i = 0, end; i < plan->count; i = end) {
        end = vector_end(plan, i);
        add_vector(t, i, end);
    }
    return !t->refused;
}

static void add_reasons(tally *t)
{
    assay_runner *runner = t->runner;
    if (runner->interrupted) assay_runner_incomplete(runner, "interrupted");
    if (runner->not_started)
        assay_runner_incomplete(runner, "the testee does not start or shake hands: %s", runner->not_started);
    if (!runner->planned) return;
    if (!runner->plan.count)
        assay_runner_incomplete(runner, "nothing was selected");
    else if (!runner->plan.order_count)
        assay_runner_incomplete(runner, "nothing of what was selected is declared by the testee");
    if (!t->broken) return;
    const assay_finding *finding = runner->ledger.entries[t->first_broken].finding;
    const char *said = finding ? finding->said : "";
    assay_runner_incomplete(runner, "%zu cases are broken, the first is %s%s%.200s", t->broken,
                            runner->plan.items[t->first_broken].c->id, *said ? ": " : "", said);
}

static bool copy_reasons(tally *t)
{
    const assay_runner *runner = t->runner;
    const char **list = tw_arena_take(&t->result->arena, (runner->reason_count + 1) * sizeof *list);
    if (!list) return false;
    for (size_t i = 0; i < runner->reason_count; i++) list[i] = own(t, runner->reasons[i]);
    list[runner->reason_count] = NULL;
    t->result->incomplete = list;
    return !t->refused;
}

/* A list is only judged against a run that went to its end. */
static bool find_stale(tally *t)
{
    const assay_runner *runner = t->runner;
    if (!runner->options->known || !runner->planned || runner->stopping || runner->exhausted) return true;
    char today[16];
    time_t now = time(NULL);
    struct tm utc;
    if (!gmtime_r(&now, &utc) || !strftime(today, sizeof today, "%Y-%m-%d", &utc)) today[0] = 0;
    const char *const *findings =
        assay_known_findings(runner->options->known, runner->options->today ? runner->options->today : today,
                             runner->plan.narrowed, &t->result->arena);
    if (!findings) return false;
    t->result->stale = findings;
    return true;
}

static void decide(tally *t)
{
    const assay_runner *runner = t->runner;
    assay_result *result = t->result;
    assay_exit_facts facts = {.interrupted = runner->interrupted,
                              .fault = runner->fault,
                              .not_started = runner->not_started != NULL,
                              .incomplete = runner->reason_count > 0,
                              .failed = t->failed > 0,
                              .stale = result->stale[0] != NULL};
    result->interrupted = runner->interrupted;
    result->exit_code = assay_exit_code(&facts);
    result->overall = ASSAY_CONFORMANT;
    if (result->counts.fail || result->counts.known) result->overall = ASSAY_NON_CONFORMANT;
    if (facts.incomplete || facts.fault || facts.not_started || !runner->planned)
        result->overall = ASSAY_INCOMPLETE;
}

static void describe_testee(tally *t)
{
    const assay_runner *runner = t->runner;
    assay_result *result = t->result;
    result->vectors_digest = own(t, runner->set->digest);
    result->vectors_version = own(t, runner->set->version ? runner->set->version : "");
    result->seed = runner->options->selection.seed;
    result->seconds = (double)(runner->ended_ns - runner->started_ns) / 1e9;
    if (!runner->has_hello) return;
    result->testee_name = own(t, runner->hello.name);
    result->testee_version = own(t, runner->hello.version);
    result->testee_language = own(t, runner->hello.language);
    result->hello_json = own(t, runner->hello.json);
}

bool assay_totals(assay_runner *runner, assay_result *result)
{
    tally t = {.runner = runner, .result = result};
    /* Scratch of one run: the ledger's arena, which ends with it. */
    size_t count = runner->planned && runner->plan.count ? runner->plan.count : 1;
    describe_testee(&t);
    if (runner->planned) {
        t.known = tw_arena_take(&runner->ledger.kept, count * sizeof *t.known);
        t.reasons = tw_arena_take(&runner->ledger.kept, count * sizeof *t.reasons);
        t.changed = tw_arena_take(&runner->ledger.kept, count * sizeof *t.changed);
        if (!t.known || !t.reasons || !t.changed) return false;
        memset(t.known, 0, count * sizeof *t.known);
        memset(t.reasons, 0, count * sizeof *t.reasons);
        memset(t.changed, 0, count * sizeof *t.changed);
        see_profile(&t);
        see_known(&t);
        if (!add_cases(&t)) return false;
        result->cases_run = runner->ledger.ran;
    }
    add_reasons(&t);
    if (!copy_reasons(&t) || !find_stale(&t)) return false;
    decide(&t);
    result->verdict_line = assay_verdict_line(runner, result);
    if (!result->verdict_line) result->verdict_line = "";
    return *result->verdict_line && !t.refused;
}
