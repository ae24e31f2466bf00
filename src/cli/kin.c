#include "cli/kin.h"

#include "cli/cli.h"
#include "suite/vector/files.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct loading {
    const char *verb;
    assay_cli_kin *kin;
    bool failed;
} loading;

static void fail(loading *l, const char *path, const char *why)
{
    assay_cli_complain(l->verb, "%s: %s", path, why);
    l->failed = true;
}

static bool add(loading *l, const char *name, const json_t *shares)
{
    assay_cli_kin *kin = l->kin;
    assay_kin *items = realloc(kin->items, (kin->count + 1) * sizeof *items);
    if (!items) return false;
    kin->items = items;
    size_t count = json_array_size(shares);
    const char **names = tw_arena_take(&kin->arena, (count + 1) * sizeof *names);
    const char *own = tw_arena_copy(&kin->arena, name, strlen(name));
    if (!names || !own) return false;
    for (size_t i = 0; i < count; i++) {
        const char *text = json_string_value(json_array_get(shares, i));
        names[i] = tw_arena_copy(&kin->arena, text, strlen(text));
        if (!names[i]) return false;
    }
    names[count] = NULL;
    items[kin->count++] = (assay_kin){own, names};
    return true;
}

static bool are_names(const json_t *shares)
{
    for (size_t i = 0; i < json_array_size(shares); i++)
        if (!json_is_string(json_array_get(shares, i))) return false;
    return !shares || json_is_array(shares);
}

static void see_file(void *context, const char *path, const char *text, size_t len, const char *why)
{
    static const char wanted[] = "/testee.json";
    loading *l = context;
    size_t path_len = strlen(path), tail = sizeof wanted - 1;
    if (path_len < tail || strcmp(path + path_len - tail, wanted) != 0) return;
    json_t *testee = why ? NULL : json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
    const char *name = json_string_value(json_object_get(testee, "name"));
    const json_t *shares = json_object_get(testee, "shares_code_with");
    if (why)
        fail(l, path, why);
    else if (!name || !are_names(shares))
        fail(l, path, "\"name\" is wanted, and in \"shares_code_with\" names of other testees");
    else if (!add(l, name, shares))
        fail(l, path, "out of memory");
    json_decref(testee);
}

bool assay_cli_kin_load(const char *verb, const char *vectors, assay_cli_kin *kin)
{
    char *folder = NULL;
    struct stat status;
    *kin = (assay_cli_kin){0};
    tw_arena_init(&kin->arena, NULL, SIZE_MAX);
    loading l = {verb, kin, false};
    if (asprintf(&folder, "%s/../testees", vectors) < 0) {
        fail(&l, vectors, "out of memory");
        return false;
    }
    if (stat(folder, &status) == 0 && S_ISDIR(status.st_mode)) assay_files_walk(folder, see_file, &l);
    free(folder);
    if (l.failed) assay_cli_kin_deinit(kin);
    return !l.failed;
}

void assay_cli_kin_deinit(assay_cli_kin *kin)
{
    free(kin->items);
    tw_arena_deinit(&kin->arena);
    *kin = (assay_cli_kin){0};
}
