#include "suite/mutate/found.h"
#include "suite/mutate/stream.h"
#include "suite/mutate/units.h"

typedef struct search {
    assay_found found;
    bool compact;
} search;

/* Adds the type at `offset`: what stands there now is read from the payload itself. */
static bool add(search *s, const tw_path *path, const char *suffix, assay_spelling spelling, size_t offset)
{
    uint8_t byte = s->found.payload.data[offset];
    uint32_t value = spelling == ASSAY_SPELLED_LOW    ? byte & 15u
                     : spelling == ASSAY_SPELLED_HIGH ? (uint32_t)byte >> 4
                                                      : byte;
    return assay_found_add(&s->found, path, suffix, spelling, offset, 1, value);
}

static bool on_token(void *context, size_t base, const tw_token *token)
{
    search *s = context;
    size_t at = base + token->offset;
    assay_spelling low = s->compact ? ASSAY_SPELLED_LOW : ASSAY_SPELLED_BYTE;
    switch (token->kind) {
    case TW_TOKEN_FIELD: return add(s, token->path, "", low, at);
    case TW_TOKEN_LIST:
    case TW_TOKEN_SET: return add(s, token->path, "[]", low, at);
    case TW_TOKEN_MAP:
        if (!s->compact)
            return add(s, token->path, "{k}", low, at) && add(s, token->path, "{v}", low, at + 1);
        if (token->count == 0) return true; /* no types on the wire */
        at = base + token->size_offset + token->size_len;
        return add(s, token->path, "{k}", ASSAY_SPELLED_HIGH, at) && add(s, token->path, "{v}", low, at);
    default: return true;
    }
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
