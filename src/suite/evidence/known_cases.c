#include "suite/evidence/known_cases.h"

#include <stdlib.h>
#include <string.h>

static assay_verdict verdict_of(const assay_result_case *c)
{
    assay_verdict verdict;
    /* what a pinned profile failed is no fault */
    if (c->changed_from[0]) return ASSAY_NOTE;
    return assay_verdict_find(c->verdict, &verdict) ? verdict : ASSAY_BROKEN;
}

/* A vector counts its derived cases; those that passed need not be in the result themselves. */
static size_t unlisted_passes(const assay_result *r, size_t at)
{
    const assay_result_case *vector = &r->cases[at];
    size_t listed = 0;
    for (size_t i = at + 1; i < r->case_count && strcmp(r->cases[i].parent_id, vector->id) == 0; i++)
        if (strcmp(r->cases[i].verdict, "pass") == 0) listed++;
    return vector->has_derived && vector->derived.pass > listed ? vector->derived.pass - listed : 0;
}

assay_known_case *assay_known_cases_new(const assay_result *result)
{
    assay_known_case *cases = calloc(result->case_count + 1, sizeof *cases);
    for (size_t i = 0; cases && i < result->case_count; i++) {
        const assay_result_case *c = &result->cases[i];
        cases[i] = (assay_known_case){.id = c->id,
                                      .parent_id = c->parent_id,
                                      .kind = c->kind,
                                      .title = c->title,
                                      .verdict = verdict_of(c),
                                      .detail = c->detail,
                                      .unlisted_passes = unlisted_passes(result, i)};
    }
    return cases;
}
