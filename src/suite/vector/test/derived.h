/* For unit tests only: a few small vectors, and the cases derived from them. */
#ifndef SUITE_VECTOR_TEST_DERIVED_H
#define SUITE_VECTOR_TEST_DERIVED_H

#include "suite/vector/vector.h"

/* One entry of a vector file, id below "compact/"; rest: its other keys as JSON. */
#define DERIVED_ENTRY(id, rule, rest)                                                                        \
    "{\"id\": \"compact/" id "\", \"title\": \"t\", \"why\": \"w\", \"rule\": \"" rule "\", " rest "}"

typedef struct derived {
    assay_vector_set set;
    assay_cases cases; /* of all vectors in turn, without a hello */
} derived;

/* Of entries with ", " between them. The test fails when one has a mistake. */
void derived_init(derived *d, const char *entries);
void derived_deinit(derived *d);

/* A `derived` in *state, of compact/plain (accepted, with sweeps and a budget; the first), compact/framed
 * (accepted), compact/cut and compact/bad (refused), compact/open (either), compact/session (over zlib) and
 * compact/map (a map without pairs). */
int derived_setup(void **state);
int derived_teardown(void **state);

/* The vectors of derived_setup alone. */
void derived_load(assay_vector_set *set);

/* The case of that id: NULL, or the test fails, when there is none. */
const assay_case *derived_find(const derived *d, const char *id);
const assay_case *derived_get(const derived *d, const char *id);

/* How many ids the glob matches. */
size_t derived_count(const derived *d, const char *glob);

/* The test fails unless the case's bytes are these. */
void derived_expect_bytes(const assay_case *c, const char *hex);

#endif
