#include "suite/judge/known_line.h"

#include <stdio.h>
#include <string.h>

static const char *const details[] = {
    "wrong-accept", "wrong-reject", "wrong-value", "wrong-bytes", "consumed",         "over-budget",
    "crash",        "hang",         "garbage",     "unsupported", "unlisted-outcome", NULL};
static const char *const warn_details[] = {"wrong-accept", "wrong-reject",  "wrong-value",    "consumed",
                                           "unclean",      "non-canonical", "declared-limit", NULL};

bool assay_known_detail_exists(assay_verdict verdict, const char *detail)
{
    const char *const *list = verdict == ASSAY_WARN ? warn_details : details;
    for (; *list; list++)
        if (strcmp(*list, detail) == 0) return true;
    return false;
}

typedef struct words {
    tw_bytes rest;
} words;

static bool is_space(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* The next word; empty at the end and before a reason. */
static tw_bytes next_word(words *w)
{
    size_t at = 0;
    while (at < w->rest.len && is_space(w->rest.data[at])) at++;
    size_t start = at;
    if (at < w->rest.len && w->rest.data[at] != '#')
        while (at < w->rest.len && !is_space(w->rest.data[at])) at++;
    tw_bytes word = {w->rest.data + start, at - start};
    w->rest = (tw_bytes){w->rest.data + at, w->rest.len - at};
    return word;
}

static tw_bytes trim(tw_bytes text)
{
    while (text.len && is_space(text.data[0])) text = (tw_bytes){text.data + 1, text.len - 1};
    while (text.len && is_space(text.data[text.len - 1])) text.len--;
    return text;
}

typedef struct reading {
    tw_arena *arena;
    assay_known_entry *entry;
    char *why;
    size_t size;
    bool memory;
} reading;

static const char *keep(reading *r, tw_bytes text)
{
    const char *copy = tw_arena_copy(r->arena, text.data, text.len);
    if (!copy) r->memory = true;
    return copy;
}

static bool read_pattern(reading *r, tw_bytes word)
{
    for (size_t i = 0; i < word.len; i++)
        if (word.data[i] < 0x21 || word.data[i] > 0x7e) {
            snprintf(r->why, r->size, "a pattern is printable ASCII without spaces");
            return false;
        }
    r->entry->pattern = keep(r, word);
    return r->entry->pattern != NULL;
}

static bool read_verdict(reading *r, tw_bytes word)
{
    const char *text = keep(r, word);
    if (!text) return false;
    if (strncmp(text, "fail:", 5) == 0 || strncmp(text, "warn:", 5) == 0) {
        r->entry->verdict = text[0] == 'f' ? ASSAY_FAIL : ASSAY_WARN;
        r->entry->detail = text + 5;
        if (assay_known_detail_exists(r->entry->verdict, r->entry->detail)) return true;
    }
    snprintf(
        r->why, r->size,
        word.len
            ? "\"%.60s\" is no verdict; a line is PATTERN VERDICT issue=... # reason, with a verdict such as "
              "fail:wrong-reject, fail:crash or warn:unclean"
            : "%sthe verdict is missing; a line is PATTERN VERDICT issue=... # reason",
        text);
    return false;
}

static bool digits(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (text[i] < '0' || text[i] > '9') return false;
    return true;
}

static bool is_date(const char *text)
{
    if (strlen(text) != 10 || !digits(text, 4) || text[4] != '-' || !digits(text + 5, 2) || text[7] != '-' ||
        !digits(text + 8, 2))
        return false;
    int month = (text[5] - '0') * 10 + text[6] - '0', day = (text[8] - '0') * 10 + text[9] - '0';
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* Sets one attribute, once. */
static bool set(reading *r, const char **slot, const char *value, const char *key)
{
    if (*slot) {
        snprintf(r->why, r->size, "%s stands twice", key);
        return false;
    }
    if (!value[0]) {
        snprintf(r->why, r->size, "%s is empty", key);
        return false;
    }
    *slot = value;
    return true;
}

static bool read_attribute(reading *r, tw_bytes word)
{
    assay_known_entry *e = r->entry;
    const char *text = keep(r, word);
    if (!text) return false;
    if (strcmp(text, "partial") == 0) {
        e->partial = true;
        return true;
    }
    if (strcmp(text, "varies") == 0) {
        e->partial = e->varies = true;
        return true;
    }
    if (strncmp(text, "issue=", 6) == 0) return set(r, &e->issue, text + 6, "issue=");
    if (strncmp(text, "until=", 6) == 0) {
        if (is_date(text + 6)) return set(r, &e->until, text + 6, "until=");
        snprintf(r->why, r->size, "until= wants a date such as 2026-12-31, not \"%.40s\"", text + 6);
        return false;
    }
    if (strncmp(text, "versions=", 9) == 0) {
        if (assay_known_range_valid(text + 9)) return set(r, &e->versions, text + 9, "versions=");
        snprintf(r->why, r->size, "versions= wants a range such as >=0.17,<0.20, not \"%.40s\"", text + 9);
        return false;
    }
    snprintf(r->why, r->size,
             "\"%.60s\" is none of versions=, until=, partial, varies, issue=; the reason begins with #",
             text);
    return false;
}

static bool read_entry(reading *r, tw_bytes line)
{
    words w = {line};
    if (!read_pattern(r, next_word(&w)) || !read_verdict(r, next_word(&w))) return false;
    for (tw_bytes word = next_word(&w); word.len; word = next_word(&w))
        if (!read_attribute(r, word)) return false;
    if (!r->entry->issue) {
        snprintf(r->why, r->size, "issue= is missing; write issue=unreported when there is none yet");
        return false;
    }
    tw_bytes reason = trim(w.rest);
    if (reason.len) reason = trim((tw_bytes){reason.data + 1, reason.len - 1});
    r->entry->reason = reason.len ? keep(r, reason) : "";
    return r->entry->reason != NULL;
}

assay_known_line assay_known_line_read(tw_bytes line, tw_arena *arena, assay_known_entry *entry, char *why,
                                       size_t size)
{
    tw_bytes text = trim(line);
    if (text.len == 0 || text.data[0] == '#') return ASSAY_KNOWN_LINE_EMPTY;
    memset(entry, 0, sizeof *entry);
    entry->applies = true;
    reading r = {arena, entry, why, size, false};
    if (read_entry(&r, text)) return ASSAY_KNOWN_LINE_ENTRY;
    return r.memory ? ASSAY_KNOWN_LINE_MEMORY : ASSAY_KNOWN_LINE_BAD;
}
