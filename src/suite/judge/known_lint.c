#include "suite/judge/known_update.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

__attribute__((format(printf, 3, 4))) static void tell(assay_known_remark *remark, void *context,
                                                       const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    remark(context, text);
}

size_t assay_known_lint(const assay_known *known, bool reasons, assay_known_remark *remark, void *context)
{
    size_t count = 0;
    static const char unexplained[] = ASSAY_KNOWN_UNEXPLAINED;
    for (size_t i = 0; i < known->count; i++) {
        const assay_known_entry *e = &known->entries[i], *last = i ? e - 1 : NULL;
        if (last && strcmp(last->pattern, e->pattern) > 0) {
            tell(remark, context, "%s:%zu: out of order: %s belongs before %s", known->file, e->line,
                 e->pattern, last->pattern);
            count++;
        }
        bool missing = !e->reason[0];
        if (reasons && (missing || strncmp(e->reason, unexplained, sizeof unexplained - 1) == 0)) {
            tell(remark, context, "%s:%zu: %s: %s", known->file, e->line, e->pattern,
                 missing ? "the reason is missing" : "the reason is still to be written by a person");
            count++;
        }
    }
    return count;
}
