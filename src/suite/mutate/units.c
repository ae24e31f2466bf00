#include "suite/mutate/units.h"

typedef struct walk {
    const assay_units_walker *walker;
    size_t base;
    bool ended;
} walk;

static bool on_token(void *context, const tw_token *token)
{
    walk *w = context;
    if (w->walker->token && !w->walker->token(w->walker->context, w->base, token)) w->ended = true;
    return !w->ended;
}

/* Walks one header and moves the base behind it. False where it ends the walk. */
static bool walk_envelope(walk *w, const tw_stack *stack, tw_bytes left)
{
    tw_limits limits = tw_limits_generous();
    tw_envelope envelope = {.form = TW_HEADER_STRICT};
    tw_envelope_result result;
    tw_class cls = stack->envelope->read(left, &limits, false, &envelope, &result);
    for (size_t i = 0; i < result.part_count && w->walker->part && !w->ended; i++)
        if (!w->walker->part(w->walker->context, w->base, &result.parts[i], &envelope)) w->ended = true;
    w->base += result.consumed;
    return cls == TW_OK && !w->ended;
}

void assay_units_walk(const tw_stack *stack, tw_bytes payload, tw_unit unit, size_t count,
                      const assay_units_walker *walker)
{
    walk w = {walker, 0, false};
    tw_tracer tracer = {on_token, &w};
    tw_decode_options options = {.limits = tw_limits_generous()};
    for (size_t i = 0; i < count && w.base < payload.len; i++) {
        tw_outcome out;
        if (unit == TW_UNIT_MESSAGE &&
            !walk_envelope(&w, stack, tw_bytes_of(payload.data + w.base, payload.len - w.base)))
            return;
        tw_class cls = tw_trace(stack->protocol, tw_bytes_of(payload.data + w.base, payload.len - w.base),
                                &options, &tracer, &out);
        if (cls != TW_OK || w.ended) return;
        w.base += out.consumed;
    }
}
