/* The inside of a talk. Private to talk.c and talk_end.c. */
#ifndef SUITE_RUN_TALK_STATE_H
#define SUITE_RUN_TALK_STATE_H

#include "suite/run/talk.h"

#define ASSAY_TALK_IGNORED ((size_t)-2) /* the refused request that goes before a case */
#define ASSAY_TALK_RING 128u            /* more than the window and one refused request */

typedef struct assay_open_request {
    uint32_t id;
    bool answered;
    size_t tag;
} assay_open_request;

struct assay_talk {
    uv_loop_t *loop;
    assay_talk_options options;
    assay_talk_events events;
    void *context;
    assay_testee *testee;
    uv_timer_t tick;
    tw_buffer line; /* of the item at hand, or of the refused request before it */

    unsigned window;
    bool ready, pumping, bye_wanted, bye_said, ended;
    assay_talk_cause killed_for; /* ASSAY_TALK_DONE: not killed */
    char killed_text[160];

    assay_open_request ring[ASSAY_TALK_RING]; /* in the order of sending; those at the front are unanswered */
    unsigned head, used;                      /* entries from head on, answered ones among them */
    unsigned open;                            /* unanswered ones */
    bool holding;                             /* held is to be sent when there is room for it */
    bool built;                               /* line is that of held */
    assay_item held;

    int64_t data_kib, peak_kib; /* VmData and VmPeak when it was ready */
    unsigned ticks;
    uint64_t last_tick_ms, oldest_ms; /* how long the oldest has waited */
    uint64_t last_answer_ns;

    size_t last_answered;
    size_t history[ASSAY_HISTORY_MAX];
    size_t sent;

    assay_talk_end end;
    char *end_text, *end_stderr;
    size_t end_open[ASSAY_TALK_RING], end_history[ASSAY_HISTORY_MAX];
};

/* Sets talk->end, and the copies that it points to, from how the testee ended. */
void assay_talk_remember_end(assay_talk *talk, const assay_ending *ending);

#endif
