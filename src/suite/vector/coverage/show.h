/* How a vector's bytes become combinations; the parts of assay_coverage_init. Private to this folder. */
#ifndef SUITE_VECTOR_COVERAGE_SHOW_H
#define SUITE_VECTOR_COVERAGE_SHOW_H

#include "suite/vector/coverage/coverage.h"

/* Levels whose state is kept; a struct nested deeper shows nothing below. */
#define ASSAY_SHOWN_LEVELS 80

/* An open level. */
typedef struct assay_shown_level {
    tw_type type;   /* struct, list, set, map */
    uint8_t inside; /* as tw_node.inside */
    bool half;      /* map: the key was read */
    const char
        *place;      /* where this level itself stands: "outermost", "field", "list", "set", "key", "value" */
    bool field_open; /* struct: a field header was read and its value was not */
    tw_type field;   /* struct: the type of that field's value */
    int16_t id;      /* struct: of the last field */
    const char *after; /* struct: the last field, as compact names it; "start" before the first */
} assay_shown_level;

/* One struct that is walked. */
typedef struct assay_showing {
    assay_coverage *coverage;
    const tw_protocol *protocol;
    bool compact;
    bool marks;     /* its tokens are shown; otherwise only the state is kept */
    tw_bytes bytes; /* of the protocol's stream, from the struct's first byte */
    size_t next;    /* behind the last token */
    bool in_string; /* behind a string's length */
    assay_shown_level levels[ASSAY_SHOWN_LEVELS];
    size_t depth; /* levels that are open; may exceed those kept */
    size_t deepest;
    const char *chain; /* of what the first 60 levels are: a place, or "mixed" */
    size_t tokens;
} assay_showing;

/* A whole vector: coverage->current. */
void assay_show_vector(assay_coverage *coverage);

/* Walks the struct at the front of bytes, showing each token (marks), or keeping only the state at the place
 * where reading stopped. *out as tw_trace. */
void assay_show_struct(assay_showing *showing, tw_outcome *out);

/* The token at which walking stopped, and the rule that it breaks. */
void assay_show_fault(assay_showing *showing, const tw_error *error);

/* The value that is expected next: its type and place. False in front of a field header. */
bool assay_shown_expected(const assay_showing *showing, tw_type *type, const char **place);

/* "PROTOCOL/NAME" in static storage of the caller. */
typedef struct assay_production_name {
    char text[40];
} assay_production_name;
assay_production_name assay_production_of(const assay_showing *showing, const char *name);

/* Marks PROTOCOL/NAME/TYPE/BOUNDARY; with `if_held` only where the grammar holds it. */
void assay_show_mark(const assay_showing *showing, const char *name, const char *type, const char *boundary);
void assay_show_mark_held(const assay_showing *showing, const char *name, const char *type,
                          const char *boundary);
void assay_show_number(const assay_showing *showing, const char *name, const char *type, int64_t number);

/* Classes of values. */
void assay_show_double(const assay_showing *showing, uint64_t bits);
void assay_show_string(assay_coverage *coverage, const char *production, const char *type, tw_bytes bytes);
const char *assay_uuid_class(const uint8_t *bytes);
const char *assay_byte_range(uint8_t byte); /* "0" to "7", else "8-127" and "128-255" */

/* "shortest" or "padded": a varint of that many bytes. */
const char *assay_varint_form(const uint8_t *bytes, size_t len);

/* A message's header, and whether its struct has fields; error: TW_OK, or how reading it failed. */
void assay_show_envelope(assay_coverage *coverage, const tw_stack *stack, tw_bytes bytes,
                         const tw_envelope *envelope, const tw_envelope_result *result);
void assay_show_envelope_fault(assay_coverage *coverage, const tw_stack *stack, tw_bytes bytes,
                               const tw_envelope *envelope, const tw_envelope_result *result);
void assay_show_body(assay_coverage *coverage, const tw_stack *stack, const tw_envelope *envelope,
                     const char *body);

/* What a unit of the payload is, for frames that end inside it: kinds of tokens by place. */
typedef struct assay_shown_unit {
    size_t at, struct_at, end; /* in the payload */
} assay_shown_unit;

/* The stream of a framed layer. fault: NULL where all was well, else that of this layer. */
void assay_show_frames(assay_coverage *coverage, const tw_stack *stack, tw_bytes stream, tw_unit unit,
                       const assay_shown_unit *units, size_t count, tw_bytes payload, const tw_error *fault,
                       bool taken);

/* The stream of a zlib layer. */
void assay_show_zlib(assay_coverage *coverage, tw_bytes stream, const tw_error *fault, bool taken);

#endif
