#include "suite/vector/coverage/coverage.h"
#include "suite/vector/coverage/show.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool count_one(void *context, const char *id)
{
    (void)id;
    ++*(size_t *)context;
    return true;
}

static bool add_one(void *context, const char *id)
{
    assay_coverage *coverage = context;
    const char *copy = tw_arena_copy(&coverage->arena, id, strlen(id));
    if (!copy) return false;
    assay_combination *item = &coverage->items[coverage->count];
    *item = (assay_combination){.id = copy};
    coverage->by_id[coverage->count++] = item;
    return true;
}

static int by_id(const void *a, const void *b)
{
    return strcmp((*(assay_combination *const *)a)->id, (*(assay_combination *const *)b)->id);
}

static int find_id(const void *id, const void *item)
{
    return strcmp(id, (*(assay_combination *const *)item)->id);
}

static assay_combination *find(const assay_coverage *coverage, const char *id)
{
    assay_combination **found =
        bsearch(id, coverage->by_id, coverage->count, sizeof *coverage->by_id, find_id);
    return found ? *found : NULL;
}

bool assay_coverage_init(assay_coverage *coverage, const assay_grammar_row *rows, const assay_vector_set *set)
{
    size_t count = 0;
    *coverage = (assay_coverage){.count = 0};
    tw_arena_init(&coverage->arena, NULL, SIZE_MAX);
    if (!rows) rows = assay_grammar;
    assay_grammar_walk(rows, count_one, &count);
    coverage->items = tw_arena_take(&coverage->arena, count * sizeof *coverage->items);
    coverage->by_id = tw_arena_take(&coverage->arena, count * sizeof *coverage->by_id);
    if (!coverage->items || !coverage->by_id || !assay_grammar_walk(rows, add_one, coverage)) {
        coverage->failed = true;
        return false;
    }
    qsort(coverage->by_id, coverage->count, sizeof *coverage->by_id, by_id);
    for (size_t i = 0; i < set->count && !coverage->failed; i++) {
        coverage->current = &set->vectors[i];
        if (set->vectors[i].base.verb != ASSAY_TYPED) assay_show_vector(coverage);
    }
    return !coverage->failed;
}

void assay_coverage_deinit(assay_coverage *coverage)
{
    free(coverage->strays);
    free(coverage->reasons);
    tw_arena_deinit(&coverage->arena);
}

static void add_stray(assay_coverage *coverage, const char *id)
{
    size_t len = strlen(id);
    for (size_t i = 0; i < coverage->stray_count; i++)
        if (strncmp(coverage->strays[i], id, len) == 0 && coverage->strays[i][len] == ' ') return;
    const char **more = realloc(coverage->strays, (coverage->stray_count + 1) * sizeof *more);
    if (more) coverage->strays = more;
    const char *text =
        more ? tw_arena_printf(&coverage->arena, "%s (%s)", id, coverage->current->base.id) : NULL;
    if (text)
        coverage->strays[coverage->stray_count++] = text;
    else
        coverage->failed = true;
}

static assay_combination *look_up(const assay_coverage *coverage, const char *production, const char *type,
                                  const char *boundary, char id[160])
{
    snprintf(id, 160, "%s/%s/%s", production, type, boundary);
    return find(coverage, id);
}

static void show(const assay_coverage *coverage, assay_combination *item)
{
    if (item->last != coverage->current) item->count++;
    if (!item->first) item->first = coverage->current;
    item->last = coverage->current;
}

void assay_coverage_mark(assay_coverage *coverage, const char *production, const char *type,
                         const char *boundary)
{
    char id[160];
    assay_combination *item = look_up(coverage, production, type, boundary, id);
    if (item)
        show(coverage, item);
    else
        add_stray(coverage, id);
}

void assay_coverage_number(assay_coverage *coverage, const char *production, const char *type, int64_t number)
{
    char id[160], word[32];
    snprintf(word, sizeof word, "%" PRId64, number);
    assay_combination *item = look_up(coverage, production, type, word, id);
    if (item) show(coverage, item);
}

bool assay_coverage_holds(const assay_coverage *coverage, const char *production, const char *type,
                          const char *boundary)
{
    char id[160];
    return look_up(coverage, production, type, boundary, id) != NULL;
}

assay_coverage_total assay_coverage_count(const assay_coverage *coverage, const char *production)
{
    assay_coverage_total total = {0, 0, 0};
    size_t len = production ? strlen(production) : 0;
    for (size_t i = 0; i < coverage->count; i++) {
        const assay_combination *item = &coverage->items[i];
        if (production && (strncmp(item->id, production, len) != 0 || item->id[len] != '/')) continue;
        total.all++;
        if (item->first) total.shown++;
        if (!item->first && item->reason) total.explained++;
    }
    return total;
}
