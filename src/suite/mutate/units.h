/* A walk over the units of a protocol's stream: the parts of message headers, and every token of the structs.
 */
#ifndef SUITE_MUTATE_UNITS_H
#define SUITE_MUTATE_UNITS_H

#include "wire/stack/stack.h"

/* `base` is added to the token's or part's offsets to get places in the payload. Returning false ends the
 * walk. Either may be NULL. */
typedef struct assay_units_walker {
    bool (*part)(void *context, size_t base, const tw_envelope_part *part, const tw_envelope *envelope);
    bool (*token)(void *context, size_t base, const tw_token *token);
    void *context;
} assay_units_walker;

/* Walks at most `count` units of the payload, with generous limits, up to its end or the first error. The
 * envelope handed to `part` is complete only where reading the header succeeded; its form is right in any
 * case. */
void assay_units_walk(const tw_stack *stack, tw_bytes payload, tw_unit unit, size_t count,
                      const assay_units_walker *walker);

#endif
