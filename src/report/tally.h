/* What a result says of each area of the formats. Private to the matrix. */
#ifndef REPORT_TALLY_H
#define REPORT_TALLY_H

#include "suite/result/result.h"

typedef enum assay_tally_row {
    ASSAY_TALLY_PASS,
    ASSAY_TALLY_FAIL, /* other than crash and hang; known failures too, and broken cases */
    ASSAY_TALLY_CRASH,
    ASSAY_TALLY_HANG,
    ASSAY_TALLY_WARN,
    ASSAY_TALLY_NOTE,
    ASSAY_TALLY_SKIP /* not declared, or not verified */
} assay_tally_row;
#define ASSAY_TALLY_ROWS 7

const char *assay_tally_row_name(assay_tally_row row);

typedef struct assay_tally {
    const char *area; /* the first component of the ids: "compact"; not terminated */
    size_t area_len;
    size_t rows[ASSAY_TALLY_ROWS]; /* named vectors, each by the worst of its cases */
} assay_tally;

typedef struct assay_tallies {
    assay_tally *items; /* in the order of their first vectors */
    size_t count;
} assay_tallies;

/* Counts. All is in the arena, and borrows from the result. False when memory is refused. */
bool assay_tally_result(const assay_result *result, tw_arena *arena, assay_tallies *tallies);

/* The tally of that area, or NULL. */
const assay_tally *assay_tally_find(const assay_tallies *tallies, const char *area, size_t len);

#endif
