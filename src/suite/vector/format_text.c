#include "suite/vector/format_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Hex that is longer than this does not push the words of its neighbours to the right. */
enum { COLUMN_MOST = 40 };

void assay_format_words(tw_buffer *to, const char *text)
{
    tw_buffer_append(to, text, strlen(text));
}

static bool invisible(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {{0, 0x1f},        {0x7f, 0x9f},     {0xad, 0xad},      {0x61c, 0x61c},
                  {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f},  {0xfdd0, 0xfdef},
                  {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe0fff}};
    if ((c & 0xfffe) == 0xfffe) return true;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].first && c <= ranges[i].last) return true;
    return false;
}

/* The character at the head of valid UTF-8; returns how many bytes it takes. */
static size_t take(const unsigned char *text, size_t len, uint32_t *c)
{
    size_t more = text[0] >= 0xf0 ? 3 : text[0] >= 0xe0 ? 2 : text[0] >= 0xc0 ? 1 : 0;
    if (more >= len) more = len - 1;
    *c = more ? text[0] & (0x3fu >> more) : text[0];
    for (size_t i = 1; i <= more; i++) *c = *c << 6 | (text[i] & 0x3fu);
    return more + 1;
}

static void escape(tw_buffer *to, uint32_t c)
{
    static const char letters[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    char text[16];
    const char *letter = letters;
    while (*letter && (uint32_t)(unsigned char)*letter != c) letter += 2;
    if (*letter)
        snprintf(text, sizeof text, "\\%c", letter[1]);
    else if (c < 0x10000)
        snprintf(text, sizeof text, "\\u%04x", (unsigned)c);
    else
        snprintf(text, sizeof text, "\\u%04x\\u%04x", (unsigned)(0xd800 + ((c - 0x10000) >> 10)),
                 (unsigned)(0xdc00 + ((c - 0x10000) & 0x3ff)));
    assay_format_words(to, text);
}

void assay_format_string(tw_buffer *to, const char *text, size_t len)
{
    tw_buffer_append_byte(to, '"');
    for (size_t at = 0; at < len;) {
        uint32_t c;
        size_t n = take((const unsigned char *)text + at, len - at, &c);
        if (c == '"' || c == '\\' || invisible(c))
            escape(to, c);
        else
            tw_buffer_append(to, text + at, n);
        at += n;
    }
    tw_buffer_append_byte(to, '"');
}

static void put_member(tw_buffer *to, const char *key, const json_t *value, bool *first)
{
    if (!*first) assay_format_words(to, ", ");
    *first = false;
    assay_format_string(to, key, strlen(key));
    assay_format_words(to, ": ");
    assay_format_value(to, value, NULL);
}

static bool is_among(const char *const *names, const char *key)
{
    while (names && *names && strcmp(*names, key) != 0) names++;
    return names && *names;
}

static void put_object(tw_buffer *to, const json_t *object, const char *const *names)
{
    const char *key;
    json_t *value;
    bool first = true;
    tw_buffer_append_byte(to, '{');
    for (const char *const *name = names; name && *name; name++)
        if ((value = json_object_get(object, *name))) put_member(to, *name, value, &first);
    json_object_foreach((json_t *)object, key, value)
    {
        if (!is_among(names, key)) put_member(to, key, value, &first);
    }
    tw_buffer_append_byte(to, '}');
}

static void put_list(tw_buffer *to, const json_t *list, const char *const *names)
{
    tw_buffer_append_byte(to, '[');
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (i) assay_format_words(to, ", ");
        assay_format_value(to, json_array_get(list, i), names);
    }
    tw_buffer_append_byte(to, ']');
}

static void put_number(tw_buffer *to, const json_t *value)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(17));
    if (text)
        assay_format_words(to, text);
    else
        to->failed = true;
    free(text);
}

void assay_format_value(tw_buffer *to, const json_t *value, const char *const *names)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT: put_object(to, value, names); break;
    case JSON_ARRAY: put_list(to, value, names); break;
    case JSON_STRING: assay_format_string(to, json_string_value(value), json_string_length(value)); break;
    case JSON_TRUE: assay_format_words(to, "true"); break;
    case JSON_FALSE: assay_format_words(to, "false"); break;
    case JSON_NULL: assay_format_words(to, "null"); break;
    default: put_number(to, value); break;
    }
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The hex of a line with single blanks: appended to `to`, or only measured where that is NULL. */
static size_t put_hex(tw_buffer *to, const char *line, size_t len)
{
    size_t width = 0;
    for (size_t at = 0; at < len; at++) {
        if (is_blank(line[at])) continue;
        bool gap = width > 0 && is_blank(line[at - 1]);
        if (to && gap) tw_buffer_append_byte(to, ' ');
        if (to) tw_buffer_append_byte(to, (uint8_t)line[at]);
        width += gap ? 2 : 1;
    }
    return width;
}

size_t assay_format_column(const json_t *lines)
{
    size_t column = 0;
    for (size_t i = 0; i < json_array_size(lines); i++) {
        const char *line = json_string_value(json_array_get(lines, i));
        const char *bar = line ? strchr(line, '|') : NULL;
        size_t width = bar ? put_hex(NULL, line, (size_t)(bar - line)) : 0;
        if (width <= COLUMN_MOST && width + 1 > column) column = width + 1;
    }
    return column;
}

void assay_format_wire(tw_buffer *to, const char *line, size_t column)
{
    tw_buffer plain;
    const char *bar = strchr(line, '|'), *words = bar ? bar + 1 : "";
    tw_buffer_init(&plain, to->alloc);
    size_t width = put_hex(&plain, line, bar ? (size_t)(bar - line) : strlen(line));
    while (is_blank(*words)) words++;
    size_t len = strlen(words);
    while (len && is_blank(words[len - 1])) len--;
    if (len) {
        do tw_buffer_append_byte(&plain, ' ');
        while (++width < column);
        assay_format_words(&plain, "| ");
        tw_buffer_append(&plain, words, len);
    }
    assay_format_string(to, plain.data ? (const char *)plain.data : "", plain.len);
    if (plain.failed) to->failed = true;
    tw_buffer_deinit(&plain);
}
