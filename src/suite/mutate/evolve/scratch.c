#include "suite/mutate/evolve/scratch.h"

#include <stdint.h>
#include <string.h>

static void *take(assay_scratch *s, size_t size)
{
    size_t rounded = (size + 15) & ~(size_t)15;
    if (rounded < size || rounded > ASSAY_SCRATCH_SIZE - s->used)
        return tw_resize(tw_alloc_default(), NULL, 0, size);
    void *block = s->block + s->used;
    s->used += rounded;
    return block;
}

static void *resize(void *context, void *block, size_t old_size, size_t new_size)
{
    assay_scratch *s = context;
    uintptr_t at = (uintptr_t)block, begin = (uintptr_t)s->block;
    bool own = at >= begin && at < begin + ASSAY_SCRATCH_SIZE;
    if (!block) return new_size ? take(s, new_size) : NULL;
    if (!own) return tw_resize(tw_alloc_default(), block, old_size, new_size);
    size_t rounded = (old_size + 15) & ~(size_t)15, from = at - begin;
    bool last = from + rounded == s->used;
    if (new_size == 0) {
        if (last) s->used = from;
        return NULL;
    }
    size_t wanted = (new_size + 15) & ~(size_t)15;
    if (last && wanted >= new_size && wanted <= ASSAY_SCRATCH_SIZE - from) {
        s->used = from + wanted; /* the newest block grows where it stands */
        return block;
    }
    void *moved = take(s, new_size);
    if (moved) memcpy(moved, block, old_size < new_size ? old_size : new_size);
    return moved;
}

void assay_scratch_init(assay_scratch *scratch)
{
    scratch->alloc = (tw_alloc){resize, scratch};
    scratch->used = 0;
}
