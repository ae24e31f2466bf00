/* One life of a testee, from its start to its end: keeps the window full, minds the clock and the memory, and
 * says who was unanswered when it ended. What to ask, and what an answer means, is the owner's. */
#ifndef SUITE_RUN_TALK_H
#define SUITE_RUN_TALK_H

#include "suite/run/suspects.h"
#include "suite/testee/testee.h"

#define ASSAY_OPEN_BYTES_MAX (1u << 20) /* request bytes open at once; a single larger request goes alone */
#define ASSAY_WINDOW_MAX 64u

typedef struct assay_talk_options {
    assay_testee_options testee;
    unsigned window;     /* most requests open; cut to what the testee declares */
    unsigned timeout_ms; /* from when a request became the oldest open one; 0: none */
    int64_t max_rss_kib; /* of the process group; 0: none */
    bool every_peak;     /* looks at every answer for what was taken and given back between two looks: dear */
} assay_talk_options;

/* One thing to ask: a case, or a raw request. A case that is to come behind a refused request waits until the
 * window is drained, and both go together. */
typedef struct assay_item {
    size_t tag;          /* the owner's name for it */
    const assay_case *c; /* or NULL: raw */
    tw_bytes raw;        /* a request line without id and line end; valid until it was sent */
    bool drained;        /* nothing else may be open when it is sent */
} assay_item;

typedef enum assay_next {
    ASSAY_NEXT_SEND, /* the item was filled in */
    ASSAY_NEXT_WAIT, /* nothing now; asked again after the next answer, or by assay_talk_pump */
    ASSAY_NEXT_BYE   /* no more: say bye once all is answered */
} assay_next;

typedef enum assay_talk_cause {
    ASSAY_TALK_DONE,        /* everything answered, bye, exit 0 */
    ASSAY_TALK_NOT_REACHED, /* did not start, or did not shake hands */
    ASSAY_TALK_CRASH,
    ASSAY_TALK_HANG,
    ASSAY_TALK_GARBAGE,
    ASSAY_TALK_BROKEN,  /* the glue said that it could not read a request */
    ASSAY_TALK_MEMORY,  /* killed for growing beyond max_rss_kib */
    ASSAY_TALK_STOPPED, /* by assay_talk_stop */
    ASSAY_TALK_FAULT    /* the suite's own memory was refused */
} assay_talk_cause;

typedef struct assay_talk_end {
    assay_talk_cause cause;
    bool after_bye;          /* crash, hang: everything was answered, and it did not end well */
    int exit_status, signal; /* crash: status or -1, signal or 0 */
    const char *text;        /* for people, or "" */
    const char *stderr_tail;
    double waited_ms;        /* how long the oldest open request had waited */
    size_t unsent;           /* a tag that `next` gave and that was not sent any more; or ASSAY_NOBODY */
    assay_incident incident; /* oldest_only and empty_first filled in from the cause */
} assay_talk_end;

/* Pointers are valid during the call only. No call comes from inside a call into the talk. */
typedef struct assay_talk_events {
    void (*ready)(void *context, const assay_hello *hello);
    assay_next (*next)(void *context, assay_item *item);
    /* ms: since the request became the oldest open one, or since the answer before, whichever is later. The
     * replies to refused requests are not told. */
    void (*answered)(void *context, size_t tag, const assay_reply *reply, double ms);
    /* The last call; the talk frees itself after it. Another may be started inside. */
    void (*over)(void *context, const assay_talk_end *end);
} assay_talk_events;

typedef struct assay_talk assay_talk;

/* options and events are copied, strings borrowed. NULL when memory is refused; no event comes then. */
assay_talk *assay_talk_start(uv_loop_t *loop, const assay_talk_options *options,
                             const assay_talk_events *events, void *context);

/* Asks `next` again. Not from inside next. */
void assay_talk_pump(assay_talk *talk);

/* Kills the testee; `over` follows. */
void assay_talk_stop(assay_talk *talk);

/* Changes the time allowed from now on; 0: none. */
void assay_talk_set_timeout(assay_talk *talk, unsigned timeout_ms);

/* Requests open now. */
size_t assay_talk_open(const assay_talk *talk);

/* Where it listens or connects; "" for a pipe. */
const char *assay_talk_address(const assay_talk *talk);

/* The process, or -1. */
int assay_talk_pid(const assay_talk *talk);

#endif
