/* Who is to blame when a testee ended with requests behind it. Pure: it says which requests to try next, each
 * time in a fresh process that ends with `bye`, and is told what came of it.
 *
 * First nothing at all, where the testee ended behind `bye` (a testee that always ends badly blames no case);
 * then each suspect alone: all unanswered ones, oldest first, and the last answered one; then the last
 * requests of that process in their order, cut to the shortest failing end. */
#ifndef SUITE_RUN_SUSPECTS_H
#define SUITE_RUN_SUSPECTS_H

#include <stdbool.h>
#include <stddef.h>

#define ASSAY_NOBODY ((size_t)-1) /* no request */
#define ASSAY_HISTORY_MAX 1024u   /* requests of a process that are remembered */

typedef enum assay_blame {
    ASSAY_BLAME_OPEN,        /* not settled yet: there is a trial to do */
    ASSAY_BLAME_ALONE,       /* blamed does it alone */
    ASSAY_BLAME_STATEFUL,    /* blamed does it at the end of trial `sequence` */
    ASSAY_BLAME_UNCONFIRMED, /* nothing did it again; blamed is the most likely */
    ASSAY_BLAME_ALWAYS       /* the testee does it without any request */
} assay_blame;

typedef struct assay_suspects {
    size_t *tags; /* suspects, then history; one block */
    size_t alone_count;
    const size_t *history;
    size_t history_count;
    bool empty_first; /* try nothing at all first */

    enum { ASSAY_TRY_EMPTY, ASSAY_TRY_ALONE, ASSAY_TRY_WHOLE, ASSAY_TRY_CUT, ASSAY_TRY_DONE } phase;
    size_t at;           /* alone: the suspect now tried */
    size_t works, fails; /* cut: lengths of ends known not to fail, and to fail */
    assay_blame blame;
    size_t blamed;
    size_t sequence; /* stateful: length of the shortest failing end */
} assay_suspects;

typedef struct assay_incident {
    const size_t *open; /* unanswered, oldest first */
    size_t open_count;
    size_t last_answered;  /* or ASSAY_NOBODY */
    const size_t *history; /* every request of the process, oldest first, at most ASSAY_HISTORY_MAX */
    size_t history_count;
    bool oldest_only; /* a hang: only the oldest one can be the one that is not answered */
    bool empty_first;
    bool sure; /* the oldest unanswered one did it alone, and is of a kind that was seen to: no trial */
} assay_incident;

/* Copies the incident. False when memory is refused. */
bool assay_suspects_init(assay_suspects *suspects, const assay_incident *incident);
void assay_suspects_deinit(assay_suspects *suspects);

/* The next trial, or NULL when settled (blame is set then). *count may be 0: a process that is asked nothing.
 */
const size_t *assay_suspects_trial(const assay_suspects *suspects, size_t *count);

/* What came of the trial: whether the testee failed again, and which request was the oldest unanswered one
 * then (the last answered if none was; ASSAY_NOBODY where there was none). */
void assay_suspects_tell(assay_suspects *suspects, bool failed, size_t blamed);

#endif
