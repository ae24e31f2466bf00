/* Who confirms what, from results of runs into the files of the vectors. */
#ifndef SUITE_EVIDENCE_CONFIRMING_H
#define SUITE_EVIDENCE_CONFIRMING_H

#include "suite/evidence/witness.h"
#include "suite/vector/confirm.h"
#include "suite/vector/format.h"

typedef struct assay_confirming {
    const assay_vector_set *set; /* the vectors of all files, borrowed as the next two */
    assay_witness *witnesses;    /* admitted */
    const assay_kin *kin;
    size_t witness_count, kin_count;
    size_t changed;                            /* entries, from 0; the next too */
    size_t short_of[ASSAY_CONFIRM_WANTED + 1]; /* accepts by how many confirm them, the last: enough */
} assay_confirming;

/* Told of an entry whose list (NULL at the end) is another one now. */
typedef void assay_confirming_change(void *context, const char *id, const char *const *was,
                                     const char *const *is);

/* Makes "confirmed_by" of every accept in the file what the witnesses say, without the key where nobody confirms;
 * entries that are not in the set stay as they are. Tells each change. False when memory is refused. */
bool assay_confirming_file(assay_confirming *confirming, const assay_vector_file *file,
                           assay_confirming_change *change, void *context);

#endif
