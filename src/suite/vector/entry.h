/* One entry of "tests". */
#ifndef SUITE_VECTOR_ENTRY_H
#define SUITE_VECTOR_ENTRY_H

#include "suite/vector/keys.h"

/* What reading entries needs again and again. */
typedef struct assay_entry_tools {
    tw_tree tree;
    tw_buffer bytes;
} assay_entry_tools;

/* Every key that an entry may have, in the order in which they are written; NULL at the end. */
extern const char *const assay_entry_key_names[];

/* Reads the entry into *vector, all but what only the reference can tell (complete.h). False when it has a
 * mistake (told), or memory was refused (no_memory of the source). */
bool assay_entry_read(assay_keys *keys, assay_entry_tools *tools, const char *topic, assay_vector *vector);

/* The parts of an entry. Mistakes are told; keys->failed is then set. */
void assay_entry_bytes(assay_keys *keys, assay_entry_tools *tools, const char *key, const char *const *lines,
                       size_t spare, tw_bytes *bytes);
void assay_entry_expectation(assay_keys *keys, assay_entry_tools *tools, assay_vector *vector);

#endif
