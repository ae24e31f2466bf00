#include "suite/mutate/expectation.h"
#include "suite/case/value.h"

#include "wire/value/equal.h"

bool assay_rule_is_type(tw_rule rule)
{
    switch (rule) {
    case TW_RULE_BINARY_FIELD_TYPE:
    case TW_RULE_BINARY_LIST_TYPE:
    case TW_RULE_BINARY_LIST_TYPE_EMPTY:
    case TW_RULE_BINARY_SET_TYPE:
    case TW_RULE_BINARY_SET_TYPE_EMPTY:
    case TW_RULE_BINARY_MAP_TYPE:
    case TW_RULE_BINARY_MAP_TYPE_EMPTY:
    case TW_RULE_COMPACT_FIELD_TYPE:
    case TW_RULE_COMPACT_LIST_TYPE:
    case TW_RULE_COMPACT_LIST_TYPE_EMPTY:
    case TW_RULE_COMPACT_SET_TYPE:
    case TW_RULE_COMPACT_SET_TYPE_EMPTY:
    case TW_RULE_COMPACT_MAP_TYPE: return true;
    default: return false;
    }
}

static void drop(tw_ruleset *set, tw_rule rule)
{
    set->bits[(unsigned)rule / 64] &= ~(UINT64_C(1) << ((unsigned)rule % 64));
}

tw_ruleset assay_choices(const tw_ruleset *touched, const tw_node *value)
{
    tw_ruleset choices = *touched;
    if (value) {
        tw_ruleset more = tw_value_open_rules(value);
        tw_ruleset_merge(&choices, &more);
    }
    drop(&choices, TW_RULE_STRING_UTF8);
    drop(&choices, TW_RULE_STRUCT_TRAILING);
    drop(&choices, TW_RULE_FRAMED_LEFTOVER);
    return choices;
}

/* The outcomes of bytes whose reading is left open. */
static const assay_named_outcome both_ways[] = {{"accepted", true, NULL}, {"refused", false, NULL}};

static void expect_either(assay_case *c)
{
    c->expect = ASSAY_EITHER;
    c->outcomes = both_ways;
    c->outcome_count = sizeof both_ways / sizeof *both_ways;
}

static bool expect_accept(assay_case *c, const tw_envelope *envelope, const tw_node *root, size_t consumed,
                          tw_arena *arena)
{
    c->expect = ASSAY_ACCEPT;
    c->values = assay_value_copy(arena, envelope, root);
    c->value_count = 1;
    c->consumed = consumed;
    return c->values != NULL;
}

static void expect_reject(assay_case *c, const tw_error *error, tw_strength strength)
{
    c->expect = ASSAY_REJECT;
    c->level = strength == TW_STRENGTH_MUST ? ASSAY_MUST : ASSAY_SHOULD;
    c->rule = error->rule;
    c->error = *error;
}

bool assay_expect_by_rules(assay_case *c, const tw_stack *stack, tw_unit unit, tw_arena *arena)
{
    tw_tree tree;
    tw_envelope envelope;
    tw_outcome out;
    size_t consumed;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_class cls = tw_stack_decode(stack, c->bytes, unit, NULL, &envelope, &tree, &out, &consumed);
    const tw_node *root = cls == TW_OK ? tw_tree_root(&tree) : NULL;
    tw_ruleset choices = assay_choices(&out.open, root);
    tw_strength strength = tw_rule_info_of(out.error.rule)->strength;
    bool ok = cls != TW_MEMORY;

    c->level = ASSAY_MUST;
    c->values = NULL;
    c->value_count = c->outcome_count = 0;
    c->outcomes = NULL;
    c->consumed = ASSAY_CONSUMED_UNKNOWN;
    c->canonical = (tw_bytes){NULL, 0};
    c->error = (tw_error){.cls = TW_OK};
    c->unknown_type = cls != TW_OK && assay_rule_is_type(out.error.rule);
    if (!tw_ruleset_empty(&choices) || (cls != TW_OK && strength == TW_STRENGTH_OPEN))
        expect_either(c);
    else if (cls == TW_OK)
        ok = expect_accept(c, unit == TW_UNIT_MESSAGE ? &envelope : NULL, root, consumed, arena);
    else
        expect_reject(c, &out.error, strength);
    tw_tree_deinit(&tree);
    return ok;
}
