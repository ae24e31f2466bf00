#include "suite/corpus/facts.h"

#include "suite/mutate/stream.h"
#include "suite/mutate/units.h"

enum { UNWRAPPED_MOST = 4 << 20 };

static void add_feature(assay_facts *facts, size_t number)
{
    number %= ASSAY_FEATURES;
    facts->features.bits[number / 64] |= UINT64_C(1) << number % 64;
}

/* 0, 1, 2, 3-4, 5-8 ... 15 and 16 fall apart. */
static size_t magnitude(uint64_t value)
{
    size_t bits = 0;
    for (; value; value >>= 1) bits++;
    return bits;
}

/* Numbers: rules from 0 on; tokens from 1024; ends from 12288; depths from 13312; texts from 14336. */
static void add_rule(assay_facts *facts, tw_rule rule)
{
    if (rule == TW_RULE_NONE) return;
    tw_ruleset_add(&facts->rules, rule);
    add_feature(facts, (size_t)rule);
}

typedef struct walk {
    assay_facts *facts;
    bool compact;
} walk;

static bool on_token(void *context, size_t base, const tw_token *token)
{
    walk *w = context;
    (void)base;
    size_t kind = (size_t)token->kind * 16 + (size_t)(token->type & 15);
    size_t count = magnitude(token->count);
    add_rule(w->facts, token->rule);
    add_feature(w->facts, 1024 + ((w->compact ? 160u : 0u) + kind) * 33 + (count > 32 ? 32 : count));
    add_feature(w->facts, 13312 + magnitude(token->depth));
    if (token->kind == TW_TOKEN_FIELD) add_feature(w->facts, 13344 + magnitude((uint16_t)token->id));
    return true;
}

static void add_text(assay_facts *facts, tw_bytes text)
{
    uint32_t hash = 0;
    for (size_t i = 0; i < text.len && i < 256; i++) {
        hash = hash * 31 + text.data[i];
        if (text.data[i] <= ' ' || text.data[i] == '"') {
            add_feature(facts, 14336 + hash % 2048);
            hash = 0;
        }
    }
    add_feature(facts, 14336 + hash % 2048);
}

bool assay_facts_of(tw_bytes input, assay_facts *facts)
{
    *facts = (assay_facts){.specimen = assay_specimen_read(input)};
    const assay_specimen *s = &facts->specimen;
    if (s->text) {
        add_text(facts, s->payload);
        return true;
    }
    const tw_stack *stack = assay_specimen_stack(s->stack);
    walk w = {facts, stack->protocol == &tw_compact};
    assay_units_walker walker = {NULL, on_token, &w};
    tw_decode_options options = tw_decode_defaults();
    tw_envelope envelope;
    tw_outcome out;
    tw_tree tree;
    tw_buffer inner;
    tw_buffer_init(&inner, NULL);
    tw_tree_init(&tree, NULL, SIZE_MAX);
    bool ok = assay_stream_unwrap_some(stack, s->payload, UNWRAPPED_MOST, &inner) == TW_OK;
    if (ok) {
        assay_units_walk(stack, tw_buffer_view(&inner), s->unit, 1, &walker);
        ok = tw_stack_decode(stack, s->payload, s->unit, &options, &envelope, &tree, &out, NULL) != TW_MEMORY;
        facts->error = out.error;
        if (out.error.cls != TW_OK)
            add_rule(facts, out.error.rule);
        else if (out.consumed < inner.len)
            facts->behind = inner.len - out.consumed;
        for (unsigned rule = 1; rule < TW_RULE_COUNT; rule++)
            if (tw_ruleset_has(&out.open, (tw_rule)rule)) add_rule(facts, (tw_rule)rule);
        add_feature(facts,
                    12288 + (size_t)((s->stack * 2 + (s->unit == TW_UNIT_MESSAGE)) * 8 + out.error.cls));
    }
    tw_tree_deinit(&tree);
    tw_buffer_deinit(&inner);
    return ok;
}

size_t assay_features_add(assay_features *known, const assay_features *more)
{
    size_t added = 0;
    for (size_t i = 0; i < ASSAY_FEATURES / 64; i++) {
        added += (size_t)__builtin_popcountll(more->bits[i] & ~known->bits[i]);
        known->bits[i] |= more->bits[i];
    }
    return added;
}
