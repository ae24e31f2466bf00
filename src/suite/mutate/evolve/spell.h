/* A value in other bytes than the canonical ones that say the same: each decision is drawn. */
#ifndef SUITE_MUTATE_EVOLVE_SPELL_H
#define SUITE_MUTATE_EVOLVE_SPELL_H

#include "wire/stack/stack.h"
#include "wire/value/generate.h"

/* Values nest at most so deep here; deeper ones are refused with TW_LIMIT. */
#define ASSAY_SPELL_LEVELS 600

/* Appends the struct so that the reference reads the same value (TW_EQUAL_EMPTY_MAP): long field headers and
 * list sizes, padded varints, 0 or 2 for false, bool types 1 or 2, any high nibble at a stop, any non-zero
 * byte for true in binary, any types of empty maps. TW_OK, TW_MEMORY, TW_LIMIT; on an error `to` may hold a
 * part of it. */
tw_class assay_spell(const tw_protocol *protocol, const tw_node *root, tw_random *random, tw_buffer *to);

/* Appends the envelope: old or strict header with anything in its unused byte, padded varints. TW_OK, or
 * TW_MEMORY. */
tw_class assay_spell_envelope(const tw_protocol *protocol, const tw_envelope *envelope, tw_random *random,
                              tw_buffer *to);

#endif
