/* Processes that are asked again what another one died of. */
#include "suite/run/runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void on_ready(void *context, const assay_hello *hello)
{
    assay_worker *worker = context;
    worker->unreached = 0;
    assay_runner_hello(worker->runner, hello);
}

static assay_next on_next(void *context, assay_item *item)
{
    assay_worker *worker = context;
    size_t count;
    const size_t *tags = assay_suspects_trial(&worker->inquiry.suspects, &count);
    if (!tags || worker->inquiry.sent == count) return ASSAY_NEXT_BYE;
    assay_worker_item(worker, tags[worker->inquiry.sent++], item);
    return ASSAY_NEXT_SEND;
}

/* What is answered here was answered alone; the case is run again among others, as the rest of its kind is.
 */
static void on_answered(void *context, size_t tag, const assay_reply *reply, double ms)
{
    (void)context;
    (void)tag;
    (void)reply;
    (void)ms;
}

/* A case that can be blamed: a sanity case cannot, so the last case before it stands for the requests that
 * were needed. */
static size_t blamable(const assay_inquiry *inquiry, size_t tag)
{
    if (tag != ASSAY_NOBODY && !assay_sanity_is(tag)) return tag;
    for (size_t i = inquiry->incident.history_count; i > 0; i--)
        if (!assay_sanity_is(inquiry->incident.history[i - 1])) return inquiry->incident.history[i - 1];
    return ASSAY_NOBODY;
}

static void append_ids(const assay_worker *worker, char *text, size_t size)
{
    const assay_suspects *suspects = &worker->inquiry.suspects;
    const size_t *tags = suspects->history + suspects->history_count - suspects->sequence;
    size_t len = strlen(text);
    for (size_t i = 0; i < suspects->sequence && i < 4 && len < size; i++) {
        assay_item item;
        assay_worker_item(worker, tags[i], &item);
        int more = snprintf(text + len, size - len, "%s%s", i ? ", " : ": ",
                            item.c ? item.c->id : assay_sanity_name(tags[i]));
        if (more > 0) len += (size_t)more;
    }
    if (suspects->sequence > 4 && len < size) snprintf(text + len, size - len, " ...");
}

/* Says in the observation's text what it took. */
static void explain(const assay_worker *worker, assay_observation *seen, char *text, size_t size)
{
    const assay_suspects *suspects = &worker->inquiry.suspects;
    const char *behind = worker->inquiry.after_bye ? " (behind bye)" : "";
    snprintf(text, size, "%s%s", seen->text, behind);
    size_t len = strlen(text);
    if (seen->stateful) {
        snprintf(text + len, size - len, "%sneeds these %zu requests in a row", len ? "; " : "",
                 suspects->sequence);
        append_ids(worker, text, size);
    } else if (seen->unconfirmed) {
        snprintf(text + len, size - len, "%s%s", len ? "; " : "",
                 worker->inquiry.abandoned ? "was not tried again"
                                           : "did not happen again, neither alone nor in a row");
    }
    seen->text = text;
}

static void blame(assay_worker *worker)
{
    assay_runner *runner = worker->runner;
    assay_inquiry *inquiry = &worker->inquiry;
    size_t index = blamable(inquiry, inquiry->suspects.blamed);
    assay_observation seen = inquiry->seen;
    char text[1024], ending[200];
    seen.stateful = inquiry->suspects.blame == ASSAY_BLAME_STATEFUL;
    seen.unconfirmed = inquiry->suspects.blame == ASSAY_BLAME_UNCONFIRMED;
    explain(worker, &seen, text, sizeof text);
    if (index == ASSAY_NOBODY) {
        snprintf(ending, sizeof ending, "%s", assay_act_name(seen.act));
        assay_runner_incomplete(runner, "the testee fails (%s) at %s already", ending,
                                assay_sanity_name(inquiry->suspects.blamed));
        return;
    }
    assay_ledger_settle(&runner->ledger, index, &seen);
    if (!seen.unconfirmed) assay_ledger_repeat(&runner->ledger, index);
    assay_runner_settled(runner, index);
}

static void finish(assay_worker *worker)
{
    assay_inquiry *inquiry = &worker->inquiry;
    blame(worker);
    /* Handed out last in, first out: the oldest is to come first. */
    for (size_t i = inquiry->incident.open_count; i > 0; i--)
        if (!assay_sanity_is(inquiry->open[i - 1]))
            assay_ledger_return(&worker->runner->ledger, inquiry->open[i - 1]);
    assay_suspects_deinit(&inquiry->suspects);
    assay_observation_release(&inquiry->seen);
    inquiry->active = false;
}

/* A testee that ends badly whatever it is asked says nothing of cases; from now on only what comes before bye
 * counts. */
static void note_broken_bye(assay_worker *worker, const assay_talk_end *end)
{
    assay_runner *runner = worker->runner;
    char text[200];
    runner->bye_broken = true;
    snprintf(text, sizeof text, "%s", end->text);
    if (end->signal)
        snprintf(text, sizeof text, "signal %d", end->signal);
    else if (end->exit_status > 0)
        snprintf(text, sizeof text, "exit status %d", end->exit_status);
    assay_runner_incomplete(
        runner, "the testee does not end well behind bye, even when nothing else was asked: %s", text);
}

static void restart_inquiry(assay_worker *worker)
{
    assay_inquiry *inquiry = &worker->inquiry;
    assay_suspects_deinit(&inquiry->suspects);
    inquiry->incident.empty_first = false;
    if (!assay_suspects_init(&inquiry->suspects, &inquiry->incident)) assay_runner_fault(worker->runner);
}

