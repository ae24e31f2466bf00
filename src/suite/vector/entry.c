#include "suite/vector/entry.h"
#include "suite/typed/idl.h"
#include "suite/vector/version.h"

#include "wire/text/hex.h"
#include "wire/value/generate.h"

#include <stdio.h>
#include <string.h>

/* Bytes kept behind a vector's own in memory, for the cases that have some behind. */
enum { SPARE = 8 };

const char *const assay_entry_key_names[] = {
    "id",     "title",    "why",          "rule",      "refs",    "flags",    "since",  "level",
    "verb",   "stack",    "out",          "count",     "typed",   "wire",     "before", "expect",
    "value",  "messages", "end",          "canonical", "ordered", "outcomes", "error",  "consumed",
    "budget", "twin",     "confirmed_by", "argument",  "sweep",   NULL};

/* Words of a-z, 0-9, dots and hyphens between slashes; at least two. */
static bool is_slug(const char *id)
{
    size_t words = 0, len = 0;
    for (; *id; id++) {
        bool alnum = (*id >= 'a' && *id <= 'z') || (*id >= '0' && *id <= '9');
        if (*id == '/' ? len == 0 : !(alnum || (len > 0 && (*id == '.' || *id == '-')))) return false;
        if (len == 0) words++;
        len = *id == '/' ? 0 : len + 1;
    }
    return len > 0 && words >= 2;
}

static void read_names(assay_keys *keys, const char *topic, assay_vector *vector)
{
    assay_case *base = &vector->base;
    base->id = base->parent_id = assay_keys_text(keys, "id", true);
    base->kind = "";
    base->title = assay_keys_text(keys, "title", true);
    base->why = assay_keys_text(keys, "why", true);
    size_t folder = strcspn(topic, "/");
    if (base->id && !is_slug(base->id))
        assay_keys_bad(keys, "/id", "\"%s\" is not lower-case words between slashes", base->id);
    else if (base->id && (strncmp(base->id, topic, folder + 1) != 0))
        assay_keys_bad(keys, "/id", "\"%s\" does not start with the file's folder \"%.*s/\"", base->id,
                       (int)folder, topic);
    const char *rule = assay_keys_text(keys, "rule", true);
    if (rule) {
        base->rule = tw_rule_find(rule, strlen(rule));
        if (base->rule == TW_RULE_NONE) assay_keys_bad(keys, "/rule", "no rule \"%s\" in rules.def", rule);
    }
    vector->refs = assay_keys_texts(keys, "refs", false, false);
    vector->flags = assay_keys_texts(keys, "flags", false, false);
    vector->confirmed_by = assay_keys_texts(keys, "confirmed_by", false, false);
    vector->argument = assay_keys_text(keys, "argument", false);
    vector->since = assay_keys_text(keys, "since", false);
    if (!vector->since) vector->since = "1.0";
    if (!assay_vectors_version_valid(vector->since))
        assay_keys_bad(keys, "/since", "\"%s\" is no version such as \"1.0\"", vector->since);
    vector->twin = assay_keys_text(keys, "twin", false);
}

static void read_stack(assay_keys *keys, const char *key, const char *name)
{
    tw_stack stack;
    const char *why = "";
    char tail[16];
    snprintf(tail, sizeof tail, "/%s", key);
    if (name && !tw_stack_parse(name, &stack, &why)) assay_keys_bad(keys, tail, "\"%s\": %s", name, why);
}

/* Keys that go with one verb and no other. */
static void check_company(assay_keys *keys, const char *key, bool wanted, bool allowed, const char *verb)
{
    bool there = json_object_get(keys->object, key) != NULL;
    if (wanted && !there) assay_keys_bad(keys, "", "\"%s\" is missing: the verb %s needs it", key, verb);
    if (!allowed && there) {
        char tail[32];
        snprintf(tail, sizeof tail, "/%s", key);
        assay_keys_bad(keys, tail, "does not go with the verb %s", verb);
    }
}

