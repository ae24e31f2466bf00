/* How a testee ends: every way leads through assay_settle, which keeps the first cause, and assay_finish. */
#include "suite/testee/state.h"
#include "suite/case/text.h"

#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void assay_settle(assay_testee *t, assay_ending_cause cause, const char *format, ...)
{
    if (t->settled) return;
    t->settled = true;
    t->ending.cause = cause;
    va_list args;
    va_start(args, format);
    vsnprintf(t->text, sizeof t->text, format, args);
    va_end(args);
}

static void on_timer(uv_timer_t *timer)
{
    assay_testee *t = timer->data;
    assay_phase phase = t->phase;
    t->phase = ASSAY_PHASE_NONE;
    switch (phase) {
    case ASSAY_PHASE_NONE: return;
    case ASSAY_PHASE_FAILED:
    case ASSAY_PHASE_DRAIN:
    case ASSAY_PHASE_REAP: assay_finish(t); return;
    case ASSAY_PHASE_HELLO:
        assay_settle(t, ASSAY_ENDED_HANDSHAKE, "no hello within %u ms", t->phase_ms);
        break;
    case ASSAY_PHASE_BYE:
        assay_settle(t, ASSAY_ENDED_KILLED, "it did not end within %u ms after its input ended", t->phase_ms);
        break;
    case ASSAY_PHASE_CLOSED:
        assay_settle(t, t->greeted ? ASSAY_ENDED_EXIT : ASSAY_ENDED_HANDSHAKE,
                     "it closed its standard output and did not exit");
        break;
    case ASSAY_PHASE_QUIT: break;
    }
    assay_kill_now(t);
}

void assay_phase_set(assay_testee *t, assay_phase phase, unsigned ms)
{
    t->phase = phase;
    t->phase_ms = ms;
    /* The loop's clock stands still while callbacks run; a busy one would fire early. */
    uv_update_time(t->loop);
    if (phase == ASSAY_PHASE_NONE)
        uv_timer_stop(&t->timer);
    else
        uv_timer_start(&t->timer, on_timer, ms, 0);
}

void assay_kill_now(assay_testee *t)
{
    if (!assay_is_pipe(t)) {
        assay_finish(t);
    } else if (!t->exited) {
        assay_process_signal(&t->process, SIGKILL);
        assay_phase_set(t, ASSAY_PHASE_REAP, ASSAY_REAP_MS);
    }
}

/* What nobody has settled yet: it ended on its own. */
static void settle_end(assay_testee *t)
{
    const assay_ending *e = &t->ending;
    if (t->settled) return;
    const char *rest = assay_lines_unfinished(&t->lines) ? t->lines.complaint : "";
    const char *gap = *rest ? "; " : "";
    bool clean = !*rest && (!assay_is_pipe(t) || e->exit_status == 0) && assay_testee_open_count(t) == 0;
    if (!t->greeted && e->signal)
        assay_settle(t, ASSAY_ENDED_HANDSHAKE, "killed by signal %d (%s) before its hello%s%s", e->signal,
                     strsignal(e->signal), gap, rest);
    else if (!t->greeted && assay_is_pipe(t))
        assay_settle(t, ASSAY_ENDED_HANDSHAKE, "exited with status %d before its hello%s%s", e->exit_status,
                     gap, rest);
    else if (!t->greeted)
        assay_settle(t, ASSAY_ENDED_HANDSHAKE, "the connection was closed before the hello%s%s", gap, rest);
    else if (t->leaving && clean)
        assay_settle(t, ASSAY_ENDED_BYE, "%s", "");
    else if (!assay_is_pipe(t))
        assay_settle(t, ASSAY_ENDED_EXIT, "the connection was closed%s%s", gap, rest);
    else
        assay_settle(t, ASSAY_ENDED_EXIT, "%s", rest);
}

static void check_closed(assay_testee *t)
{
    if (!t->finishing || t->closing > 0) return;
    assay_ending ending = t->ending;
    char *text = assay_text_clean_copy(t->text, strlen(t->text));
    char *tail = assay_tail_text(&t->tail);
    ending.text = text ? text : "";
    ending.stderr_tail = tail ? tail : "";
    if (assay_is_pipe(t)) ending.max_rss_kib = t->process.max_rss_kib;
    t->events.ended(t->context, &ending); /* the owner may free the testee inside */
    free(text);
    free(tail);
}

static void on_closed(uv_handle_t *handle)
{
    assay_testee *t = handle->data;
    t->closing--;
    check_closed(t);
}

static void on_dial_closed(assay_dial *dial)
{
    assay_testee *t = (assay_testee *)((char *)dial - offsetof(assay_testee, dial));
    t->closing--;
    check_closed(t);
}

void assay_close_handle(assay_testee *t, uv_handle_t *handle)
{
    if (uv_is_closing(handle)) return;
    t->closing++;
    handle->data = t;
    uv_close(handle, on_closed);
}

void assay_finish(assay_testee *t)
{
    if (t->finishing) return;
    settle_end(t);
    t->finishing = true;
    assay_phase_set(t, ASSAY_PHASE_NONE, 0);
    assay_close_handle(t, (uv_handle_t *)&t->timer);
    assay_close_handle(t, (uv_handle_t *)&t->outbox.gather);
    if (!assay_is_pipe(t)) {
        t->closing++;
        assay_dial_close(&t->dial, on_dial_closed);
        return;
    }
    assay_process_signal(&t->process, SIGKILL);
    uv_handle_t *handles[ASSAY_PROCESS_HANDLES];
    assay_process_handles(&t->process, handles);
    for (int i = 0; handles[i]; i++) assay_close_handle(t, handles[i]);
}

void assay_check_ended(assay_testee *t)
{
    if (t->exited && t->out_ended && t->err_ended) assay_finish(t);
}

void assay_on_exit(uv_process_t *process, int64_t status, int signal_number)
{
    assay_testee *t = process->data;
    t->exited = true;
    t->ending.exit_status = signal_number ? -1 : (int)status;
    t->ending.signal = signal_number;
    /* Children that it left behind hold its pipes: without them the pipes end. */
    assay_process_signal(&t->process, SIGKILL);
    assay_phase_set(t, ASSAY_PHASE_DRAIN, ASSAY_DRAIN_MS);
    assay_check_ended(t);
}
