#include "suite/mutate/found.h"
#include "suite/mutate/stream.h"
#include "suite/mutate/token.h"
#include "suite/mutate/units.h"

typedef struct search {
    assay_found found;
    bool compact;
} search;

static bool on_token(void *context, size_t base, const tw_token *token)
{
    search *s = context;
    assay_target types[2];
    const char *suffixes[2];
    size_t n = assay_token_types(token, s->compact, base, s->found.payload, types, suffixes);
    for (size_t i = 0; i < n; i++)
        if (!assay_found_add(&s->found, token->path, suffixes[i], types[i].spelling, types[i].offset, 1,
                             types[i].value))
            return false;
    return true;
}

bool assay_types_find(const tw_stack *stack, tw_bytes payload, tw_unit unit, tw_arena *arena,
                      assay_targets *targets)
{
    search s = {.compact = stack->protocol == &tw_compact};
    assay_units_walker walker = {NULL, on_token, &s};
    if (!assay_found_init(&s.found, arena, targets, payload)) return false;
    if (!assay_stack_is_plain(stack)) return true;
    assay_units_walk(stack, payload, unit, 1, &walker);
    return !s.found.failed;
}
