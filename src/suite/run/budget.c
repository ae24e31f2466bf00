/* A process that is asked one case at a time and measured. What counts is the growth over an echo of the same
 * size, which takes what the channel and the glue need out of it. */
#include "suite/run/runner.h"

#include <string.h>

#define GROWN_KIB                                                                                            \
    1024 /* peak virtual size cannot be set back: a process that grew this much hides later growth */

static void on_ready(void *context, const assay_hello *hello)
{
    assay_worker *worker = context;
    worker->unreached = 0;
    assay_runner_hello(worker->runner, hello);
}

static int64_t at_least_zero(int64_t number)
{
    return number > 0 ? number : 0;
}

static void look_before(assay_worker *worker)
{
    int pid = assay_talk_pid(worker->talk);
    assay_usage_reset_peak(pid);
    worker->measuring.measured = pid >= 0 && assay_usage_read(pid, &worker->measuring.before);
}

/* Growth since look_before; false when it could not be measured. */
static bool look_after(assay_worker *worker, int64_t *rss_kib, int64_t *cpu_ms, int64_t *virtual_kib)
{
    assay_measuring *measuring = &worker->measuring;
    assay_usage now;
    if (!measuring->measured || !assay_usage_read(assay_talk_pid(worker->talk), &now)) return false;
    *rss_kib = at_least_zero(now.peak_rss_kib - measuring->before.peak_rss_kib);
    *cpu_ms = at_least_zero(now.cpu_ms - measuring->before.cpu_ms);
    *virtual_kib = at_least_zero(now.peak_virtual_kib - measuring->before.peak_virtual_kib);
    return true;
}

/* As many bytes as the case has, and none of its own. */
static tw_bytes filler_of(assay_worker *worker, size_t len)
{
    tw_buffer *filler = &worker->measuring.filler;
    tw_buffer_clear(filler);
    uint8_t *bytes = tw_buffer_reserve(filler, len ? len : 1);
    if (!bytes) {
        assay_runner_fault(worker->runner);
        return (tw_bytes){0};
    }
    memset(bytes, 0xa5, len);
    return (tw_bytes){bytes, len};
}

static bool take(assay_worker *worker)
{
    assay_measuring *measuring = &worker->measuring;
    assay_runner *runner = worker->runner;
    if (measuring->phase != ASSAY_MEASURE_NONE) return true;
    if (measuring->grown) return false;
    if (!measuring->confirming) {
        if (runner->exhausted || !assay_ledger_take(&runner->ledger, &runner->ledger.budget,
                                                    &worker->budget_group, &measuring->index))
            return false;
    }
    const assay_case *c = runner->plan.items[measuring->index].c;
    measuring->echo = runner->sanity.echo;
    measuring->echo.bytes = filler_of(worker, c->bytes.len);
    measuring->phase = ASSAY_MEASURE_ECHO;
    measuring->sent = false;
    worker->last_case = measuring->index;
    return true;
}

static assay_next on_next(void *context, assay_item *item)
{
    assay_worker *worker = context;
    assay_measuring *measuring = &worker->measuring;
    if (worker->runner->stopping) return ASSAY_NEXT_WAIT;
    assay_next next = assay_opening_next(worker, item);
    if (next != ASSAY_NEXT_BYE) return next;
    if (!take(worker)) return ASSAY_NEXT_BYE;
    if (measuring->sent) return ASSAY_NEXT_WAIT;
    measuring->sent = true;
    look_before(worker);
    if (measuring->phase == ASSAY_MEASURE_ECHO)
        *item = (assay_item){.tag = ASSAY_SANITY_TAG(ASSAY_SANITY_ECHO), .c = &measuring->echo};
    else
        assay_worker_item(worker, measuring->index, item);
    item->drained = true;
    return ASSAY_NEXT_SEND;
}

