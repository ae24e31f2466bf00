/* Which combinations of the grammar the named vectors show. Computed from their bytes, by the reference
 * codec's own trace: nobody declares it. */
#ifndef SUITE_VECTOR_COVERAGE_COVERAGE_H
#define SUITE_VECTOR_COVERAGE_COVERAGE_H

#include "suite/vector/coverage/grammar.h"
#include "suite/vector/vector.h"

typedef struct assay_combination {
    const char *id;            /* "compact/list/i32/short" */
    const assay_vector *first; /* a vector that shows it; NULL: a hole, unless there is a reason */
    const assay_vector *last;  /* the last one that does */
    size_t count;              /* vectors that do */
    const char *reason;        /* why none needs to, or NULL */
} assay_combination;

/* A line of the file of reasons: PATTERN  # REASON. */
typedef struct assay_gap_reason {
    const char *pattern, *reason;
    size_t line;
    size_t holes;                   /* combinations that it names and no vector shows */
    const assay_combination *shown; /* one that it names and a vector shows, or NULL */
} assay_gap_reason;

typedef struct assay_coverage {
    tw_arena arena;
    assay_combination *items; /* in the grammar's order */
    size_t count;
    assay_combination **by_id; /* the same, sorted */
    assay_gap_reason *reasons;
    size_t reason_count;
    const assay_vector *current; /* the vector that is being looked at */
    const char **strays;         /* "ID (VECTOR)": what vectors show and the grammar does not hold */
    size_t stray_count;
    bool failed; /* memory was refused */
} assay_coverage;

/* Looks at every vector of the set (typed ones aside, whose bytes are others' business). A vector that is
 * taken shows each of its tokens; one that is refused, the token at fault alone, since nobody is asked what
 * stood before. rows NULL: assay_grammar. The set must outlive the coverage. False when memory is refused;
 * deinit follows in either case. */
bool assay_coverage_init(assay_coverage *coverage, const assay_grammar_row *rows,
                         const assay_vector_set *set);
void assay_coverage_deinit(assay_coverage *coverage);

/* Reads the file of reasons (coverage.txt in the vectors' folder): a pattern of combinations (`*` is within a
 * component) a line, blanks, `#`, why no vector shows them. Empty lines and lines of `#` alone are passed
 * over. Each mistake is told as "NAME:LINE: what". Returns how many there were. */
size_t assay_coverage_explain(assay_coverage *coverage, const char *name, const char *text,
                              assay_lint_report *report, void *context);

/* Tells every combination without vector and reason, every reason that names a combination which a vector
 * shows, or none, and everything that vectors show beyond the grammar. Returns how many. */
size_t assay_coverage_lint(const assay_coverage *coverage, const char *name, assay_lint_report *report,
                           void *context);

/* Numbers of a production (its two components; NULL: of all). */
typedef struct assay_coverage_total {
    size_t all, shown, explained; /* the rest are holes */
} assay_coverage_total;
assay_coverage_total assay_coverage_count(const assay_coverage *coverage, const char *production);

/* Marks PRODUCTION/TYPE/BOUNDARY as shown by the current vector; for those that look at vectors. What the
 * grammar lacks is kept as a stray. */
void assay_coverage_mark(assay_coverage *coverage, const char *production, const char *type,
                         const char *boundary);

/* The same for a number, of which the grammar holds only the boundaries: any other is passed over. */
void assay_coverage_number(assay_coverage *coverage, const char *production, const char *type,
                           int64_t number);

/* Whether the grammar holds it; for words that are only there for some types. */
bool assay_coverage_holds(const assay_coverage *coverage, const char *production, const char *type,
                          const char *boundary);

#endif
