/* Which vectors and cases a run is to cover. Pure. */
#ifndef SUITE_RUN_SELECT_H
#define SUITE_RUN_SELECT_H

#include "suite/case/case.h"

typedef struct assay_selection {
    const char *const *run; /* patterns as assay_glob_match takes them; a case is wanted when one of them
                             * matches its id or its vector's id. None: every case is wanted. Borrowed */
    size_t run_count;
    const char *const *skip; /* likewise; one match drops the case. Borrowed */
    size_t skip_count;
    const char *only;       /* the one id that is wanted, named or derived, or NULL */
    bool named;             /* named vectors only, nothing that is derived from them */
    assay_level level;      /* the weakest level still wanted: ASSAY_MAY wants all */
    unsigned shard, shards; /* part `shard` (from 1) of `shards`; shards 0 or 1: everything */
    bool shuffle;           /* the order of sending; the order of results is always the plan's */
    uint64_t seed;
} assay_selection;

/* True when the vector is of a wanted level and belongs to this shard. The shard follows from the id alone,
 * so a vector stays in its shard when others come and go. */
bool assay_selection_has_vector(const assay_selection *selection, const char *id, assay_level level);

/* True when the patterns want the case; says nothing of its vector's level and shard. */
bool assay_selection_has_case(const assay_selection *selection, const assay_case *c);

/* True when everything there is would be selected. */
bool assay_selection_is_all(const assay_selection *selection);

/* Reads "I/N" with 1 <= I <= N <= 100000. False for anything else; shard and shards are then untouched. */
bool assay_selection_parse_shard(const char *text, assay_selection *selection);

#endif
