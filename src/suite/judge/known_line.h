/* One line of a list of known failures. Private to known.c and known_update.c. */
#ifndef SUITE_JUDGE_KNOWN_LINE_H
#define SUITE_JUDGE_KNOWN_LINE_H

#include "suite/judge/known.h"

typedef enum assay_known_line {
    ASSAY_KNOWN_LINE_EMPTY, /* or a comment */
    ASSAY_KNOWN_LINE_ENTRY,
    ASSAY_KNOWN_LINE_BAD, /* why says what is wrong */
    ASSAY_KNOWN_LINE_MEMORY
} assay_known_line;

/* Reads a line without its line end (a CR before it is white space). The entry's texts are copied into the
 * arena; its line number is left 0. */
assay_known_line assay_known_line_read(tw_bytes line, tw_arena *arena, assay_known_entry *entry, char *why,
                                       size_t size);

/* Whether the line is the one that names a version of the vectors; version is then cut to size, and valid says
 * whether it is one. */
bool assay_known_stamp_read(tw_bytes line, char *version, size_t size, bool *valid);

/* True for a detail that the judge gives with this verdict. */
bool assay_known_detail_exists(assay_verdict verdict, const char *detail);

/* True when the range is well formed. */
bool assay_known_range_valid(const char *range);

/* True when a case that matches shows what the entry says. */
bool assay_known_shows(const assay_known_entry *entry, assay_verdict verdict, const char *detail);

/* True when the verdict speaks against the entry. */
bool assay_known_passes(const assay_known_entry *entry, assay_verdict verdict);

#endif
