#include "report/json.h"

#include <errno.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct reading {
    const char *file;
    assay_result *result;
    char *why;
    size_t size;
    bool failed; /* why is set */
} reading;

__attribute__((format(printf, 2, 3))) static void fail(reading *r, const char *format, ...)
{
    if (r->failed) return;
    r->failed = true;
    int n = snprintf(r->why, r->size, "%s: ", r->file);
    if (n < 0 || (size_t)n >= r->size) return;
    va_list args;
    va_start(args, format);
    vsnprintf(r->why + n, r->size - (size_t)n, format, args);
    va_end(args);
}

static const char *keep(reading *r, const json_t *value)
{
    const char *copy = tw_arena_copy(&r->result->arena, json_string_value(value), json_string_length(value));
    if (!copy) fail(r, "out of memory");
    return copy ? copy : "";
}

/* A text member; "" where it is not there. */
static const char *text(reading *r, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!value) return "";
    if (json_is_string(value)) return keep(r, value);
    fail(r, "\"%s\" is no string", key);
    return "";
}

static const char *demanded(reading *r, const json_t *object, const char *key, size_t at)
{
    if (!json_object_get(object, key)) fail(r, "case %zu has no \"%s\"", at, key);
    return text(r, object, key);
}

static size_t count(reading *r, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!value) return 0;
    if (json_is_integer(value) && json_integer_value(value) >= 0) return (size_t)json_integer_value(value);
    fail(r, "\"%s\" is no count", key);
    return 0;
}

static assay_result_counts counts(reading *r, const json_t *object)
{
    return (assay_result_counts){.pass = count(r, object, "pass"),
                                 .fail = count(r, object, "fail"),
                                 .warn = count(r, object, "warn"),
                                 .note = count(r, object, "note"),
                                 .skip = count(r, object, "skip"),
                                 .not_verified = count(r, object, "not-verified"),
                                 .broken = count(r, object, "broken"),
                                 .known = count(r, object, "known")};
}

static const char *const *lines(reading *r, const json_t *array)
{
    size_t n = json_array_size(array);
    const char **list = tw_arena_take(&r->result->arena, (n + 1) * sizeof *list);
    if (!list) {
        fail(r, "out of memory");
        return r->result->incomplete;
    }
    for (size_t i = 0; i < n; i++) {
        const json_t *line = json_array_get(array, i);
        list[i] = json_is_string(line) ? keep(r, line) : "";
    }
    list[n] = NULL;
    return list;
}

static void read_case(reading *r, const json_t *o, assay_result_case *c, size_t at)
{
    memset(c, 0, sizeof *c);
    if (!json_is_object(o)) {
        fail(r, "case %zu is no object", at);
        return;
    }
    c->id = demanded(r, o, "id", at);
    c->verdict = demanded(r, o, "verdict", at);
    c->kind = text(r, o, "kind");
    c->parent_id = c->kind[0] ? demanded(r, o, "parent", at) : c->id;
    c->detail = text(r, o, "detail");
    c->known = json_is_true(json_object_get(o, "known"));
    c->known_reason = text(r, o, "known_reason");
    c->title = text(r, o, "title");
    c->why = text(r, o, "why");
    c->rule = text(r, o, "rule");
    c->section = text(r, o, "section");
    c->sentence = text(r, o, "sentence");
    c->level = text(r, o, "level");
    c->verb = text(r, o, "verb");
    c->in = text(r, o, "in");
    c->out = text(r, o, "out");
    c->changed_from = text(r, o, "changed_from");
    c->changed_to = text(r, o, "changed_to");
    c->outcome = text(r, o, "outcome");
    c->expected = text(r, o, "expected");
    c->got = text(r, o, "got");
    c->difference = text(r, o, "difference");
    c->said = text(r, o, "said");
    c->stderr_tail = text(r, o, "stderr");
    c->request = text(r, o, "request");
    c->assumed = json_is_true(json_object_get(o, "assumed"));
    c->unconfirmed = json_is_true(json_object_get(o, "unconfirmed"));
    c->stateful = json_is_true(json_object_get(o, "stateful"));
    c->ms = json_number_value(json_object_get(o, "ms"));
    const json_t *rss = json_object_get(o, "rss_kib");
    c->rss_kib = json_is_integer(rss) ? json_integer_value(rss) : -1;
    const json_t *derived = json_object_get(o, "derived");
    c->has_derived = derived != NULL;
    c->derived = counts(r, derived);
}

static void read_cases(reading *r, const json_t *array)
{
    size_t n = json_array_size(array);
    assay_result_case *cases = tw_arena_take(&r->result->arena, n * sizeof *cases);
    if (!json_is_array(array)) fail(r, "\"cases\" is no list");
    if (!cases) {
        fail(r, "out of memory");
        return;
    }
    for (size_t i = 0; i < n && !r->failed; i++) read_case(r, json_array_get(array, i), &cases[i], i);
    r->result->cases = cases;
    r->result->case_count = n;
}

