#include "fuzz/harness/meter.h"

#include <stdlib.h>
#include <string.h>

/* Stands in front of each block. */
typedef struct fuzz_block {
    struct fuzz_block *next, *previous;
    size_t size;
    size_t padding; /* keeps what follows aligned to 16 */
} fuzz_block;

static void unlink_block(fuzz_meter *meter, fuzz_block *block)
{
    if (block->next) block->next->previous = block->previous;
    if (block->previous)
        block->previous->next = block->next;
    else
        meter->first = block->next;
    meter->blocks--;
    meter->held -= block->size;
    free(block);
}

static fuzz_block *link_block(fuzz_meter *meter, size_t size)
{
    fuzz_block *block = malloc(sizeof *block + size);
    if (!block) return NULL;
    *block = (fuzz_block){.next = meter->first, .size = size};
    if (meter->first) meter->first->previous = block;
    meter->first = block;
    meter->blocks++;
    meter->held += size;
    if (meter->held > meter->peak) meter->peak = meter->held;
    return block;
}

/* Growing always moves: a pointer that was kept shows under ASan. */
static void *resize(void *context, void *old, size_t old_size, size_t new_size)
{
    fuzz_meter *meter = context;
    fuzz_block *before = old ? (fuzz_block *)old - 1 : NULL, *after;
    if (old_size != (before ? before->size : 0)) meter->wrong_size = true;
    if (new_size == 0) {
        if (before) unlink_block(meter, before);
        return NULL;
    }
    meter->calls++;
    if (new_size > meter->largest) meter->largest = new_size;
    if (new_size > FUZZ_BLOCK_MOST || (meter->refuse_at && meter->calls >= meter->refuse_at) ||
        !(after = link_block(meter, new_size))) {
        meter->refused = true;
        return NULL;
    }
    if (before) {
        size_t n = before->size < new_size ? before->size : new_size;
        memcpy(after + 1, old, n);
        meter->copied += n;
        unlink_block(meter, before);
    }
    return after + 1;
}

void fuzz_meter_init(fuzz_meter *meter)
{
    *meter = (fuzz_meter){.alloc = {resize, meter}};
}

size_t fuzz_meter_deinit(fuzz_meter *meter)
{
    size_t blocks = meter->blocks;
    for (fuzz_block *block = meter->first, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    meter->first = NULL;
    meter->blocks = meter->held = 0;
    return blocks;
}

fuzz_meter *fuzz_meter_of(const fuzz_run *run)
{
    return run->alloc->context;
}
