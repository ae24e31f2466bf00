#include "suite/run/ledger.h"

#include "suite/run/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEPT_CAP ((size_t)1 << 31)
#define SCRATCH_CAP ((size_t)1 << 30)

static const assay_finding no_finding = {
    .detail = "", .difference = "", .got = "", .said = "", .stderr_tail = "", .rss_kib = -1};

/* A skip needs one word of its own only: cases that miss the same thing share one finding. */
static const assay_finding *skip_finding(assay_ledger *ledger, const char *missing,
                                         const assay_finding *before)
{
    if (before && strcmp(before->detail, missing) == 0) return before;
    assay_finding *finding = tw_arena_take(&ledger->kept, sizeof *finding);
    if (!finding) return NULL;
    *finding = no_finding;
    finding->detail = missing;
    return finding;
}

static bool settle_skips(assay_ledger *ledger)
{
    const assay_finding *finding = NULL;
    for (size_t i = 0; i < ledger->plan->count; i++) {
        const assay_planned *item = &ledger->plan->items[i];
        if (item->route != ASSAY_ROUTE_SKIP) continue;
        finding = skip_finding(ledger, item->missing ? item->missing : "", finding);
        if (!finding) return false;
        ledger->entries[i] = (assay_entry){.state = ASSAY_ENTRY_SETTLED,
                                           .verdict = ASSAY_SKIPPED,
                                           .act = ASSAY_ACT_NOT_RUN,
                                           .finding = finding};
        ledger->settled++;
    }
    return true;
}

bool assay_ledger_init(assay_ledger *ledger, const assay_plan *plan, const assay_hello *hello,
                       const assay_ledger_options *options)
{
    *ledger = (assay_ledger){.plan = plan, .hello = hello, .options = *options};
    tw_arena_init(&ledger->scratch, NULL, SCRATCH_CAP);
    tw_arena_init(&ledger->kept, NULL, KEPT_CAP);
    size_t stream_end = options->measured ? plan->budget_from : plan->order_count;
    ledger->entries = calloc(plan->count ? plan->count : 1, sizeof *ledger->entries);
    return assay_groups_init(&ledger->stream, plan, 0, stream_end, options->mixed) &&
           assay_groups_init(&ledger->budget, plan, stream_end, plan->order_count, false) &&
           ledger->entries && settle_skips(ledger);
}

void assay_ledger_deinit(assay_ledger *ledger)
{
    free(ledger->entries);
    assay_groups_deinit(&ledger->stream);
    assay_groups_deinit(&ledger->budget);
    assay_classes_deinit(&ledger->classes);
    tw_arena_deinit(&ledger->scratch);
    tw_arena_deinit(&ledger->kept);
    ledger->entries = NULL;
}

/* Takes the shape of the crash from the one that the class showed last. */
static void settle_assumed(assay_ledger *ledger, size_t index, size_t like)
{
    const assay_entry *shown = &ledger->entries[like];
    const assay_finding *finding = shown->finding ? shown->finding : &no_finding;
    char text[256];
    snprintf(text, sizeof text, "not run: %u of its kind did so, the last %s", ASSAY_CLASS_LIMIT,
             ledger->plan->items[like].c->id);
    assay_observation seen = {.act = (assay_act)shown->act,
                              .consumed = ASSAY_CONSUMED_UNKNOWN,
                              .text = text,
                              .exit_status = finding->exit_status,
                              .signal = finding->signal,
                              .assumed = true,
                              .stderr_tail = "",
                              .rss_kib = -1,
                              .cpu_ms = -1,
                              .peak_virtual_kib = -1};
    assay_ledger_settle(ledger, index, &seen);
}

bool assay_ledger_take(assay_ledger *ledger, assay_groups *groups, size_t *held, size_t *index)
{
    while (assay_groups_take(groups, held, index)) {
        ledger->entries[*index].state = ASSAY_ENTRY_OUT;
        size_t like = SIZE_MAX;
        if (!ledger->options.exhaustive)
            like = assay_classes_assumed(&ledger->classes, ledger->plan->items[*index].c);
        if (like == SIZE_MAX) return true;
        settle_assumed(ledger, *index, like);
    }
    return false;
}

static assay_groups *groups_of(assay_ledger *ledger, size_t index)
{
    return ledger->stream.group_of[index] != ASSAY_NO_GROUP ? &ledger->stream : &ledger->budget;
}

