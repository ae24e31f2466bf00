#include "suite/vector/reading.h"
#include "suite/case/value.h"
#include "suite/typed/read.h"
#include "suite/vector/complete.h"

#include "wire/value/equal.h"

#include <string.h>

static bool keep(assay_reading *reading, tw_arena *arena, const tw_envelope *envelope, const tw_node *root)
{
    tw_ruleset of_value = tw_value_open_rules(root);
    tw_ruleset_merge(&reading->touched, &of_value);
    return assay_value_copy_into(arena, envelope, root, &reading->values[reading->count++]);
}

static bool read_all(assay_reading *reading, tw_arena *arena, tw_input *input, tw_unit unit, size_t count)
{
    tw_tree tree;
    tw_envelope envelope;
    bool ok = true;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    while (ok && reading->count < count) {
        tw_outcome out;
        tw_next next = tw_input_next(input, unit, &envelope, &tree, &out);
        tw_ruleset_merge(&reading->touched, &out.open);
        if (next == TW_NEXT_ERROR) reading->error = out.error;
        if (next != TW_NEXT_READY) break;
        ok = keep(reading, arena, unit == TW_UNIT_MESSAGE ? &envelope : NULL, tw_tree_root(&tree));
    }
    tw_tree_deinit(&tree);
    return ok && reading->error.cls != TW_MEMORY;
}

/* What code generated from the IDL keeps of the value. */
static bool keep_typed(const assay_case *c, tw_arena *arena, assay_reading *reading, const tw_node *root)
{
    tw_tree typed;
    tw_ruleset open;
    const assay_idl_struct *table = assay_idl_find(c->typed, strlen(c->typed));
    tw_tree_init(&typed, NULL, SIZE_MAX);
    bool ok = table != NULL;
    if (ok && assay_typed_read(table, root, &typed, &open, &reading->error) == TW_OK)
        ok = assay_value_copy_into(arena, NULL, tw_tree_root(&typed), &reading->values[reading->count++]);
    if (ok) tw_ruleset_merge(&reading->touched, &open);
    tw_tree_deinit(&typed);
    return ok && reading->error.cls != TW_MEMORY;
}

/* The open rules that the value touches are those of the bytes: what a typed reader passes over counts too, but for
 * doubles, whose NaNs are all one to `typed`. */
static bool keep_as_asked(const assay_case *c, tw_arena *arena, assay_reading *reading,
                          const tw_envelope *envelope, const tw_node *root)
{
    if (c->verb != ASSAY_TYPED) return keep(reading, arena, envelope, root);
    tw_ruleset of_value = tw_value_open_rules(root);
    tw_ruleset_merge(&reading->touched, &of_value);
    return keep_typed(c, arena, reading, root);
}

/* One unit, for which nothing there is an error too. */
static bool read_one(const assay_case *c, const tw_stack *stack, tw_arena *arena, assay_reading *reading)
{
    tw_tree tree;
    tw_envelope envelope;
    tw_outcome out;
    tw_unit unit = assay_verb_unit(c->verb);
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_class cls = tw_stack_decode(stack, c->bytes, unit, NULL, &envelope, &tree, &out, &reading->consumed);
    reading->error = out.error;
    reading->touched = out.open;
    bool ok = cls != TW_MEMORY;
    if (cls == TW_OK)
        ok =
            keep_as_asked(c, arena, reading, unit == TW_UNIT_MESSAGE ? &envelope : NULL, tw_tree_root(&tree));
    tw_tree_deinit(&tree);
    return ok;
}

bool assay_reading_of(const assay_case *c, tw_arena *arena, assay_reading *reading)
{
    tw_stack stack;
    size_t most = c->verb == ASSAY_SESSION ? c->count : 1;
    *reading = (assay_reading){.error = {.cls = TW_OK}};
    reading->values = tw_arena_take(arena, most * sizeof *reading->values);
    if (!reading->values || !tw_stack_parse(c->in, &stack, NULL)) return false;
    if (c->verb != ASSAY_SESSION) return read_one(c, &stack, arena, reading);
    tw_input *input = tw_input_new(&stack, NULL, NULL);
    bool ok = input && tw_input_feed(input, c->bytes) == TW_OK;
    if (ok) {
        tw_input_end(input);
        ok = read_all(reading, arena, input, TW_UNIT_MESSAGE, most);
        reading->consumed = tw_input_consumed(input);
    }
    tw_input_free(input);
    return ok;
}
