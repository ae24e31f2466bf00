#include "suite/judge/known.h"

#include "suite/judge/known_line.h"
#include "wire/base/fault.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A list is written by people; one larger than this is a mistake, not a list. */
#define FILE_LIMIT (16u << 20)

__attribute__((format(printf, 2, 3))) static bool say(assay_known_error *error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(error->text, sizeof error->text, format, args);
    va_end(args);
    return false;
}

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static const assay_known_entry *twin_of(const assay_known *known, const assay_known_entry *entry)
{
    for (size_t i = 0; i < known->count; i++) {
        const assay_known_entry *e = &known->entries[i];
        if (e->verdict == entry->verdict && same(e->pattern, entry->pattern) &&
            same(e->detail, entry->detail) && same(e->versions, entry->versions))
            return e;
    }
    return NULL;
}

/* Entries live in the arena in one array: every line can be one. */
static bool make_room(assay_known *known, tw_bytes text)
{
    size_t lines = 1;
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] == '\n') lines++;
    known->entries = tw_arena_take(&known->arena, lines * sizeof *known->entries);
    return known->entries != NULL;
}

static bool read_stamp(assay_known *known, tw_bytes text, size_t line, assay_known_error *error)
{
    bool valid;
    char version[sizeof known->suite_version];
    if (!assay_known_stamp_read(text, version, sizeof version, &valid)) return true;
    if (!valid)
        return say(error, "%s:%zu: \"%s\" is no version of the vectors such as 1.0", known->file, line,
                   version);
    if (*known->suite_version) return say(error, "%s:%zu: the suite-version stands twice", known->file, line);
    memcpy(known->suite_version, version, sizeof version);
    return true;
}

static bool parse_lines(assay_known *known, tw_bytes text, assay_known_error *error)
{
    if (!make_room(known, text)) return say(error, "%s: out of memory", known->file);
    size_t at = 0;
    for (size_t line = 1; at < text.len; line++) {
        const uint8_t *start = text.data + at;
        const uint8_t *stop = memchr(start, '\n', text.len - at);
        size_t len = stop ? (size_t)(stop - start) : text.len - at;
        at += len + 1;
        assay_known_entry entry;
        char why[256];
        if (!read_stamp(known, tw_bytes_of(start, len), line, error)) return false;
        switch (assay_known_line_read(tw_bytes_of(start, len), &known->arena, &entry, why, sizeof why)) {
        case ASSAY_KNOWN_LINE_EMPTY: continue;
        case ASSAY_KNOWN_LINE_ENTRY: break;
        case ASSAY_KNOWN_LINE_BAD: return say(error, "%s:%zu: %s", known->file, line, why);
        case ASSAY_KNOWN_LINE_MEMORY: return say(error, "%s:%zu: out of memory", known->file, line);
        }
        entry.line = line;
        const assay_known_entry *twin = twin_of(known, &entry);
        if (twin && !TW_FAULT(KNOWN_TWIN_ACCEPTED))
            return say(error, "%s:%zu: the same entry as in line %zu", known->file, line, twin->line);
        known->entries[known->count++] = entry;
    }
    return true;
}

bool assay_known_parse(const char *file, tw_bytes text, assay_known *known, assay_known_error *error)
{
    memset(known, 0, sizeof *known);
    error->text[0] = '\0';
    tw_arena_init(&known->arena, NULL, SIZE_MAX);
    known->file = tw_arena_copy(&known->arena, file, strlen(file));
    bool ok = known->file ? parse_lines(known, text, error) : say(error, "%s: out of memory", file);
    if (!ok) assay_known_deinit(known);
    return ok;
}

static bool read_all(FILE *file, tw_buffer *to)
{
    for (;;) {
        uint8_t *room = tw_buffer_reserve(to, 16384);
        if (!room) return false;
        size_t n = fread(room, 1, 16384, file);
        to->len += n;
        if (n == 0 || to->len > FILE_LIMIT) return !ferror(file);
    }
}

bool assay_known_load(const char *path, assay_known *known, assay_known_error *error)
{
    memset(known, 0, sizeof *known);
    FILE *file = fopen(path, "rb");
    if (!file) return say(error, "%s: %s", path, strerror(errno));
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    errno = 0;
    bool ok = read_all(file, &text);
    if (!ok)
        say(error, "%s: %s", path, text.failed ? "out of memory" : strerror(errno));
    else if (text.len > FILE_LIMIT)
        ok = say(error, "%s: larger than 16 MiB: this is no list of known failures", path);
    else
        ok = assay_known_parse(path, tw_buffer_view(&text), known, error);
    tw_buffer_deinit(&text);
    fclose(file);
    return ok;
}

void assay_known_deinit(assay_known *known)
{
    tw_arena_deinit(&known->arena);
    memset(known, 0, sizeof *known);
}

void assay_known_apply(assay_known *known, const char *version)
{
    for (size_t i = 0; i < known->count; i++)
        known->entries[i].applies = assay_known_version_in(version, known->entries[i].versions);
}
