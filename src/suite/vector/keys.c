#include "suite/vector/keys.h"
#include "wire/base/fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool assay_keys_bad(assay_keys *keys, const char *tail, const char *format, ...)
{
    char what[320], text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    snprintf(text, sizeof text, "%s:%zu: %s%s: %s", keys->source->path, keys->line, keys->pointer,
             *keys->pointer || *tail ? tail : "/", what);
    keys->failed = true;
    keys->source->mistakes++;
    keys->source->report(keys->source->context, text);
    return false;
}

/* "/key", escaped as RFC 6901 wants it, cut to size. */
static const char *tail_of(const char *key, char *tail, size_t size)
{
    size_t at = 0;
    tail[at++] = '/';
    for (; *key && at + 3 < size; key++) {
        if (*key == '~' || *key == '/') {
            tail[at++] = '~';
            tail[at++] = *key == '~' ? '0' : '1';
        } else {
            tail[at++] = *key;
        }
    }
    tail[at] = 0;
    return tail;
}

static bool bad_key(assay_keys *keys, const char *key, const char *what)
{
    char tail[96];
    return assay_keys_bad(keys, tail_of(key, tail, sizeof tail), "%s", what);
}

void assay_keys_only(assay_keys *keys, const char *const *names)
{
    if (TW_FAULT(VECTOR_KEYS_UNCHECKED)) return;
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)keys->object, key, value)
    {
        const char *const *name = names;
        while (*name && strcmp(*name, key) != 0) name++;
        if (!*name) bad_key(keys, key, "no such key");
    }
}

const json_t *assay_keys_get(assay_keys *keys, const char *key, bool required)
{
    const json_t *value = json_object_get(keys->object, key);
    if (!value && required) assay_keys_bad(keys, "", "\"%s\" is missing", key);
    return value;
}

assay_keys assay_keys_inside(assay_keys *keys, const char *tail, const json_t *object)
{
    assay_keys inner = *keys;
    size_t len = strlen(inner.pointer);
    snprintf(inner.pointer + len, sizeof inner.pointer - len, "%s", tail);
    inner.object = object;
    inner.failed = false;
    if (!json_is_object(object)) assay_keys_bad(&inner, "", "is not an object");
    return inner;
}

void *assay_keys_take(assay_keys *keys, size_t size)
{
    void *block = tw_arena_take(keys->source->arena, size);
    if (!block) keys->source->no_memory = keys->failed = true;
    return block;
}

static const char *copy(assay_keys *keys, const json_t *text)
{
    size_t len = json_string_length(text);
    char *block = assay_keys_take(keys, len + 1);
    if (block) memcpy(block, json_string_value(text), len + 1);
    return block;
}

const char *assay_keys_text(assay_keys *keys, const char *key, bool required)
{
    const json_t *value = assay_keys_get(keys, key, required);
    if (!value) return NULL;
    if (json_is_string(value) && json_string_length(value) > 0) return copy(keys, value);
    bad_key(keys, key, json_is_string(value) ? "is empty" : "is not a string");
    return NULL;
}

const char *const *assay_keys_texts(assay_keys *keys, const char *key, bool required, bool empty)
{
    const json_t *list = assay_keys_get(keys, key, required), *item;
    size_t i, count = json_array_size(list);
    if (!list) return NULL;
    if (!json_is_array(list)) {
        bad_key(keys, key, "is not a list");
        return NULL;
    }
    const char **texts = assay_keys_take(keys, (count + 1) * sizeof *texts);
    if (!texts) return NULL;
    for (i = 0; i < count; i++) {
        char tail[64];
        item = json_array_get(list, i);
        snprintf(tail, sizeof tail, "/%s/%zu", key, i);
        texts[i] = "";
        if (!json_is_string(item))
            assay_keys_bad(keys, tail, "is not a string");
        else if (!empty && json_string_length(item) == 0)
            assay_keys_bad(keys, tail, "is empty");
        else if (!(texts[i] = copy(keys, item)))
            return NULL;
    }
    texts[count] = NULL;
    return texts;
}

int64_t assay_keys_number(assay_keys *keys, const char *key, int64_t least, int64_t most, int64_t otherwise)
{
    const json_t *value = json_object_get(keys->object, key);
    if (!value) return otherwise;
    if (!json_is_integer(value)) {
        bad_key(keys, key, "is not a whole number");
        return otherwise;
    }
    int64_t number = json_integer_value(value);
    if (number >= least && number <= most) return number;
    char what[96];
    snprintf(what, sizeof what, "is not from %lld to %lld", (long long)least, (long long)most);
    bad_key(keys, key, what);
    return otherwise;
}

bool assay_keys_flag(assay_keys *keys, const char *key)
{
    const json_t *value = json_object_get(keys->object, key);
    if (value && !json_is_boolean(value)) bad_key(keys, key, "is not true or false");
    return json_is_true(value);
}
