/* "Is ... meant?": the name that a mistyped word is most like. */
#ifndef CLI_LIKENESS_H
#define CLI_LIKENESS_H

#include <stddef.h>

/* Set word and offer names; nearest is then the one that is most like it, the first of several, or NULL where
 * none is like it at all. Names are borrowed. */
typedef struct assay_likeness {
    const char *word, *nearest;
    size_t best;
} assay_likeness;

void assay_likeness_offer(assay_likeness *likeness, const char *name);

#endif
