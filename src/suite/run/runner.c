#include "suite/run/runner.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROGRESS_MS 250u

void assay_runner_stop(assay_runner *runner)
{
    runner->stopping = true;
    for (unsigned i = 0; i < runner->jobs; i++)
        if (runner->workers[i].talk) assay_talk_stop(runner->workers[i].talk);
}

void assay_runner_fault(assay_runner *runner)
{
    runner->fault = true;
    assay_runner_stop(runner);
}

static char *format_text(const char *format, va_list args)
{
    char *text = NULL;
    return vasprintf(&text, format, args) < 0 ? NULL : text;
}

void assay_runner_incomplete(assay_runner *runner, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = format_text(format, args);
    va_end(args);
    for (size_t i = 0; text && i < runner->reason_count; i++) {
        if (strcmp(runner->reasons[i], text) != 0) continue;
        free(text);
        return;
    }
    char **reasons = text ? realloc(runner->reasons, (runner->reason_count + 1) * sizeof *reasons) : NULL;
    if (!reasons) {
        free(text);
        runner->fault = true;
        return;
    }
    runner->reasons = reasons;
    reasons[runner->reason_count++] = text;
}

void assay_runner_not_started(assay_runner *runner, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = format_text(format, args);
    va_end(args);
    if (!text) runner->fault = true;
    if (runner->not_started)
        free(text);
    else
        runner->not_started = text;
    assay_runner_stop(runner);
}

void assay_runner_hello(assay_runner *runner, const assay_hello *hello)
{
    char why[200];
    if (runner->has_hello) {
        if (!assay_hello_equal(&runner->hello, hello))
            assay_runner_incomplete(runner,
                                    "a later process of the testee said another hello than the first");
        return;
    }
    if (!assay_hello_parse(hello->json, strlen(hello->json), &runner->hello, why, sizeof why)) {
        assay_runner_fault(runner);
        return;
    }
    runner->has_hello = true;
    assay_sanity_init(&runner->sanity, &runner->hello);
    if (runner->options->known) assay_known_apply(runner->options->known, runner->hello.version);
}

void assay_runner_plan(assay_runner *runner)
{
    const assay_run_options *options = runner->options;
    assay_ledger_options ledger = {.strict = options->strict,
                                   .keep_all = options->all,
                                   .exhaustive = options->exhaustive,
                                   .mixed = options->selection.shuffle,
                                   .measured = options->testee.channel == ASSAY_CHANNEL_PIPE};
    if (!assay_plan_build(runner->set, &options->selection, &runner->hello, &runner->plan) ||
        !assay_ledger_init(&runner->ledger, &runner->plan, &runner->hello, &ledger)) {
        assay_runner_fault(runner);
        return;
    }
    runner->planned = true;
    if (runner->plan.unmatched && runner->plan.count)
        assay_runner_incomplete(runner, "nothing matches --run %s", runner->plan.unmatched);
    runner->started_ns = uv_hrtime();
    for (unsigned i = 1; i < runner->jobs && i < runner->plan.order_count; i++) {
        runner->live++;
        assay_worker_advance(&runner->workers[i]);
    }
}

/* For --fail-fast a failure counts that is not on the list. */
static bool is_new_failure(assay_runner *runner, size_t index)
{
    if (runner->ledger.entries[index].verdict != ASSAY_FAIL) return false;
    if (!runner->options->known) return true;
    assay_judgement judged = assay_ledger_judgement(&runner->ledger, index);
    return !assay_known_see(runner->options->known, runner->plan.items[index].c->id, &judged);
}

void assay_runner_settled(assay_runner *runner, size_t index)
{
    if (runner->ledger.fault) {
        assay_runner_fault(runner);
    } else if (runner->options->fail_fast && !runner->stopping && is_new_failure(runner, index)) {
        runner->failed_fast = true;
        assay_runner_stop(runner);
    }
}

static void on_signal(uv_signal_t *handle, int number)
{
    assay_runner *runner = handle->data;
    (void)number;
    runner->interrupted = true;
    assay_runner_stop(runner);
}

