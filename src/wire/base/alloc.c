#include "wire/base/alloc.h"

#include <stdlib.h>

static void *libc_resize(void *context, void *block, size_t old_size, size_t new_size)
{
    (void)context;
    (void)old_size;
    if (new_size == 0) {
        free(block);
        return NULL;
    }
    return realloc(block, new_size);
}

const tw_alloc *tw_alloc_default(void)
{
    static const tw_alloc alloc = {libc_resize, NULL};
    return &alloc;
}
