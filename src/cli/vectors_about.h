/* What stands beside the vectors in their folder: why parts of the grammar need none (coverage.txt), and the public
 * bugs they stand for (history.json). */
#ifndef CLI_VECTORS_ABOUT_H
#define CLI_VECTORS_ABOUT_H

#include "suite/vector/coverage/coverage.h"
#include "suite/vector/history/history.h"

typedef struct assay_vectors_about {
    assay_coverage coverage;
    assay_history history;
    bool has_reasons, has_history; /* the files are there */
    bool failed;                   /* memory was refused */
} assay_vectors_about;

/* Reads both files of the folder, works out the coverage, and proves them against the set, which must outlive it.
 * A folder need not have them: what is not there is not proven. Every problem is told, and one a combination that
 * nothing shows. Returns how many; deinit follows in any case. */
size_t assay_vectors_about_read(assay_vectors_about *about, const char *folder, const assay_vector_set *set,
                                assay_lint_report *report, void *context);
void assay_vectors_about_deinit(assay_vectors_about *about);

#endif
