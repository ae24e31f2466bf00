/* What a testee is inside. Shared by testee.c (what its owner wants), start.c, receive.c and ending.c; nobody
 * else includes it. */
#ifndef SUITE_TESTEE_STATE_H
#define SUITE_TESTEE_STATE_H

#include "suite/testee/dial.h"
#include "suite/testee/lines.h"
#include "suite/testee/open.h"
#include "suite/testee/outbox.h"
#include "suite/testee/process.h"
#include "suite/testee/tail.h"
#include "suite/testee/testee.h"

/* What the timer means when it fires. */
typedef enum assay_phase {
    ASSAY_PHASE_NONE,
    ASSAY_PHASE_FAILED, /* starting failed: say so from the loop */
    ASSAY_PHASE_HELLO,  /* waiting for the hello */
    ASSAY_PHASE_BYE,    /* the input was ended */
    ASSAY_PHASE_QUIT,   /* SIGQUIT was sent */
    ASSAY_PHASE_CLOSED, /* the output is closed: the process ought to exit */
    ASSAY_PHASE_DRAIN,  /* the process is dead; somebody outside of its group may still hold the pipes */
    ASSAY_PHASE_REAP    /* SIGKILL was sent */
} assay_phase;

enum { ASSAY_CLOSED_MS = 1000, ASSAY_DRAIN_MS = 250, ASSAY_REAP_MS = 5000 };

struct assay_testee {
    uv_loop_t *loop;
    assay_testee_options options;
    assay_testee_events events;
    void *context;

    assay_process process; /* a pipe */
    assay_dial dial;       /* a socket */
    uv_stream_t *in, *out; /* NULL until connected */
    assay_outbox outbox;
    assay_lines lines;
    assay_open open;
    assay_tail tail;
    char scratch[16 * 1024]; /* standard error, and output that nobody listens to */

    uv_timer_t timer;
    uv_shutdown_t shutdown;
    assay_phase phase;
    unsigned phase_ms;

    bool greeted;    /* the hello came */
    bool leaving;    /* bye or hang-up */
    uint32_t bye_id; /* 0: not sent, or answered */
    bool settled;    /* the cause is known; what still comes is not listened to */
    bool exited;     /* or there is no process */
    bool out_ended, err_ended;
    size_t drained; /* bytes of output read after the exit */
    bool finishing;
    unsigned closing; /* handles whose closing is awaited */
    assay_ending ending;
    char text[512];
};

static inline bool assay_is_pipe(const assay_testee *t)
{
    return t->options.channel == ASSAY_CHANNEL_PIPE;
}

/* start.c: connects, greets. */
void assay_testee_open_channel(assay_testee *t);

/* receive.c: the loop's callbacks for both outputs. */
void assay_receive_out(assay_testee *t);
void assay_receive_err(assay_testee *t);

/* ending.c: the first cause sticks; what follows are its consequences. */
__attribute__((format(printf, 3, 4))) void assay_settle(assay_testee *t, assay_ending_cause cause,
                                                        const char *format, ...);
void assay_phase_set(assay_testee *t, assay_phase phase, unsigned ms);
/* Ends it as fast as can be; `ended` comes later. */
void assay_kill_now(assay_testee *t);
/* Nothing more will come: closes everything; `ended` comes when that is done. */
void assay_finish(assay_testee *t);
/* Finishes if the process is dead and both outputs have ended. */
void assay_check_ended(assay_testee *t);
void assay_close_handle(assay_testee *t, uv_handle_t *handle);
void assay_on_exit(uv_process_t *process, int64_t status, int signal_number);

#endif
