/* From what a testee said or how it ended to an observation. */
#ifndef SUITE_RUN_OBSERVE_H
#define SUITE_RUN_OBSERVE_H

#include "suite/case/observation.h"
#include "suite/run/talk.h"

/* Borrows what the reply points to. Nothing is measured. */
assay_observation assay_observe_reply(const assay_reply *reply, double ms);

/* Of a case that was open when the testee ended: crash, hang, garbage, nomem (killed for its memory), error
 * (the glue could not read a request). Borrows what the end points to. */
assay_observation assay_observe_end(const assay_talk_end *end);

/* True when the end is one that some case is to blame for. */
bool assay_observe_is_bad(assay_talk_cause cause);

/* An observation that owns its text and stderr_tail; free with assay_observation_release. When memory is
 * refused they are "". */
assay_observation assay_observation_keep(const assay_observation *seen);
void assay_observation_release(assay_observation *kept);

#endif
