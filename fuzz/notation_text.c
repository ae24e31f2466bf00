/* Any text is read as notation without harm, and what is read can be spelled, sent and read again. */
#include "fuzz/harness/reading.h"

#include "wire/text/notation.h"

#include <string.h>

static const char *const tokens[] = {"bad-error", "not-spelled", "not-sent", "value-differs",
                                     "leak",      "wrong-size",  NULL};

/* Through the notation, and through a protocol: both give the value back. */
static void check_value(fuzz_run *run, const assay_specimen *specimen, const tw_node *root)
{
    tw_buffer text, wire;
    tw_tree spelled;
    fuzz_reading sent;
    tw_notation_error error;
    const tw_stack *stack = fuzz_plain(specimen->parameter & 1);
    tw_limits limits = tw_limits_generous();
    tw_buffer_init(&text, run->alloc);
    tw_buffer_init(&wire, run->alloc);
    tw_tree_init(&spelled, run->alloc, SIZE_MAX);
    if (tw_notation_write(root, TW_NOTATION_LINE, &text) != TW_OK ||
        tw_notation_read((const char *)text.data, text.len, &spelled, &error) != TW_OK ||
        !tw_equal(root, tw_tree_root(&spelled), TW_EQUAL_EXACT, NULL))
        prop_fail(run, "not-spelled", TW_RULE_NONE, "its own spelling does not give it back: %.*s",
                  (int)(text.len < 200 ? text.len : 200), (const char *)text.data);
    if (tw_encode(stack->protocol, root, &wire) != TW_OK)
        prop_fail(run, "not-sent", TW_RULE_NONE, "a value that was read cannot be written");
    else {
        if (fuzz_read(run, stack, TW_UNIT_STRUCT, tw_buffer_view(&wire), &limits, &sent) != TW_OK)
            prop_fail(run, "not-sent", sent.out.error.rule, "what was written cannot be read");
        else if (!tw_equal(root, tw_tree_root(&sent.tree), TW_EQUAL_EMPTY_MAP, NULL))
            prop_fail(run, "value-differs", TW_RULE_NONE, "%s gives another value back",
                      stack->protocol_name);
        fuzz_reading_deinit(&sent);
    }
    prop_note(run, text.data, text.len);
    tw_tree_deinit(&spelled);
    tw_buffer_deinit(&wire);
    tw_buffer_deinit(&text);
}

static void check(fuzz_run *run, const assay_specimen *specimen)
{
    tw_tree tree;
    tw_envelope envelope;
    tw_notation_error error;
    const char *text = (const char *)specimen->payload.data;
    size_t len = specimen->payload.len;
    tw_tree_init(&tree, run->alloc, (size_t)4 << 20);
    tw_class cls = specimen->parameter & 2 ? tw_notation_read_message(text, len, &envelope, &tree, &error)
                                           : tw_notation_read(text, len, &tree, &error);
    prop_note(run, &cls, sizeof cls);
    /* Repeats make megabytes of a few characters: then only reading is tried. */
    if (cls == TW_OK && tree.arena.held < (1u << 20))
        check_value(run, specimen, tw_tree_root(&tree));
    else if (cls != TW_OK && cls != TW_MEMORY &&
             (error.line == 0 || error.column == 0 || !*error.text || error.column > len + 1))
        prop_fail(run, "bad-error", TW_RULE_NONE, "%zu:%zu: %s", error.line, error.column, error.text);
    tw_tree_deinit(&tree);
}

const fuzz_harness fuzz_this = {
    .name = "notation_text",
    .property =
        "Any text is read as notation without harm, and what it says survives being spelled and sent.",
    .text = true,
    .max_len = 2048,
    .covers = "src/wire/text/notation_lex.c src/wire/text/notation_read.c src/wire/text/notation_write.c "
              "src/wire/text/literal.c src/wire/text/literal_double.c",
    .tokens = tokens,
    .self_test = "ZIGZAG_OFF",
    .check = check,
};
