/* From nothing to the hello that was sent. */
#include "suite/testee/state.h"

#include <stddef.h>

static void greet(assay_testee *t)
{
    static const char hello[] = "0 hello 1";
    assay_receive_out(t);
    assay_outbox_open(&t->outbox, t->in);
    if (!assay_outbox_add(&t->outbox, -1, tw_bytes_of(hello, sizeof hello - 1))) {
        assay_settle(t, ASSAY_ENDED_START, "out of memory");
        assay_kill_now(t);
    } else if (t->options.hello_timeout_ms > 0 && !t->leaving) {
        assay_phase_set(t, ASSAY_PHASE_HELLO, t->options.hello_timeout_ms);
    }
}

static void on_dialed(assay_dial *dial, int error)
{
    assay_testee *t = (assay_testee *)((char *)dial - offsetof(assay_testee, dial));
    if (error) {
        assay_settle(t, ASSAY_ENDED_START, "cannot reach %s: %s", dial->name, uv_strerror(error));
        assay_finish(t);
        return;
    }
    t->in = t->out = &dial->stream.stream;
    greet(t);
}

static void start_process(assay_testee *t)
{
    int error = assay_process_spawn(&t->process, t->loop, t->options.command, assay_on_exit, t);
    if (error) {
        t->exited = true;
        assay_settle(t, ASSAY_ENDED_START, "cannot start %.200s: %s", t->options.command[0],
                     uv_strerror(error));
        assay_phase_set(t, ASSAY_PHASE_FAILED, 0);
        return;
    }
    t->in = (uv_stream_t *)&t->process.in;
    t->out = (uv_stream_t *)&t->process.out;
    assay_receive_err(t);
    greet(t);
}

static void start_socket(assay_testee *t)
{
    t->exited = t->err_ended = true;
    bool ok = t->options.channel == ASSAY_CHANNEL_CONNECT
                  ? assay_dial_connect(&t->dial, t->loop, t->options.address, on_dialed)
                  : assay_dial_listen(&t->dial, t->loop, t->options.address, on_dialed);
    if (ok) return;
    assay_settle(t, ASSAY_ENDED_START, "%s", t->dial.why);
    assay_phase_set(t, ASSAY_PHASE_FAILED, 0);
}

void assay_testee_open_channel(assay_testee *t)
{
    if (assay_is_pipe(t))
        start_process(t);
    else
        start_socket(t);
}
