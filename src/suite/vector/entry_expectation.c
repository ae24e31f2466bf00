#include "suite/vector/entry.h"
#include "suite/case/value.h"

#include "wire/text/notation.h"

#include <stdio.h>
#include <string.h>

/* A value may be left to the reference where nobody would want to read it. */
enum { READABLE_BYTES = 1024 };

static bool has(const assay_keys *keys, const char *key)
{
    return json_object_get(keys->object, key) != NULL;
}

static void forbid(assay_keys *keys, const char *key, const char *where)
{
    char tail[32];
    snprintf(tail, sizeof tail, "/%s", key);
    if (has(keys, key)) assay_keys_bad(keys, tail, "does not go with %s", where);
}

static bool carries_messages(assay_verb verb)
{
    return verb == ASSAY_MESSAGE || verb == ASSAY_SESSION;
}

/* Reads one value in notation into storage in the arena. */
static void read_value(assay_keys *keys, assay_entry_tools *tools, const char *tail, const char *text,
                       bool message, assay_value *value)
{
    tw_envelope envelope;
    tw_notation_error error;
    tw_class cls = message ? tw_notation_read_message(text, strlen(text), &envelope, &tools->tree, &error)
                           : tw_notation_read(text, strlen(text), &tools->tree, &error);
    if (cls == TW_OK) {
        if (!assay_value_copy_into(keys->source->arena, message ? &envelope : NULL,
                                   tw_tree_root(&tools->tree), value))
            keys->source->no_memory = keys->failed = true;
    } else if (cls == TW_MEMORY) {
        keys->source->no_memory = keys->failed = true;
    } else {
        assay_keys_bad(keys, tail, "line %zu, column %zu: %s", error.line, error.column, error.text);
    }
}

static void read_accept(assay_keys *keys, assay_entry_tools *tools, assay_vector *vector)
{
    assay_case *base = &vector->base;
    forbid(keys, "outcomes", "\"accept\"");
    bool session = base->verb == ASSAY_SESSION;
    forbid(keys, session ? "value" : "messages", session ? "a session" : "a verb other than session");
    if (session) {
        vector->message_texts = assay_keys_texts(keys, "messages", true, false);
        base->value_count = 0;
        while (vector->message_texts && vector->message_texts[base->value_count]) base->value_count++;
    } else {
        bool optional = base->verb == ASSAY_SKIP || base->bytes.len > READABLE_BYTES;
        vector->value_text = assay_keys_text(keys, "value", !optional);
        base->value_count = vector->value_text ? 1 : 0;
    }
    assay_value *values = assay_keys_take(keys, (base->value_count + 1) * sizeof *values);
    base->values = values;
    for (size_t i = 0; values && i < base->value_count; i++) {
        char tail[32] = "/value";
        if (session) snprintf(tail, sizeof tail, "/messages/%zu", i);
        values[i] = (assay_value){NULL, NULL};
        read_value(keys, tools, tail, session ? vector->message_texts[i] : vector->value_text,
                   carries_messages(base->verb), &values[i]);
    }
}

static void read_outcome(assay_keys *keys, assay_entry_tools *tools, size_t at, assay_named_outcome *outcome,
                         assay_verb verb)
{
    static const char *const names[] = {"name", "accept", "value", NULL};
    char tail[32];
    snprintf(tail, sizeof tail, "/outcomes/%zu", at);
    assay_keys inner =
        assay_keys_inside(keys, tail, json_array_get(json_object_get(keys->object, "outcomes"), at));
    *outcome = (assay_named_outcome){"", false, NULL};
    assay_keys_only(&inner, names);
    const char *name = assay_keys_text(&inner, "name", true);
    outcome->name = name ? name : "";
    assay_keys_get(&inner, "accept", true);
    outcome->accepts = assay_keys_flag(&inner, "accept");
    const char *text = assay_keys_text(&inner, "value", false);
    if (text && !outcome->accepts) assay_keys_bad(&inner, "/value", "a refusal has no value");
    assay_value *value = text ? assay_keys_take(&inner, sizeof *value) : NULL;
    if (value) read_value(&inner, tools, "/value", text, carries_messages(verb), value);
    outcome->value = value;
    keys->failed |= inner.failed;
}

static void read_either(assay_keys *keys, assay_entry_tools *tools, assay_case *base)
{
    static const char *const strange[] = {"value", "messages", "consumed", "canonical", "argument", "sweep"};
    for (size_t i = 0; i < sizeof strange / sizeof *strange; i++) forbid(keys, strange[i], "\"either\"");
    const json_t *list = assay_keys_get(keys, "outcomes", true);
    if (!list) return;
    base->outcome_count = json_array_size(list);
    if (!json_is_array(list) || base->outcome_count < 2) {
        assay_keys_bad(keys, "/outcomes", "is not a list of two outcomes or more");
        return;
    }
    assay_named_outcome *outcomes = assay_keys_take(keys, base->outcome_count * sizeof *outcomes);
    base->outcomes = outcomes;
    for (size_t i = 0; outcomes && i < base->outcome_count; i++) {
        char tail[32];
        read_outcome(keys, tools, i, &outcomes[i], base->verb);
        snprintf(tail, sizeof tail, "/outcomes/%zu", i);
        for (size_t j = 0; j < i; j++)
            if (strcmp(outcomes[i].name, outcomes[j].name) == 0)
                assay_keys_bad(keys, tail, "the name \"%s\" stands twice", outcomes[i].name);
    }
}

