#include "suite/run/runner.h"

void assay_opening_begin(assay_worker *worker)
{
    bool first = !worker->runner->planned;
    worker->opening = (assay_opening){.next = first ? ASSAY_SANITY_HELLO : ASSAY_SANITY_STRUCT};
    worker->asked = worker->closing = false;
}

assay_next assay_opening_next(assay_worker *worker, assay_item *item)
{
    assay_opening *opening = &worker->opening;
    if (opening->next < ASSAY_SANITY_COUNT) {
        assay_sanity_item(&worker->runner->sanity, ASSAY_SANITY_TAG(opening->next++), item);
        opening->open++;
        return ASSAY_NEXT_SEND;
    }
    return opening->open ? ASSAY_NEXT_WAIT : ASSAY_NEXT_BYE;
}

/* Glue that cannot shake hands is of no use; a library that refuses the sanity case may be what the vectors
 * are there to show, so the run goes on and says that it proves nothing. */
void assay_opening_answered(assay_worker *worker, size_t tag, const assay_reply *reply)
{
    assay_runner *runner = worker->runner;
    char why[320];
    if (worker->opening.open) worker->opening.open--;
    if (!assay_sanity_check(&runner->sanity, tag, reply, why, sizeof why)) {
        if (tag != ASSAY_SANITY_TAG(ASSAY_SANITY_STRUCT)) {
            assay_runner_not_started(runner, "%s", why);
            return;
        }
        assay_runner_incomplete(runner, "%s%s", why,
                                worker->closing ? " after the last case: the testee is no longer what it was"
                                : runner->planned ? " after a restart"
                                                  : " before the first case");
    }
    if (!runner->planned && !worker->opening.open && worker->opening.next == ASSAY_SANITY_COUNT &&
        !runner->stopping)
        assay_runner_plan(runner);
}
