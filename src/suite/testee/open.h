/* The requests that are open: sent, and not answered yet. */
#ifndef SUITE_TESTEE_OPEN_H
#define SUITE_TESTEE_OPEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct assay_open_slot {
    uint32_t id; /* 0: free */
    size_t bytes;
} assay_open_slot;

/* A request's slot is its id's lower bits; ids whose slot is taken are not given out. */
typedef struct assay_open {
    assay_open_slot *slots;
    size_t slot_count; /* a power of two, or 0 */
    size_t count;
    size_t bytes; /* of all open requests */
    uint32_t last_id;
} assay_open;

/* Empty; allocates nothing. */
void assay_open_init(assay_open *open);
void assay_open_deinit(assay_open *open);

/* Opens a request and returns its id; 0 when memory is refused. */
uint32_t assay_open_add(assay_open *open, size_t bytes);

/* Closes it; false when it is not open. */
bool assay_open_remove(assay_open *open, uint32_t id);

#endif
