#include "suite/mutate/evolve/change.h"

#include "suite/mutate/evolve/lie.h"
#include "suite/mutate/tree/boundary.h"

static uint64_t below(assay_evolution *e, uint64_t n)
{
    return tw_random_below(&e->random, n);
}

bool assay_evolution_write(assay_evolution *e)
{
    assay_subject *s = &e->subject;
    uint64_t draw = below(e, 8);
    if (draw == 0) s->head.stack ^= 1; /* the other protocol */
    if (draw == 1) s->head.stack = (unsigned)below(e, ASSAY_SPECIMEN_STACKS);
    return assay_subject_encode(s, below(e, 8) == 0) &&
           assay_subject_wrap(s, tw_buffer_view(&s->encoded), below(e, 8) == 0);
}

static void draw_envelope(assay_evolution *e)
{
    static const tw_envelope plain = {.name = {(const uint8_t *)"ping", 4}, .kind = TW_CALL};
    tw_envelope *envelope = &e->subject.envelope;
    if (e->subject.head.unit != TW_UNIT_MESSAGE) *envelope = plain;
    e->subject.head.unit = TW_UNIT_MESSAGE;
    switch (below(e, 4)) {
    case 0: envelope->name = assay_boundary_string(&e->random); break;
    case 1: envelope->kind = (uint8_t)below(e, below(e, 4) ? 5 : 8); break;
    case 2: envelope->sequence_id = (int32_t)assay_boundary_integer(&e->random, 32); break;
    default: envelope->form = envelope->form == TW_HEADER_OLD ? TW_HEADER_STRICT : TW_HEADER_OLD; break;
    }
}

static bool make_fresh(assay_evolution *e)
{
    static const uint8_t profiles[] = {TW_PROFILE_TYPICAL, TW_PROFILE_BOUNDARY, TW_PROFILE_BOUNDARY,
                                       TW_PROFILE_TYPICAL, TW_PROFILE_TYPICAL,  TW_PROFILE_BOUNDARY,
                                       TW_PROFILE_DEEP,    TW_PROFILE_WIDE};
    enum { ROOM_FOR_DEEP = 4096, ROOM_FOR_WIDE = 65536 };
    size_t count = e->max >= ROOM_FOR_WIDE ? 8 : e->max >= ROOM_FOR_DEEP ? 7 : 6;
    assay_subject *s = &e->subject;
    if (!tw_generate(&s->tree, &e->random, (tw_profile)profiles[below(e, count)])) return false;
    s->tail = tw_bytes_of(NULL, 0);
    s->head.stack = (unsigned)below(e, ASSAY_SPECIMEN_STACKS);
    s->head.unit = TW_UNIT_STRUCT;
    if (below(e, 4) == 0) draw_envelope(e);
    return assay_evolution_write(e);
}

static bool make_stack(assay_evolution *e)
{
    assay_subject *s = &e->subject;
    s->head.stack = below(e, 2) ? s->head.stack ^ 1 : (unsigned)below(e, ASSAY_SPECIMEN_STACKS);
    return assay_subject_encode(s, below(e, 4) == 0) &&
           assay_subject_wrap(s, tw_buffer_view(&s->encoded), false);
}

static bool make_envelope(assay_evolution *e)
{
    if (e->subject.head.unit == TW_UNIT_MESSAGE && below(e, 4) == 0)
        e->subject.head.unit = TW_UNIT_STRUCT;
    else
        draw_envelope(e);
    return assay_evolution_write(e);
}

static bool make_spelling(assay_evolution *e)
{
    return assay_subject_encode(&e->subject, true) &&
           assay_subject_wrap(&e->subject, tw_buffer_view(&e->subject.encoded), below(e, 4) == 0);
}

static bool make_pieces(assay_evolution *e)
{
    assay_subject *s = &e->subject;
    if (s->head.stack < 2) s->head.stack += 2 * (1 + (unsigned)below(e, 3));
    return assay_subject_wrap(s, s->inner, true);
}

static bool make_lie(assay_evolution *e, assay_lie lie)
{
    assay_subject *s = &e->subject;
    tw_buffer_clear(&s->encoded);
    return assay_lie_write(lie, assay_subject_bare(s), s->inner, s->head.unit, &e->random, &s->encoded) &&
           assay_subject_wrap(s, tw_buffer_view(&s->encoded), false);
}

static bool make_size(assay_evolution *e)
{
    return make_lie(e, ASSAY_LIE_SIZE);
}

