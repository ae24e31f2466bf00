/* An allocator that counts, and can refuse. It keeps a list of what it gave, so that leaks are found and freed. */
#ifndef FUZZ_HARNESS_METER_H
#define FUZZ_HARNESS_METER_H

#include "fuzz/harness/harness.h"

/* No single block may be larger: no input that a harness looks at needs as much. */
#define FUZZ_BLOCK_MOST ((size_t)256 << 20)

struct fuzz_block;

typedef struct fuzz_meter {
    tw_alloc alloc;            /* what to hand on; its context is this meter */
    struct fuzz_block *first;  /* of the blocks that are held */
    size_t blocks, held, peak; /* how many; their bytes now, and at most */
    size_t largest;            /* request ever, also one that was refused */
    uint64_t calls;            /* that wanted memory */
    uint64_t copied;           /* bytes that growing blocks moved */
    uint64_t refuse_at;        /* the call, from 1, that is refused with all behind it; 0: none */
    bool refused;              /* one was */
    bool wrong_size;           /* a block was given back or resized with a size that is not its own */
} fuzz_meter;

void fuzz_meter_init(fuzz_meter *meter);

/* Frees what is still held; returns how many blocks that were. */
size_t fuzz_meter_deinit(fuzz_meter *meter);

/* The meter behind a run's allocator. */
fuzz_meter *fuzz_meter_of(const fuzz_run *run);

#endif
