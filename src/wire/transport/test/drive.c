#include "wire/transport/test/drive.h"

#include <stdlib.h>
#include <string.h>

/* Reads until the reader wants more or fails. What it does not take moves to the front of `pending`. */
static tw_class drain(const tw_transport *transport, void *reader, tw_buffer *pending, size_t want,
                      tw_driven *result)
{
    for (;;) {
        tw_bytes in = tw_test_exact(pending->data, pending->len);
        size_t taken = 0, before = result->out.len;
        tw_class cls = transport->read(reader, in, want, &taken, &result->out, &result->error);
        assert_true(taken <= in.len);
        if (cls == TW_OK)
            assert_true(taken > 0 || result->out.len > before);
        else
            assert_true(taken == 0 && result->out.len == before && result->error.cls == cls);
        if (result->out.len > before) result->reads_made++;
        tw_buffer_drop(pending, taken);
        free((void *)(uintptr_t)in.data);
        if (cls != TW_OK) return cls;
    }
}

void tw_drive(const tw_transport *transport, const tw_limits *limits, const tw_alloc *alloc, tw_bytes stream,
              size_t first, size_t step, size_t want, tw_driven *result)
{
    void *reader = calloc(1, transport->reader_size);
    assert_non_null(reader);
    *result = (tw_driven){.cls = TW_TRUNCATED};
    tw_buffer_init(&result->out, alloc);
    tw_buffer pending;
    tw_buffer_init(&pending, NULL);
    tw_class cls = transport->reader_open(reader, limits, alloc ? alloc : tw_alloc_default());
    if (cls == TW_OK) cls = drain(transport, reader, &pending, want, result);
    for (size_t at = 0; at < stream.len && cls == TW_TRUNCATED;) {
        size_t n = at == 0 && first ? first : step ? step : stream.len - at;
        if (n > stream.len - at) n = stream.len - at;
        assert_true(tw_buffer_append(&pending, stream.data + at, n));
        at += n;
        cls = drain(transport, reader, &pending, want, result);
    }
    result->cls = cls;
    result->at_rest = cls == TW_TRUNCATED && transport->reader_at_rest(reader);
    if (cls != TW_OK && cls != TW_MEMORY)
        assert_int_equal(drain(transport, reader, &pending, want, result), cls);
    transport->reader_close(reader);
    tw_buffer_deinit(&pending);
    free(reader);
}

static void same(const tw_driven *a, const tw_driven *b, size_t first, size_t step)
{
    bool alike = a->cls == b->cls && a->at_rest == b->at_rest && a->error.rule == b->error.rule &&
                 a->error.offset == b->error.offset &&
                 tw_bytes_equal(tw_buffer_view(&a->out), tw_buffer_view(&b->out));
    if (alike) return;
    char text[256];
    tw_error_format(&b->error, text, sizeof text);
    fail_msg("first %zu step %zu: %zu bytes, at rest %d, %s", first, step, b->out.len, b->at_rest, text);
}

void tw_drive_every_way(const tw_transport *transport, const tw_limits *limits, tw_bytes stream,
                        tw_driven *result)
{
    tw_drive(transport, limits, NULL, stream, 0, 0, 65536, result);
    for (size_t first = 0; first <= stream.len; first++) {
        tw_driven other;
        size_t step = first == 0 ? 1 : 0; /* the first round goes byte by byte */
        tw_drive(transport, limits, NULL, stream, first, step, 65536, &other);
        same(result, &other, first, step);
        tw_buffer_deinit(&other.out);
    }
    for (size_t want = 1; want <= 3; want++) {
        tw_driven other;
        tw_drive(transport, limits, NULL, stream, 0, 2, want, &other);
        same(result, &other, 0, 2);
        tw_buffer_deinit(&other.out);
    }
}

void tw_drive_writer(const tw_transport *transport, const char *const *units, bool finish, tw_buffer *out)
{
    void *writer = calloc(1, transport->writer_size);
    assert_non_null(writer);
    assert_int_equal(transport->writer_open(writer, tw_alloc_default()), TW_OK);
    for (; *units; units++) {
        tw_bytes unit = tw_test_exact(*units, strlen(*units));
        assert_int_equal(transport->write(writer, unit, out), TW_OK);
        free((void *)(uintptr_t)unit.data);
    }
    if (finish) assert_int_equal(transport->finish(writer, out), TW_OK);
    transport->writer_close(writer);
    free(writer);
}