static void read_reject(assay_keys *keys, const assay_vector *vector)
{
    static const char *const strange[] = {"value",     "messages", "outcomes", "consumed",
                                          "canonical", "argument", "sweep"};
    for (size_t i = 0; i < sizeof strange / sizeof *strange; i++) forbid(keys, strange[i], "\"reject\"");
    if (vector->base.verb == ASSAY_SESSION)
        assay_keys_bad(keys, "/expect", "a session is accept or either; \"end\" says how it ends");
    if (vector->base.verb != ASSAY_TYPED) assay_keys_get(keys, "error", true);
}

/* The layer's name in static storage; NULL when there is none of that name. */
static const char *layer_of(const char *name)
{
    static const char *const layers[] = {"binary", "compact", "framed", "zlib"};
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
        if (strcmp(layers[i], name) == 0) return layers[i];
    return NULL;
}

/* Where the file names no layer: the one that the rule speaks of, or the protocol. */
static const char *layer_of_rule(tw_rule rule, const char *stack)
{
    tw_stack parsed;
    if (strncmp(tw_rule_info_of(rule)->id, "framed.", 7) == 0) return "framed";
    if (strncmp(tw_rule_info_of(rule)->id, "zlib.", 5) == 0) return "zlib";
    return tw_stack_parse(stack, &parsed, NULL) ? tw_protocol_name(parsed.protocol) : "binary";
}

static void read_error(assay_keys *keys, assay_case *base)
{
    static const char *const names[] = {"class", "offset", "layer", "rule", NULL};
    const json_t *object = json_object_get(keys->object, "error");
    if (!object) return;
    assay_keys inner = assay_keys_inside(keys, "/error", object);
    assay_keys_only(&inner, names);
    const char *cls = assay_keys_text(&inner, "class", true), *rule = assay_keys_text(&inner, "rule", false),
               *layer = assay_keys_text(&inner, "layer", false);
    assay_keys_get(&inner, "offset", true);
    base->error = (tw_error){.rule = base->rule};
    base->error.offset = (uint64_t)assay_keys_number(&inner, "offset", 0, INT64_MAX, 0);
    if (cls && (!tw_class_find(cls, &base->error.cls) || base->error.cls < TW_TRUNCATED ||
                base->error.cls > TW_UNSUPPORTED))
        assay_keys_bad(&inner, "/class", "no class \"%s\" of errors in bytes", cls);
    if (rule && (base->error.rule = tw_rule_find(rule, strlen(rule))) == TW_RULE_NONE)
        assay_keys_bad(&inner, "/rule", "no rule \"%s\" in rules.def", rule);
    base->error.layer = layer ? layer_of(layer) : layer_of_rule(base->error.rule, base->in);
    if (!base->error.layer) assay_keys_bad(&inner, "/layer", "no layer \"%s\"", layer);
    keys->failed |= inner.failed;
}

static void read_end(assay_keys *keys, assay_case *base)
{
    const char *end = assay_keys_text(keys, "end", false);
    if (end && base->verb != ASSAY_SESSION)
        assay_keys_bad(keys, "/end", "only a session has an end");
    else if (end && strcmp(end, "reject") == 0)
        base->end = ASSAY_END_REJECT;
    else if (end && strcmp(end, "ok") != 0)
        assay_keys_bad(keys, "/end", "is neither \"ok\" nor \"reject\"");
}

void assay_entry_expectation(assay_keys *keys, assay_entry_tools *tools, assay_vector *vector)
{
    assay_case *base = &vector->base;
    const char *expect = assay_keys_text(keys, "expect", true);
    if (!expect) return;
    if (!assay_expect_find(expect, &base->expect)) {
        assay_keys_bad(keys, "/expect", "no expectation \"%s\"", expect);
        return;
    }
    read_end(keys, base);
    if (base->expect == ASSAY_ACCEPT) read_accept(keys, tools, vector);
    if (base->expect == ASSAY_EITHER) read_either(keys, tools, base);
    if (base->expect == ASSAY_REJECT) read_reject(keys, vector);
    read_error(keys, base);
    bool refuses = base->expect == ASSAY_REJECT || base->end == ASSAY_END_REJECT;
    if (refuses && !vector->twin)
        assay_keys_bad(keys, "", "\"twin\" is missing: an accept one step inside the edge");
    if (base->error.cls != TW_OK && base->expect == ASSAY_ACCEPT && !refuses)
        forbid(keys, "error", "\"accept\"");
    base->ordered = assay_keys_flag(keys, "ordered");
    vector->canonical = assay_keys_flag(keys, "canonical");
    int64_t consumed = assay_keys_number(keys, "consumed", 0, INT64_MAX, -1);
    base->consumed = consumed < 0 ? ASSAY_CONSUMED_UNKNOWN : (size_t)consumed;
}
