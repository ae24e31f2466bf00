/* A stack names how bytes are wrapped, outermost first, the protocol last: "binary", "framed/compact",
 * "framed/zlib/compact" (frames that carry a zlib stream that carries compact). */
#ifndef WIRE_STACK_STACK_H
#define WIRE_STACK_STACK_H

#include "wire/message/message.h"
#include "wire/protocol/protocol.h"
#include "wire/transport/transport.h"

#define TW_STACK_TRANSPORTS 4

typedef struct tw_stack {
    const tw_transport *transports[TW_STACK_TRANSPORTS]; /* outermost first */
    size_t transport_count;
    const tw_protocol *protocol;
    const tw_envelope_format *envelope;
    const char *protocol_name; /* "binary", "binary-old", "binary-strict", "compact"; static storage */
    bool strict_only;          /* binary-strict: refuses the old header */
    tw_header_form form;       /* the header that it writes: binary-old writes the old one */
} tw_stack;

/* Parses a name. On false, *why (unless NULL) says what is wrong; static storage. */
bool tw_stack_parse(const char *name, tw_stack *stack, const char **why);

/* What is expected next on a stream. */
typedef enum tw_unit { TW_UNIT_STRUCT, TW_UNIT_MESSAGE } tw_unit;

/* The reading end of a stream: bytes in, structs or messages out. */
typedef struct tw_input tw_input;

/* options (NULL: defaults) is copied, stack too; alloc is borrowed. NULL when memory is refused. */
tw_input *tw_input_new(const tw_stack *stack, const tw_decode_options *options, const tw_alloc *alloc);
void tw_input_free(tw_input *input);

/* Gives bytes; they are copied. Any split of a stream over calls gives the same results. TW_OK or TW_MEMORY.
 */
tw_class tw_input_feed(tw_input *input, tw_bytes bytes);

/* Says that no more bytes will come. */
void tw_input_end(tw_input *input);

typedef enum tw_next {
    TW_NEXT_READY, /* a struct or message was read */
    TW_NEXT_MORE,  /* more bytes are needed; feed them and call again */
    TW_NEXT_END,   /* the input ended cleanly, with nothing (or only empty frames) behind the last unit */
    TW_NEXT_ERROR  /* out->error says what is wrong; calling again returns the same */
} tw_next;

/* Reads the next unit into tree (reset first) and, for a message, *envelope (may be NULL for a struct). What
 * they point to belongs to the input and is valid until the next call with it. out->consumed counts bytes of
 * the unit in the protocol's own stream; see tw_input_consumed for the wire's. Offsets of errors count from
 * the beginning of the named layer's stream, not of the unit.
 *
 * What is wrong surfaces when the unit needs the bytes behind it. At the end of the input inside a unit: the
 * protocol's own truncated error where all transports are at rest, else that of the outermost one that is
 * not. out->open also holds framed.message-split and framed.leftover where the unit rests on them, and an
 * error's own rule where that is open. */
tw_next tw_input_next(tw_input *input, tw_unit unit, tw_envelope *envelope, tw_tree *tree, tw_outcome *out);

/* Finds the end of the next struct and builds nothing. Otherwise as tw_input_next. */
tw_next tw_input_skip(tw_input *input, tw_outcome *out);

/* Bytes of the stream as it was fed that the units read so far took, whole frames counted (also those of
 * empty frames before a unit, and at TW_NEXT_END those behind the last); SIZE_MAX where a zlib transport
 * makes that unknowable. */
size_t tw_input_consumed(const tw_input *input);

/* The writing end of a stream: structs or messages in, bytes out. */
typedef struct tw_output tw_output;

tw_output *tw_output_new(const tw_stack *stack, const tw_alloc *alloc);
void tw_output_free(tw_output *output);

/* Writes one unit and flushes it as a library does at the end of a message: appends its bytes to `to`.
 * envelope NULL: a bare struct. A binary envelope is written in the stack's form. TW_OK, TW_MEMORY, TW_USAGE.
 */
tw_class tw_output_write(tw_output *output, const tw_envelope *envelope, const tw_node *root, tw_buffer *to);

/* Ends the stream (zlib: checksum). */
tw_class tw_output_finish(tw_output *output, tw_buffer *to);

/* The whole of one stream at once, for those who have all its bytes: one unit. As new, feed, end, next, but
 * the bytes are not copied, and a stream without any unit is truncated. *consumed (may be NULL) as
 * tw_input_consumed. Strings, and the envelope's name, are copied into the tree. Bytes behind the unit add
 * struct.trailing-bytes to out->open. */
tw_class tw_stack_decode(const tw_stack *stack, tw_bytes in, tw_unit unit, const tw_decode_options *options,
                         tw_envelope *envelope, tw_tree *tree, tw_outcome *out, size_t *consumed);

/* One unit as the whole of a stream, flushed and not finished. */
tw_class tw_stack_encode(const tw_stack *stack, const tw_envelope *envelope, const tw_node *root,
                         tw_buffer *to);

#endif
