#include "suite/mutate/evolve/wrap.h"

#define PIECES_MOST 4

static tw_class write_pieces(const tw_transport *transport, void *writer, tw_bytes bytes, tw_random *random,
                             tw_buffer *to)
{
    uint64_t pieces = random ? 1 + tw_random_below(random, PIECES_MOST) : 1;
    tw_class cls = TW_OK;
    for (; pieces > 1 && cls == TW_OK; pieces--) {
        size_t n = tw_random_below(random, bytes.len + 1);
        if (tw_random_below(random, 4) == 0) n = 0;
        cls = transport->write(writer, tw_bytes_of(bytes.data, n), to);
        if (n) bytes = tw_bytes_of(bytes.data + n, bytes.len - n);
    }
    if (cls == TW_OK) cls = transport->write(writer, bytes, to);
    if (cls == TW_OK && random && transport->finish && tw_random_below(random, 2))
        cls = transport->finish(writer, to);
    return cls;
}

static tw_class wrap_once(const tw_transport *transport, tw_bytes bytes, tw_random *random,
                          const tw_alloc *alloc, tw_buffer *to)
{
    size_t size = transport->writer_size ? transport->writer_size : 1;
    void *writer = tw_resize(alloc, NULL, 0, size);
    if (!writer) return TW_MEMORY;
    memset(writer, 0, size);
    tw_class cls = transport->writer_open(writer, alloc);
    if (cls == TW_OK) cls = write_pieces(transport, writer, bytes, random, to);
    transport->writer_close(writer);
    tw_resize(alloc, writer, size, 0);
    return cls;
}

tw_class assay_wrap(const tw_stack *stack, tw_bytes inner, tw_random *random, const tw_alloc *alloc,
                    tw_buffer *to)
{
    size_t n = stack->transport_count;
    if (n == 0) return tw_buffer_append(to, inner.data, inner.len) ? TW_OK : TW_MEMORY;
    tw_buffer own[2];
    tw_buffer_init(&own[0], alloc);
    tw_buffer_init(&own[1], alloc);
    tw_class cls = TW_OK;
    for (size_t i = 0; i < n && cls == TW_OK; i++) {
        tw_buffer *next = i + 1 == n ? to : &own[i % 2];
        if (next != to) tw_buffer_clear(next);
        cls = wrap_once(stack->transports[n - 1 - i], inner, random, alloc, next);
        inner = tw_buffer_view(next);
    }
    tw_buffer_deinit(&own[0]);
    tw_buffer_deinit(&own[1]);
    return cls;
}
