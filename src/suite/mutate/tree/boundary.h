/* The values at which codecs break: edges of widths, of varint lengths, of short forms. One table for the
 * mutator and for the engines' dictionary. */
#ifndef SUITE_MUTATE_TREE_BOUNDARY_H
#define SUITE_MUTATE_TREE_BOUNDARY_H

#include "wire/base/bytes.h"
#include "wire/value/generate.h"

typedef struct assay_boundaries {
    const int64_t *integers; /* of 64 bits; those of other widths are the ones that fit */
    size_t integer_count;
    const int16_t *ids; /* of fields */
    size_t id_count;
    const uint32_t *sizes; /* of containers that can be sent */
    size_t size_count;
    const int64_t *lies; /* sizes that nobody can send */
    size_t lie_count;
    const uint64_t *doubles; /* as bits */
    size_t double_count;
    const tw_bytes *strings; /* UTF-8 at its edges, and what is none */
    size_t string_count;
} assay_boundaries;

extern const assay_boundaries assay_boundary_table;

/* One of the table that fits in so many bits (8, 16, 32, 64), sometimes one more or less. */
int64_t assay_boundary_integer(tw_random *random, unsigned bits);
int16_t assay_boundary_id(tw_random *random);
/* At most `most`. */
uint32_t assay_boundary_size(tw_random *random, uint32_t most);
uint64_t assay_boundary_double(tw_random *random);
tw_bytes assay_boundary_string(tw_random *random);

#endif
