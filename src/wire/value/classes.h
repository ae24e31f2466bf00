/* Classes of equal values: two values get the same number if and only if they are equal under the flags.
 * Worked out from the leaves up, each node once, over the tape: no recursion, near linear time. Private to
 * wire/value. */
#ifndef WIRE_VALUE_CLASSES_H
#define WIRE_VALUE_CLASSES_H

#include "wire/value/equal.h"

typedef struct tw_class_entry tw_class_entry;

typedef struct tw_classes {
    const tw_alloc *alloc;
    unsigned flags;        /* tw_equal_flags */
    tw_class_entry *table; /* open addressing; capacity is a power of two */
    size_t capacity, count;
    uint64_t *words; /* room for one value's content */
    size_t words_capacity;
    tw_arena contents; /* of the classes */
} tw_classes;

/* alloc is borrowed. */
void tw_classes_init(tw_classes *c, unsigned flags, const tw_alloc *alloc);
void tw_classes_deinit(tw_classes *c);

/* The class of every node of the value: numbers[i] is that of root[i]. NULL when memory is refused. Release
 * with tw_classes_release. */
uint32_t *tw_classes_assign(tw_classes *c, const tw_node *root);
void tw_classes_release(tw_classes *c, const tw_node *root, uint32_t *numbers);

/* What the elements of a set or list, or the pairs of a map, are to the eyes of equality, in wire order: one
 * word each. numbers is the class of node itself and of those behind it (may be NULL for a packed node). The
 * words stay until the next call; NULL when memory is refused. */
uint64_t *tw_classes_elements(tw_classes *c, const tw_node *node, const uint32_t *numbers);

/* Sorts in place. */
void tw_words_sort(uint64_t *words, size_t count);

/* A double's bits, with all NaNs as one where flags say so. */
uint64_t tw_equal_bits(uint64_t bits, unsigned flags);

#endif
