/* What everyone in the suite speaks of: one case, that is one request to a testee and what must come of it.
 * A case is self-contained: judge, runner and renderers need nothing of the vector it was made from. */
#ifndef SUITE_CASE_CASE_H
#define SUITE_CASE_CASE_H

#include "wire/message/message.h"
#include "wire/stack/stack.h"
#include "wire/value/tree.h"

typedef enum assay_verb {
    ASSAY_TRANSCODE,
    ASSAY_READ,
    ASSAY_SKIP,
    ASSAY_MESSAGE,
    ASSAY_SESSION,
    ASSAY_REUSE,
    ASSAY_TYPED,
    ASSAY_ECHO
} assay_verb;
#define ASSAY_VERB_COUNT 8

typedef enum assay_level { ASSAY_MUST, ASSAY_SHOULD, ASSAY_MAY } assay_level;
typedef enum assay_expect { ASSAY_ACCEPT, ASSAY_REJECT, ASSAY_EITHER } assay_expect;

/* "transcode", ... ; the find functions give false for another name. */
const char *assay_verb_name(assay_verb verb);
bool assay_verb_find(const char *name, assay_verb *verb);
const char *assay_level_name(assay_level level);
bool assay_level_find(const char *name, assay_level *level);
const char *assay_expect_name(assay_expect expect);
bool assay_expect_find(const char *name, assay_expect *expect);

/* What is read: a struct, or the messages of a session. */
typedef struct assay_value {
    const tw_envelope *envelope; /* NULL for a bare struct; form is meaningless here */
    const tw_node *root;
} assay_value;

typedef enum assay_end { ASSAY_END_OK, ASSAY_END_REJECT } assay_end;

/* One outcome of an `either` case. */
typedef struct assay_named_outcome {
    const char *name;         /* "reads-as-true" */
    bool accepts;             /* false: refused */
    const assay_value *value; /* accepts: the value; NULL for any value */
} assay_named_outcome;

typedef struct assay_budget {
    int64_t rss_kib; /* growth of memory allowed; -1 for no budget */
    int64_t cpu_ms;  /* -1 for no budget */
} assay_budget;

#define ASSAY_CONSUMED_UNKNOWN SIZE_MAX

typedef struct assay_case {
    const char *id;        /* "compact/list/bool/nibble-2" or "PARENT@KIND:N" */
    const char *parent_id; /* the vector's id; equal to id for the vector itself */
    const char *kind;      /* "" for the vector itself, else "prefix", "skip", ... */
    const char *title, *why;
    tw_rule rule;
    assay_level level;

    assay_verb verb;
    const char *in, *out; /* stacks by name; out NULL for skip, read and echo */
    const char *typed;    /* typed: the struct's name in the IDL; else NULL */
    unsigned count;       /* session: most messages */
    tw_bytes bytes;       /* the request's bytes */
    tw_bytes before;      /* reuse: struct 1, whose end is ignored; bytes is then struct 2 */
    const size_t
        *splits; /* chunked delivery: offsets at which bytes are split, ascending, none 0 or the length */
    size_t split_count;
    bool alone_after_reject;          /* sent behind a refused request, with the window drained */
    const struct assay_case *refused; /* the case to send before it then */

    assay_expect expect;
    const assay_value *values; /* accept: the struct or message; a session: its messages in order */
    size_t value_count;
    assay_end end;      /* session: how it ends after the messages */
    size_t consumed;    /* bytes that must have been taken when accepted, or ASSAY_CONSUMED_UNKNOWN */
    tw_bytes canonical; /* bytes a conforming writer emits for OUT, NULL data where not demanded (not for
                           stacks with zlib) */
    bool ordered;       /* sets and maps must keep their order */
    const assay_named_outcome *outcomes; /* either: every outcome */
    size_t outcome_count;
    bool warns;        /* a failure is a warning: the vector is newer than what its user knows of */
    bool unknown_type; /* the input holds a type id that is none: handed-up is then no answer */
    tw_error error;    /* reject: what the reference says; cls TW_OK where unknown */
    assay_budget budget;
    uint32_t depth; /* levels of nesting in the input */
    unsigned types; /* 1 << tw_type for each type in the input; 0: not known, see assay_case_types */
} assay_case;

/* Bit set of the types (1 << tw_type) that the case's input holds: c->types, or where that is 0 what the
 * values hold; uuid cases are skipped for testees without. */
unsigned assay_case_types(const assay_case *c);

/* Appends the request line without its id and without line end, as assay_testee_send takes it:
 * "transcode compact binary 0b00,01". TW_OK or TW_MEMORY. */
tw_class assay_case_request(const assay_case *c, tw_buffer *to);

#endif
