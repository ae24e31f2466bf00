/* Ids and what they mean never change: a collection held against an older one. */
#ifndef SUITE_VECTOR_AGAINST_H
#define SUITE_VECTOR_AGAINST_H

#include "suite/vector/vector.h"

/* Tells every vector of `old` that is not in `set` any more, or asks or expects something else there: verb,
 * stacks, bytes, expectation, value, level. Titles, reasons, rules and what the reference says of an error may
 * change. Returns how many. */
size_t assay_vectors_against(const assay_vector_set *set, const assay_vector_set *old,
                             assay_lint_report *report, void *context);

#endif
