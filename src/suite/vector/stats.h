/* Numbers of a set of vectors. */
#ifndef SUITE_VECTOR_STATS_H
#define SUITE_VECTOR_STATS_H

#include "suite/vector/vector.h"

#define ASSAY_STATS_FOLDERS 32
#define ASSAY_STATS_KINDS 16

typedef struct assay_stats_counts {
    size_t all;
    size_t expects[3]; /* by assay_expect */
    size_t levels[3];  /* by assay_level */
    size_t verbs[ASSAY_VERB_COUNT];
} assay_stats_counts;

typedef struct assay_stats_folder {
    char name[64];
    assay_stats_counts counts;
} assay_stats_folder;

typedef struct assay_stats {
    assay_stats_folder folders[ASSAY_STATS_FOLDERS]; /* the first part of the files' paths */
    size_t folder_count;
    assay_stats_counts total;
    assay_stats_counts rules[TW_RULE_COUNT];
    size_t derived[ASSAY_STATS_KINDS]; /* by place in assay_derived_kinds */
    size_t derived_total;
} assay_stats;

/* Fills in all but the derived cases. */
void assay_stats_count(const assay_vector_set *set, assay_stats *stats);

/* Derives every case and counts them; step (may be NULL) is called now and then with how many vectors are done.
 * False when memory is refused. */
bool assay_stats_derive(assay_vector_set *set, assay_stats *stats,
                        void (*step)(void *context, size_t done, size_t of), void *context);

#endif
