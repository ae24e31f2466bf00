/* Two lines of text one above the other, cut to the place where they first differ. */
#ifndef REPORT_PAIR_H
#define REPORT_PAIR_H

#include "wire/base/bytes.h"

typedef struct assay_pair_part {
    const char *text;
    size_t from, to;         /* the bytes of text that are shown */
    bool head_cut, tail_cut; /* "..." stands for what is not */
} assay_pair_part;

typedef struct assay_pair {
    assay_pair_part expected, got;
    bool marked;   /* the two have a common beginning, and differ */
    size_t column; /* marked: the column of the first difference, from 0 */
    size_t at;     /* marked: its byte in both */
} assay_pair;

/* Chooses what of both to show in `width` columns (20 at least). Borrows the texts. */
void assay_pair_cut(const char *expected, const char *got, size_t width, assay_pair *pair);

/* Appends one side, cleaned; sgr (NULL: no colour) from the first difference on. */
void assay_pair_side(const assay_pair *pair, const assay_pair_part *side, const char *sgr, tw_buffer *to);

#endif
