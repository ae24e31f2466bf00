#include "suite/vector/complete.h"
#include "suite/vector/reading.h"
#include "suite/case/value.h"
#include "suite/mutate/expectation.h"
#include "suite/mutate/stream.h"
#include "suite/mutate/units.h"

#include <string.h>

tw_unit assay_verb_unit(assay_verb verb)
{
    return verb == ASSAY_MESSAGE || verb == ASSAY_SESSION ? TW_UNIT_MESSAGE : TW_UNIT_STRUCT;
}

/* Deeper than this no new types are looked for: telling the path of each token costs its depth. */
enum { LOOKED_INTO = 256 };

typedef struct sight {
    assay_case *c;
    size_t deep_at; /* where the struct begins that nests deeper, or SIZE_MAX */
} sight;

static bool see_token(void *context, size_t base, const tw_token *token)
{
    sight *s = context;
    bool container =
        token->kind == TW_TOKEN_LIST || token->kind == TW_TOKEN_SET || token->kind == TW_TOKEN_MAP;
    uint32_t depth = token->depth + (container || token->kind == TW_TOKEN_STRUCT);
    s->c->types |= 1u << token->type;
    if (container) s->c->types |= 1u << (token->inside & 15) | 1u << (token->inside >> 4);
    if (s->c->depth < depth) s->c->depth = depth;
    if (depth > LOOKED_INTO) s->deep_at = base;
    return depth <= LOOKED_INTO;
}

bool assay_case_look(const tw_stack *stack, assay_case *base)
{
    tw_buffer payload;
    tw_buffer_init(&payload, NULL);
    bool ok = assay_stream_unwrap(stack, base->bytes, &payload) == TW_OK;
    sight s = {base, SIZE_MAX};
    assay_units_walker walker = {NULL, see_token, &s};
    size_t count = base->verb == ASSAY_SESSION ? base->count : 1;
    if (ok) assay_units_walk(stack, tw_buffer_view(&payload), assay_verb_unit(base->verb), count, &walker);
    base->types &= ~1u;
    if (s.deep_at != SIZE_MAX) {
        tw_decode_options options = {.limits = tw_limits_generous()};
        tw_outcome out;
        ok = tw_skip(stack->protocol, tw_bytes_of(payload.data + s.deep_at, payload.len - s.deep_at),
                     &options, &out) != TW_MEMORY;
        base->depth = out.depth;
    }
    tw_buffer_deinit(&payload);
    return ok;
}

static void tell_unreadable(assay_keys *keys, const tw_error *error)
{
    char text[256];
    tw_error_format(error, text, sizeof text);
    assay_keys_bad(keys, "", "\"value\" is missing, and the reference cannot read the bytes: %s", text);
}

/* The value that a typed vector leaves out. False when memory is refused. */
static bool value_of_typed(assay_keys *keys, assay_case *base)
{
    assay_reading reading;
    if (!assay_reading_of(base, keys->source->arena, &reading)) return false;
    if (reading.error.cls != TW_OK) tell_unreadable(keys, &reading.error);
    base->values = reading.values;
    base->value_count = reading.count;
    return true;
}

/* Reads the first unit as the reference does. */
static tw_class ask_reference(const tw_stack *stack, const assay_case *c, tw_envelope *envelope,
                              tw_tree *tree, tw_error *error)
{
    tw_outcome out;
    tw_class cls =
        tw_stack_decode(stack, c->bytes, assay_verb_unit(c->verb), NULL, envelope, tree, &out, NULL);
    *error = out.error;
    return cls;
}

bool assay_case_complete(const tw_stack *stack, assay_case *c)
{
    tw_tree tree;
    tw_envelope envelope;
    tw_error error;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_class cls = ask_reference(stack, c, &envelope, &tree, &error);
    c->unknown_type = cls != TW_OK && assay_rule_is_type(error.rule);
    /* A session may meet it in a later message, which the case says itself. */
    if (c->verb == ASSAY_SESSION && c->end == ASSAY_END_REJECT && assay_rule_is_type(c->rule))
        c->unknown_type = true;
    tw_tree_deinit(&tree);
    return cls != TW_MEMORY && assay_case_look(stack, c);
}

/* A value that the file leaves out. A skip needs none: what it passes over may be large. */
static bool read_value(assay_keys *keys, const tw_stack *stack, assay_case *base)
{
    if (base->expect != ASSAY_ACCEPT || base->value_count > 0) return true;
    if (base->verb == ASSAY_SESSION || base->verb == ASSAY_SKIP) return true;
    tw_tree tree;
    tw_envelope envelope;
    tw_error error;
    bool ok = true, message = assay_verb_unit(base->verb) == TW_UNIT_MESSAGE;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_class cls = ask_reference(stack, base, &envelope, &tree, &error);
    if (cls == TW_OK && base->verb == ASSAY_TYPED) {
        ok = value_of_typed(keys, base);
    } else if (cls == TW_OK) {
        base->values = assay_value_copy(keys->source->arena, message ? &envelope : NULL, tw_tree_root(&tree));
        base->value_count = 1;
        ok = base->values != NULL;
    } else if (cls != TW_MEMORY) {
        tell_unreadable(keys, &error);
    }
    tw_tree_deinit(&tree);
    return ok && cls != TW_MEMORY;
}

bool assay_vector_complete(assay_keys *keys, assay_vector *vector)
{
    assay_case *base = &vector->base;
    tw_stack stack;
    if (!tw_stack_parse(base->in, &stack, NULL)) return false;
    bool zlib = assay_stack_has_zlib(&stack);
    if (zlib && base->consumed != ASSAY_CONSUMED_UNKNOWN)
        assay_keys_bad(keys, "/consumed", "is not known behind zlib");
    bool whole = base->expect == ASSAY_ACCEPT && base->end == ASSAY_END_OK && !zlib;
    if (whole && base->consumed == ASSAY_CONSUMED_UNKNOWN) base->consumed = base->bytes.len;
    if (vector->canonical && (zlib || !base->out || strcmp(base->in, base->out) != 0))
        assay_keys_bad(keys, "/canonical", "goes with neither zlib, skip, read nor another \"out\"");
    else if (vector->canonical)
        base->canonical = base->bytes;
    bool sweeps = vector->sweep_sizes || vector->sweep_types;
    bool swept = base->verb == ASSAY_TRANSCODE || base->verb == ASSAY_READ || base->verb == ASSAY_SKIP ||
                 base->verb == ASSAY_MESSAGE;
    if (sweeps && (!assay_stack_is_plain(&stack) || !swept))
        assay_keys_bad(
            keys, "/sweep",
            "goes with transcode, read, skip and message only, and only with framed or no transport");
    if (keys->failed) return false;
    if (!read_value(keys, &stack, base)) keys->source->no_memory = keys->failed = true;
    return !keys->failed;
}
