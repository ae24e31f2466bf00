#include "suite/vector/derive.h"
#include "suite/vector/history/history.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct lint {
    const char *name;
    const assay_vector_set *set;
    assay_lint_report *report;
    void *context;
    size_t problems;
} lint;

__attribute__((format(printf, 4, 5))) static void tell(lint *l, const assay_history_entry *entry,
                                                       const char *tail, const char *format, ...)
{
    char what[320], text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    snprintf(text, sizeof text, "%s:%zu: /entries/%zu%s: %s", l->name, entry->line, entry->index, tail, what);
    l->problems++;
    l->report(l->context, text);
}

bool assay_vector_refers(const assay_vector *vector, const char *id)
{
    for (const char *const *ref = vector->refs; ref && *ref; ref++)
        if (strcmp(*ref, id) == 0) return true;
    return false;
}

/* How many vectors the pattern matches, and how many of them name the entry. */
static void count_matches(const lint *l, const char *pattern, const char *id, size_t *all, size_t *named)
{
    *all = *named = 0;
    for (size_t i = 0; i < l->set->count; i++) {
        const assay_vector *vector = &l->set->vectors[i];
        if (!assay_glob_match(pattern, vector->base.id)) continue;
        ++*all;
        if (assay_vector_refers(vector, id)) ++*named;
    }
}

static void check_patterns(lint *l, const assay_history_entry *entry, const char *const *patterns,
                           const char *key, bool by_name)
{
    for (size_t i = 0; patterns && patterns[i]; i++) {
        char tail[48];
        size_t all, named;
        snprintf(tail, sizeof tail, "/%s/%zu", key, i);
        count_matches(l, patterns[i], entry->id, &all, &named);
        if (all == 0)
            tell(l, entry, tail, "no vector matches \"%s\"", patterns[i]);
        else if (by_name && named == 0)
            tell(l, entry, tail, "no vector that \"%s\" matches names %s in its refs", patterns[i],
                 entry->id);
    }
}

static bool matches_any(const char *const *patterns, const char *id)
{
    for (; patterns && *patterns; patterns++)
        if (assay_glob_match(*patterns, id)) return true;
    return false;
}

static void check_entry(lint *l, assay_history_entry *entry)
{
    entry->vector_count = 0;
    for (size_t i = 0; i < l->set->count; i++) {
        const char *id = l->set->vectors[i].base.id;
        bool named = matches_any(entry->vectors, id) && assay_vector_refers(&l->set->vectors[i], entry->id);
        if (named || matches_any(entry->covers, id)) entry->vector_count++;
    }
    check_patterns(l, entry, entry->vectors, "vectors", true);
    check_patterns(l, entry, entry->covers, "covers", false);
    for (size_t i = 0; entry->derived && entry->derived[i]; i++) {
        const char *const *kind = assay_derived_kinds;
        while (*kind && strcmp(*kind, entry->derived[i]) != 0) kind++;
        if (!*kind) tell(l, entry, "/derived", "there is no kind \"%s\"", entry->derived[i]);
    }
}

/* A number that others look up: "CVE-2019-0205", "THRIFT-3880". */
static bool is_public_number(const char *ref)
{
    return strncmp(ref, "CVE-", 4) == 0 || strncmp(ref, "THRIFT-", 7) == 0;
}

static const assay_history_entry *find(const assay_history *history, const char *id)
{
    for (size_t i = 0; i < history->count; i++)
        if (strcmp(history->entries[i].id, id) == 0) return &history->entries[i];
    return NULL;
}

static void check_ref(lint *l, const assay_history *history, const assay_vector *vector, const char *ref)
{
    const assay_history_entry *entry = find(history, ref);
    char text[512];
    if (!is_public_number(ref)) return;
    if (entry &&
        (matches_any(entry->vectors, vector->base.id) || matches_any(entry->covers, vector->base.id)))
        return;
    if (entry)
        snprintf(text, sizeof text, "%s:%zu: /tests/%zu/refs: no pattern of %s in %s matches this vector",
                 vector->file, vector->line, vector->index, ref, l->name);
    else
        snprintf(text, sizeof text, "%s:%zu: /tests/%zu/refs: %s is not in %s", vector->file, vector->line,
                 vector->index, ref, l->name);
    l->problems++;
    l->report(l->context, text);
}

size_t assay_history_lint(assay_history *history, const char *name, const assay_vector_set *set,
                          assay_lint_report *report, void *context)
{
    lint l = {name, set, report, context, 0};
    for (size_t i = 0; i < history->count; i++) {
        assay_history_entry *entry = &history->entries[i];
        if (find(history, entry->id) != entry) tell(&l, entry, "/id", "\"%s\" stands twice", entry->id);
        check_entry(&l, entry);
    }
    for (size_t i = 0; i < set->count; i++)
        for (const char *const *ref = set->vectors[i].refs; ref && *ref; ref++)
            check_ref(&l, history, &set->vectors[i], *ref);
    return l.problems;
}
