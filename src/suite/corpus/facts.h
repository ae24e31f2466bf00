/* What one input of a corpus holds, as the reference sees it. */
#ifndef SUITE_CORPUS_FACTS_H
#define SUITE_CORPUS_FACTS_H

#include "suite/mutate/specimen.h"

/* Features are numbers below this: (protocol, token kind, type, how many in powers of two), (stack, unit,
 * class), (rule), (depth in powers of two). */
#define ASSAY_FEATURES 16384

typedef struct assay_features {
    uint64_t bits[ASSAY_FEATURES / 64];
} assay_features;

typedef struct assay_facts {
    assay_specimen specimen;
    tw_error error; /* class TW_OK: accepted; nothing is meant by it for texts */
    size_t behind;  /* bytes of the protocol behind the unit that was read */
    tw_ruleset
        rules; /* by which tokens were read, open ones on which the reading rests, and the broken one */
    assay_features features;
} assay_facts;

/* Decodes the first unit of the input by its head. For a text, features are those of its first bytes. False
 * when memory is refused. */
bool assay_facts_of(tw_bytes input, assay_facts *facts);

/* Features of `facts` that are not in `known`; adds them there. */
size_t assay_features_add(assay_features *known, const assay_features *more);

#endif
