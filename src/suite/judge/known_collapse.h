/* Few patterns for many cases that show the same. Private to known_update.c and profile_update.c. */
#ifndef SUITE_JUDGE_KNOWN_COLLAPSE_H
#define SUITE_JUDGE_KNOWN_COLLAPSE_H

#include "suite/judge/known_update.h"

typedef struct assay_known_pick {
    const char *pattern;
    const assay_known_case *example; /* the first case that it stands for */
    size_t cases;                    /* how many it stands for */
    bool partial;
} assay_known_pick;

/* Chooses patterns that together match every case for which wanted[i]; those must be of the verdict `shown`
 * (failures, or notes), and it is their details that patterns keep apart. A pattern
 * other than the case's own id is chosen only when every match among all cases shows the same verdict and detail, or,
 * with collapse_partly, most do. Patterns and picks are in the arena, sorted by pattern. False when memory is
 * refused. */
bool assay_known_collapse(const assay_known_case *cases, size_t count, assay_verdict shown,
                          const bool *wanted, bool collapse_partly, tw_arena *arena, assay_known_pick **picks,
                          size_t *pick_count);

#endif
