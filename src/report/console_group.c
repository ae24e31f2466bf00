#include "report/console_group.h"

#include "report/pair.h"
#include "report/text.h"

#include <string.h>

#define LABEL 13 /* columns of "    expected " */
#define IDS_SHOWN 4
#define SAID_SHOWN 300

void assay_paint_on(const assay_paint *paint, const char *sgr, tw_buffer *to)
{
    if (paint->colour) tw_buffer_printf(to, "\x1b[%sm", sgr);
}

void assay_paint_off(const assay_paint *paint, tw_buffer *to)
{
    if (paint->colour) tw_buffer_printf(to, "\x1b[0m");
}

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static void label(const char *word, const assay_paint *paint, tw_buffer *to)
{
    tw_buffer_printf(to, "    ");
    assay_paint_on(paint, "2", to);
    tw_buffer_printf(to, "%-8s", word);
    assay_paint_off(paint, to);
    tw_buffer_printf(to, " ");
}

static void row(const char *word, const char *text, const assay_paint *paint, tw_buffer *to)
{
    if (!text[0]) return;
    label(word, paint, to);
    assay_put_wrap(to, text, LABEL, paint->width);
    tw_buffer_printf(to, "\n");
}

static void quantity(const assay_group *g, tw_buffer *to)
{
    assay_put_number(to, g->cases);
    tw_buffer_printf(to, g->cases == 1 ? " case" : " cases");
    if (g->cases == 1) return;
    tw_buffer_printf(to, " of ");
    assay_put_number(to, g->vectors);
    tw_buffer_printf(to, g->vectors == 1 ? " vector" : " vectors");
}

static const char *icon_of(const assay_result_case *c)
{
    if (is(c->verdict, "warn") || is(c->verdict, "broken")) return "!";
    return is(c->verdict, "note") ? "·" : "✗";
}

static const char *colour_of(const assay_result_case *c)
{
    if (is(c->verdict, "warn") || is(c->verdict, "broken")) return "1;33";
    return is(c->verdict, "note") ? "1" : "1;31";
}

static void name(const assay_result_case *c, const assay_paint *paint, tw_buffer *to)
{
    assay_paint_on(paint, colour_of(c), to);
    tw_buffer_printf(to, "%s %s%s%s", icon_of(c), c->verdict, c->detail[0] ? ":" : "", c->detail);
    assay_paint_off(paint, to);
}

static void heading(const assay_group *g, const assay_paint *paint, tw_buffer *to)
{
    const assay_result_case *c = g->shown;
    tw_buffer_printf(to, "\n");
    name(c, paint, to);
    tw_buffer_printf(to, " (");
    quantity(g, to);
    tw_buffer_printf(to, ")%s%s\n    ", g->about ? ": " : "", g->about ? g->about : "");
    assay_paint_on(paint, "1", to);
    assay_put_wrap(to, c->title, 4, paint->width);
    assay_paint_off(paint, to);
    tw_buffer_printf(to, "\n");
}

static void rule(const assay_result_case *c, const assay_paint *paint, tw_buffer *to)
{
    if (!c->rule[0]) return;
    label("rule", paint, to);
    assay_paint_on(paint, "36", to);
    assay_put_clean(to, c->rule, strlen(c->rule));
    assay_paint_off(paint, to);
    tw_buffer_printf(to, " (%s, %s)\n%*s", c->level, c->section, LABEL, "");
    assay_put_wrap(to, c->sentence, LABEL, paint->width);
    tw_buffer_printf(to, "\n");
}

static void sides(const assay_result_case *c, const assay_paint *paint, tw_buffer *to)
{
    assay_pair pair;
    assay_pair_cut(c->expected, c->got[0] ? c->got : c->outcome,
                   paint->width > LABEL + 20 ? paint->width - LABEL : 20, &pair);
    label("expected", paint, to);
    assay_pair_side(&pair, &pair.expected, paint->colour ? "32" : NULL, to);
    tw_buffer_printf(to, "\n");
    label("got", paint, to);
    assay_pair_side(&pair, &pair.got, paint->colour ? "31" : NULL, to);
    tw_buffer_printf(to, "\n");
    if (pair.marked) tw_buffer_printf(to, "%*s^\n", (int)(LABEL + pair.column), "");
}

