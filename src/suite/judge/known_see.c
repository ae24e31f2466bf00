/* What a run shows of a list: which entries were needed, and which tell the truth no longer. */
#include "suite/judge/known_line.h"
#include "suite/vector/vector.h"

#include <string.h>

bool assay_known_shows(const assay_known_entry *entry, assay_verdict verdict, const char *detail)
{
    /* --strict makes a failure of every warning, under the same detail. */
    bool same = verdict == entry->verdict || (entry->verdict == ASSAY_WARN && verdict == ASSAY_FAIL);
    return same && strcmp(detail, entry->detail) == 0;
}

bool assay_known_passes(const assay_known_entry *entry, assay_verdict verdict)
{
    if (verdict == ASSAY_WARN) return entry->verdict == ASSAY_FAIL;
    return verdict == ASSAY_PASS || verdict == ASSAY_NOTE;
}

/* Most ids differ from most patterns long before the first wildcard. */
static bool may_match(const char *pattern, const char *id)
{
    while (*pattern && *pattern != '*') {
        if (*pattern != *id) return false;
        pattern++;
        id++;
    }
    return true;
}

static bool matches(const assay_known_entry *entry, const char *id)
{
    return entry->applies && may_match(entry->pattern, id) && assay_glob_match(entry->pattern, id);
}

const assay_known_entry *assay_known_see(assay_known *known, const char *id, const assay_judgement *judgement)
{
    const assay_known_entry *first = NULL;
    for (size_t i = 0; i < known->count; i++) {
        assay_known_entry *e = &known->entries[i];
        if (!matches(e, id)) continue;
        if (assay_known_shows(e, judgement->verdict, judgement->detail)) {
            e->shown++;
            if (!first) first = e;
        } else if (assay_known_passes(e, judgement->verdict)) {
            if (e->passed++ == 0) e->passed_id = tw_arena_copy(&known->arena, id, strlen(id));
        } else if (judgement->verdict == ASSAY_FAIL || judgement->verdict == ASSAY_WARN) {
            e->other++;
        }
    }
    return first;
}

static const char *verdict_text(const assay_known_entry *e)
{
    return assay_verdict_name(e->verdict);
}

/* One line on an entry, or NULL when nothing is wrong with it. *memory is set when there was none. */
static const char *finding(const assay_known *known, const assay_known_entry *e, const char *today,
                           bool narrowed, tw_arena *arena, bool *memory)
{
    const char *line = NULL;
    size_t seen = e->shown + e->passed + e->other;
    bool unseen_is_no_proof = e->varies || (narrowed && e->partial);
    if (!e->applies || seen == 0) return NULL;
    if (e->shown == 0 && !unseen_is_no_proof)
        line = tw_arena_printf(arena, "%s:%zu: stale: %s: none of %zu matching cases shows %s:%s any more",
                               known->file, e->line, e->pattern, seen, verdict_text(e), e->detail);
    else if (e->passed && !e->partial)
        line = tw_arena_printf(arena, "%s:%zu: stale: %s: %zu of %zu matching cases pass%s%s%s", known->file,
                               e->line, e->pattern, e->passed, seen, e->passed_id ? " (" : "",
                               e->passed_id ? e->passed_id : "",
                               e->passed_id ? "); narrow the pattern, or say partial" : "");
    else if (e->until && strcmp(today, e->until) > 0)
        line = tw_arena_printf(arena, "%s:%zu: expired: %s: it was to hold until %s", known->file, e->line,
                               e->pattern, e->until);
    else
        return NULL;
    if (!line) *memory = true;
    return line;
}

const char *const *assay_known_findings(const assay_known *known, const char *today, bool narrowed,
                                        tw_arena *arena)
{
    const char **lines = tw_arena_take(arena, (known->count + 1) * sizeof *lines);
    if (!lines) return NULL;
    size_t count = 0;
    bool memory = false;
    for (size_t i = 0; i < known->count && !memory; i++) {
        const char *line = finding(known, &known->entries[i], today, narrowed, arena, &memory);
        if (line) lines[count++] = line;
    }
    lines[count] = NULL;
    return memory ? NULL : lines;
}
