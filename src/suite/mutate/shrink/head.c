#include "suite/mutate/shrink/shrinker.h"
#include "suite/mutate/stream.h"

/* Each stack with fewer transports, the barest first. */
static void fewer_transports(assay_shrinker *s)
{
    for (unsigned stack = 0; stack < ASSAY_SPECIMEN_STACKS && assay_shrinker_goes_on(s); stack++) {
        assay_specimen head = assay_shrinker_inner(s);
        const tw_stack *now = assay_specimen_stack(head.stack), *other = assay_specimen_stack(stack);
        if (head.text || other->protocol != now->protocol) continue;
        head.stack = stack;
        if (other->transport_count < now->transport_count ||
            (other->transport_count == now->transport_count && !assay_stack_has_zlib(other)))
            assay_shrinker_offer_inner(s, &head, head.payload);
    }
}

/* The stream stays, only what the head says of it is less. */
static void plain_head(assay_shrinker *s)
{
    for (int i = 0; i < 5 && assay_shrinker_goes_on(s); i++) {
        assay_specimen head = assay_specimen_read(tw_buffer_view(&s->best));
        tw_buffer candidate;
        if (i == 0) head.parameter = 0;
        if (i == 1) head.flags = 0;
        if (i == 2) head.parameter /= 2;
        if (i == 3) head.parameter = (uint8_t)(head.parameter - (head.parameter > 0));
        if (i == 4) head.unit = TW_UNIT_STRUCT;
        tw_buffer_init(&candidate, NULL);
        if (assay_specimen_write(&head, &candidate) != TW_OK) s->failed = true;
        if (!s->failed && assay_shrinker_offer(s, tw_buffer_view(&candidate)) && (i == 2 || i == 3)) i--;
        tw_buffer_deinit(&candidate);
    }
}

/* The envelope goes, the struct behind it stays. */
static void no_envelope(assay_shrinker *s)
{
    assay_specimen head = assay_shrinker_inner(s);
    tw_limits limits = tw_limits_generous();
    tw_envelope envelope;
    tw_envelope_result result;
    if (head.text || head.unit != TW_UNIT_MESSAGE || s->failed) return;
    const tw_stack *stack = assay_specimen_stack(head.stack);
    if (stack->envelope->read(head.payload, &limits, false, &envelope, &result) != TW_OK) return;
    head.unit = TW_UNIT_STRUCT;
    size_t n = result.consumed;
    assay_shrinker_offer_inner(s, &head, tw_bytes_of(head.payload.data + n, head.payload.len - n));
}

void assay_shrink_head(assay_shrinker *s)
{
    fewer_transports(s);
    no_envelope(s);
    plain_head(s);
}
