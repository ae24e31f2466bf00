#include "suite/mutate/found.h"

#include <stdio.h>
#include <string.h>

bool assay_found_init(assay_found *found, tw_arena *arena, assay_targets *targets, tw_bytes payload)
{
    *found = (assay_found){.arena = arena, .targets = targets, .payload = payload};
    *targets = (assay_targets){tw_arena_take(arena, ASSAY_TARGETS_MOST * sizeof(assay_target)), 0};
    return targets->items != NULL;
}

/* How many targets already have that name, with or without a number behind. */
static unsigned same_names(const assay_targets *targets, const char *name)
{
    size_t len = strlen(name);
    unsigned count = 0;
    for (size_t i = 0; i < targets->count; i++) {
        const char *other = targets->items[i].field;
        if (strncmp(other, name, len) == 0 && (other[len] == 0 || other[len] == '#')) count++;
    }
    return count;
}

bool assay_found_add(assay_found *found, const tw_path *path, const char *suffix, assay_spelling spelling,
                     size_t offset, size_t len, uint32_t value)
{
    if (found->targets->count == ASSAY_TARGETS_MOST) return false;
    char place[240] = "", name[256];
    if (path) tw_path_format(path, place, sizeof place);
    snprintf(name, sizeof name, "%s%s", place, suffix);
    unsigned same = same_names(found->targets, name);
    const char *field = same ? tw_arena_printf(found->arena, "%s#%u", name, same + 1)
                             : tw_arena_copy(found->arena, name, strlen(name));
    if (!field) {
        found->failed = true;
        return false;
    }
    found->targets->items[found->targets->count++] =
        (assay_target){field, spelling, false, offset, len, found->payload.len - offset - len, value};
    return true;
}
