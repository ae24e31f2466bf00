/* Values that outlive the tree they were read into. */
#ifndef SUITE_CASE_VALUE_H
#define SUITE_CASE_VALUE_H

#include "suite/case/case.h"

/* A copy of the value with all that it points to, in the arena. envelope NULL for a bare struct. NULL when
 * memory is refused. */
const assay_value *assay_value_copy(tw_arena *arena, const tw_envelope *envelope, const tw_node *root);

/* The same, into storage of the caller. */
bool assay_value_copy_into(tw_arena *arena, const tw_envelope *envelope, const tw_node *root,
                           assay_value *to);

#endif
