/* Every value that can be read from bytes has a spelling that reads back to it, in both styles, and only one. */
#include "fuzz/harness/reading.h"

#include "wire/text/notation.h"

static const char *const tokens[] = {"not-written", "not-read", "value-differs", "text-differs", "leak",
                                     "wrong-size",  NULL};

static void check_style(fuzz_run *run, const tw_node *root, tw_notation_style style)
{
    tw_buffer text, again;
    tw_tree tree;
    tw_notation_error error;
    tw_buffer_init(&text, run->alloc);
    tw_buffer_init(&again, run->alloc);
    tw_tree_init(&tree, run->alloc, SIZE_MAX);
    if (tw_notation_write(root, style, &text) != TW_OK)
        prop_fail(run, "not-written", TW_RULE_NONE, "the value has no spelling");
    else if (tw_notation_read((const char *)text.data, text.len, &tree, &error) != TW_OK)
        prop_fail(run, "not-read", TW_RULE_NONE, "%zu:%zu: %s: %.*s", error.line, error.column, error.text,
                  (int)(text.len < 200 ? text.len : 200), (const char *)text.data);
    else if (!tw_equal(root, tw_tree_root(&tree), TW_EQUAL_EXACT, NULL))
        prop_fail(run, "value-differs", TW_RULE_NONE, "reads back as another value: %.*s",
                  (int)(text.len < 200 ? text.len : 200), (const char *)text.data);
    else if (tw_notation_write(tw_tree_root(&tree), style, &again) != TW_OK ||
             !tw_bytes_equal(tw_buffer_view(&text), tw_buffer_view(&again)))
        prop_fail(run, "text-differs", TW_RULE_NONE, "is spelled in another way the second time");
    prop_note(run, text.data, text.len);
    tw_tree_deinit(&tree);
    tw_buffer_deinit(&again);
    tw_buffer_deinit(&text);
}

static void check(fuzz_run *run, const assay_specimen *specimen)
{
    fuzz_reading got;
    if (fuzz_read_specimen(run, specimen, &got) == TW_OK) {
        check_style(run, tw_tree_root(&got.tree), TW_NOTATION_LINE);
        check_style(run, tw_tree_root(&got.tree), TW_NOTATION_INDENTED);
    }
    fuzz_reading_deinit(&got);
}

const fuzz_harness fuzz_this = {
    .name = "notation_round_trip",
    .property = "Every value has one spelling, which reads back to it.",
    .max_len = 2048,
    .covers = "src/wire/text/notation_lex.c src/wire/text/notation_read.c src/wire/text/notation_write.c "
              "src/wire/text/literal.c src/wire/text/literal_double.c",
    .tokens = tokens,
    .self_test = "BINARY_I16_UNSIGNED",
    .check = check,
};
