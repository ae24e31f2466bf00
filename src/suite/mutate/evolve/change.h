/* Every way in which a specimen is changed: a row in change.c each. */
#ifndef SUITE_MUTATE_EVOLVE_CHANGE_H
#define SUITE_MUTATE_EVOLVE_CHANGE_H

#include "suite/mutate/evolve.h"
#include "suite/mutate/evolve/edit.h"
#include "suite/mutate/evolve/subject.h"

typedef struct assay_evolution {
    assay_subject subject;
    tw_random random;
    assay_evolve_raw *raw; /* NULL: own byte mutations */
    size_t max;            /* most bytes of the specimen that is made */
} assay_evolution;

/* Makes subject.out. False when the change cannot be made of this specimen. */
typedef bool assay_change_make(assay_evolution *e);

typedef struct assay_change {
    const char *name;
    unsigned weight;  /* how often, against the sum of all */
    assay_edit *edit; /* one change in the tree; or NULL, and: */
    assay_change_make *make;
    bool decoded; /* only where the specimen could be decoded */
} assay_change;

/* All but the change of plain bytes, which is what is left when another cannot be made. */
extern const assay_change assay_changes[];
extern const size_t assay_change_count;

/* assay_evolve, telling which change was made: an index of assay_changes, or their count for plain bytes. */
size_t assay_evolve_told(uint8_t *data, size_t len, size_t max, uint32_t seed, assay_evolve_raw *raw,
                         size_t *change);

/* Makes subject.out of the tree: as it is, or sometimes in another stack or spelling. */
bool assay_evolution_write(assay_evolution *e);

/* Mutates bytes that have room for max: by the engine where there is one. The new length. */
size_t assay_evolution_bytes(assay_evolution *e, uint8_t *data, size_t len, size_t max);

/* Changes of texts (change_text.c); false when the text is no notation. */
assay_change_make assay_change_notation;
/* Puts a word of the texts that harnesses read into the text. */
assay_change_make assay_change_word;

#endif
