/* The order in which cases go out. Cases of one class (classes.h) form a group, in plan order, and a group is
 * in the hands of one taker at a time: what a class shows, and from where on it is assumed, then does not
 * depend on how many testees there are or which is faster; and while one of them looks into the hangs of one
 * class, the others go on with other classes. */
#ifndef SUITE_RUN_GROUPS_H
#define SUITE_RUN_GROUPS_H

#include "suite/run/plan.h"

#define ASSAY_NO_GROUP SIZE_MAX

typedef struct assay_group {
    const assay_case *c; /* any case of it */
    size_t at, end;      /* indexes not handed out yet: items[at ... end - 1] of all groups' items */
    size_t *again;       /* handed out before and to be run once more; the last goes first */
    size_t again_count, again_capacity;
    size_t out; /* handed out and neither settled nor returned */
    bool taken; /* in the hands of a taker */
} assay_group;

typedef struct assay_groups {
    size_t *items; /* plan indexes, group by group */
    assay_group *groups;
    size_t count;
    size_t *group_of; /* by plan index; ASSAY_NO_GROUP for what is not here */
} assay_groups;

/* Groups plan->order[from ... to - 1]. mixed: groups are short runs of that order instead, whatever their
 * class. False when memory is refused; deinit is then still to be called. */
bool assay_groups_init(assay_groups *groups, const assay_plan *plan, size_t from, size_t to, bool mixed);
void assay_groups_deinit(assay_groups *groups);

/* Hands out the next index, from the group in the taker's hands as long as it lasts, then from one that nobody
 * has. *held is the taker's, ASSAY_NO_GROUP to begin. False when there is nothing for this taker now. */
bool assay_groups_take(assay_groups *groups, size_t *held, size_t *index);

/* True when take would give something. */
bool assay_groups_waiting(const assay_groups *groups, size_t held);

/* Takes back an index that was handed out; the last returned goes out first. False when memory is refused. */
bool assay_groups_return(assay_groups *groups, size_t index);

/* An index that was handed out is done with. */
void assay_groups_done(assay_groups *groups, size_t index);

#endif
