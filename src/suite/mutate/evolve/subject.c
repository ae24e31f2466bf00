#include "suite/mutate/evolve/subject.h"

#include "suite/mutate/evolve/spell.h"
#include "suite/mutate/evolve/wrap.h"
#include "suite/mutate/stream.h"

/* Deeper than any reader's default, and far from what would make a walk slow. */
enum { LEVELS = 400, UNWRAPPED_MOST = 1 << 20 };

const tw_stack *assay_subject_stack(const assay_subject *s)
{
    return assay_specimen_stack(s->head.stack);
}

const tw_stack *assay_subject_bare(const assay_subject *s)
{
    return assay_specimen_stack(assay_subject_stack(s)->protocol == &tw_compact);
}

static void decode(assay_subject *s)
{
    tw_decode_options options = {.limits = tw_limits_generous(), .alloc = s->alloc};
    tw_envelope_result header = {.consumed = 0};
    tw_outcome out;
    options.limits.depth = LEVELS;
    if (s->head.unit == TW_UNIT_MESSAGE &&
        assay_subject_stack(s)->envelope->read(s->inner, &options.limits, false, &s->envelope, &header) !=
            TW_OK)
        return;
    tw_bytes body = tw_bytes_of(s->inner.data + header.consumed, s->inner.len - header.consumed);
    if (tw_decode(assay_subject_stack(s)->protocol, body, &options, &s->tree, &out) != TW_OK) return;
    s->tail = tw_bytes_of(body.data + out.consumed, body.len - out.consumed);
    s->decoded = true;
}

/* A few characters of notation may stand for a gigabyte, which is nothing to mutate. */
#define TREE_MOST ((size_t)16 << 20)

bool assay_subject_open(assay_subject *s, tw_bytes input, tw_random *random, const tw_alloc *alloc)
{
    *s = (assay_subject){.head = assay_specimen_read(input), .alloc = alloc, .random = random};
    tw_tree_init(&s->tree, alloc, TREE_MOST);
    tw_buffer_init(&s->unwrapped, alloc);
    tw_buffer_init(&s->encoded, alloc);
    tw_buffer_init(&s->out, alloc);
    s->inner = s->head.payload;
    if (s->head.text) return true;
    if (assay_subject_stack(s)->transport_count) {
        tw_class cls =
            assay_stream_unwrap_some(assay_subject_stack(s), s->inner, UNWRAPPED_MOST, &s->unwrapped);
        if (cls != TW_OK) return false;
        s->inner = tw_buffer_view(&s->unwrapped);
    }
    if (s->inner.len) decode(s);
    return true;
}

void assay_subject_deinit(assay_subject *s)
{
    tw_buffer_deinit(&s->out);
    tw_buffer_deinit(&s->encoded);
    tw_buffer_deinit(&s->unwrapped);
    tw_tree_deinit(&s->tree);
}

bool assay_subject_encode(assay_subject *s, bool spelled)
{
    const tw_stack *stack = assay_subject_stack(s);
    const tw_node *root = tw_tree_root(&s->tree);
    bool message = s->head.unit == TW_UNIT_MESSAGE;
    tw_class cls = TW_OK;
    tw_buffer_clear(&s->encoded);
    if (message && spelled)
        cls = assay_spell_envelope(stack->protocol, &s->envelope, s->random, &s->encoded);
    else if (message)
        cls = stack->envelope->write(&s->envelope, &s->encoded);
    if (cls == TW_OK)
        cls = spelled ? assay_spell(stack->protocol, root, s->random, &s->encoded)
                      : tw_encode(stack->protocol, root, &s->encoded);
    return cls == TW_OK && tw_buffer_append(&s->encoded, s->tail.data, s->tail.len);
}

bool assay_subject_wrap(assay_subject *s, tw_bytes inner, bool pieces)
{
    assay_specimen made = s->head;
    made.payload = tw_bytes_of(NULL, 0);
    tw_buffer_clear(&s->out);
    return assay_specimen_write(&made, &s->out) == TW_OK &&
           assay_wrap(assay_subject_stack(s), inner, pieces ? s->random : NULL, s->alloc, &s->out) == TW_OK;
}
