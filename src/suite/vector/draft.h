/* A first version of an entry, made from bytes: what the reference can tell is filled in, what a person must decide
 * is asked for. */
#ifndef SUITE_VECTOR_DRAFT_H
#define SUITE_VECTOR_DRAFT_H

#include "suite/mutate/specimen.h"
#include "suite/vector/vector.h"

#include <jansson.h>

typedef struct assay_draft {
    const char *id, *title, *why, *rule;    /* none NULL */
    const char *twin, *level;               /* or NULL */
    const char *const *refs, *const *flags; /* NULL at the end; or NULL */
    assay_verb verb;                        /* ASSAY_TRANSCODE, ASSAY_SKIP or ASSAY_MESSAGE */
    const char *stack, *out;                /* out NULL: as stack */
    tw_bytes bytes;
} assay_draft;

/* Whether entries of that verb can be drafted; others are written by hand. */
bool assay_draft_verb_ok(assay_verb verb);

#define ASSAY_DRAFT_ID_SIZE 256

/* The draft about one input of a fuzz harness: its id, kept in id, is the protocol and the slug; why is its title as
 * well; texts and bytes are borrowed. False where there is none to make: the input is text, or no rule is known
 * ("-"). */
bool assay_draft_of_specimen(const assay_specimen *specimen, const char *slug, const char *why,
                             const char *rule, char id[ASSAY_DRAFT_ID_SIZE], assay_draft *draft);

/* The entry: accept with the value, reject with the error, or, where the reference rests on an open rule, either
 * with an outcome for each way; canonical where the reference writes these bytes. NULL when memory is refused. */
json_t *assay_draft_entry(const assay_draft *draft);

/* Appends the lines of wire to a list: one for each token, with what it is; what a zlib stream holds, and bytes
 * that are not read, in pieces. False when memory is refused. */
bool assay_draft_wire(const tw_stack *stack, assay_verb verb, tw_bytes bytes, json_t *lines);

/* Tells what the loader and the linter have against an entry, but for twins and ids of other vectors. source names
 * it in messages. Returns how many. */
size_t assay_draft_check(const json_t *entry, const char *source, const char *topic,
                         assay_lint_report *report, void *context);

#endif
