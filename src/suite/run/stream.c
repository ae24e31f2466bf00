/* A process that is asked one case after another. */
#include "suite/run/runner.h"

static void on_ready(void *context, const assay_hello *hello)
{
    assay_worker *worker = context;
    worker->unreached = 0;
    assay_runner_hello(worker->runner, hello);
}

static assay_next close_stream(assay_worker *worker, assay_item *item)
{
    if (!worker->asked || worker->closing) return ASSAY_NEXT_BYE;
    worker->closing = true;
    assay_sanity_item(&worker->runner->sanity, ASSAY_SANITY_TAG(ASSAY_SANITY_STRUCT), item);
    item->drained = true;
    return ASSAY_NEXT_SEND;
}

static assay_next on_next(void *context, assay_item *item)
{
    assay_worker *worker = context;
    assay_runner *runner = worker->runner;
    if (runner->stopping) return ASSAY_NEXT_WAIT;
    assay_next next = assay_opening_next(worker, item);
    if (next != ASSAY_NEXT_BYE) return next;
    size_t index;
    if (worker->closing || runner->exhausted ||
        !assay_ledger_take(&runner->ledger, &runner->ledger.stream, &worker->stream_group, &index))
        return close_stream(worker, item);
    worker->asked = true;
    worker->last_case = index;
    *item = (assay_item){.tag = index, .c = runner->plan.items[index].c};
    return ASSAY_NEXT_SEND;
}

static void on_answered(void *context, size_t tag, const assay_reply *reply, double ms)
{
    assay_worker *worker = context;
    if (assay_sanity_is(tag)) {
        assay_opening_answered(worker, tag, reply);
        return;
    }
    assay_observation seen = assay_observe_reply(reply, ms);
    assay_ledger_settle(&worker->runner->ledger, tag, &seen);
    assay_runner_settled(worker->runner, tag);
}

static void on_over(void *context, const assay_talk_end *end)
{
    assay_worker_over(context, end);
}

void assay_stream_start(assay_worker *worker)
{
    static const assay_talk_events events = {
        .ready = on_ready, .next = on_next, .answered = on_answered, .over = on_over};
    assay_opening_begin(worker);
    assay_worker_start(worker, &events, 1);
}
