#include "suite/evidence/confirming.h"

#include <string.h>

static bool same_list(const char *const *a, const char *const *b)
{
    while (*a && *b && strcmp(*a, *b) == 0) a++, b++;
    return !*a && !*b;
}

static bool set_list(json_t *entry, const char *const *list)
{
    if (!*list) {
        json_object_del(entry, "confirmed_by");
        return true;
    }
    json_t *array = json_array();
    bool ok = array != NULL;
    for (; ok && *list; list++) ok = json_array_append_new(array, json_string(*list)) == 0;
    if (ok) return json_object_set_new(entry, "confirmed_by", array) == 0;
    json_decref(array);
    return false;
}

static bool confirm_entry(assay_confirming *c, json_t *entry, assay_confirming_change *change, void *context)
{
    const char *id = json_string_value(json_object_get(entry, "id"));
    const assay_vector *v = id ? assay_vectors_find(c->set, id) : NULL;
    if (!v || v->base.expect != ASSAY_ACCEPT) return true;
    tw_arena arena;
    tw_arena_init(&arena, NULL, SIZE_MAX);
    static const char *const nobody[] = {NULL};
    const char *const *old = v->confirmed_by ? v->confirmed_by : nobody, *const *list = old;
    for (size_t i = 0; list && i < c->witness_count; i++)
        list = assay_witness_testify(&c->witnesses[i], v, list, &arena);
    bool ok = list != NULL;
    if (ok) {
        size_t count = assay_confirm_count(list, c->kin, c->kin_count);
        c->short_of[count < ASSAY_CONFIRM_WANTED ? count : ASSAY_CONFIRM_WANTED]++;
    }
    if (ok && !same_list(list, old)) {
        c->changed++;
        change(context, id, old, list);
        ok = set_list(entry, list);
    }
    tw_arena_deinit(&arena);
    return ok;
}

bool assay_confirming_file(assay_confirming *confirming, const assay_vector_file *file,
                           assay_confirming_change *change, void *context)
{
    bool ok = true;
    for (size_t i = 0; ok && i < json_array_size(file->tests); i++)
        ok = confirm_entry(confirming, json_array_get(file->tests, i), change, context);
    return ok;
}
