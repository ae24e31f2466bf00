#include "suite/run/runner.h"

#include <stdio.h>
#include <string.h>

#define STDERR_SHOWN 2000u

void assay_worker_item(const assay_worker *worker, size_t tag, assay_item *item)
{
    if (assay_sanity_is(tag))
        assay_sanity_item(&worker->runner->sanity, tag, item);
    else
        *item = (assay_item){.tag = tag, .c = worker->runner->plan.items[tag].c};
}

static void tell_address(const assay_worker *worker)
{
    const assay_run_options *options = worker->runner->options;
    char text[300];
    snprintf(text, sizeof text, "waiting for the testee to connect to %s", assay_talk_address(worker->talk));
    if (options->notice) options->notice(options->context, text);
}

void assay_worker_start(assay_worker *worker, const assay_talk_events *events, unsigned timeout_factor)
{
    assay_runner *runner = worker->runner;
    const assay_run_options *options = runner->options;
    assay_talk_options talk = {.testee = options->testee,
                               .window = options->window ? options->window : ASSAY_WINDOW_MAX,
                               .timeout_ms = options->timeout_ms * timeout_factor,
                               .max_rss_kib = options->max_rss_kib,
                               .every_peak =
                                   worker->inquiry.active && worker->inquiry.seen.act == ASSAY_ACT_NOMEM};
    worker->talk = assay_talk_start(&runner->loop, &talk, events, worker);
    if (worker->talk) {
        if (options->testee.channel == ASSAY_CHANNEL_ATTACH) tell_address(worker);
        return;
    }
    assay_runner_fault(runner);
    assay_worker_advance(worker);
}

static bool work_left(const assay_runner *runner, const assay_groups *groups, size_t held)
{
    return !runner->exhausted && assay_groups_waiting(groups, held);
}

void assay_worker_advance(assay_worker *worker)
{
    assay_runner *runner = worker->runner;
    if (runner->stopping) {
        worker->measuring.confirming = false;
    } else if (worker->inquiry.active) {
        assay_trial_start(worker);
        return;
    } else if (!runner->planned || work_left(runner, &runner->ledger.stream, worker->stream_group)) {
        assay_stream_start(worker);
        return;
    } else if (worker->measuring.confirming ||
               work_left(runner, &runner->ledger.budget, worker->budget_group)) {
        assay_budget_start(worker);
        return;
    }
    runner->live--;
}

static void describe_end(const assay_talk_end *end, char *text, size_t size)
{
    if (end->signal)
        snprintf(text, size, "signal %d", end->signal);
    else if (end->exit_status >= 0 && !*end->text)
        snprintf(text, size, "exit status %d", end->exit_status);
    else
        snprintf(text, size, "%s", *end->text ? end->text : "the connection ended");
}

/* The last lines say why it ended. */
static const char *last_lines(const char *text)
{
    size_t len = strlen(text);
    if (len <= STDERR_SHOWN) return text;
    const char *from = text + len - STDERR_SHOWN, *line = strchr(from, '\n');
    if (line && line[1]) return line + 1;
    while (((unsigned char)*from & 0xc0) == 0x80) from++;
    return from;
}

/* Before the plan there is no case to blame: the testee is of no use. */
static void died_early(assay_worker *worker, const assay_talk_end *end)
{
    char text[200];
    const assay_incident *incident = &end->incident;
    describe_end(end, text, sizeof text);
    assay_runner_not_started(worker->runner, "the testee ended (%s) at %s%s%s", text,
                             incident->open_count ? assay_sanity_name(incident->open[0]) : "the handshake",
                             *end->stderr_tail ? "\n" : "", last_lines(end->stderr_tail));
}

static void begin_inquiry(assay_worker *worker, const assay_talk_end *end)
{
    assay_runner *runner = worker->runner;
    if (!runner->planned) {
        died_early(worker, end);
        return;
    }
    if (runner->restarts++ >= runner->options->restarts && !runner->exhausted) {
        runner->exhausted = true;
        assay_runner_incomplete(runner, "%u restarts were used up", runner->options->restarts);
    }
    assay_trial_begin(worker, end);
}

void assay_worker_over(assay_worker *worker, const assay_talk_end *end)
{
    worker->talk = NULL;
    if (end->unsent != ASSAY_NOBODY && !assay_sanity_is(end->unsent))
        assay_ledger_return(&worker->runner->ledger, end->unsent);
    bool excused = end->after_bye && worker->runner->bye_broken;
    if (end->cause == ASSAY_TALK_FAULT)
        assay_runner_fault(worker->runner);
    else if (end->cause == ASSAY_TALK_NOT_REACHED)
        assay_worker_unreached(worker, end);
    else if (assay_observe_is_bad(end->cause) && !excused)
        begin_inquiry(worker, end);
    assay_worker_advance(worker);
}

void assay_worker_unreached(assay_worker *worker, const assay_talk_end *end)
{
    assay_runner *runner = worker->runner;
    bool pipe = runner->options->testee.channel == ASSAY_CHANNEL_PIPE;
    if (!runner->planned) {
        assay_runner_not_started(runner, "%s%s%s", *end->text ? end->text : "no handshake",
                                 *end->stderr_tail ? "\n" : "", last_lines(end->stderr_tail));
        return;
    }
    if (pipe && ++worker->unreached < ASSAY_START_TRIES) return;
    const char *id = worker->last_case == ASSAY_NOBODY ? "" : runner->plan.items[worker->last_case].c->id;
    assay_runner_incomplete(runner, "the testee could not be reached again%s%s: %s", *id ? " after " : "", id,
                            end->text);
    runner->exhausted = true;
    worker->measuring.confirming = false;
    if (worker->inquiry.active) assay_trial_abandon(worker);
}
