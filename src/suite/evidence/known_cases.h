/* What a list of known failures is rewritten from: the cases of a result. */
#ifndef SUITE_EVIDENCE_KNOWN_CASES_H
#define SUITE_EVIDENCE_KNOWN_CASES_H

#include "suite/judge/known_update.h"
#include "suite/result/result.h"

/* One for each case of the result, in its order, texts borrowed from it; to be freed. What a pinned profile failed
 * is a note, a verdict that nobody knows is broken. NULL when memory is refused. */
assay_known_case *assay_known_cases_new(const assay_result *result);

#endif
