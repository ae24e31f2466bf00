/* One unit as the whole of a stream. */
#include "wire/stack/lend.h"

/* The name points into the stream or into what transports unwrapped, and must outlive both. */
static tw_class keep_name(tw_envelope *envelope, tw_tree *tree)
{
    envelope->name.data =
        (const uint8_t *)tw_arena_copy(&tree->arena, envelope->name.data, envelope->name.len);
    return envelope->name.data ? TW_OK : TW_MEMORY;
}

static void decode(tw_input *input, tw_unit unit, tw_envelope *envelope, tw_tree *tree, tw_outcome *out)
{
    tw_next next = tw_input_next(input, unit, envelope, tree, out);
    if (next == TW_NEXT_END) tw_input_lack(input, unit, out);
    if (next != TW_NEXT_READY) return;
    if (tw_input_left(input)) tw_ruleset_add(&out->open, TW_RULE_STRUCT_TRAILING);
    if (unit == TW_UNIT_MESSAGE && envelope) out->error.cls = keep_name(envelope, tree);
    if (out->error.cls != TW_OK) tw_tree_reset(tree);
}

tw_class tw_stack_decode(const tw_stack *stack, tw_bytes in, tw_unit unit, const tw_decode_options *options,
                         tw_envelope *envelope, tw_tree *tree, tw_outcome *out, size_t *consumed)
{
    tw_decode_options copying = options ? *options : tw_decode_defaults();
    copying.copy = true;
    *out = (tw_outcome){.error.cls = TW_MEMORY};
    if (consumed) *consumed = 0;
    tw_tree_reset(tree);
    tw_input *input = tw_input_new(stack, &copying, tree->alloc);
    if (!input) return TW_MEMORY;
    tw_input_lend(input, in);
    decode(input, unit, envelope, tree, out);
    if (consumed) *consumed = tw_input_consumed(input);
    tw_input_free(input);
    return out->error.cls;
}

tw_class tw_stack_encode(const tw_stack *stack, const tw_envelope *envelope, const tw_node *root,
                         tw_buffer *to)
{
    tw_output *output = tw_output_new(stack, to->alloc);
    if (!output) return TW_MEMORY;
    tw_class cls = tw_output_write(output, envelope, root, to);
    tw_output_free(output);
    return cls;
}
