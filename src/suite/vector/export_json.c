/* Exports as lines of JSON, each of which stands by itself. */
#include "suite/vector/export_format.h"

#include "wire/text/hex.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static void set(assay_exporting *e, json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0) e->no_memory = true;
}

/* The text that the function writes into the buffer, as a string. */
static json_t *taken(tw_buffer *text)
{
    json_t *string =
        text->failed ? NULL : json_stringn(text->data ? (const char *)text->data : "", text->len);
    tw_buffer_clear(text);
    return string;
}

static json_t *hex_of(assay_exporting *e, tw_bytes bytes)
{
    tw_hex_write(bytes, &e->text);
    return taken(&e->text);
}

static json_t *value_of(assay_exporting *e, const assay_value *value)
{
    assay_export_value(value, &e->text);
    return taken(&e->text);
}

static void set_accept(assay_exporting *e, json_t *row, const assay_case *c)
{
    if (c->verb == ASSAY_SESSION) {
        json_t *messages = json_array();
        for (size_t i = 0; i < c->value_count; i++)
            if (json_array_append_new(messages, value_of(e, &c->values[i])) != 0) e->no_memory = true;
        set(e, row, "messages", messages);
        set(e, row, "end", json_string(c->end == ASSAY_END_OK ? "ok" : "reject"));
    } else if (c->value_count) {
        set(e, row, "value", value_of(e, &c->values[0]));
    }
    if (c->consumed != ASSAY_CONSUMED_UNKNOWN) set(e, row, "consumed", json_integer((json_int_t)c->consumed));
    if (c->canonical.data) set(e, row, "canonical", hex_of(e, c->canonical));
    if (c->ordered) set(e, row, "ordered", json_true());
}

static void set_outcomes(assay_exporting *e, json_t *row, const assay_case *c)
{
    json_t *outcomes = json_array();
    for (size_t i = 0; i < c->outcome_count; i++) {
        const assay_named_outcome *outcome = &c->outcomes[i];
        json_t *item = json_object();
        set(e, item, "name", json_string(outcome->name));
        set(e, item, "accept", json_boolean(outcome->accepts));
        if (outcome->value) set(e, item, "value", value_of(e, outcome->value));
        if (json_array_append_new(outcomes, item) != 0) e->no_memory = true;
    }
    set(e, row, "outcomes", outcomes);
}

static void set_error(assay_exporting *e, json_t *row, const tw_error *error)
{
    if (error->cls == TW_OK) return;
    json_t *object = json_object();
    set(e, object, "class", json_string(tw_class_name(error->cls)));
    set(e, object, "offset", json_integer((json_int_t)error->offset));
    if (error->layer) set(e, object, "layer", json_string(error->layer));
    if (error->rule != TW_RULE_NONE) set(e, object, "rule", json_string(tw_rule_info_of(error->rule)->id));
    set(e, row, "error", object);
}

void assay_export_as_json(assay_exporting *e, const assay_vector *vector, const assay_case *c)
{
    json_t *row = json_object();
    set(e, row, "id", json_string(c->id));
    set(e, row, "title", json_string(c->title));
    set(e, row, "why", json_string(c->why));
    set(e, row, "rule", json_string(tw_rule_info_of(c->rule)->id));
    set(e, row, "section", json_string(tw_rule_info_of(c->rule)->section));
    set(e, row, "level", json_string(assay_level_name(c->level)));
    set(e, row, "since", json_string(vector->since));
    set(e, row, "verb", json_string(assay_verb_name(c->verb)));
    set(e, row, "stack", json_string(c->in));
    if (c->out) set(e, row, "out", json_string(c->out));
    if (c->verb == ASSAY_SESSION) set(e, row, "count", json_integer(c->count));
    if (c->typed) set(e, row, "typed", json_string(c->typed));
    set(e, row, "bytes", hex_of(e, c->bytes));
    if (c->verb == ASSAY_REUSE) set(e, row, "before", hex_of(e, c->before));
    set(e, row, "expect", json_string(assay_expect_name(c->expect)));
    if (c->expect == ASSAY_ACCEPT) set_accept(e, row, c);
    if (c->expect == ASSAY_EITHER) set_outcomes(e, row, c);
    set_error(e, row, &c->error);
    char *line = e->no_memory ? NULL : json_dumps(row, JSON_COMPACT);
    if (line) {
        tw_buffer_printf(&e->text, "%s\n", line);
        e->counts->files = 1;
        assay_exporting_put(e, "vectors.jsonl", tw_buffer_view(&e->text));
    } else {
        e->no_memory = true;
    }
    free(line);
    json_decref(row);
}
