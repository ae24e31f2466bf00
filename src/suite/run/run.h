/* A conformance run: starts testees, asks them everything that the selection wants, finds out who is to blame
 * when one dies, and puts the result together. Nothing is printed. */
#ifndef SUITE_RUN_RUN_H
#define SUITE_RUN_RUN_H

#include "suite/judge/known.h"
#include "suite/judge/profile.h"
#include "suite/result/result.h"
#include "suite/run/select.h"
#include "suite/testee/testee.h"
#include "suite/vector/vector.h"

/* How far a run is. */
typedef struct assay_progress {
    size_t done, total, failed; /* cases */
    double seconds;             /* since the first case */
} assay_progress;

typedef struct assay_run_options {
    assay_testee_options testee;
    assay_selection selection;
    unsigned jobs;       /* testee processes at once; 0: 1. Always 1 over a socket */
    unsigned window;     /* most requests open at one testee; 0: 64 */
    unsigned timeout_ms; /* from when a case became the oldest open one; 0: none. 2000 is usual */
    unsigned restarts;   /* crashes and hangs before the rest is not run; 50 is usual */
    int64_t max_rss_kib; /* a testee that uses more is killed; 0: no limit. 2 GiB is usual */
    bool strict, fail_fast, exhaustive;
    bool all;                     /* passing derived cases are in the result too */
    assay_known *known;           /* or NULL; borrowed, and told of every case */
    const assay_profile *profile; /* or NULL; borrowed: outcomes are compared with it */
    bool pin_profile;             /* an outcome that has changed is a failure */
    const char *today;            /* "2026-01-31": when entries of known expire; NULL: today */
    const char *command;          /* as it could be typed again, for the result; NULL: made from testee */
    void (*progress)(void *context, const assay_progress *progress); /* about four times a second; or NULL */
    void (*notice)(void *context, const char *text); /* something to tell a person now; or NULL */
    void *context;                                   /* for progress and notice */
} assay_run_options;

/* The usual values; the testee and everything else empty. */
assay_run_options assay_run_options_default(void);

/* Once the channel is known: a testee that is attached, perhaps in a debugger, has time without end for its hello,
 * and for each case too where nobody chose a timeout. */
void assay_run_options_settle(assay_run_options *options, bool timeout_chosen);

/* Runs. The result is initialised here and is the caller's to deinit, whatever is returned; result->exit_code
 * says how the run ended. While it runs, SIGINT and SIGTERM end it early with what there is (interrupted).
 * False when memory was refused: the result then holds what could be put together, and its exit code is 70.
 */
bool assay_run(assay_vector_set *set, const assay_run_options *options, assay_result *result);

#endif
