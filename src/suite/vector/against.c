#include "suite/vector/against.h"

#include "suite/vector/lint.h"
#include "suite/vector/version.h"

#include "wire/value/equal.h"

#include <stdio.h>
#include <string.h>

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_value(const assay_value *a, const assay_value *b)
{
    if (!a || !b) return a == b;
    const tw_envelope *x = a->envelope, *y = b->envelope;
    if (!x != !y) return false;
    if (x && (!tw_bytes_equal(x->name, y->name) || x->kind != y->kind || x->sequence_id != y->sequence_id))
        return false;
    return tw_equal(a->root, b->root, TW_EQUAL_EXACT, NULL);
}

static bool same_values(const assay_case *a, const assay_case *b)
{
    /* A skip may leave its value out; whether it says one changes nothing. */
    if (a->verb == ASSAY_SKIP && (a->value_count == 0 || b->value_count == 0)) return true;
    if (a->value_count != b->value_count) return false;
    for (size_t i = 0; i < a->value_count; i++)
        if (!same_value(&a->values[i], &b->values[i])) return false;
    return true;
}

static bool same_outcomes(const assay_case *a, const assay_case *b)
{
    if (a->outcome_count != b->outcome_count) return false;
    for (size_t i = 0; i < a->outcome_count; i++) {
        const assay_named_outcome *x = &a->outcomes[i], *y = &b->outcomes[i];
        if (strcmp(x->name, y->name) != 0 || x->accepts != y->accepts || !same_value(x->value, y->value))
            return false;
    }
    return true;
}

/* What is not as it was, or NULL. */
static const char *difference(const assay_vector *a, const assay_vector *b)
{
    const assay_case *x = &a->base, *y = &b->base;
    if (x->verb != y->verb || !same_text(x->typed, y->typed) || x->count != y->count) return "verb";
    if (!same_text(x->in, y->in)) return "stack";
    if (!same_text(x->out, y->out)) return "out";
    if (!tw_bytes_equal(x->bytes, y->bytes)) return "wire";
    if (!tw_bytes_equal(x->before, y->before)) return "before";
    if (x->expect != y->expect) return "expect";
    if (!same_values(x, y)) return x->verb == ASSAY_SESSION ? "messages" : "value";
    if (x->end != y->end) return "end";
    if (!same_outcomes(x, y)) return "outcomes";
    if (a->canonical != b->canonical) return "canonical";
    if (x->ordered != y->ordered) return "ordered";
    if (x->consumed != y->consumed) return "consumed";
    if (x->level != y->level) return "level";
    if (assay_vectors_version_compare(a->since, b->since) != 0) return "since";
    return NULL;
}

size_t assay_vectors_against(const assay_vector_set *set, const assay_vector_set *old,
                             assay_lint_report *report, void *context)
{
    assay_lint lint = {set, report, context, 0};
    for (size_t i = 0; i < old->count; i++) {
        const assay_vector *was = &old->vectors[i], *is = assay_vectors_find(set, was->base.id);
        const char *changed = is ? difference(was, is) : NULL;
        char text[512];
        if (changed) {
            char tail[32];
            snprintf(tail, sizeof tail, "/%s", changed);
            assay_lint_tell(&lint, is, tail, "\"%s\" was something else before: a new meaning needs a new id",
                            was->base.id);
        } else if (!is) {
            snprintf(text, sizeof text, "%s:%zu: /tests/%zu/id: \"%s\" is no more", was->file, was->line,
                     was->index, was->base.id);
            report(context, text);
            lint.problems++;
        }
    }
    return lint.problems;
}
