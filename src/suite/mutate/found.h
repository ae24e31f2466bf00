/* The list of targets while it grows; for size.c and type.c. */
#ifndef SUITE_MUTATE_FOUND_H
#define SUITE_MUTATE_FOUND_H

#include "suite/mutate/mutate.h"

typedef struct assay_found {
    tw_arena *arena;
    assay_targets *targets;
    tw_bytes payload;
    bool failed;
} assay_found;

/* Prepares an empty list. False when memory is refused. */
bool assay_found_init(assay_found *found, tw_arena *arena, assay_targets *targets, tw_bytes payload);

/* Adds one target of the payload, named by the path and the suffix. False to end the walk: the list is full,
 * or memory was refused (failed is set). */
bool assay_found_add(assay_found *found, const tw_path *path, const char *suffix, assay_spelling spelling,
                     size_t offset, size_t len, uint32_t value);

#endif
