/* Reading what a testee wrote: one struct, one message, or the messages of a session one after the other. */
#ifndef SUITE_JUDGE_ANSWER_H
#define SUITE_JUDGE_ANSWER_H

#include "wire/stack/stack.h"

typedef struct judging_answer {
    tw_stack stack;
    tw_unit unit;
    bool one_stream; /* what comes later continues the same stream: zlib */
    tw_input *input;
    /* The unit read last; both valid until the next call. */
    tw_tree tree;
    tw_envelope envelope;
    char why[256]; /* JUDGING_ANSWER_BAD: what is wrong, one line */
    tw_rule rule;  /* JUDGING_ANSWER_BAD: the rule that the bytes break, or TW_RULE_NONE */
} judging_answer;

typedef enum judging_answer_status {
    JUDGING_ANSWER_READ,
    JUDGING_ANSWER_BAD,   /* cannot be decoded, or has bytes left over */
    JUDGING_ANSWER_MEMORY /* memory was refused */
} judging_answer_status;

/* stack: the one to read by, as tw_stack_parse gives it for OUT; both message headers are read. Allocates
 * nothing. */
void judging_answer_init(judging_answer *answer, const tw_stack *stack, tw_unit unit);
void judging_answer_deinit(judging_answer *answer);

/* Reads the unit that these bytes hold. */
judging_answer_status judging_answer_read(judging_answer *answer, tw_bytes bytes);

/* Looks whether anything stands behind the unit read last. more: further bytes of the same stream may follow.
 */
judging_answer_status judging_answer_rest(judging_answer *answer, bool more);

#endif
