/* The exit code of a run, and of a run of one case, from what happened in it. Pure. */
#ifndef SUITE_RUN_EXIT_CODE_H
#define SUITE_RUN_EXIT_CODE_H

#include "suite/result/result.h"

typedef struct assay_exit_facts {
    bool interrupted; /* 130 */
    bool fault;       /* 70: of the suite */
    bool not_started; /* 5: the testee does not start, or does not shake hands */
    bool incomplete;  /* 3 */
    bool failed;      /* 1: a failure that is not known */
    bool stale;       /* 4: the list of known failures is out of date */
} assay_exit_facts;

/* The first of 130, 70, 5, 3, 1, 4 that holds; 0 when none does. */
int assay_exit_code(const assay_exit_facts *facts);

/* The same of a run for the sake of one case, whose row in the result it is (NULL: it has none): 130, 70 and 5 as the
 * run; 1 where the case fails or breaks, known or not; 3 where it was not judged; else 0. */
int assay_exit_code_of_case(const assay_result *result, const assay_result_case *row);

#endif
