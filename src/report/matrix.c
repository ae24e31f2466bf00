#include "report/matrix.h"

#include "report/group.h"
#include "report/tally.h"
#include "report/text.h"

#include <string.h>

#define GROUPS_SHOWN 6

/* What both forms of the matrix are made from. */
typedef struct table {
    const assay_matrix *matrix;
    assay_tallies *columns; /* one for each result */
    assay_tallies areas;    /* the union of their areas, as rows */
    tw_arena arena;
} table;

static bool add_areas(table *t)
{
    size_t most = 1;
    for (size_t i = 0; i < t->matrix->result_count; i++) most += t->columns[i].count;
    t->areas.items = tw_arena_take(&t->arena, most * sizeof *t->areas.items);
    if (!t->areas.items) return false;
    for (size_t i = 0; i < t->matrix->result_count; i++)
        for (size_t k = 0; k < t->columns[i].count; k++) {
            assay_tally *tally = &t->columns[i].items[k];
            assay_tally *row = (assay_tally *)assay_tally_find(&t->areas, tally->area, tally->area_len);
            if (!row) {
                row = &t->areas.items[t->areas.count++];
                *row = (assay_tally){.area = tally->area, .area_len = tally->area_len};
            }
            for (size_t n = 0; n < ASSAY_TALLY_ROWS; n++) row->rows[n] += tally->rows[n];
        }
    return true;
}

static bool table_init(table *t, const assay_matrix *matrix)
{
    memset(t, 0, sizeof *t);
    t->matrix = matrix;
    tw_arena_init(&t->arena, NULL, SIZE_MAX);
    t->columns = tw_arena_take(&t->arena, (matrix->result_count + 1) * sizeof *t->columns);
    if (!t->columns) return false;
    for (size_t i = 0; i < matrix->result_count; i++)
        if (!assay_tally_result(&matrix->results[i], &t->arena, &t->columns[i])) return false;
    return add_areas(t);
}

static size_t verified(const assay_matrix *m)
{
    size_t n = 0;
    for (size_t i = 0; i < m->result_count; i++)
        if (m->results[i].overall != ASSAY_INCOMPLETE) n++;
    return n;
}

static const char *name_of(const assay_result *r)
{
    return r->testee_name[0] ? r->testee_name : "(no hello)";
}

/* How the run ended, in two words: what is known is not a surprise, but no conformance either. */
static const char *verdict_of(const assay_result *r)
{
    if (r->overall == ASSAY_INCOMPLETE) return "INCOMPLETE";
    if (r->counts.fail + r->counts.broken) return "NEW FAILS";
    if (r->stale[0]) return "LIST STALE";
    return r->counts.known ? "as known" : "conformant";
}

static void clean(tw_buffer *to, const char *text)
{
    assay_put_clean(to, text, strlen(text));
}

static void first_lines(const assay_matrix *m, const char *bullet, tw_buffer *to)
{
    tw_buffer_printf(to, "%zu of %zu testees verified\n", verified(m), m->result_count + m->absent_count);
    bool any = m->absent_count > 0;
    for (size_t i = 0; i < m->result_count; i++) any = any || m->results[i].overall == ASSAY_INCOMPLETE;
    if (any && bullet[0] == '-') tw_buffer_printf(to, "\n");
    for (size_t i = 0; i < m->absent_count; i++) {
        tw_buffer_printf(to, "%s", bullet);
        clean(to, m->absent[i].name);
        tw_buffer_printf(to, ": unavailable: ");
        clean(to, m->absent[i].reason);
        tw_buffer_printf(to, "\n");
    }
    for (size_t i = 0; i < m->result_count; i++) {
        const assay_result *r = &m->results[i];
        if (r->overall != ASSAY_INCOMPLETE) continue;
        tw_buffer_printf(to, "%s", bullet);
        clean(to, name_of(r));
        tw_buffer_printf(to, ": incomplete: ");
        clean(to, r->incomplete[0] ? r->incomplete[0] : "no reason given");
        tw_buffer_printf(to, "\n");
    }
}

/* Outcomes that left the profile: no fault, but news. */
static void changed_lines(const assay_matrix *m, const char *bullet, tw_buffer *to)
{
    bool any = false;
    for (size_t i = 0; i < m->result_count; i++) {
        const assay_result *r = &m->results[i];
        size_t at = 0;
        while (at < r->case_count && !r->cases[at].changed_from[0]) at++;
        if (at == r->case_count) continue;
        if (!any && bullet[0] == '-') tw_buffer_printf(to, "\n");
        any = true;
        tw_buffer_printf(to, "%s", bullet);
        clean(to, name_of(r));
        tw_buffer_printf(to, ": %zu outcome%s changed from its profile, first ", r->profile.changed,
                         r->profile.changed == 1 ? "" : "s");
        clean(to, r->cases[at].id);
        tw_buffer_printf(to, ": ");
        clean(to, r->cases[at].changed_to);
        tw_buffer_printf(to, ", was ");
        clean(to, r->cases[at].changed_from);
        tw_buffer_printf(to, "\n");
    }
}

