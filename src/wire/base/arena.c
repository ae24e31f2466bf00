#include "wire/base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define ALIGN 16u
#define FIRST_CHUNK 1024u

typedef struct tw_arena_chunk {
    struct tw_arena_chunk *next;
    size_t size; /* this header included */
} chunk;

#define HEADER ((sizeof(chunk) + ALIGN - 1) / ALIGN * ALIGN)

void tw_arena_init(tw_arena *arena, const tw_alloc *alloc, size_t cap)
{
    *arena = (tw_arena){.alloc = alloc ? alloc : tw_alloc_default(), .cap = cap};
}

static void free_chunks(tw_arena *arena, chunk *from)
{
    while (from) {
        chunk *next = from->next;
        arena->held -= from->size;
        tw_resize(arena->alloc, from, from->size, 0);
        from = next;
    }
}

void tw_arena_deinit(tw_arena *arena)
{
    free_chunks(arena, arena->chunks);
    tw_arena_init(arena, arena->alloc, arena->cap);
}

void tw_arena_reset(tw_arena *arena)
{
    chunk *newest = arena->chunks;
    if (!newest) return;
    free_chunks(arena, newest->next);
    newest->next = NULL;
    arena->at = (uint8_t *)newest + HEADER;
    arena->end = (uint8_t *)newest + newest->size;
}

static bool add_chunk(tw_arena *arena, size_t need)
{
    if (need > SIZE_MAX / 2 - HEADER) return false;
    size_t size = arena->chunks ? arena->held : FIRST_CHUNK; /* as much again as is held: doubling */
    if (size < need + HEADER) size = need + HEADER;
    size_t room = arena->cap - arena->held;
    if (size > room) size = need + HEADER;
    if (size > room) return false;
    chunk *c = tw_resize(arena->alloc, NULL, 0, size);
    if (!c) return false;
    *c = (chunk){arena->chunks, size};
    arena->chunks = c;
    arena->held += size;
    arena->at = (uint8_t *)c + HEADER;
    arena->end = (uint8_t *)c + size;
    return true;
}

void *tw_arena_take(tw_arena *arena, size_t size)
{
    if (size > SIZE_MAX / 4) return NULL;
    size_t need = size ? size : 1;
    size_t pad =
        (ALIGN - (uintptr_t)arena->at % ALIGN) % ALIGN; /* unaligned bytes may have been taken before */
    if ((size_t)(arena->end - arena->at) < need + pad) {
        if (!add_chunk(arena, (need + ALIGN - 1) / ALIGN * ALIGN)) return NULL;
        pad = 0;
    }
    uint8_t *block = arena->at + pad;
    arena->at = block + need;
    return block;
}

char *tw_arena_copy(tw_arena *arena, const void *data, size_t len)
{
    char *copy = tw_arena_take(arena, len + 1);
    if (!copy) return NULL;
    if (len) memcpy(copy, data, len);
    copy[len] = 0;
    return copy;
}

char *tw_arena_printf(tw_arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = len >= 0 ? tw_arena_take(arena, (size_t)len + 1) : NULL;
    if (text) vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return text;
}