static assay_overall overall(reading *r, const char *name)
{
    for (int i = ASSAY_CONFORMANT; i <= ASSAY_INCOMPLETE; i++)
        if (strcmp(assay_overall_name((assay_overall)i), name) == 0) return (assay_overall)i;
    fail(r, "\"verdict\" is \"%.40s\", which is none", name);
    return ASSAY_INCOMPLETE;
}

static void read_testee(reading *r, const json_t *testee)
{
    r->result->testee_name = text(r, testee, "name");
    r->result->testee_version = text(r, testee, "version");
    r->result->testee_language = text(r, testee, "language");
    char *hello = json_is_object(testee) ? json_dumps(testee, JSON_COMPACT) : NULL;
    if (hello) r->result->hello_json = tw_arena_copy(&r->result->arena, hello, strlen(hello));
    if (!r->result->hello_json) fail(r, "out of memory");
    free(hello);
}

static assay_result_profile profile_of(reading *r, const json_t *o)
{
    return (assay_result_profile){.file = text(r, o, "file"),
                                  .remark = text(r, o, "remark"),
                                  .pinned = json_is_true(json_object_get(o, "pinned")),
                                  .changed = count(r, o, "changed"),
                                  .unnamed = count(r, o, "unnamed")};
}

static void read_result(reading *r, const json_t *o)
{
    const json_t *format = json_object_get(o, "format");
    if (!json_is_integer(format)) {
        fail(r, "this is no result of assay run --json: it has no \"format\"");
        return;
    }
    if (json_integer_value(format) != ASSAY_JSON_FORMAT) {
        fail(r, "format %lld is not known to this version, which reads format %d",
             (long long)json_integer_value(format), ASSAY_JSON_FORMAT);
        return;
    }
    assay_result *to = r->result;
    const json_t *suite = json_object_get(o, "suite"), *vectors = json_object_get(o, "vectors");
    to->suite_version = text(r, suite, "version");
    to->vectors_version = text(r, suite, "vectors_version");
    to->vectors_digest = text(r, suite, "vectors_digest");
    read_testee(r, json_object_get(o, "testee"));
    to->command = text(r, o, "command");
    to->started = text(r, o, "started");
    to->seconds = json_number_value(json_object_get(o, "seconds"));
    to->seed = strtoull(text(r, o, "seed"), NULL, 10);
    to->overall = overall(r, text(r, o, "verdict"));
    to->verdict_line = text(r, o, "verdict_line");
    to->incomplete = lines(r, json_object_get(o, "incomplete"));
    to->interrupted = json_is_true(json_object_get(o, "interrupted"));
    to->exit_code = (int)count(r, o, "exit_code");
    to->counts = counts(r, json_object_get(o, "counts"));
    to->named_passed = count(r, vectors, "passed");
    to->named_failed = count(r, vectors, "failed");
    to->named_skipped = count(r, vectors, "skipped");
    to->cases_run = count(r, o, "cases_run");
    to->stale = lines(r, json_object_get(o, "known_failures"));
    to->profile = profile_of(r, json_object_get(o, "profile"));
    read_cases(r, json_object_get(o, "cases"));
}

bool assay_json_read(const char *file, tw_bytes in, assay_result *result, char *why, size_t size)
{
    assay_result_init(result);
    reading r = {file, result, why, size, false};
    json_error_t error;
    json_t *document =
        json_loadb(in.data ? (const char *)in.data : "", in.len, JSON_REJECT_DUPLICATES, &error);
    if (document)
        read_result(&r, document);
    else
        fail(&r, "line %d: %s", error.line, error.text);
    json_decref(document);
    if (r.failed) assay_result_deinit(result);
    return !r.failed;
}

bool assay_json_load(const char *path, assay_result *result, char *why, size_t size)
{
    memset(result, 0, sizeof *result);
    FILE *file = fopen(path, "rb");
    tw_buffer text_of;
    tw_buffer_init(&text_of, NULL);
    bool ok = file != NULL;
    errno = file ? 0 : errno;
    for (size_t n = 1; ok && n > 0;) {
        uint8_t *room = tw_buffer_reserve(&text_of, 65536);
        n = room ? fread(room, 1, 65536, file) : 0;
        text_of.len += n;
        ok = room && !ferror(file);
    }
    if (ok)
        ok = assay_json_read(path, tw_buffer_view(&text_of), result, why, size);
    else
        snprintf(why, size, "%s: %s", path, text_of.failed ? "out of memory" : strerror(errno));
    if (file) fclose(file);
    tw_buffer_deinit(&text_of);
    return ok;
}
