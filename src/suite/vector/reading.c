#include "suite/vector/reading.h"
#include "suite/case/value.h"
#include "suite/vector/complete.h"

#include "wire/value/equal.h"

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
        ok = keep(reading, arena, unit == TW_UNIT_MESSAGE ? &envelope : NULL, tw_tree_root(&tree));
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
