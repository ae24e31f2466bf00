/* The formats of exports. Private to export*.c. */
#ifndef SUITE_VECTOR_EXPORT_FORMAT_H
#define SUITE_VECTOR_EXPORT_FORMAT_H

#include "suite/vector/export.h"

typedef struct assay_exporting {
    assay_export_put *put;
    void *context;
    assay_export_counts *counts;
    bool stopped, no_memory;
    tw_buffer text, rows; /* text is free for each case; rows: C's table as it grows */
    char (*seen)[128];    /* seeds: paths written, sorted */
    size_t seen_count, seen_capacity;
} assay_exporting;

/* Hands text or bytes on, as bytes of that path. */
void assay_exporting_put(assay_exporting *e, const char *path, tw_bytes bytes);

/* One case in a format. */
void assay_export_as_folder(assay_exporting *e, const assay_vector *vector, const assay_case *c);
void assay_export_as_c(assay_exporting *e, const assay_vector *vector, const assay_case *c);
void assay_export_as_json(assay_exporting *e, const assay_vector *vector, const assay_case *c);
void assay_export_as_seed(assay_exporting *e, const assay_vector *vector, const assay_case *c);

/* What comes before and behind all cases in C. set gives version and digest. */
void assay_export_c_begin(assay_exporting *e, const assay_vector_set *set);
void assay_export_c_end(assay_exporting *e);

/* Appends the values of an accepted case in notation, one line each: a struct, a message, a session's messages.
 */
void assay_export_values(const assay_case *c, tw_buffer *to);
void assay_export_value(const assay_value *value, tw_buffer *to);

#endif
