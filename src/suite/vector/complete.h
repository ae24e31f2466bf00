/* What a vector leaves to be worked out: defaults that depend on the bytes, and what only reading them tells.
 */
#ifndef SUITE_VECTOR_COMPLETE_H
#define SUITE_VECTOR_COMPLETE_H

#include "suite/vector/keys.h"

/* Fills in consumed, canonical and a value that was left out (not for skip), and checks that canonical and
 * sweep are where they may be. Mistakes are told. False when there was one, or memory was refused. */
bool assay_vector_complete(assay_keys *keys, assay_vector *vector);

/* Fills in what takes reading all of the bytes: types, depth and unknown_type. Done when cases are derived, not
 * when vectors are loaded: a few bytes may inflate to many. False when memory is refused. */
bool assay_case_complete(const tw_stack *stack, assay_case *c);

/* Fills in types and depth of a case, as far as its bytes can be read. Both are added to what stands there.
 * False when memory is refused. */
bool assay_case_look(const tw_stack *stack, assay_case *c);

/* Whether the verb's input is structs or messages. */
tw_unit assay_verb_unit(assay_verb verb);

#endif
