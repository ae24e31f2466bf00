/* The reference codec as a testee: every verb, every stack, window 64. */
#ifndef SUITE_TESTEE_REFERENCE_REFERENCE_H
#define SUITE_TESTEE_REFERENCE_REFERENCE_H

#include "wire/base/bytes.h"

typedef struct assay_reference assay_reference;

/* NULL when memory is refused. */
assay_reference *assay_reference_new(void);
void assay_reference_free(assay_reference *reference);

typedef enum assay_reference_then {
    ASSAY_REFERENCE_GO_ON,
    ASSAY_REFERENCE_BYE,   /* bye was answered */
    ASSAY_REFERENCE_BROKEN /* the line was no request and was answered `0 error bad request` */
} assay_reference_then;

/* Answers one request line (without its end; CR before it is taken off): appends the reply's lines to `to`.
 * Where memory is refused for the reply itself, to->failed is set. */
assay_reference_then assay_reference_answer(assay_reference *reference, tw_bytes line, tw_buffer *to);

/* Serves until the input ends or bye; blocking. Replies are written as soon as no complete request waits.
 * Returns the exit status: 0, or 1 after a line that is no request, half a line at the end, or when reading,
 * writing or memory failed. */
int assay_reference_serve(int in_fd, int out_fd);

#endif
