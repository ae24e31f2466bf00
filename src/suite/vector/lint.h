/* The linter's parts. */
#ifndef SUITE_VECTOR_LINT_H
#define SUITE_VECTOR_LINT_H

#include "suite/vector/vector.h"

typedef struct assay_lint {
    const assay_vector_set *set;
    assay_lint_report *report;
    void *context;
    size_t problems;
} assay_lint;

/* Tells one problem of a vector, at `tail` below its entry. */
__attribute__((format(printf, 4, 5))) void assay_lint_tell(assay_lint *lint, const assay_vector *vector,
                                                           const char *tail, const char *format, ...);

/* Does the reference codec agree with all that the vector says? */
void assay_lint_reference(assay_lint *lint, const assay_vector *vector);

/* Does the vector's level go with its rule's strength, and with the open rules that its bytes touch? touched:
 * those of the reading, those of the value among them; error: how the reading ended. */
void assay_lint_strength(assay_lint *lint, const assay_vector *vector, const tw_ruleset *touched,
                         const tw_error *error);

#endif
