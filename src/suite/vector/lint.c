#include "suite/vector/lint.h"
#include "suite/vector/ids.h"
#include "suite/vector/version.h"

#include <stdarg.h>
#include <stdio.h>

void assay_lint_tell(assay_lint *lint, const assay_vector *vector, const char *tail, const char *format, ...)
{
    char what[384], text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    snprintf(text, sizeof text, "%s:%zu: /tests/%zu%s: %s", vector->file, vector->line, vector->index, tail,
             what);
    lint->problems++;
    lint->report(lint->context, text);
}

static void check_since(assay_lint *lint, const assay_vector *vector)
{
    if (assay_vectors_version_compare(vector->since, ASSAY_VECTORS_VERSION) > 0)
        assay_lint_tell(lint, vector, "/since",
                        "is after " ASSAY_VECTORS_VERSION ", the version of this collection");
}

size_t assay_vectors_lint(const assay_vector_set *set, assay_lint_report *report, void *context)
{
    assay_lint lint = {set, report, context, 0};
    for (size_t i = 0; i < set->count; i++) {
        check_since(&lint, &set->vectors[i]);
        assay_lint_reference(&lint, &set->vectors[i]);
    }
    return lint.problems + assay_ids_check(set, report, context);
}
