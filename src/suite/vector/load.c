#include "suite/vector/complete.h"
#include "suite/vector/digest.h"
#include "suite/vector/entry.h"
#include "suite/vector/files.h"
#include "suite/vector/ids.h"
#include "suite/vector/place.h"
#include "suite/vector/version.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Most memory that vectors, and all that is derived from them, may take. */
#define ARENA_CAP ((size_t)4 << 30)

typedef struct load {
    assay_vector_set *set;
    size_t capacity;
    assay_source source;
    assay_entry_tools tools;
    assay_digest digest;
} load;

static void tell(load *l, size_t line, const char *what)
{
    char text[512];
    if (line)
        snprintf(text, sizeof text, "%s:%zu: %s", l->source.path, line, what);
    else
        snprintf(text, sizeof text, "%s: %s", l->source.path, what);
    l->source.mistakes++;
    l->source.report(l->source.context, text);
}

static bool add_vector(load *l, const assay_vector *vector)
{
    if (l->set->count == l->capacity) {
        size_t capacity = l->capacity ? l->capacity * 2 : 64;
        assay_vector *grown = realloc(l->set->vectors, capacity * sizeof *grown);
        if (!grown) return false;
        l->set->vectors = grown;
        l->capacity = capacity;
    }
    l->set->vectors[l->set->count++] = *vector;
    return true;
}

static void read_tests(load *l, const json_t *tests, const char *topic, const char *text, size_t len)
{
    size_t count = json_array_size(tests);
    size_t *lines = calloc(count ? count : 1, sizeof *lines);
    if (!lines) {
        l->source.no_memory = true;
        return;
    }
    assay_place_tests(text, len, lines, count);
    for (size_t i = 0; i < count && !l->source.no_memory; i++) {
        assay_vector vector = {.index = i};
        assay_keys keys = {
            .source = &l->source, .object = json_array_get(tests, i), .line = lines[i] ? lines[i] : 1};
        snprintf(keys.pointer, sizeof keys.pointer, "/tests/%zu", i);
        if (assay_entry_read(&keys, &l->tools, topic, &vector) && assay_vector_complete(&keys, &vector) &&
            !add_vector(l, &vector))
            l->source.no_memory = true;
    }
    free(lines);
}

/* The file's own keys. */
static void read_root(load *l, const json_t *root, const char *text, size_t len)
{
    static const char *const names[] = {"format", "topic", "license", "about", "tests", NULL};
    assay_keys keys = {.source = &l->source, .object = root, .line = 1};
    if (!json_is_object(root)) {
        assay_keys_bad(&keys, "", "is not an object");
        return;
    }
    assay_keys_only(&keys, names);
    assay_keys_get(&keys, "format", true);
    if (assay_keys_number(&keys, "format", INT64_MIN, INT64_MAX, 1) != 1)
        assay_keys_bad(&keys, "/format", "is not 1, the only format known");
    const char *topic = assay_keys_text(&keys, "topic", true),
               *license = assay_keys_text(&keys, "license", true);
    assay_keys_text(&keys, "about", false);
    if (license && strcmp(license, "CC0-1.0") != 0) assay_keys_bad(&keys, "/license", "is not \"CC0-1.0\"");
    size_t stem = strlen(l->source.path) - strlen(".json");
    if (topic && (strlen(topic) != stem || strncmp(topic, l->source.path, stem) != 0))
        assay_keys_bad(&keys, "/topic", "is not \"%.*s\", as the file's path says", (int)stem,
                       l->source.path);
    const json_t *tests = assay_keys_get(&keys, "tests", true);
    if (tests && (!json_is_array(tests) || json_array_size(tests) == 0))
        assay_keys_bad(&keys, "/tests", "is not a list with entries");
    else if (tests && topic)
        read_tests(l, tests, topic, text, len);
}

/* One file, by its path below the folder. */
static void read_file(void *context, const char *path, const char *text, size_t len, const char *why)
{
    load *l = context;
    l->source.path = tw_arena_copy(&l->set->arena, path, strlen(path));
    if (!l->source.path || l->source.no_memory) {
        l->source.no_memory = true;
        return;
    }
    if (why) {
        tell(l, 0, why);
        return;
    }
    assay_digest_add(&l->digest, path, strlen(path) + 1);
    assay_digest_add(&l->digest, text, len);
    json_error_t error;
    json_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);
    if (root)
        read_root(l, root, text, len);
    else
        tell(l, error.line > 0 ? (size_t)error.line : 1, error.text);
    json_decref(root);
}

static void open_load(load *l, const char *name, assay_vector_set *set, assay_lint_report *report,
                      void *context)
{
    *set = (assay_vector_set){.version = ASSAY_VECTORS_VERSION};
    tw_arena_init(&set->arena, NULL, ARENA_CAP);
    tw_arena_init(&set->derived, NULL, ARENA_CAP);
    *l = (load){.set = set,
                .source = {.path = name, .arena = &set->arena, .report = report, .context = context}};
    tw_tree_init(&l->tools.tree, NULL, SIZE_MAX);
    tw_buffer_init(&l->tools.bytes, NULL);
    assay_digest_init(&l->digest);
}

static size_t close_load(load *l, const char *name, size_t files)
{
    assay_digest_finish(&l->digest, l->set->digest);
    tw_tree_deinit(&l->tools.tree);
    tw_buffer_deinit(&l->tools.bytes);
    l->source.path = name;
    if (l->source.no_memory) tell(l, 0, "out of memory");
    if (files == 0 && l->source.mistakes == 0) tell(l, 0, "no vectors there");
    return l->source.mistakes;
}

size_t assay_vectors_read(const char *folder, assay_vector_set *set, assay_lint_report *report, void *context)
{
    load l;
    open_load(&l, folder, set, report, context);
    size_t files = assay_files_walk(folder, read_file, &l);
    return close_load(&l, folder, files);
}

size_t assay_vectors_read_text(const char *path, tw_bytes text, assay_vector_set *set,
                               assay_lint_report *report, void *context)
{
    load l;
    open_load(&l, path, set, report, context);
    read_file(&l, path, (const char *)text.data, text.len, NULL);
    return close_load(&l, path, 1);
}

static void keep_first(void *context, const char *text)
{
    assay_vector_error *error = context;
    if (!*error->text) snprintf(error->text, sizeof error->text, "%s", text);
}

bool assay_vectors_load(const char *folder, assay_vector_set *set, assay_vector_error *error)
{
    *error->text = 0;
    if (assay_vectors_read(folder, set, keep_first, error) == 0 &&
        assay_ids_check(set, keep_first, error) == 0)
        return true;
    assay_vectors_deinit(set);
    return false;
}

void assay_vectors_deinit(assay_vector_set *set)
{
    free(set->vectors);
    tw_arena_deinit(&set->arena);
    tw_arena_deinit(&set->derived);
    set->vectors = NULL;
    set->preludes = NULL;
    set->count = 0;
    *set->digest = 0;
}

const assay_vector *assay_vectors_find(const assay_vector_set *set, const char *id)
{
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->vectors[i].base.id, id) == 0) return &set->vectors[i];
    return NULL;
}