static void echo_answered(assay_worker *worker)
{
    assay_measuring *measuring = &worker->measuring;
    measuring->echo_rss_kib = measuring->echo_cpu_ms = measuring->echo_virtual_kib = 0;
    look_after(worker, &measuring->echo_rss_kib, &measuring->echo_cpu_ms, &measuring->echo_virtual_kib);
    measuring->phase = ASSAY_MEASURE_CASE;
    measuring->sent = false;
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static bool over_budget(const assay_case *c, const assay_observation *seen)
{
    return (c->budget.rss_kib >= 0 &&
            (seen->rss_kib > c->budget.rss_kib || seen->peak_virtual_kib > c->budget.rss_kib)) ||
           (c->budget.cpu_ms >= 0 && seen->cpu_ms > c->budget.cpu_ms);
}

static void measure(assay_worker *worker, assay_observation *seen)
{
    assay_measuring *measuring = &worker->measuring;
    int64_t rss, cpu, virtual;
    if (!look_after(worker, &rss, &cpu, &virtual)) return;
    measuring->grown = rss > GROWN_KIB || virtual > GROWN_KIB;
    seen->rss_kib = at_least_zero(rss - measuring->echo_rss_kib);
    seen->cpu_ms = at_least_zero(cpu - measuring->echo_cpu_ms);
    seen->peak_virtual_kib = at_least_zero(virtual - measuring->echo_virtual_kib);
}

static void case_answered(assay_worker *worker, const assay_reply *reply, double ms)
{
    assay_measuring *measuring = &worker->measuring;
    assay_runner *runner = worker->runner;
    assay_observation seen = assay_observe_reply(reply, ms);
    measure(worker, &seen);
    measuring->phase = ASSAY_MEASURE_NONE;
    if (over_budget(runner->plan.items[measuring->index].c, &seen) && !measuring->confirming) {
        measuring->confirming = measuring->grown = true;
        measuring->first_rss_kib = seen.rss_kib;
        measuring->first_cpu_ms = seen.cpu_ms;
        measuring->first_virtual_kib = seen.peak_virtual_kib;
        return;
    }
    if (measuring->confirming) {
        seen.rss_kib = smaller(seen.rss_kib, measuring->first_rss_kib);
        seen.cpu_ms = smaller(seen.cpu_ms, measuring->first_cpu_ms);
        seen.peak_virtual_kib = smaller(seen.peak_virtual_kib, measuring->first_virtual_kib);
        measuring->confirming = false;
    }
    assay_ledger_settle(&runner->ledger, measuring->index, &seen);
    assay_runner_settled(runner, measuring->index);
}

static void on_answered(void *context, size_t tag, const assay_reply *reply, double ms)
{
    assay_worker *worker = context;
    if (worker->measuring.phase == ASSAY_MEASURE_NONE)
        assay_opening_answered(worker, tag, reply);
    else if (worker->measuring.phase == ASSAY_MEASURE_ECHO)
        echo_answered(worker);
    else
        case_answered(worker, reply, ms);
}

/* A case that was taken and not asked, because its process died at the echo, goes back. */
static void on_over(void *context, const assay_talk_end *end)
{
    assay_worker *worker = context;
    assay_measuring *measuring = &worker->measuring;
    bool bad = assay_observe_is_bad(end->cause);
    if (measuring->phase != ASSAY_MEASURE_NONE && (!bad || measuring->phase == ASSAY_MEASURE_ECHO))
        assay_ledger_return(&worker->runner->ledger, measuring->index);
    if (measuring->phase != ASSAY_MEASURE_NONE) measuring->confirming = false;
    measuring->phase = ASSAY_MEASURE_NONE;
    assay_worker_over(worker, end);
}

void assay_budget_start(assay_worker *worker)
{
    static const assay_talk_events events = {
        .ready = on_ready, .next = on_next, .answered = on_answered, .over = on_over};
    assay_opening_begin(worker);
    worker->measuring.grown = false;
    worker->measuring.phase = ASSAY_MEASURE_NONE;
    assay_worker_start(worker, &events, 1);
}
