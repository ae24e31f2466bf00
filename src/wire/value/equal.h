/* Equality of values, and the open rules that a value by itself touches. */
#ifndef WIRE_VALUE_EQUAL_H
#define WIRE_VALUE_EQUAL_H

#include "wire/base/error.h"
#include "wire/value/tree.h"

typedef enum tw_equal_flags {
    TW_EQUAL_EXACT = 0,        /* wire order everywhere, bits of doubles, types of empty maps */
    TW_EQUAL_UNORDERED = 1,    /* the elements of sets and the pairs of maps may stand in any order */
    TW_EQUAL_EMPTY_MAP = 2,    /* two empty maps are equal whatever their types */
    TW_EQUAL_FIELDS_BY_ID = 4, /* the fields of a struct may stand in any order (same ids keep their order) */
    TW_EQUAL_NAN = 8           /* any NaN equals any NaN */
} tw_equal_flags;

/* How the suite compares: bits, with sets and maps in any order and empty maps without types. */
#define TW_EQUAL_VALUES (TW_EQUAL_UNORDERED | TW_EQUAL_EMPTY_MAP)

typedef struct tw_difference {
    tw_path path;         /* where the two first differ; where only b has something, its place in b */
    const tw_node *a, *b; /* the differing values; NULL where one side has none */
    bool items;           /* a and b are packed arrays, and the path ends in the index where they differ */
    bool memory;          /* tw_equal only: not compared to the end, memory was refused; the rest is empty */
} tw_difference;

/* Compares two values (each a struct, or any node; the field ids of the two themselves do not count). flags:
 * tw_equal_flags or-ed. When not equal, *difference (unless NULL) is set; its nodes live as long as the
 * trees. An element of an unordered set that the other set lacks is shown beside one that only the other has;
 * a pair of an unordered map beside the pair of the same key.
 *
 * Memory (from alloc; NULL: tw_alloc_default()) is taken only where UNORDERED or FIELDS_BY_ID is asked for
 * and the two are not equal as they stand, a small multiple of their size. Time is near linear, for any
 * depth. Returns TW_OK and sets *equal, or TW_MEMORY. */
tw_class tw_compare(const tw_node *a, const tw_node *b, unsigned flags, const tw_alloc *alloc, bool *equal,
                    tw_difference *difference);

/* tw_compare with the default allocator. Where memory is refused: false, and difference->memory is set. */
bool tw_equal(const tw_node *a, const tw_node *b, unsigned flags, tw_difference *difference);

/* The open rules that a value touches whatever its encoding: duplicate field ids, map keys, or set elements
 * (compared as TW_EQUAL_VALUES), strings that are not UTF-8, NaNs other than 0x7ff8000000000000. Where memory
 * for finding duplicates among many or nested keys is refused, map.duplicate-key is taken as touched. */
tw_ruleset tw_value_open_rules(const tw_node *node);

#endif