static void on_progress(uv_timer_t *timer)
{
    const assay_runner *runner = timer->data;
    if (!runner->planned) return;
    assay_progress progress = {.done = runner->ledger.settled,
                               .total = runner->plan.count,
                               .failed = runner->ledger.failed,
                               .seconds = (double)(uv_hrtime() - runner->started_ns) / 1e9};
    runner->options->progress(runner->options->context, &progress);
}

/* None of these keeps the loop alive: it ends with the last testee. */
static bool open_handles(assay_runner *runner)
{
    if (uv_loop_init(&runner->loop)) return false;
    uv_signal_init(&runner->loop, &runner->sigint);
    uv_signal_init(&runner->loop, &runner->sigterm);
    uv_timer_init(&runner->loop, &runner->progress);
    runner->handles_open = true;
    runner->sigint.data = runner->sigterm.data = runner->progress.data = runner;
    if (uv_signal_start(&runner->sigint, on_signal, SIGINT) ||
        uv_signal_start(&runner->sigterm, on_signal, SIGTERM))
        return false;
    if (runner->options->progress) uv_timer_start(&runner->progress, on_progress, PROGRESS_MS, PROGRESS_MS);
    uv_unref((uv_handle_t *)&runner->sigint);
    uv_unref((uv_handle_t *)&runner->sigterm);
    uv_unref((uv_handle_t *)&runner->progress);
    return true;
}

static void close_handles(assay_runner *runner)
{
    if (!runner->handles_open) return;
    uv_close((uv_handle_t *)&runner->sigint, NULL);
    uv_close((uv_handle_t *)&runner->sigterm, NULL);
    uv_close((uv_handle_t *)&runner->progress, NULL);
    uv_run(&runner->loop, UV_RUN_DEFAULT);
    uv_loop_close(&runner->loop);
    runner->handles_open = false;
}

static unsigned jobs_wanted(const assay_run_options *options)
{
    if (options->testee.channel != ASSAY_CHANNEL_PIPE || options->jobs == 0) return 1;
    return options->jobs < ASSAY_JOBS_MAX ? options->jobs : ASSAY_JOBS_MAX;
}

bool assay_runner_run(assay_runner *runner, assay_vector_set *set, const assay_run_options *options)
{
    *runner = (assay_runner){.options = options, .set = set, .jobs = jobs_wanted(options)};
    runner->started_ns = runner->ended_ns = uv_hrtime();
    runner->workers = calloc(runner->jobs, sizeof *runner->workers);
    if (!runner->workers || !open_handles(runner)) {
        runner->fault = true;
        close_handles(runner);
        return false;
    }
    for (unsigned i = 0; i < runner->jobs; i++) {
        runner->workers[i] = (assay_worker){.runner = runner,
                                            .last_case = ASSAY_NOBODY,
                                            .stream_group = ASSAY_NO_GROUP,
                                            .budget_group = ASSAY_NO_GROUP};
        tw_buffer_init(&runner->workers[i].measuring.filler, NULL);
    }
    runner->live = 1;
    assay_worker_advance(&runner->workers[0]);
    uv_run(&runner->loop, UV_RUN_DEFAULT);
    runner->ended_ns = uv_hrtime();
    close_handles(runner);
    if (runner->planned) {
        size_t not_run = assay_ledger_close(&runner->ledger);
        if (not_run && !runner->failed_fast)
            assay_runner_incomplete(runner, "%zu cases were not run", not_run);
        if (runner->ledger.fault) runner->fault = true;
    }
    return !runner->fault;
}

void assay_runner_deinit(assay_runner *runner)
{
    for (unsigned i = 0; runner->workers && i < runner->jobs; i++) {
        assay_suspects_deinit(&runner->workers[i].inquiry.suspects);
        assay_observation_release(&runner->workers[i].inquiry.seen);
        if (runner->workers[i].runner) tw_buffer_deinit(&runner->workers[i].measuring.filler);
    }
    free(runner->workers);
    assay_ledger_deinit(&runner->ledger);
    assay_plan_deinit(&runner->plan);
    if (runner->has_hello) assay_hello_deinit(&runner->hello);
    for (size_t i = 0; i < runner->reason_count; i++) free(runner->reasons[i]);
    free(runner->reasons);
    free(runner->not_started);
}
