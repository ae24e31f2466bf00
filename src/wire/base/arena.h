/* Memory that is given back all at once. Blocks are taken from chunks that double in size; nothing moves. */
#ifndef WIRE_BASE_ARENA_H
#define WIRE_BASE_ARENA_H

#include "wire/base/alloc.h"

#include <stdbool.h>
#include <stdint.h>

struct tw_arena_chunk;

typedef struct tw_arena {
    const tw_alloc *alloc;
    struct tw_arena_chunk *chunks; /* newest first */
    uint8_t *at, *end;             /* what is left of the newest chunk */
    size_t held;                   /* bytes taken from alloc */
    size_t cap;                    /* most bytes ever to be taken from alloc */
} tw_arena;

/* Empty; allocates nothing. alloc is borrowed (NULL: tw_alloc_default()); cap bounds what is taken from it.
 */
void tw_arena_init(tw_arena *arena, const tw_alloc *alloc, size_t cap);
void tw_arena_deinit(tw_arena *arena);

/* Gives every block back; keeps the newest, largest chunk for the next use. */
void tw_arena_reset(tw_arena *arena);

/* A block of size bytes (0 is as 1), aligned to 16; NULL when memory or the cap refuses. Not zeroed. */
void *tw_arena_take(tw_arena *arena, size_t size);

/* As tw_arena_take with no alignment, for bytes. */
static inline void *tw_arena_take_bytes(tw_arena *arena, size_t size)
{
    if ((size_t)(arena->end - arena->at) < size || size == 0) return tw_arena_take(arena, size);
    void *block = arena->at;
    arena->at += size;
    return block;
}

/* A copy of the bytes with a 0 byte behind them; NULL when memory refuses. */
char *tw_arena_copy(tw_arena *arena, const void *data, size_t len);

/* printf into the arena; NULL when memory refuses. */
__attribute__((format(printf, 2, 3))) char *tw_arena_printf(tw_arena *arena, const char *format, ...);

#endif
