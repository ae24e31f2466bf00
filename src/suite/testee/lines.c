#include "suite/testee/lines.h"
#include "suite/case/text.h"
#include "suite/testee/hex.h"
#include "wire/base/fault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Read sizes: large enough that a busy testee costs few system calls, small enough to stay in the cache. */
enum { FIRST_ROOM = 256 * 1024, LEAST_ROOM = 64 * 1024, KEPT = 4 << 20, SHOWN = 160 };

/* One line: its id and verb are read, the rest is not. */
typedef struct line {
    char *at, *end; /* *end is 0 */
    uint32_t id;
} line;

void assay_lines_init(assay_lines *lines, size_t limit)
{
    *lines = (assay_lines){.limit = limit ? limit : ASSAY_LINE_MAX};
    tw_buffer_init(&lines->decoded, NULL);
    tw_buffer_init(&lines->text, NULL);
}

void assay_lines_deinit(assay_lines *lines)
{
    free(lines->data);
    free(lines->parts);
    tw_buffer_deinit(&lines->decoded);
    tw_buffer_deinit(&lines->text);
    assay_lines_init(lines, lines->limit);
}

/* One huge line must not keep its memory for the rest of a long run. */
static void shrink(assay_lines *lines)
{
    if (lines->capacity > KEPT) {
        free(lines->data);
        lines->data = NULL;
        lines->capacity = 0;
    }
    if (lines->decoded.capacity > KEPT && lines->part_count == 0) tw_buffer_deinit(&lines->decoded);
    if (lines->text.capacity > KEPT) tw_buffer_deinit(&lines->text);
}

char *assay_lines_room(assay_lines *lines, size_t *room)
{
    if (lines->start == lines->len) {
        lines->start = lines->scanned = lines->len = 0;
        shrink(lines);
    }
    if (lines->capacity - lines->len < LEAST_ROOM && lines->start > 0) {
        memmove(lines->data, lines->data + lines->start, lines->len - lines->start);
        lines->len -= lines->start;
        lines->scanned -= lines->start;
        lines->start = 0;
    }
    if (lines->capacity - lines->len < LEAST_ROOM) {
        size_t capacity = lines->capacity ? lines->capacity * 2 : FIRST_ROOM;
        char *data = realloc(lines->data, capacity);
        if (!data) return NULL;
        lines->data = data;
        lines->capacity = capacity;
    }
    *room = lines->capacity - lines->len;
    return lines->data + lines->len;
}

void assay_lines_filled(assay_lines *lines, size_t n)
{
    lines->len += n;
}

/* Says what is wrong with a line, and shows it as far as people want to read. */
static assay_lines_next_kind garbage(assay_lines *lines, const char *what, const char *from, size_t len)
{
    size_t shown = len < SHOWN ? len : SHOWN;
    tw_buffer_clear(&lines->text);
    if (!assay_text_clean(from, shown, &lines->text)) return ASSAY_LINES_MEMORY;
    int fits = (int)(lines->text.len < SHOWN ? lines->text.len : SHOWN);
    /* The clean text may be longer than what it was made from: cut between characters. */
    while (fits > 0 && (size_t)fits < lines->text.len && (lines->text.data[fits] & 0xc0) == 0x80) fits--;
    bool cut = shown < len || (size_t)fits < lines->text.len;
    snprintf(lines->complaint, sizeof lines->complaint, "%s: \"%.*s%s\"", what, fits,
             fits ? (const char *)lines->text.data : "", cut ? "..." : "");
    return ASSAY_LINES_GARBAGE;
}

/* Finds the next line and ends it with a 0. */
static assay_lines_next_kind take_line(assay_lines *lines, line *l)
{
    if (!lines->data) return ASSAY_LINES_MORE;
    char *from = lines->data + lines->start;
    *l = (line){from, from, 0};
    char *end = memchr(lines->data + lines->scanned, '\n', lines->len - lines->scanned);
    size_t len = end ? (size_t)(end - from) : lines->len - lines->start;
    if (len > lines->limit) {
        char what[64];
        snprintf(what, sizeof what, "a line longer than %zu bytes", lines->limit);
        return garbage(lines, what, from, len);
    }
    if (!end) {
        lines->scanned = lines->len;
        return ASSAY_LINES_MORE;
    }
    lines->start = lines->scanned = (size_t)(end - lines->data) + 1;
    if (end > from && end[-1] == '\r') {
        lines->notes |= ASSAY_NOTE_CR;
        end--;
    }
    *end = 0;
    l->end = end;
    return ASSAY_LINES_REPLY;
}

