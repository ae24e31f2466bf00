/* A line on a terminal that says how far a run is. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "suite/run/run.h"

/* Rewrites the line on standard error. For assay_run_options.progress; context is not used. */
void assay_progress_show(void *context, const assay_progress *progress);

/* Wipes the line. */
void assay_progress_clear(void);

#endif
