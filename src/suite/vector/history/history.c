#include "suite/vector/history/history.h"
#include "suite/vector/keys.h"

#include <stdio.h>
#include <string.h>

/* The line of the first place where the text says "ID". */
static size_t line_of(const char *text, const char *id)
{
    char quoted[128];
    snprintf(quoted, sizeof quoted, "\"%s\"", id ? id : "");
    const char *found = id ? strstr(text, quoted) : NULL;
    size_t line = 1;
    for (const char *at = text; found && at < found; at++) line += *at == '\n';
    return line;
}

static void check_proof(assay_keys *keys, const assay_history_entry *entry)
{
    bool proven = entry->vectors || entry->covers || entry->derived;
    if (!proven && !entry->not_covered)
        assay_keys_bad(keys, "", "vectors, covers, derived or not_covered is wanted");
    if (proven && entry->not_covered)
        assay_keys_bad(keys, "/not_covered", "goes with neither vectors, covers nor derived");
}

static bool read_entry(assay_keys *keys, const char *text, assay_history_entry *entry)
{
    static const char *const known[] = {"id",      "title",  "effect",  "affects",     "fixed",
                                        "vectors", "covers", "derived", "not_covered", NULL};
    if (!json_is_object(keys->object)) return assay_keys_bad(keys, "", "is not an object");
    keys->line = line_of(text, json_string_value(json_object_get(keys->object, "id")));
    assay_keys_only(keys, known);
    entry->line = keys->line;
    entry->id = assay_keys_text(keys, "id", true);
    entry->title = assay_keys_text(keys, "title", true);
    entry->effect = assay_keys_text(keys, "effect", true);
    entry->affects = assay_keys_text(keys, "affects", true);
    entry->fixed = assay_keys_text(keys, "fixed", false);
    entry->vectors = assay_keys_texts(keys, "vectors", false, false);
    entry->covers = assay_keys_texts(keys, "covers", false, false);
    entry->derived = assay_keys_texts(keys, "derived", false, false);
    entry->not_covered = assay_keys_text(keys, "not_covered", false);
    check_proof(keys, entry);
    return !keys->failed;
}

static void read_entries(assay_history *history, assay_source *source, const json_t *entries,
                         const char *text)
{
    size_t count = json_array_size(entries);
    history->entries = tw_arena_take(&history->arena, (count + 1) * sizeof *history->entries);
    if (!history->entries) {
        source->no_memory = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        assay_history_entry entry = {.index = i};
        assay_keys keys = {.source = source, .object = json_array_get(entries, i), .line = 1};
        snprintf(keys.pointer, sizeof keys.pointer, "/entries/%zu", i);
        if (read_entry(&keys, text, &entry)) history->entries[history->count++] = entry;
    }
}

size_t assay_history_read(assay_history *history, const char *name, const char *text, size_t len,
                          assay_lint_report *report, void *context)
{
    static const char *const known[] = {"format", "license", "about", "entries", NULL};
    assay_source source = {.path = name, .arena = &history->arena, .report = report, .context = context};
    json_error_t error;
    *history = (assay_history){.count = 0};
    tw_arena_init(&history->arena, NULL, (size_t)64 << 20);
    json_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);
    assay_keys keys = {.source = &source, .object = root, .line = 1};
    if (!root) {
        keys.line = error.line > 0 ? (size_t)error.line : 1;
        assay_keys_bad(&keys, "", "%s", error.text);
    } else if (!json_is_object(root)) {
        assay_keys_bad(&keys, "", "is not an object");
    } else {
        assay_keys_only(&keys, known);
        if (json_integer_value(json_object_get(root, "format")) != 1)
            assay_keys_bad(&keys, "/format", "1 is wanted");
        const json_t *entries = assay_keys_get(&keys, "entries", true);
        if (entries && !json_is_array(entries)) assay_keys_bad(&keys, "/entries", "is not a list");
        if (json_is_array(entries)) read_entries(history, &source, entries, text);
    }
    json_decref(root);
    if (source.no_memory) assay_keys_bad(&keys, "", "out of memory");
    return source.mistakes;
}

void assay_history_deinit(assay_history *history)
{
    tw_arena_deinit(&history->arena);
    *history = (assay_history){.count = 0};
}
