#include "wire/stack/test/follow.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

tw_stack tw_test_stack(const char *name)
{
    tw_stack stack;
    if (!tw_stack_parse(name, &stack, NULL)) fail_msg("%s", name);
    return stack;
}

void tw_test_log(tw_buffer *log, const char *text)
{
    tw_buffer_append(log, text, strlen(text));
}

void tw_test_log_hex(tw_buffer *log, tw_bytes bytes)
{
    char digits[3];
    for (size_t i = 0; i < bytes.len; i++) {
        snprintf(digits, sizeof digits, "%02x", bytes.data[i]);
        tw_test_log(log, digits);
    }
}

void tw_test_log_open(tw_buffer *log, const tw_ruleset *open)
{
    for (unsigned i = 1; i < TW_RULE_COUNT; i++) {
        if (!tw_ruleset_has(open, (tw_rule)i)) continue;
        tw_test_log(log, " ?");
        tw_test_log(log, tw_rule_info_of((tw_rule)i)->id);
    }
}

void tw_test_log_error(tw_buffer *log, const tw_error *error)
{
    char path[64], line[200];
    tw_path_format(&error->path, path, sizeof path);
    snprintf(line, sizeof line, "%s %s %s @%" PRIu64 " [%s]", tw_class_name(error->cls), error->layer,
             tw_rule_info_of(error->rule)->id, error->offset, path);
    tw_test_log(log, line);
}

/* One call's result: "2:15 0a00 =3" is a struct of 2 bytes (as compact spells it) with 3 bytes of the stream
 * taken by then. */
static void add_result(tw_buffer *log, tw_input *input, tw_next next, const tw_envelope *envelope,
                       const tw_tree *tree, const tw_outcome *out)
{
    char text[80];
    if (log->len) tw_test_log(log, "; ");
    if (next == TW_NEXT_END) {
        tw_test_log(log, "end");
    } else if (next == TW_NEXT_ERROR) {
        tw_test_log_error(log, &out->error);
        assert_int_equal(tree ? tree->count : 0, 0);
    } else {
        snprintf(text, sizeof text, "%zu:", out->consumed);
        tw_test_log(log, text);
        if (envelope) {
            tw_bytes name = tw_test_exact(envelope->name.data, envelope->name.len);
            snprintf(text, sizeof text, "%.*s/%u/%d ", (int)name.len, (const char *)name.data, envelope->kind,
                     envelope->sequence_id);
            tw_test_free(name);
            tw_test_log(log, text);
        }
        tw_buffer bytes;
        tw_buffer_init(&bytes, NULL);
        if (tree) assert_int_equal(tw_encode(&tw_compact, tw_tree_root(tree), &bytes), TW_OK);
        tw_test_log_hex(log, tw_buffer_view(&bytes));
        tw_buffer_deinit(&bytes);
    }
    tw_test_log_open(log, &out->open);
    if (tw_input_consumed(input) != SIZE_MAX) {
        snprintf(text, sizeof text, " =%zu", tw_input_consumed(input));
        tw_test_log(log, text);
    }
}

tw_class tw_test_follow(const tw_stack *stack, const tw_decode_options *options, tw_test_units m,
                        tw_bytes stream, size_t first, size_t step, const tw_alloc *alloc, tw_buffer *log)
{
    tw_input *input = tw_input_new(stack, options, alloc);
    if (!input) return TW_MEMORY;
    tw_tree tree;
    tw_tree_init(&tree, alloc, SIZE_MAX);
    tw_outcome out = {.error.cls = TW_OK};
    tw_next next = TW_NEXT_MORE;
    for (size_t at = 0; next == TW_NEXT_MORE;) {
        size_t n = at == 0 && first ? first : step ? step : stream.len;
        if (n > stream.len - at) n = stream.len - at;
        tw_bytes piece = tw_test_exact(stream.data ? stream.data + at : NULL, n);
        tw_input_feed(input, piece);
        tw_test_free(piece);
        at += n;
        if (n == 0) tw_input_end(input);
        do {
            tw_envelope envelope;
            if (m == SKIPS)
                next = tw_input_skip(input, &out);
            else
                next = tw_input_next(input, m == MESSAGES ? TW_UNIT_MESSAGE : TW_UNIT_STRUCT, &envelope,
                                     &tree, &out);
            if (next == TW_NEXT_MORE) continue;
            add_result(log, input, next, m == MESSAGES ? &envelope : NULL, m == SKIPS ? NULL : &tree, &out);
        } while (next == TW_NEXT_READY);
    }
    tw_outcome again;
    tw_next still =
        m == SKIPS ? tw_input_skip(input, &again) : tw_input_next(input, TW_UNIT_STRUCT, NULL, &tree, &again);
    assert_int_equal(still, next);
    assert_int_equal(again.error.cls, out.error.cls);
    tw_tree_deinit(&tree);
    tw_input_free(input);
    return next == TW_NEXT_END ? TW_OK : out.error.cls;
}
