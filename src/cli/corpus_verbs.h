/* The verbs of `assay corpus`: one file each, and a row in corpus.c. */
#ifndef CLI_CORPUS_VERBS_H
#define CLI_CORPUS_VERBS_H

#include "cli/cli.h"

/* argv[0] is "corpus NAME", for messages; returns the exit status. */
assay_cli_verb assay_cli_corpus_stats, assay_cli_corpus_import, assay_cli_corpus_add, assay_cli_corpus_min,
    assay_cli_corpus_promote, assay_cli_corpus_explain, assay_cli_corpus_lint;

#endif
