#include "suite/testee/dialog.h"

#include <stdlib.h>
#include <string.h>

static void on_ready(void *context, const assay_hello *hello)
{
    assay_dialog *d = context;
    char why[8];
    d->ready = assay_hello_parse(hello->json, strlen(hello->json), &d->hello, why, sizeof why);
}

static void on_reply(void *context, const assay_reply *reply)
{
    assay_dialog *d = context;
    bool ok = reply->kind == ASSAY_REPLY_OK;
    d->replies++;
    d->id = reply->id;
    d->kind = reply->kind;
    d->part_count = reply->part_count;
    d->consumed = reply->consumed;
    tw_buffer_clear(&d->bytes);
    if (ok)
        tw_buffer_append(&d->bytes, reply->bytes.data, reply->bytes.len);
    else
        tw_buffer_append(&d->bytes, reply->text, strlen(reply->text) + 1);
    if (d->on_reply) d->on_reply(d->context, reply);
}

static void on_ended(void *context, const assay_ending *ending)
{
    assay_dialog *d = context;
    d->ended = true;
    d->cause = ending->cause;
    d->exit_status = ending->exit_status;
    d->signal = ending->signal;
    d->text = strdup(ending->text);
    d->stderr_tail = strdup(ending->stderr_tail);
    d->max_rss_kib = ending->max_rss_kib;
    d->notes = assay_testee_notes(d->testee);
}

static void on_timer(uv_timer_t *timer)
{
    ((assay_dialog *)timer->data)->timed_out = true;
}

static bool interrupted(const assay_dialog *d)
{
    return d->interrupted && *d->interrupted;
}

/* One turn of the loop; false when waiting is over. */
static bool turn(const assay_dialog *d)
{
    if (d->ended || d->timed_out || interrupted(d)) return false;
    uv_run(d->loop, UV_RUN_ONCE);
    return true;
}

static void set_timer(assay_dialog *d, unsigned timeout_ms)
{
    d->timed_out = false;
    uv_update_time(d->loop);
    uv_timer_start(&d->timer, on_timer, timeout_ms, 0);
}

bool assay_dialog_open(assay_dialog *d, uv_loop_t *loop, const assay_testee_options *options,
                       const bool *flag)
{
    static const assay_testee_events events = {on_ready, on_reply, on_ended};
    *d = (assay_dialog){.loop = loop, .interrupted = flag, .exit_status = -1, .max_rss_kib = -1};
    tw_buffer_init(&d->bytes, NULL);
    uv_timer_init(loop, &d->timer);
    d->timer.data = d;
    d->testee = assay_testee_start(loop, options, &events, d);
    d->ended = d->testee == NULL;
    while (!d->ready && turn(d)) {
    }
    return d->ready;
}

bool assay_dialog_wait_ready(assay_dialog *d, unsigned timeout_ms)
{
    set_timer(d, timeout_ms);
    while (!d->ready && turn(d)) {
    }
    uv_timer_stop(&d->timer);
    return d->ready;
}

bool assay_dialog_ask(assay_dialog *d, const char *request, unsigned timeout_ms)
{
    if (!d->testee || d->ended) return false;
    uint32_t id = assay_testee_send(d->testee, tw_bytes_of(request, strlen(request)));
    set_timer(d, timeout_ms);
    size_t before = d->replies;
    while (id && !(d->replies > before && d->id == id) && turn(d)) {
    }
    uv_timer_stop(&d->timer);
    return id && d->replies > before && d->id == id;
}

bool assay_dialog_wait(assay_dialog *d, size_t replies, unsigned timeout_ms)
{
    set_timer(d, timeout_ms);
    while (d->replies < replies && turn(d)) {
    }
    uv_timer_stop(&d->timer);
    return d->replies >= replies;
}

bool assay_dialog_wait_end(assay_dialog *d, unsigned timeout_ms)
{
    set_timer(d, timeout_ms);
    while (turn(d)) {
    }
    uv_timer_stop(&d->timer);
    return d->ended;
}

static void on_timer_closed(uv_handle_t *timer)
{
    timer->data = NULL;
}

void assay_dialog_close(assay_dialog *d, assay_parting how, unsigned grace_ms)
{
    if (d->testee && !d->ended) {
        if (how == ASSAY_PART_BYE) assay_testee_bye(d->testee, grace_ms);
        if (how == ASSAY_PART_HANG_UP) assay_testee_hang_up(d->testee, grace_ms);
        if (how == ASSAY_PART_QUIT) assay_testee_kill(d->testee, true);
        if (how == ASSAY_PART_KILL) assay_testee_kill(d->testee, false);
        d->timed_out = false;
        while (turn(d)) {
        }
        if (!d->ended) assay_testee_kill(d->testee, false);
        while (!d->ended) uv_run(d->loop, UV_RUN_ONCE); /* bounded by the testee's own timers */
    }
    assay_testee_free(d->testee);
    d->testee = NULL;
    if (!d->timer.data) return;
    uv_close((uv_handle_t *)&d->timer, on_timer_closed);
    while (d->timer.data) uv_run(d->loop, UV_RUN_ONCE);
}

void assay_dialog_deinit(assay_dialog *d)
{
    if (d->ready) assay_hello_deinit(&d->hello);
    tw_buffer_deinit(&d->bytes);
    free(d->text);
    free(d->stderr_tail);
    d->ready = false;
    d->text = d->stderr_tail = NULL;
}
