/* What vectors are to each other: every id stands once, and twins are there. */
#ifndef SUITE_VECTOR_IDS_H
#define SUITE_VECTOR_IDS_H

#include "suite/vector/vector.h"

/* Tells ids that stand twice and twins that are missing or no accept. Returns how many. */
size_t assay_ids_check(const assay_vector_set *set, assay_lint_report *report, void *context);

#endif
