#include "suite/mutate/found.h"
#include "suite/mutate/stream.h"
#include "suite/mutate/token.h"
#include "suite/mutate/units.h"

static bool is_compact(const tw_stack *stack)
{
    return stack->protocol == &tw_compact;
}

typedef struct search {
    assay_found found;
    bool compact;
} search;

static bool on_part(void *context, size_t base, const tw_envelope_part *part, const tw_envelope *envelope)
{
    search *s = context;
    if (part->kind != TW_PART_NAME_SIZE) return true;
    return assay_found_add(&s->found, NULL, "name", s->compact ? ASSAY_SPELLED_VARINT : ASSAY_SPELLED_I32,
                           base + part->offset, part->len, (uint32_t)envelope->name.len);
}

static bool on_token(void *context, size_t base, const tw_token *token)
{
    search *s = context;
    assay_target t;
    if (!assay_token_size(token, s->compact, base, &t)) return true;
    return assay_found_add(&s->found, token->path, "", t.spelling, t.offset, t.len, t.value);
}

/* Lengths of frames: of the stream, not of the payload. */
static void find_frames(search *s, const tw_stack *stack, tw_bytes wire)
{
    size_t state = 0, header_end;
    while ((header_end = assay_stream_next_edge(stack, wire, &state)) != SIZE_MAX) {
        size_t end = assay_stream_next_edge(stack, wire, &state);
        if (!assay_found_add(&s->found, NULL, "frame", ASSAY_SPELLED_I32, header_end - 4, 4,
                             (uint32_t)(end - header_end)))
            return;
        assay_target *target = &s->found.targets->items[s->found.targets->count - 1];
        target->outside = true;
        target->rest = wire.len - header_end;
    }
}

bool assay_sizes_find(const tw_stack *stack, tw_bytes wire, tw_bytes payload, tw_unit unit, tw_arena *arena,
                      assay_targets *targets)
{
    search s = {.compact = is_compact(stack)};
    assay_units_walker walker = {on_part, on_token, &s};
    if (!assay_found_init(&s.found, arena, targets, payload)) return false;
    if (!assay_stack_is_plain(stack)) return true;
    if (stack->transport_count) find_frames(&s, stack, wire);
    assay_units_walk(stack, payload, unit, 1, &walker);
    return !s.found.failed;
}
