#include "suite/vector/coverage/coverage.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct telling {
    const char *name;
    assay_lint_report *report;
    void *context;
    size_t count;
} telling;

__attribute__((format(printf, 3, 4))) static void tell(telling *t, size_t line, const char *format, ...)
{
    char what[320], text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    if (line)
        snprintf(text, sizeof text, "%s:%zu: %s", t->name, line, what);
    else
        snprintf(text, sizeof text, "%s: %s", t->name, what);
    t->count++;
    t->report(t->context, text);
}

static bool keep(assay_coverage *coverage, const char *pattern, size_t pattern_len, const char *reason,
                 size_t reason_len, size_t line)
{
    assay_gap_reason *more =
        realloc(coverage->reasons, (coverage->reason_count + 1) * sizeof *coverage->reasons);
    if (!more) return false;
    coverage->reasons = more;
    more += coverage->reason_count;
    *more = (assay_gap_reason){.pattern = tw_arena_copy(&coverage->arena, pattern, pattern_len),
                               .reason = tw_arena_copy(&coverage->arena, reason, reason_len),
                               .line = line};
    coverage->reason_count++;
    return more->pattern && more->reason;
}

static size_t trimmed(const char *text, size_t len)
{
    while (len > 0 && strchr(" \t\r", text[len - 1])) len--;
    return len;
}

static void read_line(assay_coverage *coverage, telling *t, const char *text, size_t len, size_t line)
{
    len = trimmed(text, len);
    if (len == 0 || *text == '#') return;
    const char *hash = memchr(text, '#', len);
    size_t pattern = hash ? trimmed(text, (size_t)(hash - text)) : len;
    if (!hash || (size_t)(text + len - hash) < 2) {
        tell(t, line, "a pattern, blanks, # and a reason are wanted");
        return;
    }
    if (pattern == 0 || memchr(text, ' ', pattern) || memchr(text, '\t', pattern)) {
        tell(t, line, "one pattern is wanted in front of the #");
        return;
    }
    const char *reason = hash + 1;
    while (*reason == ' ') reason++;
    if (!keep(coverage, text, pattern, reason, (size_t)(text + len - reason), line))
        tell(t, line, "out of memory");
}

/* What each reason names. The first that names a hole explains it. */
static void apply(assay_coverage *coverage)
{
    for (size_t r = 0; r < coverage->reason_count; r++) {
        assay_gap_reason *reason = &coverage->reasons[r];
        for (size_t i = 0; i < coverage->count; i++) {
            assay_combination *item = &coverage->items[i];
            if (!assay_glob_match(reason->pattern, item->id)) continue;
            if (item->first)
                reason->shown = reason->shown ? reason->shown : item;
            else
                reason->holes++;
            if (!item->first && !item->reason) item->reason = reason->reason;
        }
    }
}

size_t assay_coverage_explain(assay_coverage *coverage, const char *name, const char *text,
                              assay_lint_report *report, void *context)
{
    telling t = {name, report, context, 0};
    for (size_t line = 1; *text; line++) {
        size_t len = strcspn(text, "\n");
        read_line(coverage, &t, text, len, line);
        text += len + (text[len] == '\n');
    }
    if (t.count == 0) apply(coverage);
    return t.count;
}

size_t assay_coverage_lint(const assay_coverage *coverage, const char *name, assay_lint_report *report,
                           void *context)
{
    telling t = {name, report, context, 0};
    for (size_t r = 0; r < coverage->reason_count; r++) {
        const assay_gap_reason *reason = &coverage->reasons[r];
        if (reason->shown)
            tell(&t, reason->line, "\"%s\" is stale: %s shows %s", reason->pattern,
                 reason->shown->first->base.id, reason->shown->id);
        else if (reason->holes == 0)
            tell(&t, reason->line, "\"%s\" names nothing of the grammar", reason->pattern);
    }
    for (size_t i = 0; i < coverage->count; i++)
        if (!coverage->items[i].first && !coverage->items[i].reason)
            tell(&t, 0, "no vector shows %s", coverage->items[i].id);
    for (size_t i = 0; i < coverage->stray_count; i++)
        tell(&t, 0, "the grammar lacks %s", coverage->strays[i]);
    return t.count;
}
