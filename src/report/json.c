#include "report/json.h"

#include "report/text.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

/* A failed allocation anywhere leaves *failed set; the document is then dropped as a whole. */
typedef struct making {
    bool failed;
} making;

static void put(making *m, json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0) m->failed = true;
}

static json_t *text_value(making *m, const char *text)
{
    json_t *value = json_string(text);
    if (value) return value;
    /* Refused for what the testee said: bytes that are not UTF-8 must not make the report unreadable. */
    tw_buffer valid;
    tw_buffer_init(&valid, NULL);
    assay_put_valid(&valid, text, strlen(text));
    if (!valid.failed) value = json_stringn(valid.data ? (const char *)valid.data : "", valid.len);
    tw_buffer_deinit(&valid);
    if (!value) m->failed = true;
    return value;
}

static void put_text(making *m, json_t *object, const char *key, const char *text)
{
    put(m, object, key, text_value(m, text));
}

/* What is empty most of the time is left out. */
static void put_optional(making *m, json_t *object, const char *key, const char *text)
{
    if (text[0]) put_text(m, object, key, text);
}

static void put_flag(making *m, json_t *object, const char *key, bool flag)
{
    if (flag) put(m, object, key, json_true());
}

static void put_count(making *m, json_t *object, const char *key, size_t n)
{
    put(m, object, key, json_integer((json_int_t)n));
}

static void put_real(making *m, json_t *object, const char *key, double value)
{
    put(m, object, key, json_real(isfinite(value) ? value : 0));
}

static json_t *counts_value(making *m, const assay_result_counts *c)
{
    json_t *o = json_object();
    put_count(m, o, "pass", c->pass);
    put_count(m, o, "fail", c->fail);
    put_count(m, o, "warn", c->warn);
    put_count(m, o, "note", c->note);
    put_count(m, o, "skip", c->skip);
    put_count(m, o, "not-verified", c->not_verified);
    put_count(m, o, "broken", c->broken);
    put_count(m, o, "known", c->known);
    return o;
}

static void put_case_identity(making *m, json_t *o, const assay_result_case *c)
{
    put_text(m, o, "id", c->id);
    if (c->kind[0]) {
        put_text(m, o, "parent", c->parent_id);
        put_text(m, o, "kind", c->kind);
    }
    put_text(m, o, "verdict", c->verdict);
    put_optional(m, o, "detail", c->detail);
    put_flag(m, o, "known", c->known);
    put_optional(m, o, "known_reason", c->known_reason);
    put_text(m, o, "title", c->title);
    put_text(m, o, "rule", c->rule);
    put_text(m, o, "level", c->level);
    put_text(m, o, "verb", c->verb);
    put_text(m, o, "in", c->in);
    put_optional(m, o, "out", c->out);
}

static json_t *case_value(making *m, const assay_result_case *c)
{
    json_t *o = json_object();
    put_case_identity(m, o, c);
    if (c->changed_from[0]) {
        put_text(m, o, "changed_from", c->changed_from);
        put_text(m, o, "changed_to", c->changed_to);
    }
    put_text(m, o, "outcome", c->outcome);
    put_text(m, o, "expected", c->expected);
    put_text(m, o, "got", c->got);
    if (strcmp(c->verdict, "pass") != 0) {
        put_optional(m, o, "why", c->why);
        put_optional(m, o, "section", c->section);
        put_optional(m, o, "sentence", c->sentence);
        put_optional(m, o, "difference", c->difference);
        put_optional(m, o, "said", c->said);
        put_optional(m, o, "stderr", c->stderr_tail);
    }
    /* A named vector's, always: who reads the result later can see whether the vector is still the same. */
    if (strcmp(c->verdict, "pass") != 0 || !c->kind[0]) put_optional(m, o, "request", c->request);
    put_flag(m, o, "assumed", c->assumed);
    put_flag(m, o, "unconfirmed", c->unconfirmed);
    put_flag(m, o, "stateful", c->stateful);
    put_real(m, o, "ms", c->ms);
    put(m, o, "rss_kib", c->rss_kib < 0 ? json_null() : json_integer(c->rss_kib));
    if (c->has_derived) put(m, o, "derived", counts_value(m, &c->derived));
    return o;
}

static json_t *lines_value(making *m, const char *const *lines)
{
    json_t *array = json_array();
    for (; *lines; lines++)
        if (json_array_append_new(array, text_value(m, *lines)) != 0) m->failed = true;
    return array;
}

/* The hello is foreign text; it was parsed when it came, but nothing is staked on that. */
static json_t *testee_value(const assay_result *r)
{
    json_t *hello = json_loads(r->hello_json, JSON_REJECT_DUPLICATES, NULL);
    if (json_is_object(hello)) return hello;
    json_decref(hello);
    return json_object();
}

static json_t *cases_value(making *m, const assay_result *r)
{
    json_t *array = json_array();
    for (size_t i = 0; i < r->case_count && !m->failed; i++)
        if (json_array_append_new(array, case_value(m, &r->cases[i])) != 0) m->failed = true;
    return array;
}

static json_t *profile_value(making *m, const assay_result_profile *p)
{
    json_t *o = json_object();
    put_text(m, o, "file", p->file);
    put_optional(m, o, "remark", p->remark);
    put_flag(m, o, "pinned", p->pinned);
    put_count(m, o, "changed", p->changed);
    put_count(m, o, "unnamed", p->unnamed);
    return o;
}

static json_t *result_value(making *m, const assay_result *r)
{
    json_t *o = json_object(), *suite = json_object(), *vectors = json_object();
    put_text(m, suite, "version", r->suite_version);
    put_text(m, suite, "vectors_version", r->vectors_version);
    put_text(m, suite, "vectors_digest", r->vectors_digest);
    put_count(m, vectors, "passed", r->named_passed);
    put_count(m, vectors, "failed", r->named_failed);
    put_count(m, vectors, "skipped", r->named_skipped);
    put_count(m, o, "format", ASSAY_JSON_FORMAT);
    put(m, o, "suite", suite);
    put(m, o, "testee", testee_value(r));
    put_text(m, o, "command", r->command);
    put_text(m, o, "started", r->started);
    put_real(m, o, "seconds", r->seconds);
    /* A string: a JSON number does not hold 64 bits everywhere. */
    json_t *seed = json_sprintf("%llu", (unsigned long long)r->seed);
    put(m, o, "seed", seed);
    put_text(m, o, "verdict", assay_overall_name(r->overall));
    put_text(m, o, "verdict_line", r->verdict_line);
    put(m, o, "incomplete", lines_value(m, r->incomplete));
    put(m, o, "interrupted", json_boolean(r->interrupted));
    put_count(m, o, "exit_code", (size_t)r->exit_code);
    put(m, o, "counts", counts_value(m, &r->counts));
    put(m, o, "vectors", vectors);
    put_count(m, o, "cases_run", r->cases_run);
    put(m, o, "known_failures", lines_value(m, r->stale));
    if (r->profile.file[0]) put(m, o, "profile", profile_value(m, &r->profile));
    put(m, o, "cases", cases_value(m, r));
    return o;
}

static int append(const char *text, size_t size, void *to)
{
    return tw_buffer_append(to, text, size) ? 0 : -1;
}

bool assay_json_render(const assay_result *result, tw_buffer *to)
{
    making m = {false};
    json_t *document = result_value(&m, result);
    bool ok = document && !m.failed &&
              json_dump_callback(document, append, to, JSON_INDENT(1) | JSON_REAL_PRECISION(9)) == 0;
    json_decref(document);
    return ok && tw_buffer_append_byte(to, '\n');
}
