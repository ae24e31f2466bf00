/* One connection to an implementation under test: a process on two pipes, or a socket. It shakes hands, turns
 * requests into lines and lines into replies, and says exactly how the testee ended. It knows nothing of
 * cases, verdicts or windows. Everything happens on the caller's libuv loop; no callback is called from
 * inside a call. SIGPIPE is ignored in the whole process from the first start on, and descriptors above 2 are
 * set close-on-exec. */
#ifndef SUITE_TESTEE_TESTEE_H
#define SUITE_TESTEE_TESTEE_H

#include "suite/case/hello.h"

#include <uv.h>

typedef enum assay_channel { ASSAY_CHANNEL_PIPE, ASSAY_CHANNEL_CONNECT, ASSAY_CHANNEL_ATTACH } assay_channel;

/* Longest line either way, the line end not counted. */
#define ASSAY_LINE_MAX ((size_t)64 << 20)

typedef struct assay_testee_options {
    assay_channel channel;
    char *const *command;      /* pipe: argv, NULL at the end; borrowed */
    const char *address;       /* connect, attach: "tcp:HOST:PORT" or "unix:PATH" */
    unsigned hello_timeout_ms; /* 0: none */
    unsigned quit_grace_ms;    /* between SIGQUIT and SIGKILL; 1000 is usual */
    size_t reply_limit;        /* longest line, and most bytes of all parts of one reply; 0: ASSAY_LINE_MAX */
} assay_testee_options;

typedef enum assay_reply_kind {
    ASSAY_REPLY_OK,
    ASSAY_REPLY_REJECT,
    ASSAY_REPLY_FAULT,
    ASSAY_REPLY_NOMEM,
    ASSAY_REPLY_HANDED_UP,
    ASSAY_REPLY_UNSUPPORTED,
    ASSAY_REPLY_ERROR,
    ASSAY_REPLY_TOO_LONG,
    ASSAY_REPLY_HELLO /* to a "hello 1" that was sent as a request; text is the JSON */
} assay_reply_kind;

typedef struct assay_reply {
    uint32_t id;
    assay_reply_kind kind;
    const tw_bytes *parts; /* the `part` lines before it, decoded from hex */
    size_t part_count;
    tw_bytes bytes;   /* ok */
    size_t consumed;  /* ok; SIZE_MAX for `?` */
    const char *text; /* the rest of the line of the other kinds; valid UTF-8; "" for ok */
} assay_reply;

typedef enum assay_ending_cause {
    ASSAY_ENDED_BYE,       /* exit 0 after bye or end of input; a socket that closed after bye */
    ASSAY_ENDED_START,     /* the command could not be started, the address not reached; text says why */
    ASSAY_ENDED_HANDSHAKE, /* no hello in time or one that cannot be read, or the end came before it; text
                            * says which; exit_status and signal as for EXIT */
    ASSAY_ENDED_EXIT,    /* the process ended on its own: exit_status or signal; also status not 0 after bye,
                          * requests    left open at the end, a closed output or socket (text says so) */
    ASSAY_ENDED_GARBAGE, /* a line that is no reply, or an id not open; text shows the line; it was killed
                            then */
    ASSAY_ENDED_KILLED,  /* by assay_testee_kill; or after bye it did not end in time, text says so then */
    ASSAY_ENDED_BROKEN   /* it answered `0 error`: the glue could not read a request; text is what it said */
} assay_ending_cause;

typedef struct assay_ending {
    assay_ending_cause cause;
    int exit_status;         /* or -1 */
    int signal;              /* or 0 */
    const char *text;        /* for people; "" where the status says it all */
    const char *stderr_tail; /* the last 64 KiB, valid UTF-8; "" for sockets */
    /* Its largest resident size, as the kernel counts it: since the start or since assay_usage_reset_peak,
     * and on Linux at least what the suite itself held when it started it. -1 unknown. */
    int64_t max_rss_kib;
} assay_ending;

/* All pointers are valid during the call only. After `ended` nothing more is called; the owner then frees,
 * which it may do inside `ended`. */
typedef struct assay_testee_events {
    void (*ready)(void *context, const assay_hello *hello); /* shaken hands: requests may be sent */
    void (*reply)(void *context, const assay_reply *reply);
    void (*ended)(void *context, const assay_ending *ending);
} assay_testee_events;

typedef struct assay_testee assay_testee;

/* Starts a process (a session and process group of its own, RLIMIT_CORE 0, only descriptors 0 to 2), or
 * connects (retrying for 5 s), or listens and waits. Failures come as `ended`. NULL when memory is refused.
 * options and events are copied; the strings borrowed. */
assay_testee *assay_testee_start(uv_loop_t *loop, const assay_testee_options *options,
                                 const assay_testee_events *events, void *context);

/* After `ended` only. */
void assay_testee_free(assay_testee *testee);

/* Queues one request: `request` is the line without id and without line end. Returns its id (from 1; not
 * every number is used; 0 when memory is refused). Only between ready and ended. Requests queued in one turn
 * of the loop leave in one write. */
uint32_t assay_testee_send(assay_testee *testee, tw_bytes request);

/* Queues a line as it is (a line end is added): for those who test how glue takes what is no request. */
bool assay_testee_send_line(assay_testee *testee, tw_bytes line);

/* Bytes of requests queued or sent whose replies have not come: the caller keeps it below 1 MiB. */
size_t assay_testee_open_bytes(const assay_testee *testee);

/* Requests queued or sent whose replies have not come. */
size_t assay_testee_open_count(const assay_testee *testee);

/* Sends bye and closes the input; `ended` follows. A testee that does not end within grace_ms is killed and
 * ends as KILLED with text saying so. Before `ready` it is allowed too: the hello is still waited for. */
void assay_testee_bye(assay_testee *testee, unsigned grace_ms);

/* The same without the word bye: the input ends. */
void assay_testee_hang_up(assay_testee *testee, unsigned grace_ms);

/* SIGQUIT to the process group, and SIGKILL after the grace (at once when quit is false); closes a socket. */
void assay_testee_kill(assay_testee *testee, bool quit);

/* The process, or -1 for a socket. */
int assay_testee_pid(const assay_testee *testee);

/* attach: the address it listens on, with the true port where the one asked for was 0; otherwise the address
 * as given; "" for a pipe. */
const char *assay_testee_address(const assay_testee *testee);

/* What was read although it is not how a line should be: bits. */
typedef enum assay_note {
    ASSAY_NOTE_CR = 1,
    ASSAY_NOTE_UPPER = 2,
    ASSAY_NOTE_UTF8 = 4,
    ASSAY_NOTE_NO_BYE = 8
} assay_note;
unsigned assay_testee_notes(const assay_testee *testee);

#endif
