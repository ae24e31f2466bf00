#include "report/console.h"

#include "report/console_group.h"
#include "report/text.h"

#include <string.h>

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

/* What was not run is told once, among the reasons for being incomplete. */
static bool failed(const assay_result_case *c)
{
    return (is(c->verdict, "broken") && !is(c->detail, "not-run")) || (is(c->verdict, "fail") && !c->known);
}

static bool known(const assay_result_case *c)
{
    return is(c->verdict, "fail") && c->known;
}

static bool warned(const assay_result_case *c)
{
    return is(c->verdict, "warn");
}

static bool noted(const assay_result_case *c)
{
    return is(c->verdict, "note");
}

static void verdict_line(const assay_result *r, const assay_paint *paint, tw_buffer *to)
{
    static const struct {
        const char *icon, *colour;
    } looks[] = {[ASSAY_CONFORMANT] = {"✓", "1;32"},
                 [ASSAY_NON_CONFORMANT] = {"✗", "1;31"},
                 [ASSAY_INCOMPLETE] = {"!", "1;33"}};
    const char *line = r->verdict_line[0] ? r->verdict_line : assay_overall_name(r->overall);
    size_t head = strcspn(line, " ");
    assay_paint_on(paint, looks[r->overall].colour, to);
    tw_buffer_printf(to, "%s ", looks[r->overall].icon);
    assay_put_clean(to, line, head);
    assay_paint_off(paint, to);
    assay_put_clean(to, line + head, strlen(line + head));
    tw_buffer_printf(to, "\n");
}

static void append_clean(tw_buffer *to, const char *text)
{
    assay_put_clean(to, text, strlen(text));
}

/* Who was asked, how much, and what is needed to do it again. */
static void about_line(const assay_result *r, const assay_paint *paint, tw_buffer *to)
{
    if (!r->testee_name[0] && !r->cases_run) return;
    assay_paint_on(paint, "2", to);
    append_clean(to, r->testee_name[0] ? r->testee_name : "(no hello)");
    if (r->testee_version[0]) tw_buffer_printf(to, " ");
    append_clean(to, r->testee_version);
    if (r->testee_language[0]) tw_buffer_printf(to, " (");
    append_clean(to, r->testee_language);
    tw_buffer_printf(to, "%s: ", r->testee_language[0] ? ")" : "");
    size_t named = r->named_passed + r->named_failed + r->named_skipped;
    assay_put_number(to, r->cases_run);
    tw_buffer_printf(to, r->cases_run == 1 ? " case of " : " cases of ");
    assay_put_number(to, named);
    tw_buffer_printf(to, " vector%s in %.1f s, seed %llu, vectors %.8s", named == 1 ? "" : "s", r->seconds,
                     (unsigned long long)r->seed, r->vectors_digest[0] ? r->vectors_digest : "unknown");
    assay_paint_off(paint, to);
    tw_buffer_printf(to, "\n");
}

/* A reason may quote several lines of what a testee said. */
static void put_lines(const char *text, const assay_paint *paint, tw_buffer *to)
{
    char line[512];
    while (*text) {
        size_t len = strcspn(text, "\n"), kept = len < sizeof line ? len : sizeof line - 1;
        while (kept < len && kept && ((unsigned char)text[kept] & 0xc0) == 0x80) kept--;
        memcpy(line, text, kept);
        line[kept] = '\0';
        text += len > kept ? kept : len + (text[len] == '\n');
        tw_buffer_printf(to, "    ");
        assay_put_wrap(to, line, 4, paint->width);
        tw_buffer_printf(to, "\n");
    }
}

static void list(const char *heading, const char *icon, const char *colour, const char *const *lines,
                 const assay_paint *paint, tw_buffer *to)
{
    if (!lines[0]) return;
    tw_buffer_printf(to, "\n");
    assay_paint_on(paint, colour, to);
    tw_buffer_printf(to, "%s %s", icon, heading);
    assay_paint_off(paint, to);
    tw_buffer_printf(to, "\n");
    for (; *lines; lines++) put_lines(*lines, paint, to);
}

/* More blocks than this are read by nobody; -v shows them all. */
#define GROUPS_SHOWN 30

typedef void show_group(const assay_result *, const assay_group *, const assay_paint *, tw_buffer *);

static bool section(const assay_result *r, assay_group_filter *wanted, const char *heading, show_group *show,
                    const assay_paint *paint, tw_buffer *to)
{
    tw_arena arena;
    tw_arena_init(&arena, NULL, SIZE_MAX);
    assay_groups groups;
    bool ok = assay_group_cases(r, wanted, &arena, &groups);
    if (ok && groups.count && heading) tw_buffer_printf(to, "\n%s\n", heading);
    size_t shown = paint->verbose || groups.count <= GROUPS_SHOWN ? groups.count : GROUPS_SHOWN;
    for (size_t i = 0; ok && i < shown; i++) show(r, &groups.items[i], paint, to);
    if (ok && shown < groups.count)
        tw_buffer_printf(to, "\n  and %zu more of the kind; -v shows them\n", groups.count - shown);
    tw_arena_deinit(&arena);
    return ok;
}

