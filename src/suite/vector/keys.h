/* Reading the keys of one JSON object of a vector file: strict, and every mistake told with file, line and
 * JSON pointer. */
#ifndef SUITE_VECTOR_KEYS_H
#define SUITE_VECTOR_KEYS_H

#include "suite/vector/vector.h"

#include <jansson.h>

/* A file that is being read. */
typedef struct assay_source {
    const char *path; /* below the vectors' folder */
    tw_arena *arena;  /* for all that outlives the file */
    assay_lint_report *report;
    void *context;
    size_t mistakes;
    bool no_memory;
} assay_source;

/* An object within it. */
typedef struct assay_keys {
    assay_source *source;
    const json_t *object;
    size_t line;
    char pointer[160]; /* "/tests/3" */
    bool failed;       /* a mistake was told */
} assay_keys;

/* Tells a mistake at the pointer with `tail` ("/wire/2", "") behind it. Always false. */
__attribute__((format(printf, 3, 4))) bool assay_keys_bad(assay_keys *keys, const char *tail,
                                                          const char *format, ...);

/* Refuses every key that is not among `names` (NULL at the end). */
void assay_keys_only(assay_keys *keys, const char *const *names);

/* The value, or NULL when it is not there; tells that where it is required. */
const json_t *assay_keys_get(assay_keys *keys, const char *key, bool required);

/* A string that is not empty, in the arena; NULL where there is none, or not what it should be. */
const char *assay_keys_text(assay_keys *keys, const char *key, bool required);

/* A list of strings, NULL at the end, in the arena; NULL where there is none. empty: strings may be empty. */
const char *const *assay_keys_texts(assay_keys *keys, const char *key, bool required, bool empty);

/* A whole number from least to most; `otherwise` where there is none. */
int64_t assay_keys_number(assay_keys *keys, const char *key, int64_t least, int64_t most, int64_t otherwise);

/* true or false; false where there is none. */
bool assay_keys_flag(assay_keys *keys, const char *key);

/* The keys of an object inside this one, at `tail` ("/budget"). A mistake there is to be handed on:
 * outer.failed |= inner.failed. Tells when it is no object; the keys are then those of an empty one. */
assay_keys assay_keys_inside(assay_keys *keys, const char *tail, const json_t *object);

/* A block of the arena; NULL (and no_memory) when refused. */
void *assay_keys_take(assay_keys *keys, size_t size);

#endif
