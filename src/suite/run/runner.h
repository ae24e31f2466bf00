/* The runner's parts. Private to the folder: a runner holds workers; a worker leads one testee process at a
 * time, each with one purpose: the stream of cases (stream.c), a trial of a suspect (trial.c), or measuring
 * (budget.c). */
#ifndef SUITE_RUN_RUNNER_H
#define SUITE_RUN_RUNNER_H

#include "suite/run/ledger.h"
#include "suite/run/observe.h"
#include "suite/run/run.h"
#include "suite/run/sanity.h"
#include "suite/testee/usage.h"

#define ASSAY_JOBS_MAX 64u
#define ASSAY_START_TRIES                                                                                    \
    3u /* how often a testee that ran before is started again when it does not come up */

typedef struct assay_runner assay_runner;

/* What a process is asked before its first case. */
typedef struct assay_opening {
    size_t next; /* sanity step to send */
    size_t open; /* sent and not answered */
} assay_opening;

/* An incident and the search for whom to blame. */
typedef struct assay_inquiry {
    bool active;
    bool after_bye;
    bool abandoned;         /* not tried to the end */
    assay_observation seen; /* owned: how it ended first, or in the last trial that failed */
    size_t open[2 * ASSAY_WINDOW_MAX], history[ASSAY_HISTORY_MAX];
    assay_incident incident; /* points into the two above */
    assay_suspects suspects;
    size_t sent; /* of the trial that runs */
} assay_inquiry;

/* One budget case on its way through: an echo of its size, then itself. */
typedef struct assay_measuring {
    enum { ASSAY_MEASURE_NONE, ASSAY_MEASURE_ECHO, ASSAY_MEASURE_CASE } phase;
    bool sent;       /* the request of this phase */
    bool confirming; /* `first` was over the budget; this is the second look, in a fresh process */
    bool grown;      /* the process is no longer as small as it was: take a fresh one */
    size_t index;
    tw_buffer filler; /* the echo's bytes */
    assay_case echo;
    bool measured; /* before and echoed are valid */
    assay_usage before;
    int64_t echo_rss_kib, echo_cpu_ms, echo_virtual_kib;
    int64_t first_rss_kib, first_cpu_ms, first_virtual_kib;
} assay_measuring;

typedef struct assay_worker {
    assay_runner *runner;
    assay_talk *talk; /* NULL between processes */
    assay_opening opening;
    bool asked;   /* this process was asked a case */
    bool closing; /* the last sanity case was sent */
    unsigned unreached;
    size_t last_case;                  /* index last sent, or ASSAY_NOBODY */
    size_t stream_group, budget_group; /* in this worker's hands, or ASSAY_NO_GROUP */
    assay_inquiry inquiry;
    assay_measuring measuring;
} assay_worker;

struct assay_runner {
    uv_loop_t loop;
    const assay_run_options *options;
    assay_vector_set *set;
    assay_hello hello;
    assay_sanity_set sanity;
    assay_plan plan;
    assay_ledger ledger;
    bool has_hello, planned;

    assay_worker *workers;
    unsigned jobs, live;
    unsigned restarts; /* used */

    bool stopping;    /* kill what runs, start nothing */
    bool interrupted; /* by a signal */
    bool fault;       /* memory was refused */
    bool failed_fast;
    bool exhausted;   /* no more cases are handed out */
    bool bye_checked; /* a process that was asked nothing ended well behind bye, or did not: bye_broken */
    bool bye_broken;
    char *not_started; /* why, or NULL */
    char **reasons;    /* why the run is incomplete */
    size_t reason_count;

    uv_signal_t sigint, sigterm;
    uv_timer_t progress;
    bool handles_open;
    uint64_t started_ns, ended_ns;
};

/* Runs to the end. False when not even the loop could be set up. The caller deinits in any case. */
bool assay_runner_run(assay_runner *runner, assay_vector_set *set, const assay_run_options *options);
void assay_runner_deinit(assay_runner *runner);

/* Kills every testee; nothing is started any more. */
void assay_runner_stop(assay_runner *runner);
/* Records, once each, why the run is incomplete; printf-like. */
__attribute__((format(printf, 2, 3))) void assay_runner_incomplete(assay_runner *runner, const char *format,
                                                                   ...);
/* Records why the testee cannot be used at all, and stops. */
__attribute__((format(printf, 2, 3))) void assay_runner_not_started(assay_runner *runner, const char *format,
                                                                    ...);
/* Memory was refused: stops. */
void assay_runner_fault(assay_runner *runner);
/* Makes the plan once the testee has proved sane; starts the other workers. */
void assay_runner_plan(assay_runner *runner);
/* Takes the first hello, or compares a later one. */
void assay_runner_hello(assay_runner *runner, const assay_hello *hello);
/* To be called after a case was settled: stops where --fail-fast wants it, or memory was refused. */
void assay_runner_settled(assay_runner *runner, size_t index);

/* What the worker does next, with no process running: an inquiry, the stream, a measurement, or nothing more.
 */
void assay_worker_advance(assay_worker *worker);
/* Starts a process; its events come with the worker as context. timeout_factor multiplies the time for a
 * case. */
void assay_worker_start(assay_worker *worker, const assay_talk_events *events, unsigned timeout_factor);
/* The end of a process for stream and measuring: goes on, tries again, or begins an inquiry. */
void assay_worker_over(assay_worker *worker, const assay_talk_end *end);
/* A process could not be started or did not shake hands. */
void assay_worker_unreached(assay_worker *worker, const assay_talk_end *end);

/* Sanity at the start of a process: SEND with the item, WAIT until answered, BYE when passed. */
void assay_opening_begin(assay_worker *worker);
assay_next assay_opening_next(assay_worker *worker, assay_item *item);
/* Takes the answer to a sanity request of the opening or the closing. */
void assay_opening_answered(assay_worker *worker, size_t tag, const assay_reply *reply);

/* Fills in the item for an index of the plan or a sanity tag. */
void assay_worker_item(const assay_worker *worker, size_t tag, assay_item *item);

void assay_stream_start(assay_worker *worker);
void assay_trial_start(assay_worker *worker);
/* Begins to look for whom to blame; assay_worker_advance then runs the trials. */
void assay_trial_begin(assay_worker *worker, const assay_talk_end *end);
/* Ends the search without an answer: the most likely case is blamed unconfirmed. */
void assay_trial_abandon(assay_worker *worker);
void assay_budget_start(assay_worker *worker);

#endif
