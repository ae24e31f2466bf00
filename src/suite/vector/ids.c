#include "suite/vector/ids.h"

#include "suite/vector/lint.h"

#include <stdlib.h>
#include <string.h>

static int by_id(const void *a, const void *b)
{
    const assay_vector *x = *(const assay_vector *const *)a, *y = *(const assay_vector *const *)b;
    int order = strcmp(x->base.id, y->base.id);
    return order ? order : x < y ? -1 : x > y;
}

static int find_id(const void *id, const void *item)
{
    return strcmp(id, (*(const assay_vector *const *)item)->base.id);
}

static void check_twin(assay_lint *lint, const assay_vector *vector, const assay_vector *const *sorted)
{
    if (!vector->twin) return;
    const assay_vector *const *found =
        bsearch(vector->twin, sorted, lint->set->count, sizeof *sorted, find_id);
    if (!found)
        assay_lint_tell(lint, vector, "/twin", "no vector \"%s\"", vector->twin);
    else if ((*found)->base.expect != ASSAY_ACCEPT || (*found)->base.end != ASSAY_END_OK)
        assay_lint_tell(lint, vector, "/twin", "\"%s\" is not an accept", vector->twin);
}

size_t assay_ids_check(const assay_vector_set *set, assay_lint_report *report, void *context)
{
    assay_lint lint = {set, report, context, 0};
    const assay_vector **sorted = malloc((set->count ? set->count : 1) * sizeof *sorted);
    if (!sorted) {
        report(context, "out of memory");
        return 1;
    }
    for (size_t i = 0; i < set->count; i++) sorted[i] = &set->vectors[i];
    qsort(sorted, set->count, sizeof *sorted, by_id);
    for (size_t i = 1; i < set->count; i++)
        if (strcmp(sorted[i]->base.id, sorted[i - 1]->base.id) == 0)
            assay_lint_tell(&lint, sorted[i], "/id", "\"%s\" stands twice: also at %s:%zu",
                            sorted[i]->base.id, sorted[i - 1]->file, sorted[i - 1]->line);
    for (size_t i = 0; i < set->count; i++) check_twin(&lint, &set->vectors[i], sorted);
    free(sorted);
    return lint.problems;
}
