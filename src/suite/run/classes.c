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

/* What a swept size was changed to: "=max" of "a/b@size:1[0]=max". */
static const char *lie(const assay_case *c)
{
    const char *value = strcmp(c->kind, "size") == 0 ? strrchr(c->id, '=') : NULL;
    return value ? value : "";
}

/* Behind another type the bytes mean something else: what is wrong with them differs. Chunks are only another
 * way to ask what the vector asks. */
static bool same_fault(const assay_case *a, const assay_case *b)
{
    if (strcmp(a->kind, "chunk") == 0 && a->rule != b->rule) return false;
    if (a->expect != ASSAY_REJECT) return true;
    bool apart = strcmp(a->kind, "type") == 0 && a->error.cls == TW_MALFORMED;
    return a->error.cls == b->error.cls && (!apart || a->error.rule == b->error.rule);
}

bool assay_class_same(const assay_case *a, const assay_case *b)
{
    return a->verb == b->verb && a->expect == b->expect && same_text(a->in, b->in) &&
           same_text(a->out, b->out) && same_text(a->kind, b->kind) && same_fault(a, b) &&
           strcmp(lie(a), lie(b)) == 0;
}

static uint64_t mix(uint64_t hash, const char *text)
{
    for (; *text; text++) hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return hash;
}

size_t assay_class_hash(const assay_case *c)
{
    uint64_t hash = UINT64_C(14695981039346656037) ^ (uint64_t)c->verb << 8 ^ (uint64_t)c->expect;
    hash = mix(mix(mix(hash, c->in ? c->in : ""), c->kind), lie(c));
    return (size_t)(hash ^ hash >> 32);
}

static bool same_origin(const assay_case *a, const assay_case *b)
{
    return *a->kind ? same_text(a->parent_id, b->parent_id)
                    : a->rule == b->rule && a->error.rule == b->error.rule;
}

static bool covers(const assay_repeat *repeat, const assay_case *c)
{
    return assay_class_same(repeat->c, c) && (!repeat->narrow || same_origin(repeat->c, c));
}

static assay_repeat *find(const assay_classes *classes, const assay_case *c, bool narrow)
{
    for (size_t i = 0; i < classes->count; i++)
        if (classes->items[i].narrow == narrow && covers(&classes->items[i], c)) return &classes->items[i];
    return NULL;
}

bool assay_classes_add(assay_classes *classes, const assay_case *c, size_t index, bool narrow)
{
    assay_repeat *repeat = find(classes, c, narrow);
    if (!repeat) {
        if (classes->count == classes->capacity) {
            size_t capacity = classes->capacity ? classes->capacity * 2 : 16;
            assay_repeat *items = realloc(classes->items, capacity * sizeof *items);
            if (!items) return false;
            classes->items = items;
            classes->capacity = capacity;
        }
        repeat = &classes->items[classes->count++];
        *repeat = (assay_repeat){.c = c, .narrow = narrow};
    }
    repeat->seen++;
    repeat->last = index;
    return true;
}

size_t assay_classes_shown(const assay_classes *classes, const assay_case *c, bool narrow)
{
    const assay_repeat *repeat = find(classes, c, narrow);
    return repeat ? repeat->last : SIZE_MAX;
}

size_t assay_classes_assumed(const assay_classes *classes, const assay_case *c)
{
    if (c->expect == ASSAY_ACCEPT && !*c->kind) return SIZE_MAX;
    for (size_t i = 0; i < classes->count; i++)
        if (classes->items[i].seen >= ASSAY_CLASS_LIMIT && covers(&classes->items[i], c))
            return classes->items[i].last;
    return SIZE_MAX;
}
