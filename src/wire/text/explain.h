/* An annotated hex dump of a stream: every byte's offset, hex, and what it is, nested as the value is. */
#ifndef WIRE_TEXT_EXPLAIN_H
#define WIRE_TEXT_EXPLAIN_H

#include "wire/stack/stack.h"

typedef struct tw_explain_options {
    tw_decode_options decode;
    tw_unit unit; /* what is expected */
    size_t count; /* how many units at most; SIZE_MAX for all there are */
    bool colour;  /* ANSI colours */
    size_t mark;  /* an offset to mark in the outermost stream besides an error's; SIZE_MAX for none */
} tw_explain_options;

/* Appends the dump of `in`. Transports are shown layer by layer: frames with what they hold, a zlib stream
 * with its header, then what it inflates to with offsets of its own. On malformed input the dump goes as far
 * as reading went, and marks the byte and the rule. Returns TW_OK when the whole was read, else the error's
 * class (*error set, may be NULL), or TW_MEMORY. */
tw_class tw_explain(const tw_stack *stack, tw_bytes in, const tw_explain_options *options, tw_buffer *to,
                    tw_error *error);

#endif
