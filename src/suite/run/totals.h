/* From what a runner found to a result. Private to the folder. */
#ifndef SUITE_RUN_TOTALS_H
#define SUITE_RUN_TOTALS_H

#include "suite/run/exit_code.h"
#include "suite/run/runner.h"

/* Fills in the result, which is initialised, from a runner that has ended. False when memory is refused. */
bool assay_totals(assay_runner *runner, assay_result *result);

/* What ran and what could not, in words: "CONFORMANT for binary, compact (transcode, skip). NOT VERIFIED:
 * framed". Uses result->overall, counts and incomplete; in the result's arena. NULL when memory is refused.
 */
const char *assay_verdict_line(const assay_runner *runner, assay_result *result);

#endif
