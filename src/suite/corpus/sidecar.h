/* The text beside a regression: what a person has to say of it, and what follows from its bytes. */
#ifndef SUITE_CORPUS_SIDECAR_H
#define SUITE_CORPUS_SIDECAR_H

#include "wire/base/arena.h"
#include "wire/base/bytes.h"
#include "wire/base/error.h"

/* One line each; none NULL or empty. */
typedef struct assay_sidecar {
    const char *what;     /* what went wrong, in a sentence */
    const char *harness;  /* that shows it */
    const char *token;    /* the property's token: how it failed */
    const char *rule;     /* id of the rule, or "-" */
    const char *found_by; /* who or what, and when */
    const char *fixed_in; /* the commit or version, or "not yet" and why */
} assay_sidecar;

/* Appends the whole text: the keys, `expected` as the reference says, and the story of the bytes. TW_OK or
 * TW_MEMORY. */
tw_class assay_sidecar_write(const assay_sidecar *sidecar, tw_bytes input, tw_buffer *to);

/* Reads the keys (not what follows from the bytes). False, with `why` (static storage or in the arena), when one is
 * missing, empty, unknown or there twice. */
bool assay_sidecar_read(tw_bytes text, tw_arena *arena, assay_sidecar *sidecar, const char **why);

#endif
