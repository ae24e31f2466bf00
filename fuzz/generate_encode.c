/* The payload is the seed of a random value, and not bytes of a protocol: it reaches values that bytes seldom spell. The value is
 * written, and the naive decoder must read it. */
#include "fuzz/harness/oracle.h"

#include "wire/value/generate.h"

static const char *const tokens[] = {"not-generated", "not-written", "refused",    "value",
                                     "leftover",      "leak",        "wrong-size", NULL};

static uint64_t seed_of(const assay_specimen *specimen)
{
    uint64_t seed = specimen->parameter;
    for (size_t i = 0; i < specimen->payload.len; i++)
        seed = seed * UINT64_C(0x100000001b3) + specimen->payload.data[i];
    return seed;
}

static void judge(fuzz_run *run, const assay_specimen *specimen, const tw_envelope *envelope,
                  const tw_node *root, tw_bytes wire)
{
    naive_reading want;
    char hex[FUZZ_HEX_TEXT];
    const tw_stack *stack = assay_specimen_stack(specimen->stack);
    naive_stream *stream =
        naive_open(assay_specimen_stack_name(specimen->stack), wire.data, wire.len, SIZE_MAX);
    naive_next(stream, envelope != NULL, &want);
    if (want.verdict != NAIVE_OK)
        prop_fail(run, "refused", TW_RULE_NONE, "what was written breaks %s at %zu: %s",
                  want.rule ? want.rule : "everything", want.offset, fuzz_hex(wire, hex));
    else if (!oracle_same_value(&want, envelope, root))
        prop_fail(run, "value", TW_RULE_NONE, "what was written is another value: %s", fuzz_hex(wire, hex));
    else if (stack->transport_count == 0 && want.consumed != wire.len)
        prop_fail(run, "leftover", TW_RULE_NONE, "%zu of %zu bytes are the value", want.consumed, wire.len);
    naive_close(stream);
}

static void check(fuzz_run *run, const assay_specimen *specimen)
{
    tw_random random = {seed_of(specimen)};
    uint8_t name[4] = {'n', 0, 0xff, (uint8_t)random.state};
    tw_envelope envelope = {tw_bytes_of(name, specimen->parameter % 5), specimen->flags & 7,
                            (int32_t)random.state, TW_HEADER_STRICT};
    const tw_envelope *head = specimen->unit == TW_UNIT_MESSAGE ? &envelope : NULL;
    tw_tree tree;
    tw_buffer wire;
    tw_tree_init(&tree, run->alloc, SIZE_MAX);
    tw_buffer_init(&wire, run->alloc);
    if (!tw_generate(&tree, &random, (tw_profile)(specimen->flags % TW_PROFILE_COUNT)))
        prop_fail(run, "not-generated", TW_RULE_NONE, "no value from this seed");
    else if (tw_stack_encode(assay_specimen_stack(specimen->stack), head, tw_tree_root(&tree), &wire) !=
             TW_OK)
        prop_fail(run, "not-written", TW_RULE_NONE, "a generated value cannot be written");
    else
        judge(run, specimen, head, tw_tree_root(&tree), tw_buffer_view(&wire));
    if (specimen->stack < 4) prop_note(run, wire.data, wire.len);
    tw_buffer_deinit(&wire);
    tw_tree_deinit(&tree);
}

const fuzz_harness fuzz_this = {
    .name = "generate_encode",
    .property = "Any generated value is written so that the naive decoder reads it.",
    .max_len = 32,
    .tokens = tokens,
    .self_test = "COMPACT_WRITE_DELTA_SIXTEEN",
    .check = check,
};
