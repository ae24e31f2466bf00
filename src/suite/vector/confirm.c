#include "suite/vector/confirm.h"

#include "suite/vector/lint.h"

#include <stdlib.h>
#include <string.h>

bool assay_confirm_is_of(const char *entry, const char *name)
{
    size_t len = strlen(name);
    if (strncmp(entry, name, len) != 0) return false;
    /* "apache-c-glib-0.17.0" is none of apache-c: a version begins with a number. */
    return !entry[len] || (entry[len] == '-' && entry[len + 1] >= '0' && entry[len + 1] <= '9');
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *const *assay_confirm_set(const char *const *old, const char *name, const char *version,
                                     bool confirms, tw_arena *arena)
{
    size_t count = 0, kept = 0;
    while (old && old[count]) count++;
    const char **list = tw_arena_take(arena, (count + 2) * sizeof *list);
    if (!list) return NULL;
    for (size_t i = 0; i < count; i++)
        if (!assay_confirm_is_of(old[i], name)) list[kept++] = old[i];
    if (confirms) {
        list[kept] = tw_arena_printf(arena, "%s%s%s", name, version[0] ? "-" : "", version);
        if (!list[kept++]) return NULL;
    }
    if (kept) qsort(list, kept, sizeof *list, by_text);
    count = kept;
    kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!kept || strcmp(list[kept - 1], list[i]) != 0) list[kept++] = list[i];
    list[kept] = NULL;
    return list;
}

static const assay_kin *kin_of(const char *entry, const assay_kin *kin, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (assay_confirm_is_of(entry, kin[i].name)) return &kin[i];
    return NULL;
}

static bool names(const assay_kin *kin, const char *entry)
{
    for (const char *const *name = kin ? kin->shares_code_with : NULL; name && *name; name++)
        if (assay_confirm_is_of(entry, *name)) return true;
    return false;
}

/* What stands before the version. */
static size_t name_length(const char *entry)
{
    for (const char *at = strchr(entry, '-'); at; at = strchr(at + 1, '-'))
        if (at[1] >= '0' && at[1] <= '9') return (size_t)(at - entry);
    return strlen(entry);
}

static bool same_name(const char *a, const char *b)
{
    size_t len = name_length(a);
    return len == name_length(b) && strncmp(a, b, len) == 0;
}

size_t assay_confirm_count(const char *const *confirmed_by, const assay_kin *kin, size_t kin_count)
{
    const char *counted[32];
    size_t count = 0;
    for (; confirmed_by && *confirmed_by && count < sizeof counted / sizeof counted[0]; confirmed_by++) {
        const char *entry = *confirmed_by;
        bool apart = !assay_confirm_is_of(entry, ASSAY_CONFIRM_REFERENCE);
        for (size_t i = 0; apart && i < count; i++)
            apart = !same_name(entry, counted[i]) && !names(kin_of(entry, kin, kin_count), counted[i]) &&
                    !names(kin_of(counted[i], kin, kin_count), entry);
        if (apart) counted[count++] = entry;
    }
    return count;
}

size_t assay_vectors_lint_confirmed(const assay_vector_set *set, const assay_kin *kin, size_t kin_count,
                                    assay_lint_report *report, void *context)
{
    assay_lint lint = {set, report, context, 0};
    for (size_t i = 0; i < set->count; i++) {
        const assay_vector *v = &set->vectors[i];
        if (v->base.expect != ASSAY_ACCEPT || v->argument) continue;
        size_t count = assay_confirm_count(v->confirmed_by, kin, kin_count);
        if (count < ASSAY_CONFIRM_WANTED)
            assay_lint_tell(&lint, v, "/confirmed_by",
                            "\"%s\" is confirmed by %zu of %d implementations, and has no \"argument\"",
                            v->base.id, count, ASSAY_CONFIRM_WANTED);
    }
    return lint.problems;
}
