/* One untruth about a stream whose other bytes stay right. */
#ifndef SUITE_MUTATE_EVOLVE_LIE_H
#define SUITE_MUTATE_EVOLVE_LIE_H

#include "wire/stack/stack.h"
#include "wire/value/generate.h"

typedef enum assay_lie {
    ASSAY_LIE_SIZE,   /* of a container, string or name */
    ASSAY_LIE_TYPE,   /* of a field, element, key or value */
    ASSAY_LIE_SCALAR, /* compact: a varint too long, too large or without end, a distance of field ids; a bool
                         that is none */
    ASSAY_LIE_CUT     /* the stream ends early, often between two tokens */
} assay_lie;

/* Appends the protocol's bytes with one lie in their first unit, or in what stands before its first error.
 * stack: without transports. False when there is no place for it or memory is refused; `to` is then as it
 * was. */
bool assay_lie_write(assay_lie lie, const tw_stack *stack, tw_bytes inner, tw_unit unit, tw_random *random,
                     tw_buffer *to);

/* A lie of the transports: changes a stream as it stands, its frame lengths, zlib header or checksum. Returns
 * the new length; len where there is nothing to change. */
size_t assay_lie_outside(const tw_stack *stack, uint8_t *wire, size_t len, tw_random *random);

#endif
