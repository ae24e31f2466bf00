#include "suite/case/hello.h"
#include "suite/case/text.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a sane hello stays below by far; beyond it the peer is not a testee. */
enum { HELLO_MAX = 1 << 20, STRING_MAX = 4096, LIST_MAX = 256, WINDOW_MAX = 64 };

static bool fail(char *why, size_t size, const char *what)
{
    snprintf(why, size, "%s", what);
    return false;
}

static bool fail_key(char *why, size_t size, const char *key, const char *what)
{
    snprintf(why, size, "\"%s\" %s", key, what);
    return false;
}

static bool read_string(const json_t *from, const char *key, char **to, char *why, size_t size)
{
    const json_t *value = json_object_get(from, key);
    if (!value) return true;
    if (!json_is_string(value)) return fail_key(why, size, key, "is not a string");
    if (json_string_length(value) > STRING_MAX) return fail_key(why, size, key, "is longer than 4096 bytes");
    *to = strdup(json_string_value(value));
    return *to ? true : fail(why, size, "out of memory");
}

static bool add_string(assay_strings *to, const char *text, char *why, size_t size)
{
    char **items = realloc(to->items, (to->count + 1) * sizeof *items);
    if (!items) return fail(why, size, "out of memory");
    to->items = items;
    items[to->count] = strdup(text);
    if (!items[to->count]) return fail(why, size, "out of memory");
    to->count++;
    return true;
}

/* defaults are words with a NULL behind them, taken when the key is absent. */
static bool read_strings(const json_t *from, const char *key, const char *const *defaults, assay_strings *to,
                         char *why, size_t size)
{
    const json_t *list = json_object_get(from, key), *item;
    size_t i;
    if (!list) {
        for (; *defaults; defaults++)
            if (!add_string(to, *defaults, why, size)) return false;
        return true;
    }
    if (!json_is_array(list)) return fail_key(why, size, key, "is not a list");
    if (json_array_size(list) > LIST_MAX) return fail_key(why, size, key, "has more than 256 entries");
    json_array_foreach(list, i, item)
    {
        if (!json_is_string(item)) return fail_key(why, size, key, "holds something that is not a string");
        if (json_string_length(item) > STRING_MAX)
            return fail_key(why, size, key, "holds an overlong string");
        if (!add_string(to, json_string_value(item), why, size)) return false;
    }
    return true;
}

static bool read_bool(const json_t *from, const char *key, bool *to, char *why, size_t size)
{
    const json_t *value = json_object_get(from, key);
    if (!value) return true;
    if (!json_is_boolean(value)) return fail_key(why, size, key, "is not true or false");
    *to = json_is_true(value);
    return true;
}

static bool read_number(const json_t *from, const char *key, int64_t least, int64_t *to, char *why,
                        size_t size)
{
    const json_t *value = json_object_get(from, key);
    if (!value) return true;
    if (!json_is_integer(value)) return fail_key(why, size, key, "is not a whole number");
    if (json_integer_value(value) < least) return fail_key(why, size, key, "is too small");
    *to = json_integer_value(value);
    return true;
}

static bool read_verbs(const json_t *from, assay_hello *hello, char *why, size_t size)
{
    static const char *const defaults[] = {"transcode", NULL};
    assay_strings names = {NULL, 0};
    bool ok = read_strings(from, "verbs", defaults, &names, why, size);
    for (size_t i = 0; i < names.count; i++) {
        assay_verb verb;
        /* Verbs of a later version are none of ours. */
        if (assay_verb_find(names.items[i], &verb)) hello->verbs |= 1u << verb;
        free(names.items[i]);
    }
    free(names.items);
    hello->verbs |= 1u << ASSAY_ECHO;
    return ok;
}

static bool read_limits(const json_t *from, assay_hello *hello, char *why, size_t size)
{
    const json_t *limits = json_object_get(from, "limits");
    if (!limits) return true;
    if (!json_is_object(limits)) return fail_key(why, size, "limits", "is not an object");
    return read_number(limits, "depth", 0, &hello->depth_limit, why, size) &&
           read_number(limits, "frame", 0, &hello->frame_limit, why, size) &&
           read_number(limits, "message", 0, &hello->message_limit, why, size);
}

static bool read_hello(const json_t *from, assay_hello *hello, char *why, size_t size)
{
    static const char *const protocols[] = {"binary", "compact", NULL};
    static const char *const transports[] = {NULL};
    static const char *const types[] = {"bool",   "i8",     "i16", "i32", "i64",  "double",
                                        "string", "struct", "map", "set", "list", NULL};
    int64_t window = 1;
    if (!json_is_object(from)) return fail(why, size, "not a JSON object");
    if (!read_string(from, "name", &hello->name, why, size)) return false;
    if (!hello->name || !*hello->name) return fail_key(why, size, "name", "is missing");
    bool ok = read_string(from, "version", &hello->version, why, size) &&
              read_string(from, "language", &hello->language, why, size) &&
              read_string(from, "homepage", &hello->homepage, why, size) &&
              read_string(from, "issues", &hello->issues, why, size) &&
              read_strings(from, "protocols", protocols, &hello->protocols, why, size) &&
              read_strings(from, "transports", transports, &hello->transports, why, size) &&
              read_strings(from, "types", types, &hello->types, why, size) &&
              read_verbs(from, hello, why, size) && read_number(from, "window", 1, &window, why, size) &&
              read_bool(from, "chunks", &hello->chunks, why, size) &&
              read_bool(from, "consumed", &hello->consumed, why, size) && read_limits(from, hello, why, size);
    hello->window = window > WINDOW_MAX ? WINDOW_MAX : (unsigned)window;
    return ok;
}

bool assay_hello_parse(const char *json, size_t len, assay_hello *hello, char *why, size_t size)
{
    *hello = (assay_hello){.window = 1, .depth_limit = -1, .frame_limit = -1, .message_limit = -1};
    if (len > HELLO_MAX) return fail(why, size, "longer than 1 MiB");
    hello->json = assay_text_clean_copy(json, len);
    if (!hello->json) return fail(why, size, "out of memory");
    json_error_t error;
    json_t *root = json_loads(hello->json, JSON_REJECT_DUPLICATES, &error);
    bool ok = root != NULL;
    if (!ok) snprintf(why, size, "not JSON: %s (column %d)", error.text, error.column);
    ok = ok && read_hello(root, hello, why, size);
    json_decref(root);
    if (!ok) assay_hello_deinit(hello);
    return ok;
}

static void free_strings(assay_strings *strings)
{
    for (size_t i = 0; i < strings->count; i++) free(strings->items[i]);
    free(strings->items);
}

void assay_hello_deinit(assay_hello *hello)
{
    free(hello->name);
    free(hello->version);
    free(hello->language);
    free(hello->homepage);
    free(hello->issues);
    free(hello->json);
    free_strings(&hello->protocols);
    free_strings(&hello->transports);
    free_strings(&hello->types);
    *hello = (assay_hello){.window = 1, .depth_limit = -1, .frame_limit = -1, .message_limit = -1};
}

bool assay_hello_equal(const assay_hello *a, const assay_hello *b)
{
    json_t *x = a->json ? json_loads(a->json, 0, NULL) : NULL;
    json_t *y = b->json ? json_loads(b->json, 0, NULL) : NULL;
    bool equal = x && y && json_equal(x, y);
    json_decref(x);
    json_decref(y);
    return equal;
}
