/* What a stack's transports do to bytes, for those who build or change streams: wrapping, unwrapping, and
 * where the protocol's bytes stand in the stream. */
#ifndef SUITE_MUTATE_STREAM_H
#define SUITE_MUTATE_STREAM_H

#include "wire/stack/stack.h"

/* True where one of the stack's transports is zlib. */
bool assay_stack_has_zlib(const tw_stack *stack);

/* True where the protocol's bytes stand as they are in the stream: no transports, or framed alone. */
bool assay_stack_is_plain(const tw_stack *stack);

/* Appends the payload as the stack's transports carry one flushed unit; the payload need not be valid. TW_OK,
 * TW_MEMORY, TW_USAGE. */
tw_class assay_stream_wrap(const tw_stack *stack, tw_bytes payload, tw_buffer *to);

/* Appends what the stream unwraps to, as far as it can be read (at most about 256 MiB). TW_OK, also where the
 * stream is broken, or TW_MEMORY. */
tw_class assay_stream_unwrap(const tw_stack *stack, tw_bytes wire, tw_buffer *to);

/* The same for those who do not want all of it: ends when `most` bytes or more are there (a frame is unwrapped
 * whole). */
tw_class assay_stream_unwrap_some(const tw_stack *stack, tw_bytes wire, size_t most, tw_buffer *to);

/* Where offset `at` of the payload of a plain stack stands in the stream. An offset between two frames counts
 * as the end of the first. Offsets beyond the stream give its length. */
size_t assay_stream_place(const tw_stack *stack, tw_bytes wire, size_t at);

/* The next place from `from` on where the outermost layer has a boundary of its own: the ends of frames'
 * headers and payloads; SIZE_MAX when there is none, as for stacks whose outermost transport is not framed.
 * *frame is the walk's state, 0 to begin. */
size_t assay_stream_next_edge(const tw_stack *stack, tw_bytes wire, size_t *frame);

#endif
