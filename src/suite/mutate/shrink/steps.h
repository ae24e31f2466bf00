/* The shrinker for engines that ask for one candidate after the other (AFL++'s trimming) and cannot be called.
 *
 * Every step runs the shrinker from the beginning, with the answers so far: no thread and no second shrinker,
 * at a cost that the number of steps bounds. */
#ifndef SUITE_MUTATE_SHRINK_STEPS_H
#define SUITE_MUTATE_SHRINK_STEPS_H

#include "wire/base/bytes.h"

typedef struct assay_shrink_steps {
    tw_buffer input, candidate;
    tw_buffer answers; /* a byte each: 1 kept, 0 not */
    size_t most, asked;
    bool found;
} assay_shrink_steps;

/* The input is copied. At most so many steps are made. */
void assay_shrink_steps_init(assay_shrink_steps *steps, tw_bytes input, size_t most);
void assay_shrink_steps_deinit(assay_shrink_steps *steps);

/* The next candidate, never longer than the input, valid until the next call; data NULL when there is none
 * left or memory is refused. An answer is wanted for each. */
tw_bytes assay_shrink_steps_next(assay_shrink_steps *steps);
void assay_shrink_steps_answer(assay_shrink_steps *steps, bool kept);

#endif
