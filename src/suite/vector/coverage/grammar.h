/* The grammar of the wire formats that named vectors are measured against: production x type x boundary. */
#ifndef SUITE_VECTOR_COVERAGE_GRAMMAR_H
#define SUITE_VECTOR_COVERAGE_GRAMMAR_H

#include <stdbool.h>

/* One row stands for the product of its words: PRODUCTION/TYPE/BOUNDARY for each word of `types` and each of
 * `boundaries`; where `with` is given, PRODUCTION/TYPE+WITH/BOUNDARY. Words are parted by one space. Several
 * rows may share a production. */
typedef struct assay_grammar_row {
    const char *production; /* two components: "binary/list" */
    const char *types, *with, *boundaries;
} assay_grammar_row;

/* All rows; production NULL at the end. What each word means is told in README.md. */
extern const assay_grammar_row assay_grammar[];

/* Calls back for every combination, in the table's order, until it returns false. The id is valid during the
 * call. False where it was ended. */
typedef bool assay_combination_seen(void *context, const char *id);
bool assay_grammar_walk(const assay_grammar_row *rows, assay_combination_seen *seen, void *context);

#endif
