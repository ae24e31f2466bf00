/* Repeats: a crash or hang that one class of cases shows again and again is not worth a restart each time. A
 * class is what shares the verb, the stacks, the kind, what is expected (a refusal with its class of
 * error, for a swept type with its rule), for chunks the rule of the vector, and for a swept size what it was
 * changed to. A narrow class shares the parent vector too, or for
 * named vectors the rules: for crashes, which cost little to look at and have many causes. A hang costs
 * seconds each time. */
#ifndef SUITE_RUN_CLASSES_H
#define SUITE_RUN_CLASSES_H

#include "suite/case/case.h"

#define ASSAY_CLASS_LIMIT 3u /* confirmed crashes or hangs before the rest is assumed */

/* True when both are of one class. Cases of one class have the same hash. */
bool assay_class_same(const assay_case *a, const assay_case *b);
size_t assay_class_hash(const assay_case *c);

typedef struct assay_repeat {
    const assay_case *c; /* any case of the class */
    bool narrow;
    unsigned seen;
    size_t last; /* index of the last one that showed it */
} assay_repeat;

typedef struct assay_classes {
    assay_repeat *items;
    size_t count, capacity;
} assay_classes;

void assay_classes_deinit(assay_classes *classes);

/* Counts one confirmed crash or hang of the case with that index. False when memory is refused. */
bool assay_classes_add(assay_classes *classes, const assay_case *c, size_t index, bool narrow);

/* The index of the last case of its class that showed a confirmed crash or hang, or SIZE_MAX. */
size_t assay_classes_shown(const assay_classes *classes, const assay_case *c, bool narrow);

/* The index of a case whose crash or hang this one is assumed to share, or SIZE_MAX when it is to be run.
 * Named vectors that must be accepted are always run: each says something of its own. */
size_t assay_classes_assumed(const assay_classes *classes, const assay_case *c);

#endif
