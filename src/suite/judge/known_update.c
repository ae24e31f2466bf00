#include "suite/judge/known_update.h"

#include "suite/judge/known_collapse.h"
#include "suite/judge/known_line.h"
#include "suite/vector/vector.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A line of the new text, with the comment lines before it. */
typedef struct item {
    const char *pattern, *detail;
    tw_bytes before; /* whole lines */
    tw_bytes line;   /* with its line end; empty for an entry that goes */
    size_t order;
} item;

typedef struct updating {
    tw_arena arena;
    assay_known known;
    const assay_known_case *cases;
    size_t count;
    const assay_known_options *options;
    assay_known_changes *changes;
    tw_bytes header, rest; /* before the first entry's own comment, and behind the last entry */
    item *old, *added;
    size_t old_count, added_count;
} updating;

static bool is_stale(const assay_known_entry *e)
{
    size_t seen = e->shown + e->passed + e->other;
    return e->applies && seen > 0 && ((e->shown == 0 && !e->varies) || (e->passed > 0 && !e->partial));
}

/* The detail under which a list names a failure: what --strict made of a warning is one still. */
static assay_verdict listed_verdict(const char *detail)
{
    return assay_known_detail_exists(ASSAY_FAIL, detail) ? ASSAY_FAIL : ASSAY_WARN;
}

static bool names(const assay_known_entry *e, const assay_known_case *k)
{
    return e->applies && assay_known_shows(e, k->verdict, k->detail) && assay_glob_match(e->pattern, k->id);
}

static bool is_named(const updating *u, const assay_known_case *k)
{
    for (size_t i = 0; i < u->known.count; i++)
        if (!is_stale(&u->known.entries[i]) && names(&u->known.entries[i], k)) return true;
    return false;
}

static const assay_known_entry *former_entry(const updating *u, const assay_known_case *k)
{
    for (size_t i = 0; i < u->known.count; i++)
        if (is_stale(&u->known.entries[i]) && names(&u->known.entries[i], k)) return &u->known.entries[i];
    return NULL;
}

/* Length of the line that begins at `at`, its line end included. */
static size_t line_length(tw_bytes text, size_t at)
{
    const uint8_t *stop = memchr(text.data + at, '\n', text.len - at);
    return stop ? (size_t)(stop - text.data) + 1 - at : text.len - at;
}

/* How much of a comment belongs to the file and not to the entry behind it: all up to its last empty line. */
static size_t header_length(tw_bytes before)
{
    size_t header = 0;
    for (size_t at = 0; at < before.len; at += line_length(before, at)) {
        size_t len = line_length(before, at);
        size_t blank = 0;
        while (blank < len && strchr(" \t\r\n", before.data[at + blank])) blank++;
        if (blank == len) header = at + len;
    }
    return header;
}

static bool split(updating *u, tw_bytes text)
{
    u->old = tw_arena_take(&u->arena, (u->known.count + 1) * sizeof *u->old);
    if (!u->old) return false;
    size_t at = 0, line = 1, from = 0;
    for (size_t i = 0; i < u->known.count; i++) {
        const assay_known_entry *e = &u->known.entries[i];
        for (; line < e->line; line++) at += line_length(text, at);
        tw_bytes before = {text.data + from, at - from};
        if (i == 0) {
            u->header = (tw_bytes){before.data, header_length(before)};
            before = (tw_bytes){before.data + u->header.len, before.len - u->header.len};
        }
        tw_bytes own = {text.data + at, line_length(text, at)};
        bool stale = is_stale(e);
        if (stale)
            u->changes->removed++;
        else
            u->changes->kept++;
        if (stale) own.len = 0;
        u->old[u->old_count++] = (item){e->pattern, e->detail, before, own, i};
        at += line_length(text, at);
        line++;
        from = at;
    }
    tw_bytes rest = {text.data + from, text.len - from};
    *(u->known.count ? &u->rest : &u->header) = rest;
    return true;
}

/* A reason is one line of printable text. */
static const char *plain(updating *u, const char *text)
{
    char *copy = tw_arena_copy(&u->arena, text, strlen(text));
    for (char *p = copy; p && *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f) *p = ' ';
    return copy;
}

