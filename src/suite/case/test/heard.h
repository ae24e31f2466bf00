/* For unit tests only: keeps what a function tells through a callback, line by line. */
#ifndef SUITE_CASE_TEST_HEARD_H
#define SUITE_CASE_TEST_HEARD_H

#include <stddef.h>

/* All 0 to begin with. */
typedef struct assay_test_heard {
    size_t count;
    char first[512];
    char all[4096]; /* each with a line end; what does not fit is cut */
} assay_test_heard;

/* The callback; heard is an assay_test_heard. */
void assay_test_hear(void *heard, const char *text);

#endif
