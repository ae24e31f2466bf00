#include "suite/judge/profile.h"

#include "suite/vector/vector.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct reading {
    assay_profile *profile;
    assay_profile_error *error;
    size_t line;
} reading;

__attribute__((format(printf, 2, 3))) static bool say(const reading *r, const char *format, ...)
{
    char *to = r->error->text;
    size_t size = sizeof r->error->text;
    int n = snprintf(to, size, "%s:%zu: ", r->profile->file ? r->profile->file : "", r->line);
    va_list args;
    va_start(args, format);
    if (n > 0 && (size_t)n < size) vsnprintf(to + n, size - (size_t)n, format, args);
    va_end(args);
    return false;
}

static bool is_space(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static tw_bytes trim(tw_bytes text)
{
    while (text.len && is_space(text.data[0])) text = (tw_bytes){text.data + 1, text.len - 1};
    while (text.len && is_space(text.data[text.len - 1])) text.len--;
    return text;
}

/* The first word, with what follows it left in *text. */
static tw_bytes take_word(tw_bytes *text)
{
    size_t len = 0;
    while (len < text->len && !is_space(text->data[len])) len++;
    tw_bytes word = {text->data, len};
    *text = trim((tw_bytes){text->data + len, text->len - len});
    return word;
}

static const char *keep(reading *r, tw_bytes text)
{
    const char *copy = tw_arena_copy(&r->profile->arena, text.data, text.len);
    if (!copy) say(r, "out of memory");
    return copy;
}

static const char **slot_of(assay_profile_about *about, const char *key)
{
    if (strcmp(key, "testee") == 0) return &about->testee;
    if (strcmp(key, "version") == 0) return &about->version;
    if (strcmp(key, "suite") == 0) return &about->suite;
    if (strcmp(key, "vectors") == 0) return &about->vectors;
    return strcmp(key, "date") == 0 ? &about->date : NULL;
}

static bool read_about(reading *r, tw_bytes word, tw_bytes value)
{
    const char *key = keep(r, (tw_bytes){word.data, word.len - 1});
    if (!key) return false;
    const char **slot = slot_of(&r->profile->about, key);
    if (!slot) return say(r, "\"%.60s:\" is none of testee:, version:, suite:, vectors:, date:", key);
    if (r->profile->count) return say(r, "%s: belongs before the first pattern", key);
    if (**slot) return say(r, "%s: stands twice", key);
    const char *text = keep(r, value);
    if (text) *slot = text;
    return text != NULL;
}

static bool is_outcome(tw_bytes word)
{
    for (size_t i = 0; i < word.len; i++) {
        uint8_t c = word.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
    }
    return word.len > 0;
}

static bool is_pattern(tw_bytes word)
{
    for (size_t i = 0; i < word.len; i++)
        if (word.data[i] < 0x21 || word.data[i] > 0x7e) return false;
    return true;
}

static const assay_profile_entry *twin_of(const assay_profile *profile, const char *pattern)
{
    for (size_t i = 0; i < profile->count; i++)
        if (strcmp(profile->entries[i].pattern, pattern) == 0) return &profile->entries[i];
    return NULL;
}

static bool read_entry(reading *r, tw_bytes pattern, tw_bytes rest)
{
    tw_bytes outcome = take_word(&rest);
    if (!is_pattern(pattern)) return say(r, "a pattern is printable ASCII without spaces");
    if (!is_outcome(outcome))
        return say(r, "the name of an outcome is missing; a line is PATTERN OUTCOME # reason");
    if (rest.len && rest.data[0] != '#') return say(r, "the reason begins with #");
    if (rest.len) rest = trim((tw_bytes){rest.data + 1, rest.len - 1});
    assay_profile_entry e = {r->line, keep(r, pattern), keep(r, outcome), rest.len ? keep(r, rest) : ""};
    if (!e.pattern || !e.outcome || !e.reason) return false;
    const assay_profile_entry *twin = twin_of(r->profile, e.pattern);
    if (twin) return say(r, "the same pattern as in line %zu", twin->line);
    r->profile->entries[r->profile->count++] = e;
    return true;
}

static bool read_line(reading *r, tw_bytes text)
{
    text = trim(text);
    if (text.len == 0 || text.data[0] == '#') return true;
    tw_bytes word = take_word(&text);
    if (word.data[word.len - 1] == ':') return read_about(r, word, text);
    return read_entry(r, word, text);
}

static bool read_lines(reading *r, tw_bytes text)
{
    size_t lines = 1;
    for (size_t i = 0; i < text.len; i++) lines += text.data[i] == '\n';
    r->profile->entries = tw_arena_take(&r->profile->arena, lines * sizeof *r->profile->entries);
    if (!r->profile->entries) return say(r, "out of memory");
    for (size_t at = 0; at < text.len;) {
        const uint8_t *start = text.data + at, *stop = memchr(start, '\n', text.len - at);
        size_t len = stop ? (size_t)(stop - start) : text.len - at;
        r->line++;
        if (!read_line(r, (tw_bytes){start, len})) return false;
        at += len + 1;
    }
    if (!r->profile->about.testee[0]) return say(r, "testee: is missing: whose profile is this?");
    return true;
}

bool assay_profile_parse(const char *file, tw_bytes text, assay_profile *profile, assay_profile_error *error)
{
    memset(profile, 0, sizeof *profile);
    error->text[0] = '\0';
    tw_arena_init(&profile->arena, NULL, SIZE_MAX);
    profile->about = (assay_profile_about){"", "", "", "", ""};
    profile->file = tw_arena_copy(&profile->arena, file, strlen(file));
    reading r = {profile, error, 0};
    bool ok = profile->file ? read_lines(&r, text) : say(&r, "out of memory");
    if (!ok) assay_profile_deinit(profile);
    return ok;
}

void assay_profile_deinit(assay_profile *profile)
{
    tw_arena_deinit(&profile->arena);
    memset(profile, 0, sizeof *profile);
}

/* Most ids differ from most patterns long before the first wildcard. */
static bool matches(const char *pattern, const char *id)
{
    return strncmp(pattern, id, strcspn(pattern, "*")) == 0 && assay_glob_match(pattern, id);
}

assay_profile_match assay_profile_compare(const assay_profile *profile, const char *id,
                                          const assay_judgement *judgement, const assay_profile_entry **was)
{
    *was = NULL;
    if (judgement->verdict != ASSAY_NOTE) return ASSAY_PROFILE_SILENT;
    for (size_t i = 0; i < profile->count; i++) {
        const assay_profile_entry *e = &profile->entries[i];
        if (!matches(e->pattern, id)) continue;
        if (strcmp(e->outcome, judgement->detail) == 0) {
            *was = NULL;
            return ASSAY_PROFILE_SAME;
        }
        if (!*was) *was = e;
    }
    return *was ? ASSAY_PROFILE_CHANGED : ASSAY_PROFILE_UNNAMED;
}

const char *assay_profile_remark(const assay_profile *profile, const char *testee, const char *version,
                                 tw_arena *arena)
{
    const assay_profile_about *about = &profile->about;
    if (!version) version = "";
    if (strcmp(about->testee, testee) != 0)
        return tw_arena_printf(arena, "the profile is of %s, this is %s", about->testee, testee);
    if (strcmp(about->version, version) == 0) return "";
    return tw_arena_printf(arena, "the profile is of version %s, this is version %s",
                           about->version[0] ? about->version : "unknown", version[0] ? version : "unknown");
}
