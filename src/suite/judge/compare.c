#include "suite/judge/compare.h"

#include "suite/judge/describe.h"
#include "wire/text/notation.h"

#include <string.h>

#define GOT_ROOM 240

unsigned judging_flags(const assay_case *c)
{
    unsigned flags = c->ordered ? TW_EQUAL_EMPTY_MAP : TW_EQUAL_VALUES;
    /* Generated code writes fields in its own order, and no language promises the bits of a NaN. */
    if (c->verb == ASSAY_TYPED) flags |= TW_EQUAL_FIELDS_BY_ID | TW_EQUAL_NAN;
    return flags;
}

bool judging_reply_stack(const assay_case *c, tw_stack *stack)
{
    if (!tw_stack_parse(c->out ? c->out : "binary", stack, NULL)) return false;
    stack->strict_only = false;
    return true;
}

static bool same_envelope(const tw_envelope *a, const tw_envelope *b)
{
    return a->kind == b->kind && a->sequence_id == b->sequence_id && tw_bytes_equal(a->name, b->name);
}

bool judging_equal(const judging *j, const judging_answer *answer, const assay_value *want)
{
    if (!want) return true;
    if (want->envelope && !same_envelope(want->envelope, &answer->envelope)) return false;
    return tw_equal(want->root, tw_tree_root(&answer->tree), judging_flags(j->c), NULL);
}

static const char *form_name(tw_header_form form)
{
    return form == TW_HEADER_OLD ? "old" : "strict";
}

bool judging_header_form(judging *j, const judging_answer *answer)
{
    if (answer->unit != TW_UNIT_MESSAGE || answer->envelope.form == answer->stack.form) return true;
    judging_explain(j, "message header: expected the %s form, got the %s form", form_name(answer->stack.form),
                    form_name(answer->envelope.form));
    return false;
}

/* Both names are notation, so that control bytes of the wire never reach a terminal. */
static void differing_envelopes(judging *j, const judging_answer *answer, const assay_value *want)
{
    static const tw_node nothing = {.type = TW_STRUCT, .u.span = 1};
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    static const char before[] = "message header: expected ", between[] = ", got ";
    bool ok = tw_buffer_append(&text, before, sizeof before - 1) &&
              judging_describe(want->envelope, &nothing, 16, &text) == TW_OK &&
              tw_buffer_append(&text, between, sizeof between - 1) &&
              judging_describe(&answer->envelope, &nothing, 16, &text) == TW_OK;
    if (ok)
        judging_explain(j, "%.*s", (int)text.len, (const char *)text.data);
    else
        j->refused = true;
    tw_buffer_deinit(&text);
}

void judging_difference(judging *j, const judging_answer *answer, const assay_value *want)
{
    if (want->envelope && !same_envelope(want->envelope, &answer->envelope)) {
        differing_envelopes(j, answer, want);
        return;
    }
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    tw_class cls =
        tw_notation_difference(want->root, tw_tree_root(&answer->tree), judging_flags(j->c), &text);
    if (cls == TW_OK)
        judging_explain(j, "%.*s", (int)text.len, text.data ? (const char *)text.data : "");
    else
        j->refused = true;
    tw_buffer_deinit(&text);
}

void judging_got(judging *j, const judging_answer *answer)
{
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    const tw_envelope *envelope = answer->unit == TW_UNIT_MESSAGE ? &answer->envelope : NULL;
    if (judging_describe(envelope, tw_tree_root(&answer->tree), GOT_ROOM, &text) == TW_OK)
        j->out->got = tw_arena_copy(j->arena, text.data, text.len);
    if (!j->out->got) j->refused = true;
    tw_buffer_deinit(&text);
}

bool judging_writes_canonically(judging *j, const judging_answer *answer, tw_bytes bytes)
{
    tw_buffer canonical;
    tw_buffer_init(&canonical, NULL);
    const tw_envelope *envelope = answer->unit == TW_UNIT_MESSAGE ? &answer->envelope : NULL;
    tw_class cls = tw_stack_encode(&answer->stack, envelope, tw_tree_root(&answer->tree), &canonical);
    if (cls == TW_MEMORY) j->refused = true;
    bool same = cls == TW_OK && tw_bytes_equal(tw_buffer_view(&canonical), bytes);
    tw_buffer_deinit(&canonical);
    return same;
}