/* Digits below 2^32, then a blank. */
static bool take_id(line *l)
{
    char *at = l->at;
    uint64_t id = 0;
    while (*at >= '0' && *at <= '9' && at - l->at < 10) id = id * 10 + (uint64_t)(*at++ - '0');
    if (at == l->at || *at != ' ' || id > UINT32_MAX) return false;
    l->id = (uint32_t)id;
    l->at = at + 1;
    return true;
}

/* The verb; a word that a blank or the end follows. */
static bool take_verb(line *l, const char *word)
{
    size_t len = strlen(word);
    if ((size_t)(l->end - l->at) < len || memcmp(l->at, word, len) != 0) return false;
    char *behind = l->at + len;
    if (behind != l->end && *behind != ' ') return false;
    l->at = behind == l->end ? behind : behind + 1;
    return true;
}

/* A number or `?`, then a blank. */
static bool take_consumed(line *l, size_t *consumed)
{
    if (l->at[0] == '?' && l->at[1] == ' ') {
        *consumed = SIZE_MAX;
        l->at += 2;
        return true;
    }
    char *at = l->at;
    size_t n = 0;
    while (*at >= '0' && *at <= '9' && at - l->at < 18) n = n * 10 + (size_t)(*at++ - '0');
    if (at == l->at || *at != ' ') return false;
    *consumed = n;
    l->at = at + 1;
    return true;
}

typedef enum decoding { DECODED, NOT_HEX, NO_MEMORY } decoding;

/* The rest of the line, hex or `-`, is appended to lines->decoded. */
static decoding take_bytes(assay_lines *lines, const line *l, size_t *len)
{
    size_t digits = (size_t)(l->end - l->at);
    *len = 0;
    if (digits == 1 && *l->at == '-') return DECODED;
    if (digits == 0) return NOT_HEX;
    uint8_t *to = tw_buffer_reserve(&lines->decoded, digits / 2 + 1);
    if (!to) return NO_MEMORY;
    bool upper = false;
    if (!assay_hex_decode(l->at, digits, to, &upper)) return NOT_HEX;
    if (upper) lines->notes |= ASSAY_NOTE_UPPER;
    *len = digits / 2;
    lines->decoded.len += *len;
    return DECODED;
}

static assay_lines_next_kind take_part(assay_lines *lines, const line *l, char *from)
{
    size_t len, taken = (size_t)(l->end - from) + 1;
    if (lines->part_count == 0) {
        lines->part_id = l->id;
        lines->part_budget = lines->limit;
    }
    if (taken > lines->part_budget) return garbage(lines, "parts of one reply without end", from, taken - 1);
    lines->part_budget -= taken;
    if (lines->part_count == lines->part_capacity) {
        size_t capacity = lines->part_capacity ? lines->part_capacity * 2 : 16;
        tw_bytes *parts = realloc(lines->parts, capacity * sizeof *parts);
        if (!parts) return ASSAY_LINES_MEMORY;
        lines->parts = parts;
        lines->part_capacity = capacity;
    }
    switch (take_bytes(lines, l, &len)) {
    case NO_MEMORY: return ASSAY_LINES_MEMORY;
    case NOT_HEX: return garbage(lines, "bytes that are not hex", from, taken - 1);
    case DECODED: break;
    }
    lines->parts[lines->part_count++] = (tw_bytes){NULL, len};
    lines->part_bytes += len;
    return ASSAY_LINES_REPLY;
}

static assay_lines_next_kind take_ok(assay_lines *lines, line *l, char *from, assay_reply *reply)
{
    size_t len;
    if (!take_consumed(l, &reply->consumed))
        return garbage(lines, "ok without CONSUMED and BYTES", from, (size_t)(l->end - from));
    switch (take_bytes(lines, l, &len)) {
    case NO_MEMORY: return ASSAY_LINES_MEMORY;
    case NOT_HEX: return garbage(lines, "bytes that are not hex", from, (size_t)(l->end - from));
    case DECODED: break;
    }
    reply->kind = ASSAY_REPLY_OK;
    reply->bytes = (tw_bytes){len ? lines->decoded.data + lines->part_bytes : NULL, len};
    return ASSAY_LINES_REPLY;
}

