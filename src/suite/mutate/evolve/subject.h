/* A specimen that is open: its head, the value in it, and the bytes on the way back. */
#ifndef SUITE_MUTATE_EVOLVE_SUBJECT_H
#define SUITE_MUTATE_EVOLVE_SUBJECT_H

#include "suite/mutate/specimen.h"
#include "wire/value/generate.h"

typedef struct assay_subject {
    assay_specimen head; /* its payload is the stream as it was given */
    const tw_alloc *alloc;
    tw_random *random;
    tw_bytes inner; /* the protocol's bytes: the payload, or what it unwraps to */
    bool decoded;   /* tree and envelope (for a message) hold the first unit of inner */
    tw_tree tree;
    tw_envelope envelope;
    tw_bytes tail;       /* of inner, behind the unit */
    tw_buffer unwrapped; /* what inner is a view of, where there are transports */
    tw_buffer encoded;   /* protocol's bytes that were made */
    tw_buffer out;       /* the specimen that was made */
} assay_subject;

/* Unwraps and decodes. The input is borrowed. False when memory is refused; deinit follows in either case. */
bool assay_subject_open(assay_subject *s, tw_bytes input, tw_random *random, const tw_alloc *alloc);
void assay_subject_deinit(assay_subject *s);

/* The stack of the head, and its protocol without transports. */
const tw_stack *assay_subject_stack(const assay_subject *s);
const tw_stack *assay_subject_bare(const assay_subject *s);

/* Writes `encoded`: envelope and value in the head's protocol, and the tail. spelled: not canonically, as
 * drawn. False when memory is refused or the value cannot be encoded. */
bool assay_subject_encode(assay_subject *s, bool spelled);

/* Writes `out`: the head, and these bytes as the stack carries them. pieces: over several frames or flushes,
 * some of them empty, and the stream perhaps ended. False when memory is refused. */
bool assay_subject_wrap(assay_subject *s, tw_bytes inner, bool pieces);

#endif
