#include "suite/testee/outbox.h"

#include <string.h>

enum { KEPT = 4 << 20 };

static void flush(assay_outbox *box);

void assay_outbox_init(assay_outbox *box, uv_loop_t *loop, void *context)
{
    *box = (assay_outbox){.context = context};
    tw_buffer_init(&box->queue, NULL);
    tw_buffer_init(&box->flight, NULL);
    uv_prepare_init(loop, &box->gather);
    box->gather.data = box;
}

void assay_outbox_deinit(assay_outbox *box)
{
    tw_buffer_deinit(&box->queue);
    tw_buffer_deinit(&box->flight);
}

static void on_prepare(uv_prepare_t *prepare)
{
    uv_prepare_stop(prepare);
    flush(prepare->data);
}

static void gather(assay_outbox *box)
{
    if (box->stream && !box->flying) uv_prepare_start(&box->gather, on_prepare);
}

void assay_outbox_open(assay_outbox *box, uv_stream_t *stream)
{
    box->stream = stream;
    gather(box);
}

static void empty(tw_buffer *buffer)
{
    tw_buffer_clear(buffer);
    if (buffer->capacity > KEPT) tw_buffer_deinit(buffer);
}

static void break_off(assay_outbox *box)
{
    box->broken = true;
    empty(&box->queue);
}

static void on_written(uv_write_t *write, int status)
{
    assay_outbox *box = write->data;
    box->flying = false;
    empty(&box->flight);
    if (status < 0) break_off(box);
    if (status != UV_ECANCELED) flush(box);
}

/* What the kernel takes at once needs no further ado; the rest goes through the loop. */
static void flush(assay_outbox *box)
{
    if (box->flying) return;
    if (box->queue.len > 0 && !box->broken) {
        uv_buf_t bytes = uv_buf_init((char *)box->queue.data, (unsigned)box->queue.len);
        int n = uv_try_write(box->stream, &bytes, 1);
        if (n < 0 && n != UV_EAGAIN) {
            break_off(box);
        } else if (n < 0 || (size_t)n < box->queue.len) {
            tw_buffer swap = box->flight;
            box->flight = box->queue;
            box->queue = swap;
            size_t sent = n < 0 ? 0 : (size_t)n;
            bytes = uv_buf_init((char *)box->flight.data + sent, (unsigned)(box->flight.len - sent));
            box->write.data = box;
            box->flying = uv_write(&box->write, box->stream, &bytes, 1, on_written) == 0;
            if (!box->flying) break_off(box);
        } else {
            empty(&box->queue);
        }
    }
    if (box->drained && !box->flying && (box->queue.len == 0 || box->broken)) {
        void (*drained)(assay_outbox *) = box->drained;
        box->drained = NULL;
        drained(box);
    }
}

bool assay_outbox_add(assay_outbox *box, int64_t id, tw_bytes text)
{
    if (box->broken) return true;
    char digits[24];
    size_t at = sizeof digits;
    if (id >= 0) {
        digits[--at] = ' ';
        do digits[--at] = (char)('0' + id % 10);
        while ((id /= 10) > 0);
    }
    size_t head = sizeof digits - at;
    uint8_t *to = tw_buffer_reserve(&box->queue, head + text.len + 1);
    if (!to) {
        box->queue.failed = false;
        return false;
    }
    memcpy(to, digits + at, head);
    if (text.len) memcpy(to + head, text.data, text.len);
    to[head + text.len] = '\n';
    box->queue.len += head + text.len + 1;
    gather(box);
    return true;
}

void assay_outbox_finish(assay_outbox *box, void (*drained)(assay_outbox *))
{
    box->drained = drained;
    gather(box);
}
