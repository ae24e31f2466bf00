#include "suite/vector/stats.h"
#include "suite/vector/derive.h"

#include <stdio.h>
#include <string.h>

static void count_one(assay_stats_counts *counts, const assay_case *c)
{
    counts->all++;
    counts->expects[c->expect]++;
    counts->levels[c->level]++;
    counts->verbs[c->verb]++;
}

/* The folder of that file; those beyond the room share the last one. */
static assay_stats_folder *folder_of(assay_stats *stats, const char *file)
{
    size_t len = strcspn(file, "/");
    for (size_t i = 0; i < stats->folder_count; i++) {
        assay_stats_folder *folder = &stats->folders[i];
        if (strlen(folder->name) == len && strncmp(folder->name, file, len) == 0) return folder;
    }
    if (stats->folder_count == ASSAY_STATS_FOLDERS) {
        assay_stats_folder *last = &stats->folders[ASSAY_STATS_FOLDERS - 1];
        snprintf(last->name, sizeof last->name, "others");
        return last;
    }
    assay_stats_folder *folder = &stats->folders[stats->folder_count++];
    snprintf(folder->name, sizeof folder->name, "%.*s", (int)len, file);
    return folder;
}

void assay_stats_count(const assay_vector_set *set, assay_stats *stats)
{
    *stats = (assay_stats){.folder_count = 0};
    for (size_t i = 0; i < set->count; i++) {
        const assay_vector *vector = &set->vectors[i];
        count_one(&stats->total, &vector->base);
        count_one(&folder_of(stats, vector->file)->counts, &vector->base);
        count_one(&stats->rules[vector->base.rule], &vector->base);
    }
}

static void count_kind(assay_stats *stats, const char *kind)
{
    if (*kind == 0) return; /* the vector itself */
    stats->derived_total++;
    for (size_t i = 0; assay_derived_kinds[i]; i++)
        if (strcmp(assay_derived_kinds[i], kind) == 0) stats->derived[i]++;
}

bool assay_stats_derive(assay_vector_set *set, assay_stats *stats,
                        void (*step)(void *context, size_t done, size_t of), void *context)
{
    assay_cases cases = {NULL, 0, 0};
    bool ok = true;
    for (size_t i = 0; i < set->count && ok; i++) {
        cases.count = 0;
        ok = assay_derive(set, &set->vectors[i], NULL, &cases);
        for (size_t j = 0; j < cases.count && ok; j++) count_kind(stats, cases.items[j]->kind);
        if (step && i % 16 == 0) step(context, i, set->count);
    }
    assay_cases_deinit(&cases);
    return ok;
}
