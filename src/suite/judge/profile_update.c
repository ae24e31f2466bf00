#include "suite/judge/profile_update.h"

#include "suite/judge/known_collapse.h"
#include "suite/vector/vector.h"

#include <stdio.h>
#include <string.h>

typedef struct updating {
    tw_arena arena;
    assay_profile old;
    tw_bytes old_text, head; /* head: what stands before the first line that says something */
    tw_bytes *before;        /* what stands before each old entry, and behind the last */
    const assay_profile_about *about;
    assay_known_pick *picks; /* sorted by pattern */
    size_t pick_count;
    tw_buffer *to;
} updating;

static void put(updating *u, const char *text)
{
    tw_buffer_append(u->to, text, strlen(text));
}

/* Only notes are given to the choice: what passes or fails beside them says nothing against a pattern. */
static bool choose_patterns(updating *u, const assay_profile_case *cases, size_t count)
{
    assay_known_case *notes = tw_arena_take(&u->arena, (count + 1) * sizeof *notes);
    bool *wanted = tw_arena_take(&u->arena, (count + 1) * sizeof *wanted);
    if (!notes || !wanted) return false;
    for (size_t i = 0; i < count; i++) {
        wanted[i] = true;
        notes[i] = (assay_known_case){.id = cases[i].id,
                                      .parent_id = cases[i].parent_id,
                                      .kind = cases[i].kind,
                                      .title = "",
                                      .verdict = ASSAY_NOTE,
                                      .detail = cases[i].outcome};
    }
    return assay_known_collapse(notes, count, ASSAY_NOTE, wanted, false, &u->arena, &u->picks,
                                &u->pick_count);
}

static bool same_line(const assay_profile_entry *e, const assay_known_pick *pick)
{
    return strcmp(e->pattern, pick->pattern) == 0 && strcmp(e->outcome, pick->example->detail) == 0;
}

/* The line that said this before: the same, or one that matched the same case with the same outcome. */
static const assay_profile_entry *former(const updating *u, const assay_known_pick *pick)
{
    const assay_profile_entry *found = NULL;
    for (size_t i = 0; i < u->old.count; i++) {
        const assay_profile_entry *e = &u->old.entries[i];
        if (same_line(e, pick)) return e;
        if (!found && strcmp(e->outcome, pick->example->detail) == 0 &&
            assay_glob_match(e->pattern, pick->example->id))
            found = e;
    }
    return found;
}

/* A file that is not there yet begins with a word on what it is. */
static void put_head(updating *u)
{
    tw_buffer_append(u->to, u->head.data, u->head.len);
    if (u->old_text.len) return;
    put(u, "# What ");
    put(u, u->about->testee);
    put(u, " makes of what the specification leaves open. `assay profile --help` explains the lines.\n\n");
}

static void put_about(updating *u, const char *date)
{
    const assay_profile_about *about = u->about;
    const char *const lines[][2] = {{"testee: ", about->testee},
                                    {"version: ", about->version},
                                    {"suite: ", about->suite},
                                    {"vectors: ", about->vectors},
                                    {"date: ", date}};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        if (!lines[i][1][0]) continue;
        put(u, lines[i][0]);
        put(u, lines[i][1]);
        put(u, "\n");
    }
}

static size_t line_length(tw_bytes text, size_t at)
{
    const uint8_t *stop = memchr(text.data + at, '\n', text.len - at);
    return stop ? (size_t)(stop - text.data) + 1 - at : text.len - at;
}

static size_t blank_length(tw_bytes text, size_t at)
{
    size_t end = at;
    while (end < text.len && memchr(" \t\r\n", text.data[end], 4) && text.data[end] != '\n') end++;
    return end - at;
}

/* Finds what stands between the lines that say something. Parsed already, so that the first of them is no
 * entry. */
static bool split(updating *u)
{
    tw_bytes text = u->old_text;
    size_t from = 0, number = 0, entry = 0;
    bool said = false;
    u->before = tw_arena_take(&u->arena, (u->old.count + 1) * sizeof *u->before);
    if (!u->before) return false;
    for (size_t at = 0, len; at < text.len; at += len) {
        len = line_length(text, at);
        number++;
        size_t first = at + blank_length(text, at);
        if (first >= text.len || text.data[first] == '\n' || text.data[first] == '#') continue;
        tw_bytes between = {text.data + from, at - from};
        if (!said) u->head = between;
        if (entry < u->old.count && u->old.entries[entry].line == number) u->before[entry++] = between;
        said = true;
        from = at + len;
    }
    u->before[u->old.count] = (tw_bytes){text.data + from, text.len - from}; /* behind the last */
    return true;
}

