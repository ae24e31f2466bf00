/* One implementation as a witness of what it read: a result of it, asked about vectors. */
#ifndef SUITE_EVIDENCE_WITNESS_H
#define SUITE_EVIDENCE_WITNESS_H

#include "suite/result/result.h"
#include "suite/vector/vector.h"

/* All 0, but for the result, until it is admitted. */
typedef struct assay_witness {
    assay_result result;               /* set by the caller, owned */
    const assay_result_case **vectors; /* its named vectors, sorted by id */
    size_t vector_count;
    size_t confirmed; /* vectors, by assay_witness_testify */
    size_t outdated;  /* vectors whose request has changed since that run */
} assay_witness;

typedef enum assay_admission {
    ASSAY_WITNESS_ADMITTED,
    ASSAY_WITNESS_REFERENCE, /* the reference codec confirms nothing */
    ASSAY_WITNESS_NAMELESS,  /* its result has no testee's name */
    ASSAY_WITNESS_TWICE,     /* one before it has its name */
    ASSAY_WITNESS_MEMORY     /* memory is refused */
} assay_admission;

/* Whether witnesses[before] may be heard beside those before it, and makes it ready. */
assay_admission assay_witness_admit(assay_witness *witnesses, size_t before);

/* Frees the result too; for one that was not admitted as well. */
void assay_witness_deinit(assay_witness *witness);

/* Makes an accept vector's list of who confirms it ("NAME-VERSION", NULL at the end) what this run says of it. It
 * confirms what its own case passed or, where it is free to refuse, took with a note. Old as it is where the run
 * says nothing: no such case, a broken one, other bytes (outdated). The new list is in the arena, texts borrowed from
 * old. NULL when memory is refused. */
const char *const *assay_witness_testify(assay_witness *witness, const assay_vector *vector,
                                         const char *const *old, tw_arena *arena);

#endif
