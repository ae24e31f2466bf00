/* What is known of every case of a plan: still to be run, out with a testee, or settled, and then how.
 * Observations are judged as they come; of a case that passed only the verdict is kept. Entries stand in plan
 * order, so a result does not depend on which process answered when. */
#ifndef SUITE_RUN_LEDGER_H
#define SUITE_RUN_LEDGER_H

#include "suite/judge/judge.h"
#include "suite/run/classes.h"
#include "suite/run/groups.h"

/* What a result tells of a case that did not pass, and of every named vector. Strings are in the ledger's
 * arena or static. */
typedef struct assay_finding {
    const char *detail, *difference, *got, *said, *stderr_tail; /* never NULL */
    bool unconfirmed, stateful, assumed;
    int exit_status, signal;
    int64_t rss_kib; /* -1 when not measured */
} assay_finding;

typedef enum assay_entry_state {
    ASSAY_ENTRY_WAITING,
    ASSAY_ENTRY_OUT,
    ASSAY_ENTRY_SETTLED
} assay_entry_state;

typedef struct assay_entry {
    uint8_t state;   /* assay_entry_state */
    uint8_t verdict; /* assay_verdict, once settled */
    uint8_t act;     /* assay_act, once settled; NOT_RUN for skips */
    float ms;
    const assay_finding *finding; /* NULL: passed, and nothing else is worth keeping */
} assay_entry;

typedef struct assay_ledger_options {
    bool strict;     /* as in assay_judge_options */
    bool keep_all;   /* keep what was got for passing derived cases too */
    bool exhaustive; /* nothing is assumed */
    bool mixed;      /* the plan's order is that of sending, whatever the class */
    bool measured;   /* budget cases have a queue of their own; otherwise they go with the rest */
} assay_ledger_options;

typedef struct assay_ledger {
    const assay_plan *plan;
    const assay_hello *hello;
    assay_ledger_options options;
    assay_entry *entries; /* as plan->items */
    assay_groups stream, budget;
    assay_classes classes;
    tw_arena scratch, kept;
    size_t settled, failed; /* for progress; skips are settled */
    size_t ran;             /* cases that were sent and settled */
    bool fault;             /* memory was refused: entries are not to be relied upon */
} assay_ledger;

/* plan and hello are borrowed. Skips are settled at once. False when memory is refused; deinit is then still
 * to be called. */
bool assay_ledger_init(assay_ledger *ledger, const assay_plan *plan, const assay_hello *hello,
                       const assay_ledger_options *options);
void assay_ledger_deinit(assay_ledger *ledger);

/* Hands out the next case to run, settling on the way those whose class has shown its crash often enough. held
 * is the taker's, as for assay_groups_take. False when there is none for this taker now. */
bool assay_ledger_take(assay_ledger *ledger, assay_groups *groups, size_t *held, size_t *index);

/* Takes back a case that is out, to be run again; one that is settled or waiting is left alone. */
void assay_ledger_return(assay_ledger *ledger, size_t index);

/* Judges what was seen of a case and settles it, in place of what was seen before. */
void assay_ledger_settle(assay_ledger *ledger, size_t index, const assay_observation *seen);

/* Counts a confirmed crash or hang towards its class. */
void assay_ledger_repeat(assay_ledger *ledger, size_t index);

/* Settles every case that is not as not run, which is `broken`. Returns how many there were. */
size_t assay_ledger_close(assay_ledger *ledger);

/* The judgement of a settled entry (got NULL where none was kept). */
assay_judgement assay_ledger_judgement(const assay_ledger *ledger, size_t index);

#endif