/* How much of a comment belongs to the file and not to the line behind it: all up to its last empty line. */
static size_t header_length(tw_bytes text)
{
    size_t header = 0;
    for (size_t at = 0, len; at < text.len; at += len) {
        len = line_length(text, at);
        size_t first = at + blank_length(text, at);
        if (first >= text.len || text.data[first] == '\n') header = at + len;
    }
    return header;
}

static void put_comment(updating *u, tw_bytes text)
{
    tw_buffer_append(u->to, text.data, text.len);
    if (text.len && text.data[text.len - 1] != '\n') put(u, "\n");
}

static bool put_pick(updating *u, const assay_known_pick *pick)
{
    const assay_profile_entry *old = former(u, pick);
    const char *reason = old ? old->reason : "";
    char *line = tw_arena_printf(&u->arena, "%s  %s%s%s\n", pick->pattern, pick->example->detail,
                                 reason[0] ? "  # " : "", reason);
    if (line) put(u, line);
    return line != NULL;
}

static bool put_picks_before(updating *u, size_t *next, const char *pattern)
{
    for (; *next < u->pick_count; ++*next) {
        if (pattern && strcmp(u->picks[*next].pattern, pattern) >= 0) return true;
        if (!put_pick(u, &u->picks[*next])) return false;
    }
    return true;
}

/* The lines, each comment of the old text where the line that it stood before stands, or would. */
static bool put_lines(updating *u)
{
    size_t next = 0, header = header_length(u->before[0]);
    put_comment(u, (tw_bytes){u->before[0].data, header});
    if (!header) put(u, "\n");
    for (size_t i = 0; i <= u->old.count; i++) {
        size_t skipped = i ? 0 : header;
        tw_bytes before = {u->before[i].data + skipped, u->before[i].len - skipped};
        if (!before.len) continue;
        if (!put_picks_before(u, &next, i < u->old.count ? u->old.entries[i].pattern : NULL)) return false;
        put_comment(u, before);
    }
    return put_picks_before(u, &next, NULL);
}

static bool write_with(updating *u, const char *date)
{
    put_head(u);
    put_about(u, date);
    return put_lines(u) && !u->to->failed;
}

/* A profile that says the same is the same file: the date is that of the last change. */
static bool write_all(updating *u)
{
    size_t start = u->to->len;
    if (u->old.about.date[0]) {
        if (!write_with(u, u->old.about.date)) return false;
        if (u->to->len - start == u->old_text.len &&
            memcmp(u->to->data + start, u->old_text.data, u->old_text.len) == 0)
            return true;
        u->to->len = start;
    }
    return write_with(u, u->about->date);
}

static void count_changes(const updating *u, assay_profile_changes *changes)
{
    for (size_t i = 0; i < u->pick_count; i++) {
        bool was = false;
        for (size_t k = 0; k < u->old.count && !was; k++) was = same_line(&u->old.entries[k], &u->picks[i]);
        if (was)
            changes->kept++;
        else
            changes->added++;
    }
    changes->removed = u->old.count - changes->kept;
}

bool assay_profile_update(const char *file, tw_bytes old, const assay_profile_about *about,
                          const assay_profile_case *cases, size_t count, tw_buffer *to,
                          assay_profile_changes *changes, assay_profile_error *error)
{
    updating u;
    memset(&u, 0, sizeof u);
    *changes = (assay_profile_changes){0, 0, 0};
    if (old.len && !assay_profile_parse(file, old, &u.old, error)) return false;
    if (!old.len) tw_arena_init(&u.old.arena, NULL, SIZE_MAX);
    if (!old.len) u.old.about = (assay_profile_about){"", "", "", "", ""};
    tw_arena_init(&u.arena, NULL, SIZE_MAX);
    u.old_text = old;
    u.about = about;
    u.to = to;
    bool ok = split(&u) && choose_patterns(&u, cases, count);
    if (ok) count_changes(&u, changes);
    ok = ok && write_all(&u);
    if (!ok) snprintf(error->text, sizeof error->text, "%s: out of memory", file);
    tw_arena_deinit(&u.arena);
    assay_profile_deinit(&u.old);
    return ok;
}
