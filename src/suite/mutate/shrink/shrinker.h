/* What the passes share: the smallest input so far, and the offer of another. */
#ifndef SUITE_MUTATE_SHRINK_SHRINKER_H
#define SUITE_MUTATE_SHRINK_SHRINKER_H

#include "suite/mutate/shrink.h"
#include "suite/mutate/specimen.h"

typedef struct assay_shrinker {
    assay_shrink_keeps *keeps;
    void *context;
    size_t tries, max_tries;
    size_t looks;        /* offers */
    size_t taken;        /* offers that were */
    bool failed;         /* memory was refused: ends all */
    tw_buffer best;      /* the smallest input that fails as the first one did */
    tw_buffer candidate; /* for assay_shrinker_offer_inner */
    tw_buffer inner;     /* the protocol's bytes of best; see assay_shrinker_inner */
} assay_shrinker;

typedef void assay_shrink_pass(assay_shrinker *s);
assay_shrink_pass assay_shrink_head, assay_shrink_tree, assay_shrink_tokens, assay_shrink_bytes;

/* True while more may be tried. */
bool assay_shrinker_goes_on(const assay_shrinker *s);

/* Takes the candidate for the best where it is simpler (fewer transports; then shorter; then smaller bytes) and
 * fails in the same way. True when it was taken. The candidate must not be part of best. */
bool assay_shrinker_offer(assay_shrinker *s, tw_bytes candidate);

/* The same for a head and the protocol's bytes, which are wrapped by the head's stack. */
bool assay_shrinker_offer_inner(assay_shrinker *s, const assay_specimen *head, tw_bytes inner);

/* The head of best, and the protocol's bytes in it, unwrapped to `inner`. The result stays until the next call;
 * its payload is a copy. */
assay_specimen assay_shrinker_inner(assay_shrinker *s);

#endif
