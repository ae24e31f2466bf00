#include "fuzz/harness/oracle.h"

#include <string.h>

static char kind_of(unsigned type)
{
    switch (type) {
    case TW_BOOL: return 't';
    case TW_I8: return '1';
    case TW_I16: return '2';
    case TW_I32: return '4';
    case TW_I64: return '8';
    case TW_DOUBLE: return 'd';
    case TW_STRING: return 's';
    case TW_LIST: return 'l';
    case TW_SET: return 'e';
    case TW_MAP: return 'm';
    case TW_STRUCT: return 'r';
    case TW_UUID: return 'u';
    default: return 0;
    }
}

static bool same_node(const naive_node *want, const tw_node *got);

/* What stands inside, one after the other; fields with their ids. */
static bool same_inside(const naive_node *want, const tw_node *got)
{
    const naive_node *n = want->first;
    if (tw_node_packed(got)) {
        for (size_t i = 0; i < got->count; i++, n = n->next) {
            tw_node item = tw_node_item(got, i);
            if (!n || !same_node(n, &item)) return false;
        }
        return !n;
    }
    const tw_node *end = tw_node_next(got);
    for (const tw_node *at = tw_node_first(got); at < end; at = tw_node_next(at), n = n->next)
        if (!n || n->id != at->id || !same_node(n, at)) return false;
    return !n;
}

/* The types of an empty map need not be known to both. */
static bool same_types(const naive_node *want, const tw_node *got)
{
    if (got->type == TW_MAP) {
        if (got->count == 0 && (!want->key || !got->inside)) return true;
        return kind_of(got->inside >> 4) == want->key && kind_of(got->inside & 15) == want->inside;
    }
    return got->type == TW_STRUCT || kind_of(got->inside) == want->inside;
}

static bool same_node(const naive_node *want, const tw_node *got)
{
    if (kind_of(got->type) != want->kind) return false;
    switch (want->kind) {
    case 'd': return got->u.bits == want->bits;
    case 'u': return memcmp(got->u.bytes, want->bytes, 16) == 0;
    case 's':
        return got->count == want->count &&
               (!want->count || memcmp(got->u.bytes, want->bytes, want->count) == 0);
    case 'l':
    case 'e':
    case 'm':
    case 'r': return got->count == want->count && same_types(want, got) && same_inside(want, got);
    default: return got->u.i == want->number;
    }
}

bool oracle_same_value(const naive_reading *want, const tw_envelope *envelope, const tw_node *root)
{
    if (want->message &&
        (!envelope || envelope->name.len != want->name_len || envelope->kind != want->message_kind ||
         envelope->sequence_id != want->sequence_id || (envelope->form == TW_HEADER_OLD) != want->old ||
         (want->name_len && memcmp(envelope->name.data, want->name, want->name_len) != 0)))
        return false;
    return root && same_node(want->root, root);
}

tw_class oracle_class(naive_verdict verdict)
{
    switch (verdict) {
    case NAIVE_OK: return TW_OK;
    case NAIVE_MALFORMED: return TW_MALFORMED;
    case NAIVE_LIMIT: return TW_LIMIT;
    default: return TW_TRUNCATED;
    }
}

static bool starts(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* Open rules on which an accepted reading rests. Where frames carry zlib the two may take frames at other times; and bytes
 * behind the unit are not the naive decoder's business. */
static bool same_open(fuzz_run *run, const naive_reading *want, const fuzz_reading *got)
{
    bool frames = got->stack->transport_count == 1;
    for (size_t i = 0; i < want->note_count; i++) {
        tw_rule rule = tw_rule_find(want->notes[i], strlen(want->notes[i]));
        if (!frames && starts(want->notes[i], "framed.")) continue;
        if (!tw_ruleset_has(&got->out.open, rule))
            return prop_fail(run, "open-rules", rule, "rests on %s, and does not say so", want->notes[i]);
    }
    for (unsigned rule = 1; rule < TW_RULE_COUNT; rule++) {
        const char *id = tw_rule_info_of((tw_rule)rule)->id;
        if (!tw_ruleset_has(&got->out.open, (tw_rule)rule) || rule == TW_RULE_STRUCT_TRAILING) continue;
        if (!frames && starts(id, "framed.")) continue;
        bool found = false;
        for (size_t i = 0; i < want->note_count; i++) found |= strcmp(want->notes[i], id) == 0;
        if (!found) return prop_fail(run, "open-rules", (tw_rule)rule, "says that it rests on %s", id);
    }
    return true;
}

static bool same_error(fuzz_run *run, const naive_reading *want, const tw_error *got)
{
    char text[FUZZ_ERROR_TEXT];
    tw_rule rule = want->rule ? tw_rule_find(want->rule, strlen(want->rule)) : TW_RULE_NONE;
    tw_class cls = oracle_class(want->verdict);
    if (got->cls != cls)
        return prop_fail(run, "class", rule, "%s, and not %s by %s", fuzz_error(got, text),
                         tw_class_name(cls), want->rule ? want->rule : "nothing there");
    if (want->verdict == NAIVE_END) return true;
    if (got->rule != rule || strcmp(got->layer, want->layer) != 0)
        return prop_fail(run, "rule", rule, "%s, and not by %s of %s", fuzz_error(got, text), want->rule,
                         want->layer);
    if (got->offset != want->offset)
        return prop_fail(run, "offset", rule, "%s, and not at %zu", fuzz_error(got, text), want->offset);
    return true;
}

bool oracle_compare(fuzz_run *run, const naive_reading *want, const fuzz_reading *got)
{
    char text[FUZZ_ERROR_TEXT];
    const tw_error *error = &got->out.error;
    if (want->verdict == NAIVE_TOO_LARGE) return true;
    tw_rule rule = want->rule ? tw_rule_find(want->rule, strlen(want->rule)) : error->rule;
    if ((error->cls == TW_OK) != (want->verdict == NAIVE_OK))
        return prop_fail(run, "verdict", rule, "%s; the naive decoder: %s", fuzz_error(error, text),
                         want->verdict == NAIVE_OK ? "accepted"
                         : want->rule              ? want->rule
                                                   : "nothing there");
    if (error->cls != TW_OK) return same_error(run, want, error);
    if (!oracle_same_value(want, fuzz_envelope(got), tw_tree_root(&got->tree)))
        return prop_fail(run, "value", TW_RULE_NONE, "another value than the naive decoder reads");
    if (got->out.consumed != want->taken || got->consumed != want->consumed)
        return prop_fail(run, "consumed", TW_RULE_STRUCT_TRAILING, "takes %zu and %zu bytes, not %zu and %zu",
                         got->out.consumed, got->consumed, want->taken, want->consumed);
    return same_open(run, want, got);
}
