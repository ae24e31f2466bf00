/* Golden vectors: loading, choosing, and deriving cases from them. */
#ifndef SUITE_VECTOR_VECTOR_H
#define SUITE_VECTOR_VECTOR_H

#include "suite/case/case.h"
#include "suite/case/hello.h"

/* One entry of a vector file, as loaded. `base` is the case that the vector itself is, without types, depth
 * and unknown_type, which deriving works out. */
typedef struct assay_vector {
    assay_case base;
    const char *file;        /* path below the vectors' folder */
    size_t line;             /* of its "id", from 1 */
    size_t index;            /* its place in the file's tests, from 0 */
    const char *topic;       /* "compact/list-bool" */
    const char *since;       /* "1.0" */
    const char *twin;        /* id, or NULL */
    const char *const *wire; /* the annotated lines, NULL at the end */
    const char *const *refs; /* NULL at the end */
    const char *const *flags;
    const char *const *confirmed_by; /* NULL where there is none */
    const char *argument;            /* from the specification, where too few confirm; or NULL */
    bool canonical;                  /* the wire bytes are what a conforming writer emits */
    bool sweep_sizes, sweep_types;
    const char *value_text;           /* notation as written, or NULL */
    const char *const *message_texts; /* session or message: NULL at the end; NULL when there are none */
} assay_vector;

typedef struct assay_vector_error {
    char text[512]; /* "binary/ints.json:14: /tests/3/wire/2: odd number of hex digits" */
} assay_vector_error;

/* All vectors of a folder, in order of file path and of place in the file. Owns everything that its cases
 * point to. */
typedef struct assay_vector_set {
    tw_arena arena;
    tw_arena derived; /* what assay_derive adds */
    assay_vector *vectors;
    size_t count;
    const char *version;            /* of the collection, or what it was frozen at */
    char digest[65];                /* SHA-256 of all files' paths and bytes, hex */
    struct assay_prelude *preludes; /* what assay_derive made once per stack; in `derived` */
} assay_vector_set;

/* A problem of one vector or file; text as in assay_vector_error. */
typedef void assay_lint_report(void *context, const char *text);

/* Loads every .json file below `folder` (README and schema aside). Sizes given relative to a limit use
 * upstream's defaults. An id that stands twice and a twin that is not there are mistakes. On false, error names file, line and what is wrong, and the set is empty. */
bool assay_vectors_load(const char *folder, assay_vector_set *set, assay_vector_error *error);

/* The same, telling every mistake in an entry and keeping the vectors without one; what vectors are to each
 * other is left to the linter. Returns the number of mistakes. */
size_t assay_vectors_read(const char *folder, assay_vector_set *set, assay_lint_report *report,
                          void *context);

/* The same of one file whose text is given; path names it, "compact/list.json". */
size_t assay_vectors_read_text(const char *path, tw_bytes text, assay_vector_set *set,
                               assay_lint_report *report, void *context);
void assay_vectors_deinit(assay_vector_set *set);

/* The vector with that id, or NULL. */
const assay_vector *assay_vectors_find(const assay_vector_set *set, const char *id);

/* Matches a whole id against a pattern: `*` is any characters within one component (between slashes), `**`
 * any characters at all, and as a component of its own any number of components, none included. Both reach
 * derived ids: "a/b@prefix:3" is matched by "a/b*", by "a/" followed by `**`, and by `**` followed by
 * "@prefix:*". */
bool assay_glob_match(const char *pattern, const char *id);

typedef struct assay_cases {
    assay_case **items;
    size_t count, capacity;
} assay_cases;

/* Appends the vector's own case and every case derived from it (the kinds and their order are stated in
 * conformance/vectors/README.md) to `cases`; they live in set->derived. hello limits nothing here: what a
 * testee did not declare is skipped by whoever runs the cases. hello NULL: protocols binary, binary-old,
 * binary-strict and compact for @to. False when memory is refused. */
bool assay_derive(assay_vector_set *set, const assay_vector *vector, const assay_hello *hello,
                  assay_cases *cases);

/* Appends the vector's own case alone. False when memory is refused. */
bool assay_derive_none(assay_vector_set *set, const assay_vector *vector, const assay_hello *hello,
                       assay_cases *cases);
void assay_cases_deinit(assay_cases *cases);

/* The case with that id, or NULL. */
const assay_case *assay_cases_find(const assay_cases *cases, const char *id);

/* Proves every field of every vector against the reference codec: rule ids, twins, values, canonical bytes,
 * classes and offsets of errors, open rules for either, ids unique. Returns the number of problems. */
size_t assay_vectors_lint(const assay_vector_set *set, assay_lint_report *report, void *context);

#endif