static void count(tw_buffer *to, size_t n, const char *word, bool *first)
{
    if (n == 0) return;
    tw_buffer_printf(to, "%s", *first ? "" : ", ");
    assay_put_number(to, n);
    tw_buffer_printf(to, " %s", word);
    *first = false;
}

static void totals(const assay_result *r, bool verbose, tw_buffer *to)
{
    const assay_result_counts *c = &r->counts;
    bool first = true;
    tw_buffer_printf(to, "\nCases: ");
    count(to, c->pass, "pass", &first);
    count(to, c->fail, "fail", &first);
    count(to, c->broken, "broken", &first);
    count(to, c->warn, "warn", &first);
    count(to, c->note, "note", &first);
    count(to, c->known, verbose ? "known" : "known (-v lists them)", &first);
    count(to, c->not_verified, "not verified", &first);
    count(to, c->skip, "skip", &first);
    tw_buffer_printf(to, "%s. Vectors, by the worst of their cases:\n", first ? "none" : "");
}

static const char *cases_changed(size_t n)
{
    return n == 1 ? "outcome has changed" : "outcomes have changed";
}

static void profile_heading(const assay_result_profile *p, tw_buffer *to)
{
    if (p->changed) tw_buffer_printf(to, "%zu %s from the profile ", p->changed, cases_changed(p->changed));
    if (p->changed) append_clean(to, p->file);
    if (p->changed && p->remark[0]) tw_buffer_printf(to, ": ");
    append_clean(to, p->remark);
    tw_buffer_printf(to, "\n");
}

/* More changes than this are told by -v, and by `assay profile`. */
#define CHANGES_SHOWN 10

/* Pinned changes stand among the failures already. */
static void profile_section(const assay_result *r, const assay_paint *paint, tw_buffer *to)
{
    const assay_result_profile *p = &r->profile;
    size_t shown = 0, most = paint->verbose ? SIZE_MAX : CHANGES_SHOWN;
    if (!p->file[0] || !(p->changed || p->remark[0] || p->unnamed)) return;
    tw_buffer_printf(to, "\n");
    if (p->changed || p->remark[0]) profile_heading(p, to);
    for (size_t i = 0; i < r->case_count && !p->pinned; i++) {
        const assay_result_case *c = &r->cases[i];
        if (!c->changed_from[0] || shown++ >= most) continue;
        tw_buffer_printf(to, "    ");
        append_clean(to, c->id);
        tw_buffer_printf(to, ": ");
        append_clean(to, c->changed_to);
        tw_buffer_printf(to, ", was ");
        append_clean(to, c->changed_from);
        tw_buffer_printf(to, "\n");
    }
    if (shown > most) tw_buffer_printf(to, "    and %zu more; -v shows them\n", shown - most);
    if (p->unnamed)
        tw_buffer_printf(to, "%zu outcome%s not in the profile yet\n", p->unnamed,
                         p->unnamed == 1 ? " is" : "s are");
}

static bool details(const assay_result *r, const assay_console_options *options, const assay_paint *paint,
                    tw_buffer *to)
{
    about_line(r, paint, to);
    if (!section(r, failed, NULL, assay_console_group, paint, to)) return false;
    if (!section(r, warned, "Warnings (failures with --strict)",
                 options->verbose ? assay_console_group : assay_console_brief, paint, to))
        return false;
    if (options->verbose && !section(r, known, "Known failures", assay_console_brief, paint, to))
        return false;
    if (options->verbose &&
        !section(r, noted, "Notes: what the specification leaves open", assay_console_brief, paint, to))
        return false;
    profile_section(r, paint, to);
    list("The list of known failures is out of date:", "✗", "1;31", r->stale, paint, to);
    list(r->interrupted ? "Interrupted, and so incomplete:" : "Incomplete:", "!", "1;33", r->incomplete,
         paint, to);
    totals(r, options->verbose, to);
    return true;
}

bool assay_console_render(const assay_result *result, const assay_console_options *options, tw_buffer *to)
{
    assay_paint paint = {options->colour, options->width ? options->width : 100, options->verbose,
                         options->repro ? options->repro : "assay repro"};
    verdict_line(result, &paint, to);
    if (!options->quiet && !details(result, options, &paint, to)) return false;
    if (options->quiet && result->profile.changed) profile_heading(&result->profile, to);
    tw_buffer_printf(to, "%zu passed, %zu failed, %zu skipped\n", result->named_passed, result->named_failed,
                     result->named_skipped);
    return !to->failed;
}
