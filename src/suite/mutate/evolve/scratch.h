/* Memory for one call: a block of the caller's, and behind its end the heap. Most mutations are of small
 * inputs, and never get to the heap. */
#ifndef SUITE_MUTATE_EVOLVE_SCRATCH_H
#define SUITE_MUTATE_EVOLVE_SCRATCH_H

#include "wire/base/alloc.h"

#include <stdbool.h>

#define ASSAY_SCRATCH_SIZE ((size_t)48 << 10)

typedef struct assay_scratch {
    tw_alloc alloc; /* hand out its address; the scratch must not move */
    size_t used;
    _Alignas(16) unsigned char block[ASSAY_SCRATCH_SIZE];
} assay_scratch;

/* Blocks must still be released, those on the heap leak otherwise. */
void assay_scratch_init(assay_scratch *scratch);

#endif
