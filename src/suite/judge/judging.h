/* What the files of this folder share while one observation is judged. Private to the folder. */
#ifndef SUITE_JUDGE_JUDGING_H
#define SUITE_JUDGE_JUDGING_H

#include "suite/judge/judge.h"

typedef struct judging {
    const assay_case *c;
    const assay_hello *hello;
    const assay_observation *seen;
    tw_arena *arena;
    assay_judgement *out;
    bool refused; /* memory was */
} judging;

/* Sets the judgement. detail is static or borrowed from the case. */
void judging_settle(judging *j, assay_verdict verdict, const char *detail);

/* Sets what differs, printf-like. */
__attribute__((format(printf, 2, 3))) void judging_explain(judging *j, const char *format, ...);

/* The judgement of a testee that answered ok, reject or a failure like it, by what the case expects. */
void judging_weigh(judging *j);

/* The same for sessions. */
void judging_weigh_session(judging *j);

/* How values of this case are compared: tw_equal_flags. */
unsigned judging_flags(const assay_case *c);

/* The stack that a reply is to be read by: OUT, with both message headers, or plain binary where the verb has
 * no OUT. */
bool judging_reply_stack(const assay_case *c, tw_stack *stack);

#endif
