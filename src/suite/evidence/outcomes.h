/* What a profile is rewritten from and held against: the outcomes that a result shows. */
#ifndef SUITE_EVIDENCE_OUTCOMES_H
#define SUITE_EVIDENCE_OUTCOMES_H

#include "suite/judge/profile_update.h"
#include "suite/result/result.h"

typedef struct assay_outcomes {
    assay_profile_case *cases; /* that came out as notes, in the result's order */
    size_t count;
    assay_profile_about about; /* whose they are; its date is the next */
    char date[11];             /* "2026-03-01": the day of the run */
} assay_outcomes;

/* Reads them from a result, texts borrowed. What a pinned profile made of a note is one still. False when memory is
 * refused. Stays where it is: about points into it. */
bool assay_outcomes_init(assay_outcomes *outcomes, const assay_result *result);
void assay_outcomes_deinit(assay_outcomes *outcomes);

/* Told of a case whose outcome is another than the profile's line says. */
typedef void assay_outcomes_change(void *context, const assay_profile_case *now,
                                   const assay_profile_entry *was);

/* Compares all of them with a profile and tells each change. Adds to counts, by assay_profile_match. */
void assay_outcomes_compare(const assay_outcomes *outcomes, const assay_profile *profile,
                            size_t counts[ASSAY_PROFILE_MATCHES], assay_outcomes_change *change,
                            void *context);

#endif
