/* The JSON of `assay vectors stats`. */
#include "cli/stats.h"

#include "suite/vector/derive.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static json_t *number(size_t n)
{
    return json_integer((json_int_t)n);
}

static json_t *counts_of(const assay_stats_counts *c)
{
    json_t *object = json_object(), *verbs = json_object();
    json_object_set_new(object, "all", number(c->all));
    for (int i = 0; i < 3; i++)
        json_object_set_new(object, assay_expect_name((assay_expect)i), number(c->expects[i]));
    for (int i = 0; i < 3; i++)
        json_object_set_new(object, assay_level_name((assay_level)i), number(c->levels[i]));
    for (int i = 0; i < ASSAY_VERB_COUNT; i++)
        if (c->verbs[i]) json_object_set_new(verbs, assay_verb_name((assay_verb)i), number(c->verbs[i]));
    json_object_set_new(object, "verbs", verbs);
    return object;
}

static json_t *counts_json(const assay_stats *n)
{
    json_t *object = json_object(), *folders = json_object(), *derived = json_object();
    for (size_t i = 0; i < n->folder_count; i++)
        json_object_set_new(folders, n->folders[i].name, counts_of(&n->folders[i].counts));
    for (size_t i = 0; assay_derived_kinds[i]; i++)
        json_object_set_new(derived, assay_derived_kinds[i], number(n->derived[i]));
    json_object_set_new(object, "vectors", counts_of(&n->total));
    json_object_set_new(object, "folders", folders);
    json_object_set_new(object, "derived", derived);
    json_object_set_new(object, "cases", number(n->derived_total + n->total.all));
    return object;
}

static json_t *grammar_json(const assay_coverage *coverage)
{
    json_t *object = json_object(), *items = json_array(), *holes = json_array();
    assay_coverage_total total = assay_coverage_count(coverage, NULL);
    for (size_t i = 0; i < coverage->count; i++) {
        const assay_combination *item = &coverage->items[i];
        json_t *row = json_pack("{s:s, s:I}", "id", item->id, "vectors", (json_int_t)item->count);
        if (item->first) json_object_set_new(row, "shown_by", json_string(item->first->base.id));
        if (item->reason) json_object_set_new(row, "reason", json_string(item->reason));
        if (!item->first && !item->reason) json_array_append_new(holes, json_string(item->id));
        json_array_append_new(items, row);
    }
    json_object_set_new(object, "all", number(total.all));
    json_object_set_new(object, "shown", number(total.shown));
    json_object_set_new(object, "explained", number(total.explained));
    json_object_set_new(object, "holes", holes);
    json_object_set_new(object, "combinations", items);
    return object;
}

static json_t *rules_json(const assay_stats *n)
{
    json_t *rules = json_array();
    for (int rule = 1; rule < TW_RULE_COUNT; rule++) {
        const tw_rule_info *info = tw_rule_info_of((tw_rule)rule);
        json_array_append_new(rules, json_pack("{s:s, s:s, s:s, s:o}", "id", info->id, "strength",
                                               tw_strength_name(info->strength), "section", info->section,
                                               "vectors", counts_of(&n->rules[rule])));
    }
    return rules;
}

static void set_texts(json_t *row, const char *key, const char *const *texts)
{
    if (!texts) return;
    json_t *list = json_array();
    for (; *texts; texts++) json_array_append_new(list, json_string(*texts));
    json_object_set_new(row, key, list);
}

static json_t *history_json(const assay_history *history)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < history->count; i++) {
        const assay_history_entry *e = &history->entries[i];
        json_t *row = json_pack("{s:s, s:s, s:s, s:s, s:s*, s:I, s:s*}", "id", e->id, "title", e->title,
                                "effect", e->effect, "affects", e->affects, "fixed", e->fixed, "vector_count",
                                (json_int_t)e->vector_count, "not_covered", e->not_covered);
        set_texts(row, "vectors", e->vectors);
        set_texts(row, "covers", e->covers);
        set_texts(row, "derived", e->derived);
        json_array_append_new(rows, row);
    }
    return rows;
}

bool assay_stats_print_json(const assay_cli_stats *stats)
{
    json_t *root = json_object();
    json_object_set_new(root, "digest", json_string(stats->set->digest));
    if (stats->counts) json_object_set_new(root, "counts", counts_json(&stats->numbers));
    if (stats->grammar) json_object_set_new(root, "grammar", grammar_json(&stats->about.coverage));
    if (stats->rules) json_object_set_new(root, "rules", rules_json(&stats->numbers));
    if (stats->history && stats->about.has_history)
        json_object_set_new(root, "history", history_json(&stats->about.history));
    char *text = json_dumps(root, JSON_INDENT(1));
    if (text) puts(text);
    free(text);
    json_decref(root);
    return text != NULL;
}