static size_t column_width(const assay_result *r)
{
    size_t width = strlen("conformant");
    if (strlen(name_of(r)) > width) width = strlen(name_of(r));
    return strlen(r->testee_version) > width ? strlen(r->testee_version) : width;
}

static void cell(tw_buffer *to, const char *text, size_t width)
{
    size_t columns = assay_utf8_columns(text, strlen(text));
    tw_buffer_printf(to, "  %*s", (int)(width > columns ? width - columns : 0), "");
    clean(to, text);
}

static void heading_row(const table *t, const char *label, size_t label_width,
                        const char *(*text)(const assay_result *), tw_buffer *to)
{
    tw_buffer_printf(to, "%-*s", (int)label_width, label);
    for (size_t i = 0; i < t->matrix->result_count; i++)
        cell(to, text(&t->matrix->results[i]), column_width(&t->matrix->results[i]));
    tw_buffer_printf(to, "\n");
}

static const char *version_of(const assay_result *r)
{
    return r->testee_version[0] ? r->testee_version : "-";
}

static const char *row_colour(assay_tally_row row)
{
    switch (row) {
    case ASSAY_TALLY_FAIL:
    case ASSAY_TALLY_CRASH:
    case ASSAY_TALLY_HANG: return "31";
    case ASSAY_TALLY_WARN: return "33";
    case ASSAY_TALLY_PASS: return "32";
    case ASSAY_TALLY_NOTE:
    case ASSAY_TALLY_SKIP: break;
    }
    return NULL;
}

/* One area: a line for each sort of outcome that any of the testees showed. */
static void area_rows(const table *t, const assay_tally *area, size_t area_width, bool colour, tw_buffer *to)
{
    bool first = true;
    for (assay_tally_row row = ASSAY_TALLY_PASS; row < ASSAY_TALLY_ROWS; row++) {
        if (area->rows[row] == 0 && row != ASSAY_TALLY_PASS) continue;
        tw_buffer_printf(to, "%-*.*s %-5s", (int)area_width, first ? (int)area->area_len : 0, area->area,
                         assay_tally_row_name(row));
        first = false;
        for (size_t i = 0; i < t->matrix->result_count; i++) {
            const assay_tally *tally = assay_tally_find(&t->columns[i], area->area, area->area_len);
            size_t n = tally ? tally->rows[row] : 0, width = column_width(&t->matrix->results[i]);
            const char *sgr = colour && n ? row_colour(row) : NULL;
            if (sgr) tw_buffer_printf(to, "\x1b[%sm", sgr);
            if (n)
                tw_buffer_printf(to, "  %*zu", (int)width, n);
            else
                cell(to, "·", width);
            if (sgr) tw_buffer_printf(to, "\x1b[0m");
        }
        tw_buffer_printf(to, "\n");
    }
}

static bool is_failure(const assay_result_case *c)
{
    return strcmp(c->verdict, "fail") == 0;
}

/* What goes wrong most, new failures first. */
static bool heavier(const assay_group *a, const assay_group *b)
{
    if (a->shown->known != b->shown->known) return !a->shown->known;
    return a->vectors != b->vectors ? a->vectors > b->vectors : a->cases > b->cases;
}

static void sort_groups(assay_groups *groups)
{
    for (size_t i = 1; i < groups->count; i++) {
        assay_group moved = groups->items[i];
        size_t at = i;
        for (; at > 0 && heavier(&moved, &groups->items[at - 1]); at--)
            groups->items[at] = groups->items[at - 1];
        groups->items[at] = moved;
    }
}

static void group_line(const assay_group *g, const char *bullet, tw_buffer *to)
{
    const assay_result_case *c = g->shown;
    tw_buffer_printf(to, "%s%s%s: ", bullet, c->known ? "" : "NEW ", c->detail);
    clean(to, c->known && c->known_reason[0] ? c->known_reason : g->about ? g->about : c->title);
    tw_buffer_printf(to, " (%zu %s; ", g->vectors, g->vectors == 1 ? "vector" : "vectors");
    clean(to, c->id);
    tw_buffer_printf(to, ")\n");
}

