/* A result as a run leaves it, for the tests of the renderers. */
#ifndef REPORT_TEST_SAMPLE_H
#define REPORT_TEST_SAMPLE_H

#include "suite/result/result.h"

/* A run with failures of several sorts, a crash, a warning, known and stale entries. Static storage but for
 * the arena; the caller deinits it. */
void sample_result(assay_result *result);

/* A run in which everything passed. */
void sample_passing(assay_result *result);

#endif
