#include "suite/vector/format.h"

#include "suite/vector/entry.h"
#include "suite/vector/format_text.h"

#include <stdio.h>
#include <string.h>

/* Keys of an entry whose items stand on a line each, and the order of keys in objects inside entries. */
static const char *const long_lists[] = {"wire", "before", "messages", "outcomes", NULL};
static const char *const outcome_keys[] = {"name", "accept", "value", NULL};
static const char *const error_keys[] = {"class", "offset", "layer", "rule", NULL};
static const char *const budget_keys[] = {"rss_kib", "cpu_ms", NULL};
static const char *const file_keys[] = {"format", "topic", "license", "about", NULL};

static bool is_among(const char *const *names, const char *key)
{
    while (*names && strcmp(*names, key) != 0) names++;
    return *names;
}

static const char *const *keys_inside(const char *key)
{
    if (strcmp(key, "outcomes") == 0) return outcome_keys;
    if (strcmp(key, "error") == 0) return error_keys;
    if (strcmp(key, "budget") == 0) return budget_keys;
    return NULL;
}

static void put_long_list(tw_buffer *to, const char *key, const json_t *list)
{
    bool wire = strcmp(key, "wire") == 0 || strcmp(key, "before") == 0;
    size_t column = wire ? assay_format_column(list) : 0;
    bool short_one = !wire && json_array_size(list) == 1;
    tw_buffer_append_byte(to, '[');
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        assay_format_words(to, short_one ? "" : i ? ",\n    " : "\n    ");
        if (wire && json_is_string(item))
            assay_format_wire(to, json_string_value(item), column);
        else
            assay_format_value(to, item, keys_inside(key));
    }
    tw_buffer_append_byte(to, ']');
}

static void put_member(tw_buffer *to, const char *key, const json_t *value, bool *first)
{
    if (!*first) assay_format_words(to, ",\n   ");
    *first = false;
    assay_format_string(to, key, strlen(key));
    assay_format_words(to, ": ");
    if (json_is_array(value) && is_among(long_lists, key))
        put_long_list(to, key, value);
    else
        assay_format_value(to, value, keys_inside(key));
}

bool assay_vector_entry_print(const json_t *entry, tw_buffer *to)
{
    const char *key;
    json_t *value;
    bool first = true;
    tw_buffer_append_byte(to, '{');
    for (const char *const *name = assay_entry_key_names; *name; name++)
        if ((value = json_object_get(entry, *name))) put_member(to, *name, value, &first);
    json_object_foreach((json_t *)entry, key, value)
    {
        if (!is_among(assay_entry_key_names, key)) put_member(to, key, value, &first);
    }
    tw_buffer_append_byte(to, '}');
    return !to->failed;
}

/* The file's own keys: the first three share a line. */
static void put_head_member(tw_buffer *to, const char *key, const json_t *value, bool *first, bool own_line)
{
    if (!*first) assay_format_words(to, own_line ? ",\n " : ", ");
    *first = false;
    assay_format_string(to, key, strlen(key));
    assay_format_words(to, ": ");
    assay_format_value(to, value, NULL);
}

static void put_head(tw_buffer *to, const json_t *root)
{
    const char *key;
    json_t *value;
    bool first = true;
    for (const char *const *name = file_keys; *name; name++)
        if ((value = json_object_get(root, *name)))
            put_head_member(to, *name, value, &first, strcmp(*name, "about") == 0);
    json_object_foreach((json_t *)root, key, value)
    {
        if (!is_among(file_keys, key) && strcmp(key, "tests") != 0)
            put_head_member(to, key, value, &first, true);
    }
    if (!first) assay_format_words(to, ",\n ");
}

bool assay_vector_file_print(const assay_vector_file *file, tw_buffer *to)
{
    size_t count = json_array_size(file->tests);
    tw_buffer_append_byte(to, '{');
    put_head(to, file->root);
    assay_format_words(to, "\"tests\": [");
    for (size_t i = 0; i < count; i++) {
        assay_format_words(to, i ? ",\n  " : "\n  ");
        assay_vector_entry_print(json_array_get(file->tests, i), to);
    }
    assay_format_words(to, count ? "\n ]}\n" : "]}\n");
    return !to->failed;
}

bool assay_vector_file_parse(tw_bytes text, assay_vector_file *file, assay_vector_error *error)
{
    json_error_t wrong;
    *file = (assay_vector_file){.root = json_loadb(text.data ? (const char *)text.data : "", text.len,
                                                   JSON_REJECT_DUPLICATES, &wrong)};
    *error->text = 0;
    file->tests = json_object_get(file->root, "tests");
    if (!file->root)
        snprintf(error->text, sizeof error->text, "%d: %s", wrong.line > 0 ? wrong.line : 1, wrong.text);
    else if (!json_is_object(file->root))
        snprintf(error->text, sizeof error->text, "1: /: is not an object");
    else if (!json_is_array(file->tests))
        snprintf(error->text, sizeof error->text, "1: /tests: is not a list");
    for (size_t i = 0; !*error->text && i < json_array_size(file->tests); i++)
        if (!json_is_object(json_array_get(file->tests, i)))
            snprintf(error->text, sizeof error->text, "1: /tests/%zu: is not an object", i);
    if (!*error->text) return true;
    assay_vector_file_deinit(file);
    return false;
}

const char *assay_vector_file_topic(const char *path, size_t *len)
{
    static const char end[] = ".json";
    const char *topic = strrchr(path, '/');
    size_t path_len = strlen(path), end_len = sizeof end - 1;
    if (!topic || path_len <= end_len || strcmp(path + path_len - end_len, end) != 0) return NULL;
    while (topic > path && topic[-1] != '/') topic--;
    *len = path_len - end_len - (size_t)(topic - path);
    return topic;
}

bool assay_vector_file_init(const char *topic, size_t len, assay_vector_file *file)
{
    file->root = json_pack("{s:i, s:o, s:s, s:[]}", "format", 1, "topic", json_stringn(topic, len), "license",
                           "CC0-1.0", "tests");
    file->tests = json_object_get(file->root, "tests");
    return file->root != NULL;
}

void assay_vector_file_deinit(assay_vector_file *file)
{
    json_decref(file->root);
    *file = (assay_vector_file){NULL, NULL};
}

json_t *assay_vector_file_find(const assay_vector_file *file, const char *id)
{
    for (size_t i = 0; i < json_array_size(file->tests); i++) {
        json_t *entry = json_array_get(file->tests, i);
        const char *is = json_string_value(json_object_get(entry, "id"));
        if (is && strcmp(is, id) == 0) return entry;
    }
    return NULL;
}

bool assay_vector_file_append(assay_vector_file *file, json_t *entry)
{
    bool good = json_is_object(entry) && json_array_append(file->tests, entry) == 0;
    json_decref(entry);
    return good;
}
