/* How a case is run again. */
#ifndef CLI_REPRO_LINE_H
#define CLI_REPRO_LINE_H

#include "suite/run/run.h"

/* Appends what stands before the id, as a shell reads it: this program as it was called, the verb, and the
 * options of the run that matter to one case. vectors: of --vectors, or NULL. A NUL follows, which is not
 * counted. False when memory is refused. */
bool assay_cli_repro_line(const assay_run_options *run, const char *vectors, tw_buffer *to);

#endif
