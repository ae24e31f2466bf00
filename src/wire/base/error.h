/* What went wrong, where, and by which rule. The first error sticks; later ones are consequences. */
#ifndef WIRE_BASE_ERROR_H
#define WIRE_BASE_ERROR_H

#include "wire/base/rules.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum tw_class {
    TW_OK = 0,
    TW_TRUNCATED,   /* the bytes end too early; more of them would help */
    TW_MALFORMED,   /* no continuation of these bytes is valid */
    TW_LIMIT,       /* a limit of tw_limits is exceeded */
    TW_UNSUPPORTED, /* legal, but this library does not do it */
    TW_MEMORY,      /* the allocator refused, or a caller's cap was reached */
    TW_USAGE        /* the call was wrong, not the bytes */
} tw_class;

/* One step from a value to one inside it. */
typedef enum tw_step_kind { TW_STEP_FIELD, TW_STEP_ELEMENT, TW_STEP_KEY, TW_STEP_VALUE } tw_step_kind;

typedef struct tw_step {
    tw_step_kind kind;
    int64_t at; /* field id, or index of the element or pair from 0 */
} tw_step;

/* Steps kept, outermost first; deeper ones are only counted. */
#define TW_PATH_KEPT 24

typedef struct tw_path {
    uint32_t depth; /* steps in all; may exceed TW_PATH_KEPT */
    tw_step steps[TW_PATH_KEPT];
} tw_path;

typedef struct tw_error {
    tw_class cls; /* TW_OK: no error, and nothing below is meaningful */
    tw_rule rule; /* the rule that was broken; TW_RULE_NONE for memory and usage */
    const char
        *layer; /* whose bytes `offset` counts: "binary", "compact", "framed", "zlib"; static storage */
    uint64_t
        offset;   /* of the first byte of the token at fault, within that layer's own stream. For a size that
                   * cannot be, that is the size's first byte; for a cut token, the token's first byte */
    tw_path path; /* the field at fault; empty outside of any field and for transports */
} tw_error;

/* "truncated", "malformed", ...; "ok" for TW_OK. Static storage. */
const char *tw_class_name(tw_class cls);

/* The class with that name; false when there is none. */
bool tw_class_find(const char *name, tw_class *cls);

/* Writes the path as "2.1[17]{3}.5" into text (always terminated, cut to size) and returns the length that
 * the whole needs, like snprintf. Fields are joined by dots; [i] is an element; {k:i} the key and {i} the
 * value of pair i; steps that were not kept show as "...". An empty path is "". */
size_t tw_path_format(const tw_path *path, char *text, size_t size);

/* Writes one line: "compact: malformed at byte 3, field 1[0]: compact.list.size-negative: <sentence>". Same
 * return as tw_path_format. */
size_t tw_error_format(const tw_error *error, char *text, size_t size);

#endif
