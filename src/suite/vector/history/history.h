/* The history wall: public CVEs and bugs of the wire formats, and what would have caught each. */
#ifndef SUITE_VECTOR_HISTORY_HISTORY_H
#define SUITE_VECTOR_HISTORY_HISTORY_H

#include "suite/vector/vector.h"

typedef struct assay_history_entry {
    const char *id;             /* "CVE-2019-0205", "THRIFT-3880" */
    const char *title, *effect; /* what is wrong, and what comes of it */
    const char *affects;        /* which implementations */
    const char *fixed;          /* the version that mended it, or NULL */
    const char *const *vectors; /* patterns of vectors that name the id; NULL: none */
    const char *const *covers;  /* patterns of others that would have caught it; NULL: none */
    const char *const *derived; /* kinds of derived cases that would have; NULL: none */
    const char *not_covered;    /* why nothing does, or NULL */
    size_t line, index;
    size_t vector_count; /* vectors that the patterns match; filled in by lint */
} assay_history_entry;

typedef struct assay_history {
    tw_arena arena;
    assay_history_entry *entries;
    size_t count;
} assay_history;

/* Reads the text of history.json. Each mistake is told as "NAME:LINE: POINTER: what"; entries without one are
 * kept. Returns how many there were; deinit follows in any case. */
size_t assay_history_read(assay_history *history, const char *name, const char *text, size_t len,
                          assay_lint_report *report, void *context);
void assay_history_deinit(assay_history *history);

/* Proves that each pattern matches (those of `vectors` a vector whose refs name the entry), that each derived
 * kind is one, that ids are unique, and that each CVE or THRIFT number among the refs of the set's vectors has
 * an entry. Returns the number of problems. */
size_t assay_history_lint(assay_history *history, const char *name, const assay_vector_set *set,
                          assay_lint_report *report, void *context);

/* Whether the vector's refs name it. */
bool assay_vector_refers(const assay_vector *vector, const char *id);

#endif
