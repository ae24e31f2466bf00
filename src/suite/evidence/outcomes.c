#include "suite/evidence/outcomes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *outcome_of(const assay_result_case *c)
{
    if (c->changed_from[0]) return c->changed_to;
    return strcmp(c->verdict, "note") == 0 ? c->detail : NULL;
}

bool assay_outcomes_init(assay_outcomes *outcomes, const assay_result *result)
{
    outcomes->count = 0;
    outcomes->cases = calloc(result->case_count + 1, sizeof *outcomes->cases);
    if (!outcomes->cases) return false;
    for (size_t i = 0; i < result->case_count; i++) {
        const assay_result_case *c = &result->cases[i];
        const char *outcome = outcome_of(c);
        if (outcome)
            outcomes->cases[outcomes->count++] = (assay_profile_case){c->id, c->parent_id, c->kind, outcome};
    }
    snprintf(outcomes->date, sizeof outcomes->date, "%.10s", result->started);
    outcomes->about = (assay_profile_about){result->testee_name, result->testee_version,
                                            result->suite_version, result->vectors_digest, outcomes->date};
    return true;
}

void assay_outcomes_deinit(assay_outcomes *outcomes)
{
    free(outcomes->cases);
    outcomes->cases = NULL;
}

void assay_outcomes_compare(const assay_outcomes *outcomes, const assay_profile *profile,
                            size_t counts[ASSAY_PROFILE_MATCHES], assay_outcomes_change *change,
                            void *context)
{
    for (size_t i = 0; i < outcomes->count; i++) {
        const assay_profile_case *now = &outcomes->cases[i];
        const assay_profile_entry *was;
        assay_judgement judged = {ASSAY_NOTE, now->outcome, "", NULL};
        counts[assay_profile_compare(profile, now->id, &judged, &was)]++;
        if (was) change(context, now, was);
    }
}
