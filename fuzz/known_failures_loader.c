/* Any text is taken for a list of known failures without harm; every entry of one that is accepted is whole, stands once, and stands in
 * its own line. */
#include "fuzz/harness/harness.h"
#include "suite/judge/known.h"

#include <string.h>

static const char *const tokens[] = {"bad-entry", "twins",      "bad-error", "comment-matters",
                                     "leak",      "wrong-size", NULL};

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void judge(fuzz_run *run, const assay_known *known, size_t lines)
{
    size_t last = 0;
    for (size_t i = 0; i < known->count; i++) {
        const assay_known_entry *e = &known->entries[i];
        if (e->line <= last || e->line > lines || !e->pattern || !*e->pattern || !e->detail || !*e->detail ||
            !e->issue || !e->reason || (e->verdict != ASSAY_FAIL && e->verdict != ASSAY_WARN)) {
            prop_fail(run, "bad-entry", TW_RULE_NONE, "entry %zu, of line %zu, is not whole", i, e->line);
            return;
        }
        last = e->line;
        for (size_t k = 0; k < i && !run->token; k++) {
            const assay_known_entry *o = &known->entries[k];
            if (same(o->pattern, e->pattern) && o->verdict == e->verdict && same(o->detail, e->detail) &&
                same(o->versions, e->versions))
                prop_fail(run, "twins", TW_RULE_NONE, "lines %zu and %zu are the same entry", o->line,
                          e->line);
        }
        assay_known_version_in("0.17.1", e->versions);
        prop_note(run, &e->line, sizeof e->line);
        prop_note(run, e->pattern, strlen(e->pattern));
    }
}

/* A comment in front moves every line by one, and changes nothing else. */
static void check_comment(fuzz_run *run, tw_bytes text, const assay_known *known)
{
    static const char comment[] = "# a comment\n";
    assay_known again;
    assay_known_error error;
    tw_buffer longer;
    tw_buffer_init(&longer, run->alloc);
    tw_buffer_append(&longer, comment, sizeof comment - 1);
    tw_buffer_append(&longer, text.data, text.len);
    if (!assay_known_parse("list", tw_buffer_view(&longer), &again, &error)) {
        prop_fail(run, "comment-matters", TW_RULE_NONE, "refused behind a comment: %.200s", error.text);
    } else {
        if (again.count != known->count ||
            (known->count && again.entries[0].line != known->entries[0].line + 1))
            prop_fail(run, "comment-matters", TW_RULE_NONE, "%zu entries, behind a comment %zu", known->count,
                      again.count);
        assay_known_deinit(&again);
    }
    tw_buffer_deinit(&longer);
}

static void check(fuzz_run *run, const assay_specimen *specimen)
{
    assay_known known;
    assay_known_error error;
    tw_bytes text = specimen->payload;
    if (assay_known_parse("list", text, &known, &error)) {
        size_t lines = 1;
        for (size_t i = 0; i < text.len; i++) lines += text.data[i] == '\n';
        judge(run, &known, lines);
        check_comment(run, text, &known);
        assay_known_deinit(&known);
    } else if (strncmp(error.text, "list:", 5) != 0) {
        prop_fail(run, "bad-error", TW_RULE_NONE, "%.200s", error.text);
    } else {
        prop_note(run, error.text, strlen(error.text));
    }
}

const fuzz_harness fuzz_this = {
    .name = "known_failures_loader",
    .property = "Any text is taken for a list of known failures without harm; accepted entries are whole and "
                "stand once.",
    .text = true,
    .max_len = 2048,
    .covers = "src/suite/judge/known.c src/suite/judge/known_line.c",
    .tokens = tokens,
    .self_test = "KNOWN_TWIN_ACCEPTED",
    .check = check,
};
