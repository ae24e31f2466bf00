/* Streams that carry their bytes in more than one piece. */
#ifndef SUITE_MUTATE_EVOLVE_WRAP_H
#define SUITE_MUTATE_EVOLVE_WRAP_H

#include "wire/stack/stack.h"
#include "wire/value/generate.h"

/* Appends the bytes as the stack's transports carry them: as one unit, or, with a random source, each
 * transport cut at places of its own into frames or flushes, some empty, and at times ended as the transport
 * ends a stream. TW_OK, TW_MEMORY, TW_USAGE. */
tw_class assay_wrap(const tw_stack *stack, tw_bytes inner, tw_random *random, const tw_alloc *alloc,
                    tw_buffer *to);

#endif
