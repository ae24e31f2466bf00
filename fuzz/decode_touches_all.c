/* Any bytes are read without a bad access, and what was read is sound: every byte of it can be touched. */
#include "fuzz/harness/reading.h"

#include "wire/text/explain.h"
#include "wire/value/equal.h"

static const char *const tokens[] = {"bad-node", "bad-error", "leak", "wrong-size", NULL};

/* Whether an integer lies in its type's range. */
static bool in_range(const tw_node *node)
{
    switch (node->type) {
    case TW_BOOL: return node->u.i == 0 || node->u.i == 1;
    case TW_I8: return node->u.i == (int8_t)node->u.i;
    case TW_I16: return node->u.i == (int16_t)node->u.i;
    case TW_I32: return node->u.i == (int32_t)node->u.i;
    default: return true;
    }
}

static bool is_type(unsigned type)
{
    return type >= TW_BOOL && type <= TW_UUID && type != 2;
}

static void touch_item(fuzz_run *run, const tw_node *node)
{
    if (node->type == TW_STRING) prop_note(run, node->u.bytes, node->count);
    if (node->type == TW_UUID) prop_note(run, node->u.bytes, 16);
    if (!is_type(node->type) || !in_range(node))
        prop_fail(run, "bad-node", TW_RULE_NONE, "a %s of value %lld", tw_type_name((tw_type)node->type),
                  (long long)node->u.i);
}

static void touch(fuzz_run *run, const tw_tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        const tw_node *node = &tree->nodes[i];
        size_t span = tw_node_span(node);
        touch_item(run, node);
        if (span == 0 || span > tree->count - i) {
            prop_fail(run, "bad-node", TW_RULE_NONE, "node %zu of %zu spans %zu", i, tree->count, span);
            return;
        }
        for (size_t k = 0; tw_node_packed(node) && k < node->count; k++) {
            tw_node item = tw_node_item(node, k);
            touch_item(run, &item);
        }
    }
}

static void judge_error(fuzz_run *run, const fuzz_reading *got, size_t len)
{
    const tw_error *error = &got->out.error;
    char path[200];
    tw_path_format(&error->path, path, sizeof path);
    if (!error->layer || error->rule == TW_RULE_NONE || got->tree.count > 0 ||
        (got->stack->transport_count == 0 && error->offset > len))
        prop_fail(run, "bad-error", error->rule, "at byte %llu of %zu, %zu nodes left",
                  (unsigned long long)error->offset, len, got->tree.count);
}

/* The same without copies: the tree then points into the input. */
static void touch_borrowed(fuzz_run *run, const assay_specimen *specimen)
{
    const tw_stack *stack = assay_specimen_stack(specimen->stack);
    tw_tree tree;
    tw_outcome out;
    if (stack->transport_count || specimen->unit == TW_UNIT_MESSAGE) return;
    tw_tree_init(&tree, run->alloc, SIZE_MAX);
    if (tw_decode(stack->protocol, specimen->payload, NULL, &tree, &out) == TW_OK) touch(run, &tree);
    tw_tree_deinit(&tree);
}

static void explain(fuzz_run *run, const assay_specimen *specimen)
{
    tw_explain_options options = {.decode = tw_decode_defaults(),
                                  .unit = specimen->unit,
                                  .count = SIZE_MAX,
                                  .mark = specimen->parameter};
    options.decode.alloc = run->alloc;
    tw_buffer text;
    tw_buffer_init(&text, run->alloc);
    tw_explain(assay_specimen_stack(specimen->stack), specimen->payload, &options, &text, NULL);
    prop_note(run, text.data, text.len);
    tw_buffer_deinit(&text);
}

static void check(fuzz_run *run, const assay_specimen *specimen)
{
    fuzz_reading got;
    if (fuzz_read_specimen(run, specimen, &got) == TW_OK) {
        touch(run, &got.tree);
        prop_note(run, got.envelope.name.data, fuzz_envelope(&got) ? got.envelope.name.len : 0);
        tw_ruleset open = tw_value_open_rules(tw_tree_root(&got.tree));
        prop_note(run, &open, sizeof open);
    } else {
        judge_error(run, &got, specimen->payload.len);
    }
    fuzz_note_reading(run, &got);
    fuzz_reading_deinit(&got);
    touch_borrowed(run, specimen);
    if (specimen->payload.len <= 512) explain(run, specimen);
}

const fuzz_harness fuzz_this = {
    .name = "decode_touches_all",
    .property = "Any bytes are read without a bad access, and all that was read can be touched and is sound.",
    .max_len = 4096,
    .tokens = tokens,
    .self_test = "BINARY_I16_UNSIGNED",
    .check = check,
};
