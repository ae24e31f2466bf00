/* Makes a failing specimen small and keeps the way it fails. */
#ifndef SUITE_MUTATE_SHRINK_H
#define SUITE_MUTATE_SHRINK_H

#include "wire/base/bytes.h"
#include "wire/base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether the input still fails in the same way (the same property token and rule; the caller compares). */
typedef bool assay_shrink_keeps(void *context, tw_bytes input);

typedef struct assay_shrink_result {
    size_t tries;   /* calls of keeps */
    bool exhausted; /* the budget ended it, not a fixed point */
} assay_shrink_result;

/* Appends the smallest input found to `to`: the value tree first (drop fields and elements, lift children,
 * plain scalars, canonical form, plain stack, zero parameter), then bytes (cut, remove, zero), until nothing
 * shrinks or keeps has been called max_tries times. input must fail itself; it is then appended unchanged at
 * worst. TW_OK or TW_MEMORY (to as it was). */
tw_class assay_shrink(tw_bytes input, assay_shrink_keeps *keeps, void *context, size_t max_tries,
                      tw_buffer *to, assay_shrink_result *result);

#endif
