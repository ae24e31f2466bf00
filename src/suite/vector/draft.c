#include "suite/vector/draft.h"

#include "suite/mutate/expectation.h"
#include "suite/mutate/stream.h"
#include "suite/vector/complete.h"
#include "suite/vector/entry.h"
#include "suite/vector/lint.h"
#include "suite/vector/reading.h"
#include "suite/vector/version.h"

#include "wire/text/notation.h"

#include <stdio.h>
#include <string.h>

typedef struct drafting {
    const assay_draft *draft;
    tw_stack stack;
    assay_reading reading;
    json_t *entry;
    bool failed;
} drafting;

static void set(drafting *d, const char *key, json_t *value)
{
    if (json_object_set_new(d->entry, key, value) != 0) d->failed = true;
}

static void set_text(drafting *d, const char *key, const char *text)
{
    if (text) set(d, key, json_string(text));
}

static void set_texts(drafting *d, const char *key, const char *const *texts)
{
    json_t *list = json_array();
    if (!texts || !*texts) {
        json_decref(list);
        return;
    }
    for (; *texts; texts++)
        if (json_array_append_new(list, json_string(*texts)) != 0) d->failed = true;
    set(d, key, list);
}

static json_t *value_text(const assay_value *value)
{
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    if (value->envelope)
        tw_notation_write_message(value->envelope, value->root, TW_NOTATION_LINE, &text);
    else
        tw_notation_write(value->root, TW_NOTATION_LINE, &text);
    json_t *string = text.failed ? NULL : json_stringn((const char *)text.data, text.len);
    tw_buffer_deinit(&text);
    return string;
}

static bool is_canonical(const drafting *d)
{
    const assay_draft *draft = d->draft;
    tw_buffer wire;
    if (draft->verb == ASSAY_SKIP || assay_stack_has_zlib(&d->stack)) return false;
    if (draft->out && strcmp(draft->out, draft->stack) != 0) return false;
    tw_buffer_init(&wire, NULL);
    const assay_value *value = &d->reading.values[0];
    bool same = tw_stack_encode(&d->stack, value->envelope, value->root, &wire) == TW_OK &&
                tw_bytes_equal(tw_buffer_view(&wire), draft->bytes);
    tw_buffer_deinit(&wire);
    return same;
}

static void set_accept(drafting *d)
{
    const assay_reading *reading = &d->reading;
    set_text(d, "expect", "accept");
    set(d, "value", value_text(&reading->values[0]));
    if (is_canonical(d)) set(d, "canonical", json_true());
    if (reading->consumed != ASSAY_CONSUMED_UNKNOWN && reading->consumed != d->draft->bytes.len)
        set(d, "consumed", json_integer((json_int_t)reading->consumed));
}

static void set_either(drafting *d)
{
    bool accepted = d->reading.error.cls == TW_OK;
    json_t *yes = json_pack("{s:s, s:b}", "name", "accepted", "accept", 1);
    json_t *no = json_pack("{s:s, s:b}", "name", "refused", "accept", 0);
    if (accepted && json_object_set_new(yes, "value", value_text(&d->reading.values[0])) != 0)
        d->failed = true;
    set_text(d, "expect", "either");
    set(d, "outcomes", json_pack("[o, o]", yes, no));
}

static void set_error(drafting *d)
{
    const tw_error *error = &d->reading.error;
    const char *rule = tw_rule_info_of(error->rule)->id;
    json_t *object = json_pack("{s:s, s:I, s:s}", "class", tw_class_name(error->cls), "offset",
                               (json_int_t)error->offset, "layer", error->layer);
    if (strcmp(rule, d->draft->rule) != 0 && json_object_set_new(object, "rule", json_string(rule)) != 0)
        d->failed = true;
    set(d, "error", object);
}