void assay_ledger_return(assay_ledger *ledger, size_t index)
{
    assay_entry *entry = &ledger->entries[index];
    if (entry->state != ASSAY_ENTRY_OUT) return;
    if (!assay_groups_return(groups_of(ledger, index), index)) {
        ledger->fault = true;
        return;
    }
    entry->state = ASSAY_ENTRY_WAITING;
}

static const char *keep(assay_ledger *ledger, const char *text)
{
    if (!text || !*text) return "";
    const char *copy = tw_arena_copy(&ledger->kept, text, strlen(text));
    if (!copy) ledger->fault = true;
    return copy ? copy : "";
}

static const assay_finding *make_finding(assay_ledger *ledger, const assay_observation *seen,
                                         const assay_judgement *judged)
{
    assay_finding *finding = tw_arena_take(&ledger->kept, sizeof *finding);
    if (!finding) {
        ledger->fault = true;
        return &no_finding;
    }
    *finding = (assay_finding){.detail = judged->detail,
                               .difference = keep(ledger, judged->difference),
                               .said = keep(ledger, seen->text),
                               .stderr_tail = keep(ledger, seen->stderr_tail),
                               .unconfirmed = seen->unconfirmed,
                               .stateful = seen->stateful,
                               .assumed = seen->assumed,
                               .exit_status = seen->exit_status,
                               .signal = seen->signal,
                               .rss_kib = seen->rss_kib};
    finding->got = assay_words_got(seen, judged->got, &ledger->kept);
    if (!finding->got) {
        ledger->fault = true;
        finding->got = "";
    }
    return finding;
}

void assay_ledger_settle(assay_ledger *ledger, size_t index, const assay_observation *seen)
{
    assay_entry *entry = &ledger->entries[index];
    const assay_case *c = ledger->plan->items[index].c;
    assay_judge_options options = {.strict = ledger->options.strict};
    assay_judgement judged;
    tw_arena_reset(&ledger->scratch);
    if (!assay_judge(c, ledger->hello, seen, &options, &ledger->scratch, &judged)) {
        ledger->fault = true;
        return;
    }
    if (entry->state == ASSAY_ENTRY_OUT) assay_groups_done(groups_of(ledger, index), index);
    if (entry->state == ASSAY_ENTRY_SETTLED) {
        ledger->settled--;
        ledger->ran--;
        if (entry->verdict == ASSAY_FAIL) ledger->failed--;
    }
    bool worth = judged.verdict != ASSAY_PASS || !*c->kind || ledger->options.keep_all;
    *entry = (assay_entry){.state = ASSAY_ENTRY_SETTLED,
                           .verdict = (uint8_t)judged.verdict,
                           .act = (uint8_t)seen->act,
                           .ms = (float)seen->ms};
    entry->finding = worth ? make_finding(ledger, seen, &judged) : NULL;
    ledger->settled++;
    ledger->ran++;
    if (judged.verdict == ASSAY_FAIL) ledger->failed++;
}

void assay_ledger_repeat(assay_ledger *ledger, size_t index)
{
    bool narrow = ledger->entries[index].act != ASSAY_ACT_HANG;
    if (!assay_classes_add(&ledger->classes, ledger->plan->items[index].c, index, narrow))
        ledger->fault = true;
}

size_t assay_ledger_close(assay_ledger *ledger)
{
    static const assay_finding not_run = {.detail = "not-run",
                                          .difference = "",
                                          .got = "not run",
                                          .said = "",
                                          .stderr_tail = "",
                                          .rss_kib = -1};
    size_t count = 0;
    for (size_t i = 0; i < ledger->plan->count; i++) {
        assay_entry *entry = &ledger->entries[i];
        if (entry->state == ASSAY_ENTRY_SETTLED) continue;
        *entry = (assay_entry){.state = ASSAY_ENTRY_SETTLED,
                               .verdict = ASSAY_BROKEN,
                               .act = ASSAY_ACT_NOT_RUN,
                               .finding = &not_run};
        count++;
    }
    return count;
}

assay_judgement assay_ledger_judgement(const assay_ledger *ledger, size_t index)
{
    const assay_entry *entry = &ledger->entries[index];
    const assay_finding *finding = entry->finding ? entry->finding : &no_finding;
    return (assay_judgement){.verdict = (assay_verdict)entry->verdict,
                             .detail = finding->detail,
                             .difference = finding->difference,
                             .got = finding->got};
}
