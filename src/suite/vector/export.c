#include "suite/vector/export_format.h"

#include "wire/text/notation.h"

#include <stdlib.h>
#include <string.h>

bool assay_export_format_find(const char *name, assay_export_format *format)
{
    static const char *const names[] = {"folder", "c", "jsonl", "seeds"};
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) != 0) continue;
        *format = (assay_export_format)i;
        return true;
    }
    return false;
}

void assay_exporting_put(assay_exporting *e, const char *path, tw_bytes bytes)
{
    if (e->stopped || e->no_memory) return;
    if (!e->put(e->context, path, bytes)) e->stopped = true;
}

void assay_export_value(const assay_value *value, tw_buffer *to)
{
    if (value->envelope)
        tw_notation_write_message(value->envelope, value->root, TW_NOTATION_LINE, to);
    else
        tw_notation_write(value->root, TW_NOTATION_LINE, to);
}

void assay_export_values(const assay_case *c, tw_buffer *to)
{
    for (size_t i = 0; i < c->value_count; i++) {
        assay_export_value(&c->values[i], to);
        tw_buffer_printf(to, "\n");
    }
}

static bool wanted(const assay_export_options *options, bool *matched, const char *id)
{
    bool any = options->pattern_count == 0;
    for (size_t i = 0; i < options->pattern_count; i++) {
        if (any && matched[i]) continue;
        if (assay_glob_match(options->patterns[i], id)) any = matched[i] = true;
    }
    return any;
}

static void export_case(assay_exporting *e, const assay_export_options *options, const assay_vector *vector,
                        const assay_case *c)
{
    static void (*const formats[])(assay_exporting *, const assay_vector *, const assay_case *) = {
        assay_export_as_folder, assay_export_as_c, assay_export_as_json, assay_export_as_seed};
    if (c->bytes.len > options->max_bytes || c->before.len > options->max_bytes) {
        e->counts->too_long++;
        return;
    }
    e->counts->cases++;
    tw_buffer_clear(&e->text);
    formats[options->format](e, vector, c);
    if (e->text.failed || e->rows.failed) e->no_memory = true;
}

/* What is delivered otherwise, or in another state, has the bytes of its vector. */
static bool differs_in_delivery(const assay_case *c)
{
    return c->split_count > 0 || c->alone_after_reject;
}

static void export_vector(assay_exporting *e, assay_vector_set *set, const assay_export_options *options,
                          bool *matched, const assay_vector *vector, assay_cases *cases)
{
    cases->count = 0;
    if (!options->derived) {
        if (wanted(options, matched, vector->base.id)) export_case(e, options, vector, &vector->base);
        return;
    }
    if (!assay_derive(set, vector, NULL, cases)) {
        e->no_memory = true;
        return;
    }
    for (size_t i = 0; i < cases->count && !e->stopped; i++) {
        const assay_case *c = cases->items[i];
        if (!differs_in_delivery(c) && wanted(options, matched, c->id)) export_case(e, options, vector, c);
    }
}

assay_export_end assay_export(assay_vector_set *set, const assay_export_options *options,
                              assay_export_put *put, void *context, assay_export_counts *counts)
{
    assay_exporting e = {.put = put, .context = context, .counts = counts};
    assay_cases cases = {0};
    bool *matched = calloc(options->pattern_count + 1, sizeof *matched);
    *counts = (assay_export_counts){.cases = 0};
    if (!matched) return ASSAY_EXPORT_MEMORY;
    tw_buffer_init(&e.text, NULL);
    tw_buffer_init(&e.rows, NULL);
    if (options->format == ASSAY_EXPORT_C) assay_export_c_begin(&e, set);
    for (size_t i = 0; i < set->count && !e.stopped && !e.no_memory; i++)
        export_vector(&e, set, options, matched, &set->vectors[i], &cases);
    if (options->format == ASSAY_EXPORT_C && !e.no_memory) assay_export_c_end(&e);
    while (counts->unmatched < options->pattern_count && matched[counts->unmatched]) counts->unmatched++;
    tw_buffer_deinit(&e.text);
    tw_buffer_deinit(&e.rows);
    assay_cases_deinit(&cases);
    free(e.seen);
    free(matched);
    return e.no_memory ? ASSAY_EXPORT_MEMORY : e.stopped ? ASSAY_EXPORT_STOPPED : ASSAY_EXPORT_DONE;
}
