#include "suite/run/totals.h"

#include <stdio.h>
#include <string.h>

static void append(tw_buffer *to, const char *text)
{
    tw_buffer_append(to, text, strlen(text));
}

/* The last component of a stack's name is its protocol; what is before it, its transports. */
static bool uses(const char *stack, const char *name, bool protocol)
{
    if (!stack) return false;
    const char *slash = strrchr(stack, '/');
    if (protocol) return strcmp(slash ? slash + 1 : stack, name) == 0;
    return slash && strlen(name) == (size_t)(slash - stack) && memcmp(stack, name, strlen(name)) == 0;
}

static bool ran_with(const assay_runner *runner, const char *name, bool protocol)
{
    for (size_t i = 0; i < runner->plan.count; i++) {
        if (runner->ledger.entries[i].act == ASSAY_ACT_NOT_RUN) continue;
        const assay_case *c = runner->plan.items[i].c;
        if (uses(c->in, name, protocol) || uses(c->out, name, protocol)) return true;
    }
    return false;
}

static bool ran_verb(const assay_runner *runner, assay_verb verb)
{
    for (size_t i = 0; i < runner->plan.count; i++)
        if (runner->ledger.entries[i].act != ASSAY_ACT_NOT_RUN && runner->plan.items[i].c->verb == verb)
            return true;
    return false;
}

static void append_ran(const assay_runner *runner, tw_buffer *to)
{
    size_t count = 0;
    const assay_strings *lists[] = {&runner->hello.protocols, &runner->hello.transports};
    for (size_t l = 0; l < 2; l++) {
        for (size_t i = 0; i < lists[l]->count; i++) {
            if (!ran_with(runner, lists[l]->items[i], l == 0)) continue;
            append(to, count++ ? ", " : " for ");
            append(to, lists[l]->items[i]);
        }
    }
    count = 0;
    for (unsigned verb = 0; verb < ASSAY_VERB_COUNT; verb++) {
        if (!ran_verb(runner, (assay_verb)verb)) continue;
        append(to, count++ ? ", " : " (");
        append(to, assay_verb_name((assay_verb)verb));
    }
    if (count) append(to, ")");
}

/* What an entry leaves unverified for all of its kind, or NULL. */
static const char *unverified(const assay_entry *entry)
{
    if (!entry->finding) return NULL;
    if (entry->verdict == ASSAY_SKIPPED) return entry->finding->detail;
    bool unmeasured = entry->verdict == ASSAY_NOT_VERIFIED && strcmp(entry->finding->detail, "budget") == 0;
    return unmeasured ? "budget" : NULL;
}

static void append_not_verified(const assay_runner *runner, tw_buffer *to)
{
    const char *names[32];
    size_t count = 0;
    for (size_t i = 0; i < runner->plan.count; i++) {
        const char *name = unverified(&runner->ledger.entries[i]);
        if (!name || !*name) continue;
        size_t at = 0;
        while (at < count && strcmp(names[at], name) != 0) at++;
        if (at < count || count == sizeof names / sizeof *names) continue;
        append(to, count ? ", " : ". NOT VERIFIED: ");
        append(to, name);
        names[count++] = name;
    }
}

static void append_failures(const assay_runner *runner, const assay_result *result, tw_buffer *to)
{
    const assay_result_counts *counts = &result->counts;
    char text[128];
    if (counts->fail && counts->known)
        snprintf(text, sizeof text, ": %zu new failure%s, and %zu known", counts->fail,
                 counts->fail == 1 ? "" : "s", counts->known);
    else if (counts->fail)
        snprintf(text, sizeof text, ": %zu case%s", counts->fail, counts->fail == 1 ? " fails" : "s fail");
    else if (counts->known)
        snprintf(text, sizeof text, ": %zu known failure%s, nothing new", counts->known,
                 counts->known == 1 ? "" : "s");
    else
        return;
    append(to, text);
    if (runner->failed_fast) append(to, " (stopped at the first)");
}

const char *assay_verdict_line(const assay_runner *runner, assay_result *result)
{
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    append(&text, assay_overall_name(result->overall));
    if (runner->not_started) append(&text, ": the testee does not start or shake hands");
    if (runner->planned) append_ran(runner, &text);
    append_failures(runner, result, &text);
    if (runner->planned) append_not_verified(runner, &text);
    const char *copy = text.failed ? NULL : tw_arena_copy(&result->arena, text.data, text.len);
    tw_buffer_deinit(&text);
    return copy;
}
