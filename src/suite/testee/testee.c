#include "suite/testee/testee.h"
#include "suite/testee/state.h"

#include <signal.h>
#include <stdlib.h>

assay_testee *assay_testee_start(uv_loop_t *loop, const assay_testee_options *options,
                                 const assay_testee_events *events, void *context)
{
    assay_testee *t = calloc(1, sizeof *t);
    if (!t) return NULL;
    t->loop = loop;
    t->options = *options;
    t->events = *events;
    t->context = context;
    t->ending = (assay_ending){.exit_status = -1, .max_rss_kib = -1};
    assay_outbox_init(&t->outbox, loop, t);
    assay_lines_init(&t->lines, options->reply_limit);
    assay_open_init(&t->open);
    assay_tail_init(&t->tail);
    uv_timer_init(loop, &t->timer);
    t->timer.data = t;
    assay_testee_open_channel(t);
    return t;
}

void assay_testee_free(assay_testee *t)
{
    if (!t) return;
    assay_outbox_deinit(&t->outbox);
    assay_lines_deinit(&t->lines);
    assay_open_deinit(&t->open);
    assay_tail_deinit(&t->tail);
    if (assay_is_pipe(t)) assay_process_deinit(&t->process);
    free(t);
}

uint32_t assay_testee_send(assay_testee *t, tw_bytes request)
{
    uint32_t id = assay_open_add(&t->open, request.len);
    if (id && !assay_outbox_add(&t->outbox, id, request)) {
        assay_open_remove(&t->open, id);
        id = 0;
    }
    return id;
}

bool assay_testee_send_line(assay_testee *t, tw_bytes line)
{
    return assay_outbox_add(&t->outbox, -1, line);
}

size_t assay_testee_open_bytes(const assay_testee *t)
{
    return t->open.bytes;
}

size_t assay_testee_open_count(const assay_testee *t)
{
    return t->open.count - (t->bye_id ? 1u : 0u);
}

static void on_shut(uv_shutdown_t *shutdown, int status)
{
    (void)shutdown, (void)status;
}

/* All was written: the input may end. */
static void on_drained(assay_outbox *box)
{
    assay_testee *t = box->context;
    if (t->finishing) return;
    if (assay_is_pipe(t)) {
        assay_close_handle(t, (uv_handle_t *)&t->process.in);
        return;
    }
    uv_shutdown(&t->shutdown, t->in, on_shut);
}

void assay_testee_hang_up(assay_testee *t, unsigned grace_ms)
{
    if (t->finishing || t->leaving || t->settled) return;
    t->leaving = true;
    assay_outbox_finish(&t->outbox, on_drained);
    if (!assay_is_pipe(t) || !t->exited) assay_phase_set(t, ASSAY_PHASE_BYE, grace_ms);
}

void assay_testee_bye(assay_testee *t, unsigned grace_ms)
{
    static const char bye[] = "bye";
    if (t->finishing || t->leaving || t->settled) return;
    t->bye_id = assay_testee_send(t, tw_bytes_of(bye, sizeof bye - 1));
    assay_testee_hang_up(t, grace_ms);
}

void assay_testee_kill(assay_testee *t, bool quit)
{
    if (t->finishing) return;
    assay_settle(t, ASSAY_ENDED_KILLED, "%s", "");
    if (assay_is_pipe(t) && quit && !t->exited) {
        assay_process_signal(&t->process, SIGQUIT);
        assay_phase_set(t, ASSAY_PHASE_QUIT, t->options.quit_grace_ms);
    } else {
        assay_kill_now(t);
    }
}

int assay_testee_pid(const assay_testee *t)
{
    return assay_is_pipe(t) ? t->process.pid : -1;
}

const char *assay_testee_address(const assay_testee *t)
{
    return assay_is_pipe(t) ? "" : t->dial.name;
}

unsigned assay_testee_notes(const assay_testee *t)
{
    return t->lines.notes | (t->bye_id ? ASSAY_NOTE_NO_BYE : 0u);
}
