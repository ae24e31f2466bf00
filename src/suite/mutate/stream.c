#include "suite/mutate/stream.h"

#include <stdlib.h>

enum { STEP = 1 << 20, MOST = 1 << 28, FRAME_HEADER = 4 };

bool assay_stack_has_zlib(const tw_stack *stack)
{
    for (size_t i = 0; i < stack->transport_count; i++)
        if (stack->transports[i] == &tw_zlib) return true;
    return false;
}

static bool outermost_is_framed(const tw_stack *stack)
{
    return stack->transport_count > 0 && stack->transports[0] == &tw_framed;
}

bool assay_stack_is_plain(const tw_stack *stack)
{
    return stack->transport_count == 0 || (stack->transport_count == 1 && outermost_is_framed(stack));
}

static tw_class wrap_once(const tw_transport *transport, tw_bytes unit, tw_buffer *to)
{
    void *writer = calloc(1, transport->writer_size ? transport->writer_size : 1);
    if (!writer) return TW_MEMORY;
    tw_class cls = transport->writer_open(writer, tw_alloc_default());
    if (cls == TW_OK) {
        cls = transport->write(writer, unit, to);
        transport->writer_close(writer);
    }
    free(writer);
    return cls;
}

static tw_class unwrap_once(const tw_transport *transport, tw_bytes wire, size_t most, tw_buffer *to)
{
    tw_limits limits = tw_limits_generous();
    void *reader = calloc(1, transport->reader_size ? transport->reader_size : 1);
    if (!reader) return TW_MEMORY;
    tw_class cls = transport->reader_open(reader, &limits, tw_alloc_default());
    if (cls != TW_OK) {
        free(reader);
        return cls;
    }
    while (cls == TW_OK && to->len < most) {
        tw_error error;
        size_t taken = 0, before = to->len;
        cls = transport->read(reader, wire, most < STEP ? most : STEP, &taken, to, &error);
        if (taken > 0) wire = tw_bytes_of(wire.data + taken, wire.len - taken);
        if (taken == 0 && to->len == before) break;
    }
    transport->reader_close(reader);
    free(reader);
    return cls == TW_MEMORY ? TW_MEMORY : TW_OK;
}

/* Applies one function to the bytes for each transport, through buffers of its own but for the last, which is
 * `to`. most: of unwrapped bytes; 0 wraps. */
static tw_class through(const tw_stack *stack, size_t most, tw_bytes bytes, tw_buffer *to)
{
    size_t n = stack->transport_count;
    tw_class cls = TW_OK;
    tw_buffer own[2];
    tw_buffer_init(&own[0], NULL);
    tw_buffer_init(&own[1], NULL);
    if (n == 0 && !tw_buffer_append(to, bytes.data, bytes.len)) cls = TW_MEMORY;
    for (size_t i = 0; i < n && cls == TW_OK; i++) {
        tw_buffer *next = i + 1 == n ? to : &own[i % 2];
        if (next != to) tw_buffer_clear(next);
        cls = most ? unwrap_once(stack->transports[i], bytes, most, next)
                   : wrap_once(stack->transports[n - 1 - i], bytes, next);
        bytes = tw_buffer_view(next);
    }
    tw_buffer_deinit(&own[0]);
    tw_buffer_deinit(&own[1]);
    return cls;
}

tw_class assay_stream_wrap(const tw_stack *stack, tw_bytes payload, tw_buffer *to)
{
    return through(stack, 0, payload, to);
}

tw_class assay_stream_unwrap(const tw_stack *stack, tw_bytes wire, tw_buffer *to)
{
    return through(stack, MOST, wire, to);
}

tw_class assay_stream_unwrap_some(const tw_stack *stack, tw_bytes wire, size_t most, tw_buffer *to)
{
    return through(stack, most ? most : 1, wire, to);
}

/* The payload's size that a frame's header at `at` claims, no more than what follows. False at the end. */
static bool frame_at(tw_bytes wire, size_t at, size_t *size)
{
    if (at > wire.len || wire.len - at < FRAME_HEADER) return false;
    const uint8_t *h = wire.data + at;
    size_t claimed = (size_t)h[0] << 24 | (size_t)h[1] << 16 | (size_t)h[2] << 8 | h[3];
    size_t left = wire.len - at - FRAME_HEADER;
    *size = claimed < left ? claimed : left;
    return true;
}

size_t assay_stream_place(const tw_stack *stack, tw_bytes wire, size_t at)
{
    if (!outermost_is_framed(stack)) return at < wire.len ? at : wire.len;
    size_t frame = 0, size;
    while (frame_at(wire, frame, &size)) {
        if (at <= size && size > 0) return frame + FRAME_HEADER + at;
        at -= size;
        frame += FRAME_HEADER + size;
    }
    return wire.len;
}

size_t assay_stream_next_edge(const tw_stack *stack, tw_bytes wire, size_t *frame)
{
    size_t size, at = *frame / 2; /* twice the frame's offset; odd behind its header */
    if (!outermost_is_framed(stack) || !frame_at(wire, at, &size)) return SIZE_MAX;
    if (*frame % 2 == 0) {
        *frame += 1;
        return at + FRAME_HEADER;
    }
    *frame = (at + FRAME_HEADER + size) * 2;
    return *frame / 2;
}
