#include "suite/vector/lint.h"
#include "suite/vector/reading.h"

#include "wire/text/notation.h"
#include "wire/value/equal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void tell_refused(assay_lint *lint, const assay_vector *vector, const tw_error *error)
{
    char text[320];
    tw_error_format(error, text, sizeof text);
    assay_lint_tell(lint, vector, "/expect", "the reference refuses: %s", text);
}

static bool same_envelope(const tw_envelope *a, const tw_envelope *b)
{
    if (!a || !b) return a == b;
    return tw_bytes_equal(a->name, b->name) && a->kind == b->kind && a->sequence_id == b->sequence_id;
}

static void check_value(assay_lint *lint, const assay_vector *vector, const char *tail,
                        const assay_value *said, const assay_value *read)
{
    if (!same_envelope(said->envelope, read->envelope)) {
        assay_lint_tell(lint, vector, tail, "the reference reads another message header");
        return;
    }
    if (tw_equal(said->root, read->root, TW_EQUAL_EXACT, NULL)) return;
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    tw_notation_difference(said->root, read->root, TW_EQUAL_EXACT, &text);
    assay_lint_tell(lint, vector, tail, "the reference reads something else: %.*s", (int)text.len,
                    text.data ? (const char *)text.data : "");
    tw_buffer_deinit(&text);
}

/* What was accepted, value by value. */
static void check_values(assay_lint *lint, const assay_vector *vector, const assay_reading *reading)
{
    const assay_case *base = &vector->base;
    bool session = base->verb == ASSAY_SESSION;
    if (session && reading->count != base->value_count)
        assay_lint_tell(lint, vector, "/messages", "the reference reads %zu messages, not %zu",
                        reading->count, base->value_count);
    for (size_t i = 0; i < base->value_count && i < reading->count; i++) {
        char tail[32] = "/value";
        if (session) snprintf(tail, sizeof tail, "/messages/%zu", i);
        check_value(lint, vector, tail, &base->values[i], &reading->values[i]);
    }
}

static void check_error(assay_lint *lint, const assay_vector *vector, const tw_error *is)
{
    const tw_error *said = &vector->base.error;
    if (said->cls == TW_OK) return;
    if (is->cls == TW_OK) {
        assay_lint_tell(lint, vector, "/error", "the reference accepts the bytes");
        return;
    }
    if (is->cls != said->cls)
        assay_lint_tell(lint, vector, "/error/class", "the reference says %s (at byte %" PRIu64 " of %s)",
                        tw_class_name(is->cls), is->offset, is->layer);
    if (is->offset != said->offset)
        assay_lint_tell(lint, vector, "/error/offset", "the reference says %" PRIu64 " (of %s)", is->offset,
                        is->layer);
    if (strcmp(is->layer, said->layer) != 0)
        assay_lint_tell(lint, vector, "/error/layer", "the reference says \"%s\"", is->layer);
    if (is->rule != said->rule)
        assay_lint_tell(lint, vector, "/error/rule", "the reference says %s", tw_rule_info_of(is->rule)->id);
}

static void check_canonical(assay_lint *lint, const assay_vector *vector, const assay_reading *reading)
{
    tw_stack stack;
    tw_buffer wire;
    if (!vector->canonical || !tw_stack_parse(vector->base.in, &stack, NULL)) return;
    tw_output *output = tw_output_new(&stack, NULL);
    bool ok = output != NULL;
    tw_buffer_init(&wire, NULL);
    for (size_t i = 0; i < reading->count && ok; i++)
        ok = tw_output_write(output, reading->values[i].envelope, reading->values[i].root, &wire) == TW_OK;
    size_t same = 0;
    while (same < wire.len && same < vector->base.bytes.len &&
           wire.data[same] == vector->base.bytes.data[same])
        same++;
    if (!ok)
        assay_lint_tell(lint, vector, "/canonical", "the reference cannot write the value");
    else if (!tw_bytes_equal(tw_buffer_view(&wire), vector->base.bytes))
        assay_lint_tell(lint, vector, "/canonical", "the reference writes something else from byte %zu on",
                        same);
    tw_output_free(output);
    tw_buffer_deinit(&wire);
}

static void check_accept(assay_lint *lint, const assay_vector *vector, const assay_reading *reading)
{
    const assay_case *base = &vector->base;
    bool refused = reading->error.cls != TW_OK;
    if (refused && base->end == ASSAY_END_OK) {
        tell_refused(lint, vector, &reading->error);
        return;
    }
    check_values(lint, vector, reading);
    if (base->end == ASSAY_END_REJECT) {
        if (!refused) assay_lint_tell(lint, vector, "/end", "the reference finds no fault");
        check_error(lint, vector, &reading->error);
        return;
    }
    if (base->consumed != reading->consumed)
        assay_lint_tell(lint, vector, "/consumed", "the reference takes %zu bytes, not %zu",
                        reading->consumed, base->consumed);
    check_canonical(lint, vector, reading);
}

static bool is_outcome(const assay_named_outcome *outcome, const assay_case *base,
                       const assay_reading *reading)
{
    bool accepted = reading->error.cls == TW_OK;
    if (outcome->accepts != accepted) return false;
    if (!accepted || !outcome->value) return true;
    unsigned typed = base->verb == ASSAY_TYPED ? TW_EQUAL_FIELDS_BY_ID | TW_EQUAL_NAN : 0;
    return reading->count > 0 && same_envelope(outcome->value->envelope, reading->values[0].envelope) &&
           tw_equal(outcome->value->root, reading->values[0].root, TW_EQUAL_VALUES | typed, NULL);
}

static void check_either(assay_lint *lint, const assay_vector *vector, const assay_reading *reading)
{
    const assay_case *base = &vector->base;
    for (size_t i = 0; i < base->outcome_count; i++) {
        if (!is_outcome(&base->outcomes[i], base, reading)) continue;
        check_error(lint, vector, &reading->error);
        return;
    }
    assay_lint_tell(lint, vector, "/outcomes", "what the reference does is none of them: it %s",
                    reading->error.cls == TW_OK ? "accepts, with a value of its own" : "refuses");
}

void assay_lint_reference(assay_lint *lint, const assay_vector *vector)
{
    tw_arena arena;
    assay_reading reading;
    const assay_case *base = &vector->base;
    tw_arena_init(&arena, NULL, SIZE_MAX);
    if (!assay_reading_of(base, &arena, &reading)) {
        assay_lint_tell(lint, vector, "", "out of memory");
    } else {
        assay_lint_strength(lint, vector, &reading.touched, &reading.error);
        if (base->expect == ASSAY_ACCEPT) check_accept(lint, vector, &reading);
        if (base->expect == ASSAY_EITHER) check_either(lint, vector, &reading);
        if (base->expect == ASSAY_REJECT) {
            if (reading.error.cls == TW_OK)
                assay_lint_tell(lint, vector, "/expect", "the reference accepts the bytes");
            else
                check_error(lint, vector, &reading.error);
        }
    }
    tw_arena_deinit(&arena);
}