static bool make_type(assay_evolution *e)
{
    return make_lie(e, ASSAY_LIE_TYPE);
}

static bool make_scalar(assay_evolution *e)
{
    return make_lie(e, ASSAY_LIE_SCALAR);
}

static bool make_cut(assay_evolution *e)
{
    return make_lie(e, ASSAY_LIE_CUT);
}

static bool make_outside(assay_evolution *e)
{
    assay_subject *s = &e->subject;
    tw_bytes stream = s->head.payload;
    if (assay_subject_stack(s)->transport_count == 0) {
        s->head.stack += 2 * (1 + (unsigned)below(e, 3));
        if (!assay_subject_wrap(s, s->inner, false)) return false;
    } else {
        assay_specimen made = s->head;
        made.payload = stream;
        if (assay_specimen_write(&made, &s->out) != TW_OK) return false;
    }
    uint8_t *wire = s->out.data + ASSAY_SPECIMEN_HEAD;
    size_t len =
        assay_lie_outside(assay_subject_stack(s), wire, s->out.len - ASSAY_SPECIMEN_HEAD, &e->random);
    s->out.len = ASSAY_SPECIMEN_HEAD + len;
    return true;
}

/* Plain bytes, but behind frames and compression, which would stop all of them. */
static bool make_inside(assay_evolution *e)
{
    enum { ROOM = 64 };
    assay_subject *s = &e->subject;
    tw_buffer_clear(&s->encoded);
    uint8_t *inner = tw_buffer_reserve(&s->encoded, s->inner.len + ROOM);
    if (!inner) return false;
    if (s->inner.len) memcpy(inner, s->inner.data, s->inner.len);
    s->encoded.len = assay_evolution_bytes(e, inner, s->inner.len, s->inner.len + ROOM);
    return assay_subject_wrap(s, tw_buffer_view(&s->encoded), false);
}

/* Stack, unit, flags and parameter are told anew, of bytes that stay. */
static bool make_head(assay_evolution *e)
{
    assay_specimen made = e->subject.head;
    made.text = false;
    switch (below(e, 8)) {
    case 0: made.stack = (unsigned)below(e, ASSAY_SPECIMEN_STACKS); break;
    case 1: made.unit = made.unit == TW_UNIT_STRUCT ? TW_UNIT_MESSAGE : TW_UNIT_STRUCT; break;
    case 2: made.flags = (uint8_t)below(e, 16); break;
    case 3: made.parameter = (uint8_t)(made.parameter + 1); break;
    case 4: made.parameter = (uint8_t)(made.parameter - 1); break;
    case 5: made.parameter = (uint8_t)below(e, made.payload.len + 2); break;
    case 6: made.parameter = (uint8_t)assay_boundary_integer(&e->random, 8); break;
    default: made.parameter = (uint8_t)below(e, 256); break;
    }
    return assay_specimen_write(&made, &e->subject.out) == TW_OK;
}

/* About a quarter of all is plain bytes: 16 of 64. */
const assay_change assay_changes[] = {
    {"scalar", 2, assay_edit_scalar, NULL, true},
    {"item", 1, assay_edit_item, NULL, true},
    {"id", 2, assay_edit_id, NULL, true},
    {"drop", 1, assay_edit_drop, NULL, true},
    {"copy", 1, assay_edit_copy, NULL, true},
    {"swap", 1, assay_edit_swap, NULL, true},
    {"grow", 2, assay_edit_grow, NULL, true},
    {"retype", 1, assay_edit_retype, NULL, true},
    {"convert", 1, assay_edit_convert, NULL, true},
    {"nest", 1, assay_edit_nest, NULL, true},
    {"lift", 1, assay_edit_lift, NULL, true},
    {"add", 2, assay_edit_add, NULL, true},
    {"fresh", 4, NULL, make_fresh, false},
    {"stack", 5, NULL, make_stack, true},
    {"envelope", 2, NULL, make_envelope, true},
    {"spelling", 4, NULL, make_spelling, true},
    {"pieces", 2, NULL, make_pieces, false},
    {"size", 3, NULL, make_size, false},
    {"type", 2, NULL, make_type, false},
    {"wrong-scalar", 3, NULL, make_scalar, false},
    {"cut", 2, NULL, make_cut, false},
    {"outside", 1, NULL, make_outside, false},
    {"inside", 2, NULL, make_inside, false},
    {"head", 2, NULL, make_head, false},
};
const size_t assay_change_count = sizeof assay_changes / sizeof *assay_changes;
