/* What explains a refusal, or takes a demand away. Private to the folder. */
#ifndef SUITE_JUDGE_EXCUSE_H
#define SUITE_JUDGE_EXCUSE_H

#include "suite/judge/judging.h"

typedef enum judging_nesting {
    JUDGING_NESTING_NONE,        /* the input's nesting takes nothing away from the case */
    JUDGING_NESTING_EITHER,      /* 60 to 999 levels: reading and refusing are both right */
    JUDGING_NESTING_NOT_DEMANDED /* 1,000 levels and more, of a verb whose reader does not count them */
} judging_nesting;

judging_nesting judging_nesting_of(const assay_case *c);

/* The declared limit, below the specification's default, beyond which the input is: "depth", "frame",
 * "message"; NULL when there is none. *declared and *specified are then set. */
const char *judging_declared_limit(const assay_case *c, const assay_hello *hello, int64_t *declared,
                                   int64_t *specified);

#endif
