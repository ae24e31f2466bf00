/* A verb that is made of verbs, such as `assay corpus`. */
#ifndef CLI_SUBVERBS_H
#define CLI_SUBVERBS_H

#include "cli/cli.h"

#include <stddef.h>

typedef struct assay_subverb {
    const char *name, *full_name, *summary; /* "lint", "corpus lint", "..." */
    assay_cli_verb *run;
} assay_subverb;

typedef struct assay_subverbs {
    const char *verb;    /* "corpus" */
    const char *example; /* a name out of the table, for who gives none */
    const assay_subverb *rows;
    size_t count;
} assay_subverbs;

/* Runs the verb that argv[1] names, with its full name for argv[0]; prints the list for --help. Exit status. */
int assay_subverbs_run(const assay_subverbs *verbs, int argc, char **argv);

#endif
