/* Choosing inputs with a harness that is linked with libFuzzer. */
#ifndef CLI_CORPUS_MERGE_H
#define CLI_CORPUS_MERGE_H

#include <stdbool.h>

/* Has the engine write the fewest inputs of the folders (the second may be NULL) that reach what all of them
 * reach to `out`, an empty folder. False with a complaint, which tells what the engine said last. */
bool assay_cli_corpus_merge(const char *verb, const char *engine, const char *out, const char *first,
                            const char *second);

/* What a folder's inputs reach, as the engine counts: branches with a counter of their own, and features. False with
 * a complaint. */
typedef struct assay_corpus_reach {
    unsigned long branches, features;
} assay_corpus_reach;

bool assay_cli_corpus_reach(const char *verb, const char *engine, const char *folder,
                            assay_corpus_reach *reach);

#endif
