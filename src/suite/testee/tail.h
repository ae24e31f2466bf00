/* The end of what a testee wrote to standard error. */
#ifndef SUITE_TESTEE_TAIL_H
#define SUITE_TESTEE_TAIL_H

#include <stdbool.h>
#include <stddef.h>

#define ASSAY_TAIL_BYTES ((size_t)64 * 1024)

typedef struct assay_tail {
    char *ring; /* ASSAY_TAIL_BYTES, once there is something */
    size_t at;  /* where the next byte goes */
    bool full;
} assay_tail;

/* Empty; allocates nothing. */
void assay_tail_init(assay_tail *tail);
void assay_tail_deinit(assay_tail *tail);

/* Adds bytes; forgets the oldest. Where memory is refused it forgets these. */
void assay_tail_add(assay_tail *tail, const char *data, size_t len);

/* The tail in order, as valid UTF-8, to be freed with free(); NULL when memory is refused. */
char *assay_tail_text(const assay_tail *tail);

#endif
