/* Versions of the collection of vectors: "1.0". A vector says since which one it is there, its id and meaning
 * never change, and so a set can be frozen at a version. */
#ifndef SUITE_VECTOR_VERSION_H
#define SUITE_VECTOR_VERSION_H

#include "suite/vector/vector.h"

/* The version of the collection that this program goes with. Vectors that are added get it as their `since`;
 * it grows with the first vector that is added after a release. */
#define ASSAY_VECTORS_VERSION "1.0"

/* Two numbers from 0 to 9999 without leading zeros, a dot between them. */
bool assay_vectors_version_valid(const char *version);

/* As strcmp, number by number; both are valid. */
int assay_vectors_version_compare(const char *a, const char *b);

/* Drops the vectors that came after that version. The set is then of that version, where it was of a later one;
 * it is borrowed. Returns how many. */
size_t assay_vectors_freeze(assay_vector_set *set, const char *version);

/* The same, but does not drop them: a failure of theirs, and of all that is derived from them, becomes a
 * warning. */
size_t assay_vectors_warn_after(assay_vector_set *set, const char *version);

#endif
