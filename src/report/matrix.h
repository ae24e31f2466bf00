/* Several results side by side: implementations across, areas of the formats down. */
#ifndef REPORT_MATRIX_H
#define REPORT_MATRIX_H

#include "suite/result/result.h"
#include "wire/base/bytes.h"

/* An implementation that was to be checked and could not be. */
typedef struct assay_matrix_absent {
    const char *name, *reason;
} assay_matrix_absent;

typedef struct assay_matrix {
    const assay_result *results; /* in the order of the columns */
    size_t result_count;
    const assay_matrix_absent *absent;
    size_t absent_count;
} assay_matrix;

/* Appends a table for a terminal. Its first line is "N of M testees verified"; absent ones follow with their
 * reasons. A testee counts as verified when its run is complete. False when memory is refused. */
bool assay_matrix_render(const assay_matrix *matrix, bool colour, tw_buffer *to);

/* The same as Markdown. */
bool assay_matrix_markdown(const assay_matrix *matrix, tw_buffer *to);

#endif
