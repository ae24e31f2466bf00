/* What every process is asked besides its cases, to know that its answers mean something: a second hello and
 * an unknown verb and an echo at the very start, and a small struct that must be accepted first, last and
 * after every restart. */
#ifndef SUITE_RUN_SANITY_H
#define SUITE_RUN_SANITY_H

#include "suite/run/talk.h"

/* Tags that no index of a plan reaches. */
typedef enum assay_sanity {
    ASSAY_SANITY_HELLO,   /* hello once more: the same answer */
    ASSAY_SANITY_UNKNOWN, /* an unknown verb: unsupported */
    ASSAY_SANITY_ECHO,    /* the same bytes */
    ASSAY_SANITY_STRUCT,  /* accepted */
    ASSAY_SANITY_COUNT
} assay_sanity;

#define ASSAY_SANITY_TAG(step) (SIZE_MAX - 16 + (size_t)(step))

static inline bool assay_sanity_is(size_t tag)
{
    return tag >= ASSAY_SANITY_TAG(0) && tag < ASSAY_SANITY_TAG(ASSAY_SANITY_COUNT);
}

/* The cases behind the tags, made once the hello is known. */
typedef struct assay_sanity_set {
    const assay_hello *hello;
    assay_case echo, structure;
    bool has_structure; /* a testee that declares nothing that a lone struct could be asked of has only the
                           echo */
} assay_sanity_set;

void assay_sanity_init(assay_sanity_set *set, const assay_hello *hello);

/* Fills in the item for a sanity tag. */
void assay_sanity_item(const assay_sanity_set *set, size_t tag, assay_item *item);

/* "the second hello", "the unknown verb", "the echo", "the sanity case". */
const char *assay_sanity_name(size_t tag);

/* True when the reply is as it must be. Otherwise why (size bytes) is one sentence. */
bool assay_sanity_check(const assay_sanity_set *set, size_t tag, const assay_reply *reply, char *why,
                        size_t size);

#endif