static void tell(assay_worker *worker, const assay_talk_end *end)
{
    assay_inquiry *inquiry = &worker->inquiry;
    assay_runner *runner = worker->runner;
    bool empty = inquiry->suspects.phase == ASSAY_TRY_EMPTY;
    bool failed = assay_observe_is_bad(end->cause) && !(end->after_bye && runner->bye_broken);
    size_t oldest = end->incident.open_count ? end->incident.open[0] : end->incident.last_answered;
    if (empty) runner->bye_checked = true;
    if (failed && !empty) {
        assay_observation seen = assay_observe_end(end);
        assay_observation_release(&inquiry->seen);
        inquiry->seen = assay_observation_keep(&seen);
        inquiry->after_bye = end->after_bye;
        if (!inquiry->seen.text || !inquiry->seen.stderr_tail) assay_runner_fault(runner);
    }
    assay_suspects_tell(&inquiry->suspects, failed, oldest);
    if (inquiry->suspects.blame == ASSAY_BLAME_OPEN || runner->fault) return;
    if (inquiry->suspects.blame != ASSAY_BLAME_ALWAYS) {
        finish(worker);
        return;
    }
    note_broken_bye(worker, end);
    if (inquiry->after_bye) {
        assay_suspects_deinit(&inquiry->suspects);
        assay_observation_release(&inquiry->seen);
        inquiry->active = false;
    } else {
        restart_inquiry(worker);
    }
}

static void on_over(void *context, const assay_talk_end *end)
{
    assay_worker *worker = context;
    worker->talk = NULL;
    if (end->cause == ASSAY_TALK_FAULT)
        assay_runner_fault(worker->runner);
    else if (end->cause == ASSAY_TALK_NOT_REACHED)
        assay_worker_unreached(worker, end);
    else if (end->cause != ASSAY_TALK_STOPPED)
        tell(worker, end);
    assay_worker_advance(worker);
}

/* Whether another case of this one's kind was tried and did the same. */
static bool was_shown(const assay_worker *worker, size_t tag, assay_act act)
{
    const assay_ledger *ledger = &worker->runner->ledger;
    if (tag == ASSAY_NOBODY || assay_sanity_is(tag)) return false;
    size_t shown =
        assay_classes_shown(&ledger->classes, worker->runner->plan.items[tag].c, act != ASSAY_ACT_HANG);
    return shown != SIZE_MAX && ledger->entries[shown].act == act;
}

void assay_trial_start(assay_worker *worker)
{
    static const assay_talk_events events = {
        .ready = on_ready, .next = on_next, .answered = on_answered, .over = on_over};
    assay_inquiry *inquiry = &worker->inquiry;
    const assay_suspects *suspects = &inquiry->suspects;
    /* Twice the time shows that a hang was no slowness; the next of its kind need not show it again. */
    bool usual = suspects->phase == ASSAY_TRY_ALONE &&
                 was_shown(worker, suspects->tags[suspects->at], inquiry->seen.act);
    inquiry->sent = 0;
    assay_worker_start(worker, &events, usual ? 1 : 2);
}

/* The first case of a process was alone with it. Where another of its kind was tried and did the same, trying
 * this one too would tell nothing new. */
static bool is_sure(const assay_worker *worker, const assay_incident *incident, assay_act act)
{
    bool first = incident->last_answered == ASSAY_NOBODY || assay_sanity_is(incident->last_answered);
    bool waits = act == ASSAY_ACT_HANG || act == ASSAY_ACT_NOMEM;
    return first && waits && incident->open_count && was_shown(worker, incident->open[0], act);
}

void assay_trial_begin(assay_worker *worker, const assay_talk_end *end)
{
    assay_inquiry *inquiry = &worker->inquiry;
    assay_runner *runner = worker->runner;
    assay_observation seen = assay_observe_end(end);
    const assay_incident *incident = &end->incident;
    inquiry->active = true;
    inquiry->abandoned = false;
    inquiry->after_bye = end->after_bye;
    inquiry->seen = assay_observation_keep(&seen);
    inquiry->incident = *incident;
    memcpy(inquiry->open, incident->open, incident->open_count * sizeof *inquiry->open);
    memcpy(inquiry->history, incident->history, incident->history_count * sizeof *inquiry->history);
    inquiry->incident.open = inquiry->open;
    inquiry->incident.history = inquiry->history;
    inquiry->incident.empty_first = !runner->bye_checked;
    inquiry->incident.sure = is_sure(worker, incident, seen.act);
    if (!inquiry->seen.text || !inquiry->seen.stderr_tail ||
        !assay_suspects_init(&inquiry->suspects, &inquiry->incident)) {
        assay_runner_fault(runner);
        return;
    }
    /* Somebody sits at a debugger: nobody starts it again and again. */
    if (runner->options->testee.channel == ASSAY_CHANNEL_ATTACH)
        assay_trial_abandon(worker);
    else if (inquiry->suspects.blame != ASSAY_BLAME_OPEN)
        finish(worker);
}

void assay_trial_abandon(assay_worker *worker)
{
    assay_suspects *suspects = &worker->inquiry.suspects;
    worker->inquiry.abandoned = true;
    suspects->phase = ASSAY_TRY_DONE;
    suspects->blame = ASSAY_BLAME_UNCONFIRMED;
    suspects->blamed = suspects->alone_count ? suspects->tags[0] : ASSAY_NOBODY;
    finish(worker);
}
