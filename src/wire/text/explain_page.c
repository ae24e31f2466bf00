#include "wire/text/explain_page.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define COLUMNS 100u
#define BYTES_SHOWN 8u
#define BYTES_WIDTH (BYTES_SHOWN * 3u + 2u) /* "00 11 22 33 44 55 66 77 .." */
#define INDENT_MOST 28u
#define ROOM_LEAST 16u

static const char *const colours[] = {
    [TW_ROLE_PLAIN] = "",
    [TW_ROLE_HEAD] = "\033[36m",
    [TW_ROLE_SIZE] = "\033[33m",
    [TW_ROLE_VALUE] = "\033[32m",
    [TW_ROLE_STOP] = "\033[90m",
    [TW_ROLE_ENVELOPE] = "\033[34m",
    [TW_ROLE_TRANSPORT] = "\033[35m",
    [TW_ROLE_REST] = "\033[90m",
    [TW_ROLE_ERROR] = "\033[1;31m",
};
static const char faint[] = "\033[90m", bold[] = "\033[1m", plain[] = "\033[0m";

void tw_page_init(tw_page *page, tw_buffer *to, bool colour, size_t largest)
{
    char digits[32];
    *page = (tw_page){.to = to, .colour = colour};
    tw_buffer_init(&page->words, to->alloc);
    page->hex_width = largest <= 0xffff ? 4 : snprintf(digits, sizeof digits, "%zx", largest);
    page->byte_width = snprintf(digits, sizeof digits, "%zu", largest);
    if (page->byte_width < 4) page->byte_width = 4;
}

void tw_page_deinit(tw_page *page)
{
    tw_buffer_deinit(&page->words);
}

void tw_page_say(tw_page *page, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n > 0) tw_buffer_append(&page->words, text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1);
    if (page->words.failed) page->to->failed = true;
}

static unsigned indent_of(unsigned indent)
{
    return indent < INDENT_MOST ? indent : INDENT_MOST;
}

/* Columns in front of the words. */
static size_t margin(const tw_page *page)
{
    return 2 + (size_t)page->hex_width + 2 + (size_t)page->byte_width + 2 + BYTES_WIDTH + 2;
}

size_t tw_page_room(const tw_page *page, unsigned indent)
{
    size_t taken = margin(page) + indent_of(indent) + page->words.len;
    return taken + ROOM_LEAST < COLUMNS ? COLUMNS - taken : ROOM_LEAST;
}

static void put(tw_page *page, const char *text)
{
    tw_buffer_append(page->to, text, strlen(text));
}

static void put_spaces(tw_page *page, size_t n)
{
    while (n-- > 0) tw_buffer_append_byte(page->to, ' ');
}

static void put_coloured(tw_page *page, const char *colour, const void *text, size_t len)
{
    bool on = page->colour && *colour && len > 0;
    if (on) put(page, colour);
    tw_buffer_append(page->to, text, len);
    if (on) put(page, plain);
}

static void put_bytes(tw_page *page, const tw_row *row)
{
    char text[BYTES_WIDTH + 4] = "";
    size_t n = 0;
    for (size_t i = 0; i < row->bytes.len && i < BYTES_SHOWN; i++) {
        n += (size_t)snprintf(text + n, sizeof text - n, i ? " %02x" : "%02x", row->bytes.data[i]);
    }
    if (row->bytes.len > BYTES_SHOWN) n += (size_t)snprintf(text + n, sizeof text - n, " ..");
    put_coloured(page, colours[row->role], text, n);
    put_spaces(page, BYTES_WIDTH + 2 - n);
}

static void end_line(tw_page *page)
{
    if (page->words.failed) page->to->failed = true;
    tw_buffer_append_byte(page->to, '\n');
    page->words.len = 0;
}

void tw_page_row(tw_page *page, const tw_row *row)
{
    char text[80];
    int n = snprintf(text, sizeof text, "%c", row->gutter);
    put_coloured(page,
                 row->gutter == '!'   ? colours[TW_ROLE_ERROR]
                 : row->gutter == '>' ? bold
                                      : "",
                 text, (size_t)n);
    n = snprintf(text, sizeof text, " %0*zx  %*zu  ", page->hex_width, row->hex_at, page->byte_width,
                 row->at);
    put_coloured(page, faint, text, (size_t)n);
    put_bytes(page, row);
    put_spaces(page, indent_of(row->indent));
    bool shaded = row->role == TW_ROLE_ERROR || row->role == TW_ROLE_REST || row->role == TW_ROLE_STOP;
    put_coloured(page, shaded ? colours[row->role] : "", page->words.data, page->words.len);
    end_line(page);
}

void tw_page_line(tw_page *page, tw_role role)
{
    put_coloured(page, colours[role], page->words.data, page->words.len);
    end_line(page);
}

void tw_page_note(tw_page *page, unsigned indent, tw_role role)
{
    size_t left = margin(page) + indent_of(indent);
    size_t room = left + ROOM_LEAST < COLUMNS ? COLUMNS - left : ROOM_LEAST;
    const char *text = (const char *)page->words.data, *end = text + page->words.len;
    while (text < end) {
        size_t n = (size_t)(end - text);
        if (n > room) {
            n = room;
            while (n > 0 && text[n] != ' ') n--;
            if (n == 0) n = room; /* one long word */
        }
        put_spaces(page, left);
        put_coloured(page, colours[role], text, n);
        tw_buffer_append_byte(page->to, '\n');
        text += n;
        while (text < end && *text == ' ') text++;
    }
    page->words.len = 0;
}

void tw_page_head(tw_page *page, const char *title)
{
    char text[160];
    int n = snprintf(text, sizeof text, "  %*s  %*s  %-*s  %s", page->hex_width, "hex", page->byte_width,
                     "byte", (int)BYTES_WIDTH, "bytes", title);
    put_coloured(page, bold, text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1);
    end_line(page);
}
