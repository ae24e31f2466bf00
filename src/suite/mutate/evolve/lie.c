#include "suite/mutate/evolve/lie.h"

#include "suite/mutate/evolve/lie_scalar.h"
#include "suite/mutate/mutate.h"
#include "suite/mutate/token.h"
#include "suite/mutate/tree/boundary.h"
#include "suite/mutate/units.h"

/* One place is drawn of all that the walk comes by: the k-th takes the place of the one before with chance
 * 1/k. */
typedef struct search {
    assay_lie lie;
    bool compact;
    tw_bytes inner;
    tw_random *random;
    uint64_t seen;
    assay_target target; /* size, type, cut (offset) */
    assay_scalar_place scalar;
} search;

static bool taken(search *s)
{
    return tw_random_below(s->random, ++s->seen) == 0;
}

static bool on_part(void *context, size_t base, const tw_envelope_part *part, const tw_envelope *envelope)
{
    search *s = context;
    size_t at = base + part->offset;
    if (s->lie == ASSAY_LIE_CUT && taken(s)) s->target.offset = at;
    if (s->lie == ASSAY_LIE_SIZE && part->kind == TW_PART_NAME_SIZE && taken(s))
        s->target = (assay_target){.spelling = s->compact ? ASSAY_SPELLED_VARINT : ASSAY_SPELLED_I32,
                                   .offset = at,
                                   .len = part->len,
                                   .value = (uint32_t)envelope->name.len};
    return true;
}

static bool on_token(void *context, size_t base, const tw_token *token)
{
    search *s = context;
    assay_target targets[2];
    const char *suffixes[2];
    assay_scalar_place place;
    size_t n;
    switch (s->lie) {
    case ASSAY_LIE_SIZE:
        if (assay_token_size(token, s->compact, base, &targets[0]) && taken(s)) s->target = targets[0];
        break;
    case ASSAY_LIE_TYPE:
        n = assay_token_types(token, s->compact, base, s->inner, targets, suffixes);
        for (size_t i = 0; i < n; i++)
            if (taken(s)) s->target = targets[i];
        break;
    case ASSAY_LIE_SCALAR:
        if (assay_scalar_place_of(token, s->compact, base, &place) && taken(s)) s->scalar = place;
        break;
    case ASSAY_LIE_CUT:
        if (taken(s)) s->target.offset = base + token->offset;
        break;
    }
    return true;
}

static int64_t false_size(search *s)
{
    const assay_boundaries *table = &assay_boundary_table;
    int64_t value = s->target.value, rest = (int64_t)(s->inner.len - s->target.offset - s->target.len);
    switch (tw_random_below(s->random, 8)) {
    case 0: return value + 1;
    case 1: return value ? value - 1 : 1;
    case 2: return rest;
    case 3: return rest + 1;
    case 4: return rest - 1 > 0 ? rest - 1 : 2;
    case 5: return (int64_t)tw_random_below(s->random, 32);
    default: return table->lies[tw_random_below(s->random, table->lie_count)];
    }
}

static int64_t false_type(search *s)
{
    uint64_t most = s->target.spelling == ASSAY_SPELLED_BYTE && tw_random_below(s->random, 4) == 0 ? 256 : 18;
    int64_t value = (int64_t)tw_random_below(s->random, most);
    if (s->target.spelling != ASSAY_SPELLED_BYTE) value &= 15;
    return value == s->target.value ? value ^ 1 : value;
}

static bool write_cut(search *s, tw_buffer *to)
{
    size_t at = s->seen && tw_random_below(s->random, 4) ? s->target.offset : 0;
    if (at == 0 && s->inner.len) at = tw_random_below(s->random, s->inner.len);
    return tw_buffer_append(to, s->inner.data, at);
}

bool assay_lie_write(assay_lie lie, const tw_stack *stack, tw_bytes inner, tw_unit unit, tw_random *random,
                     tw_buffer *to)
{
    search s = {.lie = lie, .compact = stack->protocol == &tw_compact, .inner = inner, .random = random};
    assay_units_walker walker = {on_part, on_token, &s};
    size_t before = to->len;
    bool ok;
    assay_units_walk(stack, inner, unit, 1, &walker);
    if (lie == ASSAY_LIE_CUT)
        ok = inner.len > 0 && write_cut(&s, to);
    else if (s.seen == 0)
        ok = false;
    else if (lie == ASSAY_LIE_SCALAR)
        ok = assay_scalar_write(&s.scalar, inner, random, to);
    else
        ok = assay_target_write(&s.target, stack, inner, inner,
                                lie == ASSAY_LIE_SIZE ? false_size(&s) : false_type(&s), to) == TW_OK;
    if (!ok) to->len = before;
    return ok;
}