/* Under the table: the faults by name, as far as there is room. */
static bool faults_of(table *t, const assay_result *r, const char *before, const char *after,
                      const char *bullet, tw_buffer *to)
{
    assay_groups groups;
    if (!assay_group_cases(r, is_failure, &t->arena, &groups)) return false;
    if (groups.count == 0) return true;
    sort_groups(&groups);
    tw_buffer_printf(to, "\n%s", before);
    clean(to, name_of(r));
    tw_buffer_printf(to, "%s\n", after);
    for (size_t i = 0; i < groups.count && i < GROUPS_SHOWN; i++) group_line(&groups.items[i], bullet, to);
    if (groups.count > GROUPS_SHOWN)
        tw_buffer_printf(to, "%sand %zu more\n", bullet, groups.count - GROUPS_SHOWN);
    return true;
}

bool assay_matrix_render(const assay_matrix *matrix, bool colour, tw_buffer *to)
{
    table t;
    bool ok = table_init(&t, matrix);
    first_lines(matrix, "  ", to);
    changed_lines(matrix, "  ", to);
    size_t area_width = strlen("verdict");
    for (size_t i = 0; ok && i < t.areas.count; i++)
        if (t.areas.items[i].area_len > area_width) area_width = t.areas.items[i].area_len;
    if (ok && matrix->result_count) {
        tw_buffer_printf(to, "\n");
        heading_row(&t, "", area_width + 6, name_of, to);
        heading_row(&t, "", area_width + 6, version_of, to);
        for (size_t i = 0; i < t.areas.count; i++) area_rows(&t, &t.areas.items[i], area_width, colour, to);
        heading_row(&t, "verdict", area_width + 6, verdict_of, to);
    }
    for (size_t i = 0; ok && i < matrix->result_count; i++)
        ok = faults_of(&t, &matrix->results[i], "", ":", "  ", to);
    tw_arena_deinit(&t.arena);
    return ok && !to->failed;
}

/* Pipes would end a cell. */
static void markdown_text(tw_buffer *to, const char *text)
{
    for (const char *bar; (bar = strchr(text, '|')) != NULL; text = bar + 1) {
        assay_put_clean(to, text, (size_t)(bar - text));
        tw_buffer_printf(to, "\\|");
    }
    clean(to, text);
}

static void markdown_cell(const assay_tally *tally, tw_buffer *to)
{
    bool any = false;
    for (assay_tally_row row = ASSAY_TALLY_PASS; tally && row < ASSAY_TALLY_ROWS; row++)
        if (tally->rows[row]) {
            tw_buffer_printf(to, "%s%zu %s", any ? ", " : " ", tally->rows[row], assay_tally_row_name(row));
            any = true;
        }
    tw_buffer_printf(to, "%s |", any ? "" : " -");
}

static void markdown_table(const table *t, tw_buffer *to)
{
    const assay_matrix *m = t->matrix;
    tw_buffer_printf(to, "\n| area |");
    for (size_t i = 0; i < m->result_count; i++) {
        tw_buffer_printf(to, " ");
        markdown_text(to, name_of(&m->results[i]));
        tw_buffer_printf(to, "%s", m->results[i].testee_version[0] ? " " : "");
        markdown_text(to, m->results[i].testee_version);
        tw_buffer_printf(to, " |");
    }
    tw_buffer_printf(to, "\n|---|");
    for (size_t i = 0; i < m->result_count; i++) tw_buffer_printf(to, "---|");
    for (size_t k = 0; k < t->areas.count; k++) {
        const assay_tally *area = &t->areas.items[k];
        tw_buffer_printf(to, "\n| %.*s |", (int)area->area_len, area->area);
        for (size_t i = 0; i < m->result_count; i++)
            markdown_cell(assay_tally_find(&t->columns[i], area->area, area->area_len), to);
    }
    tw_buffer_printf(to, "\n| verdict |");
    for (size_t i = 0; i < m->result_count; i++) tw_buffer_printf(to, " %s |", verdict_of(&m->results[i]));
    tw_buffer_printf(to, "\n");
}

bool assay_matrix_markdown(const assay_matrix *matrix, tw_buffer *to)
{
    table t;
    bool ok = table_init(&t, matrix);
    first_lines(matrix, "- ", to);
    changed_lines(matrix, "- ", to);
    if (ok && matrix->result_count) markdown_table(&t, to);
    for (size_t i = 0; ok && i < matrix->result_count; i++)
        ok = faults_of(&t, &matrix->results[i], "### ", "\n", "- ", to);
    tw_arena_deinit(&t.arena);
    return ok && !to->failed;
}
