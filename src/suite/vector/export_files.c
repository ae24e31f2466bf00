/* Exports of a file a case: folders with words beside the bytes, and seeds. */
#include "suite/vector/digest.h"
#include "suite/vector/export_format.h"

#include "wire/text/hex.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of derived cases have no annotations; so many stand in a line. */
enum { LINE_BYTES = 32 };

static void say_hex(tw_buffer *to, tw_bytes bytes)
{
    for (size_t at = 0; at < bytes.len; at += LINE_BYTES) {
        size_t n = bytes.len - at < LINE_BYTES ? bytes.len - at : LINE_BYTES;
        tw_buffer_printf(to, "    ");
        tw_hex_write(tw_bytes_of(bytes.data + at, n), to);
        tw_buffer_printf(to, "\n");
    }
}

static void say_request(tw_buffer *to, const assay_vector *vector, const assay_case *c)
{
    tw_buffer_printf(to, "verb      %s\nstack     %s\n", assay_verb_name(c->verb), c->in);
    if (c->out && strcmp(c->out, c->in) != 0) tw_buffer_printf(to, "out       %s\n", c->out);
    if (c->verb == ASSAY_SESSION) tw_buffer_printf(to, "count     %u\n", c->count);
    if (c->typed) tw_buffer_printf(to, "typed     %s\n", c->typed);
    tw_buffer_printf(to, "bytes     %zu\n", c->bytes.len);
    if (c->before.len)
        tw_buffer_printf(to, "before    %zu bytes, read first with the same objects\n", c->before.len);
    tw_buffer_printf(to, "\nwire\n");
    if (*c->kind)
        say_hex(to, c->bytes);
    else
        for (size_t i = 0; vector->wire[i]; i++) tw_buffer_printf(to, "    %s\n", vector->wire[i]);
}

static void say_error(tw_buffer *to, const tw_error *error)
{
    if (error->cls == TW_OK) return;
    tw_buffer_printf(to, "\nerror\n    %s at byte %" PRIu64, tw_class_name(error->cls), error->offset);
    if (error->layer) tw_buffer_printf(to, " of %s", error->layer);
    if (error->rule != TW_RULE_NONE) tw_buffer_printf(to, ", by %s", tw_rule_info_of(error->rule)->id);
    tw_buffer_printf(to, "\n");
}

static void say_accept(tw_buffer *to, const assay_case *c)
{
    if (c->consumed != ASSAY_CONSUMED_UNKNOWN) tw_buffer_printf(to, "consumed  %zu\n", c->consumed);
    if (c->verb == ASSAY_SESSION)
        tw_buffer_printf(to, "end       %s\n", c->end == ASSAY_END_OK ? "ok" : "reject");
    if (c->canonical.data && tw_bytes_equal(c->canonical, c->bytes))
        tw_buffer_printf(to, "canonical a writer gives these bytes for the value\n");
    if (c->ordered) tw_buffer_printf(to, "ordered   sets and maps keep their order\n");
    for (size_t i = 0; i < c->value_count; i++) {
        tw_buffer_printf(to, "%s\n    ", i ? "" : c->verb == ASSAY_SESSION ? "\nmessages" : "\nvalue");
        assay_export_value(&c->values[i], to);
        if (i + 1 == c->value_count) tw_buffer_printf(to, "\n");
    }
}

static void say_outcomes(tw_buffer *to, const assay_case *c)
{
    tw_buffer_printf(to, "\noutcomes\n");
    for (size_t i = 0; i < c->outcome_count; i++) {
        const assay_named_outcome *outcome = &c->outcomes[i];
        tw_buffer_printf(to, "    %s: %s", outcome->name, outcome->accepts ? "accepted" : "refused");
        if (outcome->value) tw_buffer_printf(to, " as ");
        if (outcome->value) assay_export_value(outcome->value, to);
        tw_buffer_printf(to, "\n");
    }
}

static void say_case(tw_buffer *to, const assay_vector *vector, const assay_case *c)
{
    const tw_rule_info *rule = tw_rule_info_of(c->rule);
    tw_buffer_printf(to, "id        %s\ntitle     %s\nwhy       %s\nrule      %s (%s; %s)\n          %s\n",
                     c->id, c->title, c->why, rule->id, tw_strength_name(rule->strength), rule->section,
                     rule->sentence);
    tw_buffer_printf(to, "level     %s\nsince     %s\nexpect    %s\n", assay_level_name(c->level),
                     vector->since, assay_expect_name(c->expect));
    if (vector->twin && !*c->kind) tw_buffer_printf(to, "twin      %s\n", vector->twin);
    say_request(to, vector, c);
    if (c->expect == ASSAY_ACCEPT) say_accept(to, c);
    if (c->expect == ASSAY_EITHER) say_outcomes(to, c);
    say_error(to, &c->error);
}

/* File names hold what is safe on every system; everything else becomes %XX, so that ids stay apart. */
static void say_path(tw_buffer *to, const assay_case *c)
{
    static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.@=+/";
    tw_buffer_printf(to, "%s/", assay_expect_name(c->expect));
    for (const char *at = c->id; *at; at++)
        tw_buffer_printf(to, strchr(safe, *at) ? "%c" : "%%%02X", (unsigned char)*at);
}

static void put_file(assay_exporting *e, tw_buffer *path, const char *ending, tw_bytes bytes)
{
    size_t len = path->len;
    tw_buffer_printf(path, "%s", ending);
    if (tw_buffer_append_byte(path, 0)) assay_exporting_put(e, (const char *)path->data, bytes);
    path->len = len;
    e->counts->files++;
}

void assay_export_as_folder(assay_exporting *e, const assay_vector *vector, const assay_case *c)
{
    tw_buffer path;
    tw_buffer_init(&path, NULL);
    say_path(&path, c);
    say_case(&e->text, vector, c);
    put_file(e, &path, ".bin", c->bytes);
    put_file(e, &path, ".txt", tw_buffer_view(&e->text));
    if (c->before.len) put_file(e, &path, ".before.bin", c->before);
    if (path.failed) e->no_memory = true;
    tw_buffer_deinit(&path);
}

/* Whether the path is new; it is then remembered. */
static bool is_new(assay_exporting *e, const char *path)
{
    size_t low = 0, high = e->seen_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(e->seen[middle], path);
        if (order == 0) return false;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (e->seen_count == e->seen_capacity) {
        size_t capacity = e->seen_capacity ? e->seen_capacity * 2 : 256;
        char(*grown)[128] = realloc(e->seen, capacity * sizeof *grown);
        if (!grown) {
            e->no_memory = true;
            return false;
        }
        e->seen = grown;
        e->seen_capacity = capacity;
    }
    memmove(e->seen + low + 1, e->seen + low, (e->seen_count - low) * sizeof *e->seen);
    snprintf(e->seen[low], sizeof e->seen[low], "%s", path);
    e->seen_count++;
    return true;
}

void assay_export_as_seed(assay_exporting *e, const assay_vector *vector, const assay_case *c)
{
    (void)vector;
    assay_digest digest;
    char name[65], path[128];
    assay_digest_init(&digest);
    assay_digest_add(&digest, c->bytes.data, c->bytes.len);
    assay_digest_finish(&digest, name);
    snprintf(path, sizeof path, "%.40s/%s", c->in, name);
    for (char *at = path; at < path + strlen(c->in); at++)
        if (*at == '/') *at = '-';
    if (!is_new(e, path)) return;
    assay_exporting_put(e, path, c->bytes);
    e->counts->files++;
}
