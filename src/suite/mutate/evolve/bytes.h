/* Mutation of bytes that mean nothing to it, for whoever brings no engine. */
#ifndef SUITE_MUTATE_EVOLVE_BYTES_H
#define SUITE_MUTATE_EVOLVE_BYTES_H

#include "wire/value/generate.h"

/* Changes data in place; the new length, at most max. */
size_t assay_bytes_change(uint8_t *data, size_t len, size_t max, tw_random *random);

#endif