static void others(const assay_result *r, const assay_group *g, const assay_paint *paint, tw_buffer *to)
{
    if (g->cases == 1) return;
    tw_buffer ids;
    tw_buffer_init(&ids, NULL);
    size_t listed = 0;
    const char *parent = g->shown->parent_id;
    for (size_t i = 0; i < g->cases && (listed < IDS_SHOWN || paint->verbose); i++) {
        const assay_result_case *c = &r->cases[g->members[i]];
        /* Where there is no room for all, one of each vector says more. */
        bool again = !paint->verbose && g->vectors > IDS_SHOWN && is(c->parent_id, parent);
        if (c == g->shown || again) continue;
        parent = c->parent_id;
        tw_buffer_printf(&ids, "%s%s", listed++ ? ", " : "", c->id);
    }
    size_t left = g->cases - 1 - listed;
    if (left) {
        tw_buffer_printf(&ids, " and ");
        assay_put_number(&ids, left);
        tw_buffer_printf(&ids, " more");
    }
    assay_put_bytes(&ids, "", 1);
    if (ids.failed)
        to->failed = true;
    else
        row("also", (const char *)ids.data, paint, to);
    tw_buffer_deinit(&ids);
}

static void said(const assay_group *g, const assay_paint *paint, tw_buffer *to)
{
    const assay_result_case *c = g->shown;
    bool in_got = c->said[0] && strstr(c->got, c->said);
    if (c->said[0] && !in_got) {
        char text[SAID_SHOWN + 4];
        size_t len = strlen(c->said), kept = len < SAID_SHOWN ? len : SAID_SHOWN;
        while (kept < len && kept && ((unsigned char)c->said[kept] & 0xc0) == 0x80) kept--;
        memcpy(text, c->said, kept);
        memcpy(text + kept, kept < len ? "..." : "", kept < len ? 4 : 1);
        row("said", text, paint, to);
    }
    if (is(c->detail, "crash") || is(c->detail, "hang")) row("stderr", g->telling, paint, to);
}

static void doubts(const assay_result_case *c, const assay_paint *paint, tw_buffer *to)
{
    if (c->unconfirmed) row("note", "did not happen again when it was repeated", paint, to);
    if (c->stateful) row("note", "happens only behind the requests that went before it", paint, to);
    if (c->assumed) row("note", "not run: others of its class showed the same three times", paint, to);
}

/* As a shell reads it: the id is in quotes where it must be. */
static void repro(const assay_result *r, const assay_result_case *c, const assay_paint *paint, tw_buffer *to)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/@:=._+-";
    const char *quote = c->id[strspn(c->id, plain)] ? "'" : "";
    label("repro", paint, to);
    assay_put_clean(to, paint->repro, strlen(paint->repro));
    tw_buffer_printf(to, " %s", quote);
    assay_put_clean(to, c->id, strlen(c->id));
    /* A testee that is met at an address is an option, not a command. */
    tw_buffer_printf(to, strncmp(r->command, "--", 2) == 0 ? "%s " : "%s -- ", quote);
    assay_put_clean(to, r->command, strlen(r->command));
    tw_buffer_printf(to, "\n");
}

void assay_console_group(const assay_result *result, const assay_group *group, const assay_paint *paint,
                         tw_buffer *to)
{
    const assay_result_case *c = group->shown;
    heading(group, paint, to);
    rule(c, paint, to);
    row("matters", c->why, paint, to);
    label("case", paint, to);
    assay_put_clean(to, c->id, strlen(c->id));
    tw_buffer_printf(to, " (%s %s%s%s)\n", c->verb, c->in, c->out[0] ? " to " : "", c->out);
    sides(c, paint, to);
    if (!is(c->detail, "crash") && !is(c->detail, "hang") && !(c->said[0] && strstr(c->difference, c->said)))
        row("differs", c->difference, paint, to);
    said(group, paint, to);
    doubts(c, paint, to);
    if (c->known) row("known", c->known_reason, paint, to);
    others(result, group, paint, to);
    repro(result, c, paint, to);
}

void assay_console_brief(const assay_result *result, const assay_group *group, const assay_paint *paint,
                         tw_buffer *to)
{
    const assay_result_case *c = group->shown;
    (void)result;
    tw_buffer_printf(to, "  ");
    name(c, paint, to);
    tw_buffer_printf(to, " (");
    quantity(group, to);
    tw_buffer_printf(to, "): ");
    assay_put_clean(to, group->about ? group->about : c->title,
                    strlen(group->about ? group->about : c->title));
    tw_buffer_printf(to, "\n    ");
    assay_paint_on(paint, "2", to);
    assay_put_clean(to, c->id, strlen(c->id));
    if (c->known && c->known_reason[0]) {
        tw_buffer_printf(to, "  # ");
        assay_put_clean(to, c->known_reason, strlen(c->known_reason));
    }
    assay_paint_off(paint, to);
    tw_buffer_printf(to, "\n");
}
