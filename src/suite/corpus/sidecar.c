#include "suite/corpus/sidecar.h"

#include "suite/corpus/story.h"

#include <stddef.h>

static const struct key {
    const char *name;
    size_t at;
} keys[] = {
    {"what", offsetof(assay_sidecar, what)},         {"harness", offsetof(assay_sidecar, harness)},
    {"token", offsetof(assay_sidecar, token)},       {"rule", offsetof(assay_sidecar, rule)},
    {"found by", offsetof(assay_sidecar, found_by)}, {"fixed in", offsetof(assay_sidecar, fixed_in)},
};

#define KEY_COUNT (sizeof keys / sizeof *keys)

static const char *expected = "expected";

static const char **value_of(assay_sidecar *sidecar, size_t key)
{
    return (const char **)(void *)((char *)sidecar + keys[key].at);
}

static void put_line(tw_buffer *to, const char *key, const char *value, size_t len)
{
    enum { COLUMN = 10 };
    tw_buffer_append(to, key, strlen(key));
    tw_buffer_append(to, ":", 1);
    for (size_t n = strlen(key) + 1; n < COLUMN; n++) tw_buffer_append(to, " ", 1);
    for (size_t i = 0; i < len; i++) tw_buffer_append_byte(to, value[i] == '\n' ? ' ' : (uint8_t)value[i]);
    tw_buffer_append(to, "\n", 1);
}

tw_class assay_sidecar_write(const assay_sidecar *sidecar, tw_bytes input, tw_buffer *to)
{
    assay_sidecar copy = *sidecar;
    tw_buffer verdict;
    tw_buffer_init(&verdict, NULL);
    tw_class cls = assay_story_verdict(input, &verdict);
    for (size_t i = 0; i < KEY_COUNT; i++) {
        const char *value = *value_of(&copy, i);
        put_line(to, keys[i].name, value, strlen(value));
        if (keys[i].at == offsetof(assay_sidecar, rule))
            put_line(to, expected, (const char *)verdict.data, verdict.len);
    }
    tw_buffer_append(to, "\n", 1);
    tw_buffer_deinit(&verdict);
    if (cls == TW_OK) cls = assay_story_write(input, false, to);
    return cls == TW_OK && to->failed ? TW_MEMORY : cls;
}

static bool take(const char *line, size_t len, tw_arena *arena, assay_sidecar *sidecar, const char **why)
{
    const char *colon = memchr(line, ':', len);
    size_t name = colon ? (size_t)(colon - line) : len;
    if (name == strlen(expected) && memcmp(line, expected, name) == 0) return true;
    for (size_t i = 0; colon && i < KEY_COUNT; i++) {
        if (strlen(keys[i].name) != name || memcmp(keys[i].name, line, name) != 0) continue;
        const char **value = value_of(sidecar, i);
        size_t at = name + 1;
        while (at < len && line[at] == ' ') at++;
        if (*value) *why = tw_arena_printf(arena, "\"%s\" stands twice", keys[i].name);
        if (at == len) *why = tw_arena_printf(arena, "\"%s\" is empty", keys[i].name);
        *value = tw_arena_copy(arena, line + at, len - at);
        return *value && !*why;
    }
    *why = tw_arena_printf(arena, "\"%.*s\" is no key", (int)(name < 60 ? name : 60), line);
    return false;
}

bool assay_sidecar_read(tw_bytes text, tw_arena *arena, assay_sidecar *sidecar, const char **why)
{
    *sidecar = (assay_sidecar){NULL, NULL, NULL, NULL, NULL, NULL};
    *why = NULL;
    const char *at = (const char *)text.data, *end = at + text.len;
    while (at < end && *at != '\n') {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t len = stop ? (size_t)(stop - at) : (size_t)(end - at);
        if (!take(at, len, arena, sidecar, why)) {
            if (!*why) *why = "no memory";
            return false;
        }
        at += len + (stop ? 1 : 0);
    }
    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (*value_of(sidecar, i)) continue;
        *why = tw_arena_printf(arena, "\"%s\" is missing", keys[i].name);
        if (!*why) *why = "no memory";
        return false;
    }
    return true;
}
