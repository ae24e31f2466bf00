/* The types of values, as the library numbers them: dense enough for four bits. Each protocol maps its own
 * type bytes to these. */
#ifndef WIRE_BASE_TYPE_H
#define WIRE_BASE_TYPE_H

#include <stdbool.h>
#include <stddef.h>

typedef enum tw_type {
    TW_STOP = 0, /* no value; the types of an empty map that the wire does not name */
    TW_BOOL = 1,
    TW_I8 = 3,
    TW_I16 = 4,
    TW_I32 = 5,
    TW_I64 = 6,
    TW_DOUBLE = 7,
    TW_STRING = 8,
    TW_LIST = 9,
    TW_SET = 10,
    TW_MAP = 11,
    TW_STRUCT = 12,
    TW_UUID = 13
} tw_type;

#define TW_TYPE_COUNT 16

/* "bool", "i8", ... "uuid"; "stop" for TW_STOP; "?" for a number that is no type. Static storage. */
const char *tw_type_name(tw_type type);

/* The type with that name, or TW_STOP. */
tw_type tw_type_find(const char *name, size_t len);

/* Values that nest others: list, set, map, struct. */
static inline bool tw_type_nests(tw_type type)
{
    return type >= TW_LIST && type <= TW_STRUCT;
}

/* Bytes that one element takes in the packed array of a list or set, or 0 for types that are not packed:
 * bool and i8 1, i16 2, i32 4, i64 and double 8, uuid 16. */
static inline size_t tw_type_packed_size(tw_type type)
{
    static const unsigned char sizes[TW_TYPE_COUNT] = {
        [TW_BOOL] = 1, [TW_I8] = 1,     [TW_I16] = 2,  [TW_I32] = 4,
        [TW_I64] = 8,  [TW_DOUBLE] = 8, [TW_UUID] = 16};
    return sizes[type];
}

#endif
