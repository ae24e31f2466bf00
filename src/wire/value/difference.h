/* Where two values differ. Private to wire/value. */
#ifndef WIRE_VALUE_DIFFERENCE_H
#define WIRE_VALUE_DIFFERENCE_H

#include "wire/value/classes.h"

/* Where two tapes part. */
typedef struct tw_mismatch {
    const tw_node *a, *b; /* NULL: ended first */
    size_t at;            /* packed arrays: the first element that differs; otherwise SIZE_MAX */
} tw_mismatch;

/* Compares as everything stands on the tapes. On false, *mismatch is set. */
bool tw_equal_ordered(const tw_node *a, const tw_node *b, unsigned flags, tw_mismatch *mismatch);

/* Tells the difference of two values that tw_equal_ordered found to part at *mismatch. */
void tw_difference_ordered(const tw_node *a, const tw_node *b, const tw_mismatch *mismatch,
                           tw_difference *difference);

/* Tells the difference of two values of different class. TW_OK or TW_MEMORY. */
tw_class tw_difference_unordered(tw_classes *c, const tw_node *a, const uint32_t *of_a, const tw_node *b,
                                 const uint32_t *of_b, tw_difference *difference);

#endif
