/* What a testee says, taken apart and handed on. */
#include "suite/testee/state.h"

#include <stdio.h>
#include <string.h>

/* More than any pipe holds: what comes beyond it after the exit was not written by the dead process. */
enum { DRAIN_BYTES = 4 << 20 };

static void garbage(assay_testee *t, const char *what)
{
    assay_settle(t, t->greeted ? ASSAY_ENDED_GARBAGE : ASSAY_ENDED_HANDSHAKE, "%s", what);
    assay_kill_now(t);
}

static void take_hello(assay_testee *t, const assay_reply *reply)
{
    assay_hello hello;
    char why[256];
    if (reply->kind != ASSAY_REPLY_HELLO || reply->id != 0) {
        assay_settle(t, ASSAY_ENDED_HANDSHAKE, "the first reply is not a hello%s%.200s",
                     *reply->text ? ": " : "", reply->text);
        assay_kill_now(t);
        return;
    }
    if (!assay_hello_parse(reply->text, strlen(reply->text), &hello, why, sizeof why)) {
        assay_settle(t, ASSAY_ENDED_HANDSHAKE, "its hello cannot be read: %s", why);
        assay_kill_now(t);
        return;
    }
    t->greeted = true;
    if (t->phase == ASSAY_PHASE_HELLO) assay_phase_set(t, ASSAY_PHASE_NONE, 0);
    t->events.ready(t->context, &hello);
    assay_hello_deinit(&hello);
}

static void take_reply(assay_testee *t, const assay_reply *reply)
{
    if (!t->greeted) {
        take_hello(t, reply);
    } else if (reply->id == 0 && reply->kind == ASSAY_REPLY_ERROR) {
        assay_settle(t, ASSAY_ENDED_BROKEN, "%.400s", reply->text);
        assay_kill_now(t);
    } else if (!assay_open_remove(&t->open, reply->id)) {
        char what[96];
        snprintf(what, sizeof what, "a reply to %u, which is not open", reply->id);
        garbage(t, what);
    } else if (t->bye_id && reply->id == t->bye_id) {
        t->bye_id = 0;
    } else {
        t->events.reply(t->context, reply);
    }
}

static void take_lines(assay_testee *t)
{
    assay_reply reply;
    while (!t->settled) {
        switch (assay_lines_next(&t->lines, &reply)) {
        case ASSAY_LINES_MORE: return;
        case ASSAY_LINES_REPLY: take_reply(t, &reply); break;
        case ASSAY_LINES_GARBAGE: garbage(t, t->lines.complaint); break;
        case ASSAY_LINES_MEMORY: garbage(t, "out of memory for a reply"); break;
        }
    }
}

static void on_out_room(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    assay_testee *t = handle->data;
    (void)suggested;
    /* Once settled, nothing is kept of what still comes: a flood must not grow. */
    size_t room = sizeof t->scratch;
    char *at = t->settled ? t->scratch : assay_lines_room(&t->lines, &room);
    *buffer = uv_buf_init(at, at ? (unsigned)room : 0);
}

static void end_out(assay_testee *t)
{
    uv_read_stop(t->out);
    t->out_ended = true;
    if (!assay_is_pipe(t))
        assay_finish(t);
    else if (!t->exited && !t->settled && !t->leaving)
        assay_phase_set(t, ASSAY_PHASE_CLOSED, ASSAY_CLOSED_MS);
    assay_check_ended(t);
}

static void on_out(uv_stream_t *stream, ssize_t n, const uv_buf_t *buffer)
{
    assay_testee *t = stream->data;
    (void)buffer;
    if (n > 0 && !t->settled) {
        assay_lines_filled(&t->lines, (size_t)n);
        take_lines(t);
    }
    if (n > 0 && t->phase == ASSAY_PHASE_DRAIN) {
        /* What the dead process had written is read to its end, however slow the owner is. */
        t->drained += (size_t)n;
        if (t->drained < DRAIN_BYTES) assay_phase_set(t, ASSAY_PHASE_DRAIN, ASSAY_DRAIN_MS);
    }
    if (n == UV_ENOBUFS) garbage(t, "out of memory for a reply");
    if (n < 0) end_out(t);
}

static void on_err_room(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    assay_testee *t = handle->data;
    (void)suggested;
    *buffer = uv_buf_init(t->scratch, sizeof t->scratch);
}

static void on_err(uv_stream_t *stream, ssize_t n, const uv_buf_t *buffer)
{
    assay_testee *t = stream->data;
    if (n > 0) assay_tail_add(&t->tail, buffer->base, (size_t)n);
    if (n >= 0) return;
    uv_read_stop(stream);
    t->err_ended = true;
    assay_check_ended(t);
}

void assay_receive_out(assay_testee *t)
{
    t->out->data = t;
    uv_read_start(t->out, on_out_room, on_out);
}

void assay_receive_err(assay_testee *t)
{
    uv_read_start((uv_stream_t *)&t->process.err, on_err_room, on_err);
}
