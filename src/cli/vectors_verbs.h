/* The verbs of `assay vectors`: one file each, and a row in vectors.c. */
#ifndef CLI_VECTORS_VERBS_H
#define CLI_VECTORS_VERBS_H

#include "cli/cli.h"

/* argv[0] is "vectors NAME", for messages; returns the exit status. */
assay_cli_verb assay_cli_vectors_confirm, assay_cli_vectors_export, assay_cli_vectors_fmt,
    assay_cli_vectors_lint, assay_cli_vectors_new, assay_cli_vectors_stats;

#endif
