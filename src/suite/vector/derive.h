/* Deriving cases: what the kinds share. Each kind is one function over an assay_deriving. */
#ifndef SUITE_VECTOR_DERIVE_H
#define SUITE_VECTOR_DERIVE_H

#include "suite/vector/vector.h"

typedef struct assay_deriving {
    assay_vector_set *set;
    const assay_vector *vector;
    const assay_hello *hello; /* or NULL */
    tw_arena *arena;
    assay_case base; /* the vector's case, or its `read` form; cases are copies of it with little changed */
    tw_stack stack;  /* of base.in */
    tw_unit unit;
    bool zlib;          /* one of the stack's transports is zlib */
    tw_bytes payload;   /* what the vector's bytes unwrap to */
    size_t *boundaries; /* where to cut, ascending, all below the bytes' length; 0 is among them */
    size_t boundary_count;
    assay_cases *cases;
    bool failed; /* memory was refused; sticky */
} assay_deriving;

/* A copy of base under the id "PARENT@KIND:NAME" (without ":NAME" where name is ""), appended to the cases.
 * No budget. NULL when memory is refused. kind is static. */
assay_case *assay_deriving_add(assay_deriving *d, const char *kind, const char *name);

/* The same with a number for a name. */
assay_case *assay_deriving_add_at(assay_deriving *d, const char *kind, size_t at);

/* Turns a case into one that must be refused. */
void assay_deriving_refuse(assay_case *c);

/* A copy of the bytes in the arena; no data (and failed) when memory is refused. */
tw_bytes assay_deriving_keep(assay_deriving *d, tw_bytes bytes);

/* At most so many cases of one vector cut its bytes, and at most so many bytes have they together. */
enum { ASSAY_CUTS_MOST = 256, ASSAY_CUT_BYTES_MOST = 1 << 20, ASSAY_CUT_EACH_UP_TO = 64 };

/* Fills in d->boundaries. */
void assay_derive_boundaries(assay_deriving *d);

/* The names of the kinds in their order, NULL at the end. */
extern const char *const assay_derived_kinds[];

/* The kinds, in their order. */
void assay_derive_prefix(assay_deriving *d);
void assay_derive_skip(assay_deriving *d);
void assay_derive_trail(assay_deriving *d);
void assay_derive_to(assay_deriving *d);
void assay_derive_from(assay_deriving *d);
void assay_derive_after_reject(assay_deriving *d);
void assay_derive_reuse(assay_deriving *d);
void assay_derive_chunk(assay_deriving *d);
void assay_derive_sizes(assay_deriving *d);
void assay_derive_types(assay_deriving *d);

#endif
