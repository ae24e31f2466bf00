/* Where memory comes from. Every object of the library takes an allocator when it is made and uses no other;
 * there is no global one. One function serves allocation, growth and release, so that a counting or a failing
 * allocator is a few lines. */
#ifndef WIRE_BASE_ALLOC_H
#define WIRE_BASE_ALLOC_H

#include <stddef.h>

typedef struct tw_alloc {
    /* Resizes `block` (NULL for a new one) from old_size to new_size bytes and returns it, aligned for any
     * type. new_size 0 releases the block and returns NULL. Returns NULL when memory is out; `block` is then
     * untouched. */
    void *(*resize)(void *context, void *block, size_t old_size, size_t new_size);
    void *context; /* handed to resize; borrowed */
} tw_alloc;

/* The C library's realloc and free. Never NULL; static storage. */
const tw_alloc *tw_alloc_default(void);

static inline void *tw_resize(const tw_alloc *alloc, void *block, size_t old_size, size_t new_size)
{
    return alloc->resize(alloc->context, block, old_size, new_size);
}

#endif
