/* Cases of a result put together by what they have in common: one fault of an implementation mostly shows in
 * many of them. */
#ifndef REPORT_GROUP_H
#define REPORT_GROUP_H

#include "suite/result/result.h"

typedef struct assay_group {
    const assay_result_case
        *shown;            /* the case to show: the first named vector, or else the first derived case */
    const char *about;     /* what they share where it is not a rule ("input cut short"), or NULL */
    const char *telling;   /* crash, hang: the telling line of standard error, or "" */
    size_t cases, vectors; /* how many, of how many named vectors */
    const size_t *members; /* indices into result->cases, in order */
} assay_group;

typedef struct assay_groups {
    assay_group *items; /* the gravest first: crashes and hangs, then those that most vectors show */
    size_t count;
} assay_groups;

/* Which cases to put together. */
typedef bool assay_group_filter(const assay_result_case *c);

/* Groups the cases that the filter wants: same verdict and detail, and
 *   - crashes: the same ending and the same telling line of standard error, or the same rule where
 *     there is none;
 *   - other numbers of bytes consumed: the same verb;
 *   - hangs and derived cases that change how input arrives: the same kind and verb;
 *   - crashes, hangs and garbage that were assumed: with those that they were assumed from;
 *   - everything else: the same rule, and differences of the same shape.
 * All is in the arena. False when memory is refused. */
bool assay_group_cases(const assay_result *result, assay_group_filter *wanted, tw_arena *arena,
                       assay_groups *groups);

/* The line of standard error that says most of why a process ended ("terminate called ...", "Traceback",
 * "panic:", "ERROR: AddressSanitizer", an exception's name), or its last line that is not empty. *len is its
 * length; NULL when there is none. */
const char *assay_group_telling_line(const char *stderr_tail, size_t *len);

#endif
