/* Scalars spelled as no writer may. For lie.c. */
#ifndef SUITE_MUTATE_EVOLVE_LIE_SCALAR_H
#define SUITE_MUTATE_EVOLVE_LIE_SCALAR_H

#include "wire/protocol/protocol.h"
#include "wire/value/generate.h"

typedef enum assay_scalar_kind {
    ASSAY_SCALAR_BOOL,  /* a byte of its own */
    ASSAY_SCALAR_DELTA, /* compact: the upper nibble of a short field header */
    ASSAY_SCALAR_VARINT /* compact */
} assay_scalar_kind;

typedef struct assay_scalar_place {
    assay_scalar_kind kind;
    size_t offset, len;
} assay_scalar_place;

/* False when the token has none. */
bool assay_scalar_place_of(const tw_token *token, bool compact, size_t base, assay_scalar_place *place);

/* Appends the bytes with that one scalar replaced. False when memory is refused. */
bool assay_scalar_write(const assay_scalar_place *place, tw_bytes inner, tw_random *random, tw_buffer *to);

#endif
