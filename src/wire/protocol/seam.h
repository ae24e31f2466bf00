/* The seam between the walk over values and a protocol: one small table of operations. A protocol's .c fills
 * the table with static functions and includes walk_read.h and walk_write.h, whose functions are always
 * inlined with the table as a constant: the compiler makes a walk of its own for each protocol. */
#ifndef WIRE_PROTOCOL_SEAM_H
#define WIRE_PROTOCOL_SEAM_H

#include "wire/base/fault.h"
#include "wire/base/reader.h"
#include "wire/protocol/protocol.h"

#define TW_INLINE static inline __attribute__((always_inline))

/* A field header. */
typedef struct tw_field {
    tw_type type; /* TW_STOP: the struct ends */
    int16_t id;
    int8_t value;         /* a bool in the header: 0 or 1; otherwise -1 */
    const uint8_t *id_at; /* where the id stands when it has bytes of its own, else NULL */
} tw_field;

/* A container's header. */
typedef struct tw_head {
    uint8_t inside; /* as tw_node.inside */
    uint32_t count;
    const uint8_t *size_at; /* where the size stands */
    uint8_t size_len;
} tw_head;

/* The rules that the walk itself applies, in the protocol's wording. */
typedef struct tw_walk_rules {
    tw_rule string, field, stop, boolean, integer, i8, real, uuid;
    tw_rule list, set, map;                /* read as it should be */
    tw_rule list_size, set_size, map_size; /* more elements promised than can follow */
} tw_walk_rules;

typedef struct tw_seam {
    const char *name;
    tw_walk_rules rules;
    uint8_t minimum[TW_TYPE_COUNT]; /* fewest bytes of a value of each type */

    /* Reading. Each sets the reader's error and returns false when it cannot. */
    bool (*field)(tw_reader *r, int16_t last_id, tw_field *field);
    bool (*list)(tw_reader *r, tw_type container, tw_head *head); /* list or set; the size is judged for sign,
                                                                   * not for length */
    bool (*map)(tw_reader *r, tw_head *head);
    bool (*string_size)(tw_reader *r, uint32_t *size);
    bool (*boolean)(tw_reader *r, int64_t *value); /* in a container */
    bool (*i16)(tw_reader *r, int64_t *value);
    bool (*i32)(tw_reader *r, int64_t *value);
    bool (*i64)(tw_reader *r, int64_t *value);
    uint64_t (*load_double)(const uint8_t *bytes);
    /* Reads n packed elements from [pos, end) into `to`, or past them when `to` is NULL. Sets *done to how
     * many it could, and returns where it stopped: fewer than n means that the error is set and that it
     * stopped at the element at fault. */
    const uint8_t *(*packed)(const uint8_t *pos, const uint8_t *end, tw_origin *origin, tw_type element,
                             size_t n, void *to, size_t *done);

    /* Writing into room that was made: each returns the end of what it wrote. */
    uint8_t *(*put_field)(uint8_t *to, int16_t last_id, int16_t id, tw_type type, int64_t boolean);
    uint8_t *(*put_list)(uint8_t *to, tw_type element, uint32_t count);
    uint8_t *(*put_map)(uint8_t *to, tw_type key, tw_type value, uint32_t count);
    uint8_t *(*put_size)(uint8_t *to, uint32_t size);
    uint8_t *(*put_scalar)(uint8_t *to, tw_type type,
                           const tw_node *node); /* bool in a container, number, uuid */
    size_t packed_most[TW_TYPE_COUNT];           /* most bytes of one packed element */
    uint8_t *(*put_packed)(uint8_t *to, tw_type element, const void *items, size_t n);
} tw_seam;

/* Most bytes of a field header, container header or scalar in any protocol. */
#define TW_TOKEN_MOST 24

/* One level that is open. */
typedef struct tw_frame {
    uint8_t type;   /* TW_STRUCT, TW_LIST, TW_SET, TW_MAP */
    uint8_t inside; /* as tw_node.inside */
    bool half;      /* map: the key of a pair was read, its value is next or open */
    bool child;     /* list, set, map: the element was opened as a level of its own */
    int16_t id;     /* struct: the id of the last field */
    uint32_t count; /* struct: fields so far; otherwise the size */
    uint32_t left;  /* otherwise: elements or pairs not yet read whole */
    size_t node;    /* its place on the tape */
} tw_frame;

#define TW_FRAMES_LOCAL 72

/* The end of the tape: where the next node goes, and where there is no more room. */
typedef struct tw_tape {
    tw_node *at, *end;
} tw_tape;

/* All state of a walk. The cursor and the end of the tape are taken out of it while it runs (tw_walk_read)
 * and put back at its end, so that they stay in registers. */
typedef struct tw_walk {
    tw_reader r;
    tw_tape tape;
    tw_origin origin;
    tw_limits limits;
    bool copy;
    bool in_value;           /* the field header was read: errors are inside the field */
    tw_tree *tree;           /* building */
    const tw_tracer *tracer; /* tracing */
    tw_frame *frames;
    size_t depth, capacity, deepest;
    const tw_alloc *alloc;
    tw_frame local[TW_FRAMES_LOCAL];
} tw_walk;

struct tw_protocol {
    const tw_seam *seam;
    tw_class (*build)(tw_walk *w);
    tw_class (*skip)(tw_walk *w);
    tw_class (*trace)(tw_walk *w);
    tw_class (*resume)(tw_walk *w);
    tw_class (*encode)(const tw_node *root, tw_buffer *to);
};

/* Room for one more frame; false when memory is refused. */
bool tw_walk_grow(tw_walk *w, const uint8_t *pos);

/* More room behind `at`; {NULL, NULL} and the error when memory is refused. */
tw_tape tw_walk_more(tw_walk *w, tw_node *at, const uint8_t *pos);

/* Fills in the error's path from the frames that are open. */
void tw_walk_locate(tw_walk *w);

#endif
