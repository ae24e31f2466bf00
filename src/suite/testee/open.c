#include "suite/testee/open.h"

#include <stdlib.h>

void assay_open_init(assay_open *open)
{
    *open = (assay_open){.slots = NULL};
}

void assay_open_deinit(assay_open *open)
{
    free(open->slots);
    assay_open_init(open);
}

/* Twice as many slots: two ids that differed in their lower bits still do. */
static bool grow(assay_open *open)
{
    size_t count = open->slot_count ? open->slot_count * 2 : 128;
    assay_open_slot *slots = calloc(count, sizeof *slots);
    if (!slots) return false;
    for (size_t i = 0; i < open->slot_count; i++)
        if (open->slots[i].id) slots[open->slots[i].id & (count - 1)] = open->slots[i];
    free(open->slots);
    open->slots = slots;
    open->slot_count = count;
    return true;
}

uint32_t assay_open_add(assay_open *open, size_t bytes)
{
    if (open->count >= open->slot_count / 2 && !grow(open)) return 0;
    uint32_t id = open->last_id;
    assay_open_slot *slot;
    do {
        if (++id == 0) id = 1;
        slot = &open->slots[id & (open->slot_count - 1)];
    } while (slot->id);
    *slot = (assay_open_slot){id, bytes};
    open->last_id = id;
    open->count++;
    open->bytes += bytes;
    return id;
}

bool assay_open_remove(assay_open *open, uint32_t id)
{
    if (id == 0 || open->slot_count == 0) return false;
    assay_open_slot *slot = &open->slots[id & (open->slot_count - 1)];
    if (slot->id != id) return false;
    open->bytes -= slot->bytes;
    open->count--;
    slot->id = 0;
    return true;
}
