/* The reference codec's reading of a vector's bytes. */
#ifndef SUITE_VECTOR_READING_H
#define SUITE_VECTOR_READING_H

#include "suite/case/case.h"

typedef struct assay_reading {
    assay_value *values; /* what was read, in the arena: a struct or message, or a session's messages */
    size_t count;
    tw_error error;     /* cls TW_OK where all went well */
    size_t consumed;    /* ASSAY_CONSUMED_UNKNOWN behind zlib */
    tw_ruleset touched; /* open rules, those of the values among them */
} assay_reading;

/* Reads c->bytes as c->verb asks (a session: at most c->count messages; everything else one unit). False when
 * memory is refused. */
bool assay_reading_of(const assay_case *c, tw_arena *arena, assay_reading *reading);

#endif
