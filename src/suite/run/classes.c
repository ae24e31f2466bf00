#include "suite/run/classes.h"

#include <stdlib.h>
#include <string.h>

void assay_classes_deinit(assay_classes *classes)
{
    free(classes->items);
    *classes = (assay_classes){0};
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_class(const assay_case *a, const assay_case *b)
{
    return a->verb == b->verb && a->expect == b->expect &&
           (a->expect != ASSAY_REJECT || a->error.cls == b->error.cls) && same_text(a->in, b->in) &&
           same_text(a->kind, b->kind);
}

static assay_repeat *find(const assay_classes *classes, const assay_case *c)
{
    for (size_t i = 0; i < classes->count; i++)
        if (same_class(classes->items[i].c, c)) return &classes->items[i];
    return NULL;
}

bool assay_classes_add(assay_classes *classes, const assay_case *c, size_t index)
{
    assay_repeat *repeat = find(classes, c);
    if (!repeat) {
        if (classes->count == classes->capacity) {
            size_t capacity = classes->capacity ? classes->capacity * 2 : 16;
            assay_repeat *items = realloc(classes->items, capacity * sizeof *items);
            if (!items) return false;
            classes->items = items;
            classes->capacity = capacity;
        }
        repeat = &classes->items[classes->count++];
        *repeat = (assay_repeat){.c = c};
    }
    repeat->seen++;
    repeat->last = index;
    return true;
}

size_t assay_classes_shown(const assay_classes *classes, const assay_case *c)
{
    const assay_repeat *repeat = find(classes, c);
    return repeat ? repeat->last : SIZE_MAX;
}

size_t assay_classes_assumed(const assay_classes *classes, const assay_case *c)
{
    if (!classes->count) return SIZE_MAX;
    if (c->expect == ASSAY_ACCEPT && !*c->kind) return SIZE_MAX;
    const assay_repeat *repeat = find(classes, c);
    return repeat && repeat->seen >= ASSAY_CLASS_LIMIT ? repeat->last : SIZE_MAX;
}
