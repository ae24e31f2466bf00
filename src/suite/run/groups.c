#include "suite/run/groups.h"

#include "suite/run/classes.h"

#include <stdlib.h>
#include <string.h>

#define RUN_OF_MIXED 64u

/* From what a class shares to its group: open addressing, at most half full. */
typedef struct table {
    size_t *slots; /* group + 1; 0 where free */
    size_t mask;
} table;

static size_t group_for(assay_groups *groups, table *t, const assay_case *c)
{
    size_t at = assay_class_hash(c) & t->mask;
    for (; t->slots[at]; at = (at + 1) & t->mask)
        if (assay_class_same(groups->groups[t->slots[at] - 1].c, c)) return t->slots[at] - 1;
    t->slots[at] = groups->count + 1;
    groups->groups[groups->count] = (assay_group){.c = c};
    return groups->count++;
}

/* Sizes first, then places: items are as many as the order has. */
static void place(assay_groups *groups, const assay_plan *plan, size_t from, size_t to)
{
    size_t start = 0;
    for (size_t g = 0; g < groups->count; g++) {
        assay_group *group = &groups->groups[g];
        size_t size = group->end;
        group->at = group->end = start;
        start += size;
    }
    for (size_t i = from; i < to; i++) {
        assay_group *group = &groups->groups[groups->group_of[plan->order[i]]];
        groups->items[group->end++] = plan->order[i];
    }
}

bool assay_groups_init(assay_groups *groups, const assay_plan *plan, size_t from, size_t to, bool mixed)
{
    *groups = (assay_groups){0};
    size_t count = to - from, slots = 16;
    while (slots < 2 * count) slots *= 2;
    table t = {.slots = calloc(slots, sizeof *t.slots), .mask = slots - 1};
    groups->items = calloc(count ? count : 1, sizeof *groups->items);
    groups->groups = calloc(count ? count : 1, sizeof *groups->groups);
    groups->group_of = malloc((plan->count ? plan->count : 1) * sizeof *groups->group_of);
    bool ok = t.slots && groups->items && groups->groups && groups->group_of;
    for (size_t i = 0; ok && i < plan->count; i++) groups->group_of[i] = ASSAY_NO_GROUP;
    for (size_t i = from; ok && i < to; i++) {
        size_t g = (i - from) / RUN_OF_MIXED;
        if (!mixed)
            g = group_for(groups, &t, plan->items[plan->order[i]].c);
        else
            groups->count = g + 1;
        groups->group_of[plan->order[i]] = g;
        groups->groups[g].end++;
    }
    if (ok) place(groups, plan, from, to);
    free(t.slots);
    return ok;
}

void assay_groups_deinit(assay_groups *groups)
{
    for (size_t g = 0; groups->groups && g < groups->count; g++) free(groups->groups[g].again);
    free(groups->items);
    free(groups->groups);
    free(groups->group_of);
    *groups = (assay_groups){0};
}

static bool has_waiting(const assay_group *group)
{
    return group->again_count || group->at < group->end;
}

/* A group with a case out is not free although nobody holds it: that case may still come back. */
static bool is_free(const assay_group *group)
{
    return !group->taken && !group->out && has_waiting(group);
}

bool assay_groups_waiting(const assay_groups *groups, size_t held)
{
    if (held != ASSAY_NO_GROUP && has_waiting(&groups->groups[held])) return true;
    for (size_t g = 0; g < groups->count; g++)
        if (is_free(&groups->groups[g])) return true;
    return false;
}

static bool hold_another(assay_groups *groups, size_t *held)
{
    if (*held != ASSAY_NO_GROUP) groups->groups[*held].taken = false;
    *held = ASSAY_NO_GROUP;
    for (size_t g = 0; g < groups->count; g++) {
        if (!is_free(&groups->groups[g])) continue;
        groups->groups[g].taken = true;
        *held = g;
        return true;
    }
    return false;
}

bool assay_groups_take(assay_groups *groups, size_t *held, size_t *index)
{
    if ((*held == ASSAY_NO_GROUP || !has_waiting(&groups->groups[*held])) && !hold_another(groups, held))
        return false;
    assay_group *group = &groups->groups[*held];
    *index = group->again_count ? group->again[--group->again_count] : groups->items[group->at++];
    group->out++;
    return true;
}

bool assay_groups_return(assay_groups *groups, size_t index)
{
    assay_group *group = &groups->groups[groups->group_of[index]];
    if (group->again_count == group->again_capacity) {
        size_t capacity = group->again_capacity ? group->again_capacity * 2 : 16;
        size_t *again = realloc(group->again, capacity * sizeof *again);
        if (!again) return false;
        group->again = again;
        group->again_capacity = capacity;
    }
    group->again[group->again_count++] = index;
    group->out--;
    return true;
}

void assay_groups_done(assay_groups *groups, size_t index)
{
    groups->groups[groups->group_of[index]].out--;
}
