/* One lie at a time: the sizes and types of a stream, and the stream with a single one of them changed. */
#ifndef SUITE_MUTATE_MUTATE_H
#define SUITE_MUTATE_MUTATE_H

#include "suite/case/case.h"

/* How the number stands in the bytes. */
typedef enum assay_spelling {
    ASSAY_SPELLED_I32,    /* 4 bytes, big-endian */
    ASSAY_SPELLED_VARINT, /* compact: a varint of 32 bits, without zigzag */
    ASSAY_SPELLED_SHORT,  /* compact list or set: the upper nibble; 15 and above take the long form */
    ASSAY_SPELLED_LONG,   /* compact list or set: the varint behind a header byte that stays */
    ASSAY_SPELLED_BYTE,   /* a type byte */
    ASSAY_SPELLED_LOW,    /* a type in the lower nibble */
    ASSAY_SPELLED_HIGH    /* a type in the upper nibble */
} assay_spelling;

/* One number of a stream that can be changed alone. */
typedef struct assay_target {
    const char *field; /* "2.1[3]", "2[]", "3{k}", "3{v}", "name", "frame"; unique in its stream: a second one
                          has "#2" behind */
    assay_spelling spelling;
    bool outside;       /* counts in the stream itself (a frame's length), not in the payload */
    size_t offset, len; /* its bytes */
    size_t rest;        /* bytes behind it, to the end of the payload or stream */
    uint32_t value;     /* as it stands */
} assay_target;

typedef struct assay_targets {
    assay_target *items; /* in the arena */
    size_t count;
} assay_targets;

/* At most so many numbers of one stream are found. */
#define ASSAY_TARGETS_MOST 512

/* The sizes (containers, strings, names, frame lengths) of the unit that a stream carries. Only for plain
 * stacks (assay_stack_is_plain); others have none. payload: what the stream unwraps to. False when memory is
 * refused. */
bool assay_sizes_find(const tw_stack *stack, tw_bytes wire, tw_bytes payload, tw_unit unit, tw_arena *arena,
                      assay_targets *targets);

/* The types (of fields, elements, keys, values) in the same way. */
bool assay_types_find(const tw_stack *stack, tw_bytes payload, tw_unit unit, tw_arena *arena,
                      assay_targets *targets);

/* Appends the stream with that one number replaced. The lengths of frames around the payload are made right
 * again; a frame's own length is changed alone. value: a size (-1 and more), or a type's number. TW_OK,
 * TW_MEMORY, TW_USAGE. */
tw_class assay_target_write(const assay_target *target, const tw_stack *stack, tw_bytes wire,
                            tw_bytes payload, int64_t value, tw_buffer *to);

#endif