/* The text as it stands where it is plain; a clean copy otherwise. */
static bool take_text(assay_lines *lines, const line *l, const char **text)
{
    bool plain = true;
    for (const char *at = l->at; plain && at < l->end; at++) plain = (signed char)*at > 0;
    *text = l->at;
    if (plain) return true;
    lines->notes |= ASSAY_NOTE_UTF8;
    tw_buffer_clear(&lines->text);
    if (!assay_text_clean(l->at, (size_t)(l->end - l->at), &lines->text)) return false;
    if (!tw_buffer_append_byte(&lines->text, 0)) return false;
    *text = (const char *)lines->text.data;
    return true;
}

static bool take_kind(line *l, assay_reply_kind *kind)
{
    static const struct {
        const char *word;
        assay_reply_kind kind;
    } kinds[] = {
        {"reject", ASSAY_REPLY_REJECT}, {"fault", ASSAY_REPLY_FAULT},
        {"nomem", ASSAY_REPLY_NOMEM},   {"handed-up", ASSAY_REPLY_HANDED_UP},
        {"error", ASSAY_REPLY_ERROR},   {"unsupported", ASSAY_REPLY_UNSUPPORTED},
        {"hello", ASSAY_REPLY_HELLO},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (!take_verb(l, kinds[i].word)) continue;
        *kind = kinds[i].kind;
        line rest = *l;
        if (*kind == ASSAY_REPLY_ERROR && take_verb(&rest, "too-long")) *kind = ASSAY_REPLY_TOO_LONG;
        return true;
    }
    return false;
}

/* Only now does the decoded buffer stand still. */
static void place_parts(assay_lines *lines, assay_reply *reply)
{
    const uint8_t *at = lines->decoded.data;
    for (size_t i = 0; i < lines->part_count; i++) {
        lines->parts[i].data = lines->parts[i].len ? at : NULL;
        if (lines->parts[i].len) at += lines->parts[i].len;
    }
    reply->parts = lines->parts;
    reply->part_count = lines->part_count;
    lines->part_count = 0;
    lines->part_bytes = 0;
}

assay_lines_next_kind assay_lines_next(assay_lines *lines, assay_reply *reply)
{
    for (;;) {
        line l = {NULL, NULL, 0};
        if (lines->part_count == 0) tw_buffer_clear(&lines->decoded);
        assay_lines_next_kind next = take_line(lines, &l);
        if (next == ASSAY_LINES_MORE && TW_FAULT(LINES_PARTS_FORGOTTEN)) lines->part_count = 0;
        if (next != ASSAY_LINES_REPLY) return next;
        char *from = l.at;
        if (!take_id(&l)) return garbage(lines, "not a reply", from, (size_t)(l.end - from));
        if (lines->part_count > 0 && l.id != lines->part_id)
            return garbage(lines, "a line of another id between the parts of a reply", from,
                           (size_t)(l.end - from));
        *reply = (assay_reply){.id = l.id, .consumed = SIZE_MAX, .text = ""};
        if (take_verb(&l, "ok")) {
            next = take_ok(lines, &l, from, reply);
        } else if (take_verb(&l, "part")) {
            next = take_part(lines, &l, from);
            if (next == ASSAY_LINES_REPLY) continue;
        } else if (!take_kind(&l, &reply->kind)) {
            next = garbage(lines, "not a reply", from, (size_t)(l.end - from));
        } else if (!take_text(lines, &l, &reply->text)) {
            next = ASSAY_LINES_MEMORY;
        }
        if (next == ASSAY_LINES_REPLY) place_parts(lines, reply);
        return next;
    }
}

bool assay_lines_unfinished(assay_lines *lines)
{
    if (lines->start < lines->len) {
        garbage(lines, "the output ends in the middle of a line", lines->data + lines->start,
                lines->len - lines->start);
        return true;
    }
    if (lines->part_count > 0) {
        snprintf(lines->complaint, sizeof lines->complaint, "the output ends behind a part of reply %u",
                 lines->part_id);
        return true;
    }
    return false;
}
