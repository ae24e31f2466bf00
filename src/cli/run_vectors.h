/* Which vectors `assay run` takes, by their version. */
#ifndef CLI_RUN_VECTORS_H
#define CLI_RUN_VECTORS_H

#include "cli/run_options.h"

/* Loads the vectors, without those that --suite-version and --new=skip leave out; says on standard error what --new
 * does to how many. The caller deinits. False, with a complaint, when there are none to be had, or --new was given
 * and the list of known failures (options->run.known) does not say what is new. */
bool assay_cli_run_vectors(const assay_cli_run_options *options, assay_vector_set *set);

#endif