static bool add_line(updating *u, const assay_known_pick *pick)
{
    const assay_known_case *k = pick->example;
    const assay_known_entry *former = former_entry(u, k);
    const char *title = plain(u, k->title);
    if (!title) return false;
    char others[48] = "";
    if (pick->cases > 1) snprintf(others, sizeof others, ", %zu cases", pick->cases);
    const char *reason = former && former->reason[0]
                             ? former->reason
                             : tw_arena_printf(&u->arena, ASSAY_KNOWN_UNEXPLAINED "%s%s%s%s", title,
                                               title[0] ? ": " : "", k->detail, others);
    char *line = reason ? tw_arena_printf(&u->arena, "%s  %s:%s%s  issue=%s  # %s\n", pick->pattern,
                                          assay_verdict_name(listed_verdict(k->detail)), k->detail,
                                          pick->partial ? "  partial" : "",
                                          former ? former->issue : "unreported", reason)
                        : NULL;
    if (!line) return false;
    u->added[u->added_count++] =
        (item){pick->pattern, k->detail, {NULL, 0}, {(uint8_t *)line, strlen(line)}, 0};
    u->changes->added++;
    return true;
}

static bool add_lines(updating *u)
{
    bool *wanted = tw_arena_take(&u->arena, u->count + 1);
    if (!wanted) return false;
    for (size_t i = 0; i < u->count; i++)
        wanted[i] = u->cases[i].verdict == ASSAY_FAIL && !is_named(u, &u->cases[i]);
    assay_known_pick *picks;
    size_t pick_count;
    if (!assay_known_collapse(u->cases, u->count, ASSAY_FAIL, wanted, u->options->collapse_partly, &u->arena,
                              &picks, &pick_count))
        return false;
    u->added = tw_arena_take(&u->arena, (pick_count + 1) * sizeof *u->added);
    if (!u->added) return false;
    for (size_t i = 0; i < pick_count; i++)
        if (!add_line(u, &picks[i])) return false;
    return true;
}

static int compare(const item *a, const item *b)
{
    int order = strcmp(a->pattern, b->pattern);
    return order ? order : strcmp(a->detail, b->detail);
}

static int by_key(const void *a, const void *b)
{
    const item *x = a, *y = b;
    int order = compare(x, y);
    if (order == 0 && x->order != y->order) order = x->order < y->order ? -1 : 1;
    return order;
}

static void append(tw_buffer *to, tw_bytes text)
{
    if (text.len == 0) return;
    tw_buffer_append(to, text.data, text.len);
    if (text.data[text.len - 1] != '\n') tw_buffer_append_byte(to, '\n');
}

static void write_all(updating *u, tw_buffer *to)
{
    if (u->old_count) qsort(u->old, u->old_count, sizeof *u->old, by_key);
    append(to, u->header);
    size_t next = 0;
    for (size_t i = 0; i <= u->old_count; i++) {
        const item *old = i < u->old_count ? &u->old[i] : NULL;
        for (; next < u->added_count && (!old || compare(&u->added[next], old) < 0); next++)
            append(to, u->added[next].line);
        if (old) append(to, old->before);
        if (old) append(to, old->line);
    }
    append(to, u->rest);
}

bool assay_known_update(const char *file, tw_bytes text, const assay_known_case *cases, size_t count,
                        const assay_known_options *options, tw_buffer *to, assay_known_changes *changes,
                        assay_known_error *error)
{
    updating u;
    memset(&u, 0, sizeof u);
    *changes = (assay_known_changes){0, 0, 0};
    if (!assay_known_parse(file, text, &u.known, error)) return false;
    tw_arena_init(&u.arena, NULL, SIZE_MAX);
    u.cases = cases;
    u.count = count;
    u.options = options;
    u.changes = changes;
    assay_known_apply(&u.known, options->version);
    for (size_t i = 0; i < count; i++) {
        assay_judgement judgement = {cases[i].verdict, cases[i].detail, "", NULL};
        assay_known_see(&u.known, cases[i].id, &judgement);
    }
    bool ok = split(&u, text) && add_lines(&u);
    if (ok) write_all(&u, to);
    ok = ok && !to->failed;
    if (!ok) snprintf(error->text, sizeof error->text, "%s: out of memory", file);
    tw_arena_deinit(&u.arena);
    assay_known_deinit(&u.known);
    return ok;
}