/* A refusal by advice is advice; and what rests on a choice of the reference leaves others theirs. */
static void set_expectation(drafting *d)
{
    const assay_reading *reading = &d->reading;
    tw_ruleset choices = assay_choices(&reading->touched, NULL);
    bool refused = reading->error.cls != TW_OK;
    bool may = d->draft->level && strcmp(d->draft->level, "may") == 0;
    if (!tw_ruleset_empty(&choices) && !may) {
        set_either(d);
    } else if (refused) {
        bool advice = tw_rule_info_of(reading->error.rule)->strength == TW_STRENGTH_SHOULD;
        if (advice && !d->draft->level) set_text(d, "level", "should");
        set_text(d, "expect", "reject");
        set_text(d, "twin", d->draft->twin);
    } else {
        set_accept(d);
    }
    if (refused) set_error(d);
}

static void fill(drafting *d)
{
    const assay_draft *draft = d->draft;
    json_t *lines = json_array();
    set_text(d, "id", draft->id);
    set_text(d, "title", draft->title);
    set_text(d, "why", draft->why);
    set_text(d, "rule", draft->rule);
    set_texts(d, "refs", draft->refs);
    set_texts(d, "flags", draft->flags);
    set_text(d, "since", ASSAY_VECTORS_VERSION);
    set_text(d, "level", draft->level);
    if (draft->verb != ASSAY_TRANSCODE) set_text(d, "verb", assay_verb_name(draft->verb));
    set_text(d, "stack", draft->stack);
    set_text(d, "out", draft->out);
    if (!lines || !assay_draft_wire(&d->stack, draft->verb, draft->bytes, lines)) d->failed = true;
    set(d, "wire", lines);
    set_expectation(d);
}

json_t *assay_draft_entry(const assay_draft *draft)
{
    drafting d = {.draft = draft, .entry = json_object()};
    tw_arena arena;
    assay_case c = {.verb = draft->verb, .in = draft->stack, .bytes = draft->bytes};
    tw_arena_init(&arena, NULL, SIZE_MAX);
    bool read = tw_stack_parse(draft->stack, &d.stack, NULL) && assay_reading_of(&c, &arena, &d.reading);
    if (read) fill(&d);
    tw_arena_deinit(&arena);
    if (read && !d.failed) return d.entry;
    json_decref(d.entry);
    return NULL;
}

bool assay_draft_verb_ok(assay_verb verb)
{
    return verb == ASSAY_TRANSCODE || verb == ASSAY_SKIP || verb == ASSAY_MESSAGE;
}

bool assay_draft_of_specimen(const assay_specimen *specimen, const char *slug, const char *why,
                             const char *rule, char id[ASSAY_DRAFT_ID_SIZE], assay_draft *draft)
{
    if (specimen->text || strcmp(rule, "-") == 0) return false;
    snprintf(id, ASSAY_DRAFT_ID_SIZE, "%s/%s", assay_specimen_stack(specimen->stack)->protocol_name, slug);
    *draft = (assay_draft){.id = id,
                           .title = why,
                           .why = why,
                           .rule = rule,
                           .verb = specimen->unit == TW_UNIT_MESSAGE ? ASSAY_MESSAGE : ASSAY_TRANSCODE,
                           .stack = assay_specimen_stack_name(specimen->stack),
                           .bytes = specimen->payload};
    return true;
}

size_t assay_draft_check(const json_t *entry, const char *source, const char *topic,
                         assay_lint_report *report, void *context)
{
    assay_vector_set set = {.version = ASSAY_VECTORS_VERSION};
    assay_vector vector = {.index = 0};
    assay_entry_tools tools;
    tw_arena_init(&set.arena, NULL, SIZE_MAX);
    tw_tree_init(&tools.tree, NULL, SIZE_MAX);
    tw_buffer_init(&tools.bytes, NULL);
    assay_source from = {.path = source, .arena = &set.arena, .report = report, .context = context};
    assay_keys keys = {.source = &from, .object = entry, .line = 1};
    bool good = assay_entry_read(&keys, &tools, topic, &vector) && assay_vector_complete(&keys, &vector);
    size_t problems = from.mistakes;
    if (good) {
        assay_lint lint = {&set, report, context, 0};
        assay_lint_reference(&lint, &vector);
        problems += lint.problems;
    } else if (problems == 0) {
        report(context, "out of memory");
        problems = 1;
    }
    tw_buffer_deinit(&tools.bytes);
    tw_tree_deinit(&tools.tree);
    tw_arena_deinit(&set.arena);
    return problems;
}