static void read_request(assay_keys *keys, assay_entry_tools *tools, assay_vector *vector)
{
    assay_case *base = &vector->base;
    const char *level = assay_keys_text(keys, "level", false), *verb = assay_keys_text(keys, "verb", false);
    if (level && !assay_level_find(level, &base->level))
        assay_keys_bad(keys, "/level", "no level \"%s\"", level);
    if (verb && (!assay_verb_find(verb, &base->verb) || base->verb == ASSAY_ECHO))
        assay_keys_bad(keys, "/verb", "no verb \"%s\" for vectors", verb);
    const char *name = assay_verb_name(base->verb);
    base->in = assay_keys_text(keys, "stack", true);
    base->out = assay_keys_text(keys, "out", false);
    read_stack(keys, "stack", base->in);
    read_stack(keys, "out", base->out);
    bool writes = base->verb != ASSAY_SKIP && base->verb != ASSAY_READ;
    check_company(keys, "out", false, writes, name);
    check_company(keys, "count", base->verb == ASSAY_SESSION, base->verb == ASSAY_SESSION, name);
    check_company(keys, "typed", base->verb == ASSAY_TYPED, base->verb == ASSAY_TYPED, name);
    check_company(keys, "before", base->verb == ASSAY_REUSE, base->verb == ASSAY_REUSE, name);
    if (!base->out && writes) base->out = base->in;
    base->count = (unsigned)assay_keys_number(keys, "count", 1, 65535, 1);
    base->typed = assay_keys_text(keys, "typed", false);
    if (base->typed && !assay_idl_find(base->typed, strlen(base->typed)))
        assay_keys_bad(keys, "/typed", "no struct \"%s\" (FILE.STRUCT) under conformance/idl", base->typed);
    vector->wire = assay_keys_texts(keys, "wire", true, true);
    assay_entry_bytes(keys, tools, "wire", vector->wire, SPARE, &base->bytes);
    assay_entry_bytes(keys, tools, "before", assay_keys_texts(keys, "before", false, true), 0, &base->before);
}

void assay_entry_bytes(assay_keys *keys, assay_entry_tools *tools, const char *key, const char *const *lines,
                       size_t spare, tw_bytes *bytes)
{
    static const tw_hex_name names[] = {
        {"frame", TW_FRAME_DEFAULT}, {"message", TW_MESSAGE_DEFAULT}, {"depth", TW_DEPTH_DEFAULT}, {NULL, 0}};
    tw_buffer_clear(&tools->bytes);
    for (size_t i = 0; lines && lines[i]; i++) {
        size_t at = 0;
        const char *why = "";
        tw_class cls = tw_hex_read_annotated(lines[i], strlen(lines[i]), names, &tools->bytes, &at, &why);
        if (cls == TW_MEMORY) {
            keys->source->no_memory = keys->failed = true;
            return;
        }
        char tail[64];
        snprintf(tail, sizeof tail, "/%s/%zu", key, i);
        if (cls != TW_OK) assay_keys_bad(keys, tail, "%s (column %zu)", why, at + 1);
    }
    /* What stands behind is as good as random, and the same in every run. */
    tw_random random = {0};
    for (const char *c = json_string_value(json_object_get(keys->object, "id")); c && *c; c++)
        random.state = random.state * 31 + (unsigned char)*c;
    uint64_t behind = tw_random_next(&random);
    uint8_t *copy = assay_keys_take(keys, tools->bytes.len + spare);
    if (!copy) return;
    if (tools->bytes.len) memcpy(copy, tools->bytes.data, tools->bytes.len);
    if (spare) memcpy(copy + tools->bytes.len, &behind, spare);
    *bytes = tw_bytes_of(copy, tools->bytes.len);
}

static void read_budget(assay_keys *keys, assay_case *base)
{
    static const char *const names[] = {"rss_kib", "cpu_ms", NULL};
    const json_t *object = json_object_get(keys->object, "budget");
    base->budget = (assay_budget){-1, -1};
    if (!object) return;
    assay_keys inner = assay_keys_inside(keys, "/budget", object);
    assay_keys_only(&inner, names);
    base->budget.rss_kib = assay_keys_number(&inner, "rss_kib", 0, INT32_MAX, -1);
    base->budget.cpu_ms = assay_keys_number(&inner, "cpu_ms", 0, INT32_MAX, -1);
    if (base->budget.rss_kib < 0 && base->budget.cpu_ms < 0 && !inner.failed)
        assay_keys_bad(&inner, "", "needs \"rss_kib\" or \"cpu_ms\"");
    keys->failed |= inner.failed;
}

static void read_sweep(assay_keys *keys, assay_vector *vector)
{
    const char *const *names = assay_keys_texts(keys, "sweep", false, false);
    for (size_t i = 0; names && names[i]; i++) {
        char tail[32];
        snprintf(tail, sizeof tail, "/sweep/%zu", i);
        if (strcmp(names[i], "size-fields") == 0)
            vector->sweep_sizes = true;
        else if (strcmp(names[i], "type-nibbles") == 0)
            vector->sweep_types = true;
        else
            assay_keys_bad(keys, tail, "no sweep \"%s\"", names[i]);
    }
}

bool assay_entry_read(assay_keys *keys, assay_entry_tools *tools, const char *topic, assay_vector *vector)
{
    if (!json_is_object(keys->object)) return assay_keys_bad(keys, "", "is not an object");
    assay_keys_only(keys, assay_entry_key_names);
    vector->file = keys->source->path;
    vector->line = keys->line;
    vector->topic = topic;
    read_names(keys, topic, vector);
    read_request(keys, tools, vector);
    read_budget(keys, &vector->base);
    read_sweep(keys, vector);
    if (!keys->failed) assay_entry_expectation(keys, tools, vector);
    return !keys->failed;
}
