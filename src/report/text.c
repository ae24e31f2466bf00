#include "report/text.h"

#include <string.h>

void assay_put_bytes(tw_buffer *to, const char *text, size_t n)
{
    tw_buffer_append(to, text, n);
}

size_t assay_utf8_character(const char *text, size_t n, uint32_t *code)
{
    const unsigned char *p = (const unsigned char *)text;
    if (p[0] < 0x80) {
        *code = p[0];
        return 1;
    }
    size_t len = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    if (p[0] < 0xc2 || p[0] > 0xf4 || n < len) return 0;
    uint32_t c = p[0] & (0xffu >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xc0) != 0x80) return 0;
        c = c << 6 | (p[i] & 0x3fu);
    }
    if (c < least[len] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) return 0;
    *code = c;
    return len;
}

void assay_put_clean(tw_buffer *to, const char *text, size_t n)
{
    for (size_t i = 0; i < n;) {
        uint32_t code = 0;
        size_t len = assay_utf8_character(text + i, n - i, &code);
        if (len == 0 || code < 0x20 || (code >= 0x7f && code < 0xa0)) {
            size_t shown = len ? len : 1;
            for (size_t k = 0; k < shown; k++) tw_buffer_printf(to, "\\x%02x", (unsigned char)text[i + k]);
            i += shown;
        } else {
            assay_put_bytes(to, text + i, len);
            i += len;
        }
    }
}

void assay_put_valid(tw_buffer *to, const char *text, size_t n)
{
    for (size_t i = 0; i < n;) {
        uint32_t code = 0;
        size_t len = assay_utf8_character(text + i, n - i, &code);
        if (len == 0) {
            assay_put_bytes(to, "\xef\xbf\xbd", 3);
            i++;
        } else {
            assay_put_bytes(to, text + i, len);
            i += len;
        }
    }
}

size_t assay_utf8_columns(const char *text, size_t n)
{
    size_t columns = 0;
    for (size_t i = 0; i < n; i++)
        if (((unsigned char)text[i] & 0xc0) != 0x80) columns++;
    return columns;
}

void assay_put_wrap(tw_buffer *to, const char *text, size_t indent, size_t width)
{
    size_t column = indent;
    while (*text == ' ') text++;
    while (*text) {
        size_t len = strcspn(text, " ");
        size_t columns = assay_utf8_columns(text, len);
        if (column > indent && column + 1 + columns > width) {
            tw_buffer_printf(to, "\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            tw_buffer_printf(to, " ");
            column++;
        }
        assay_put_clean(to, text, len);
        column += columns;
        text += len;
        while (*text == ' ') text++;
    }
}

void assay_put_number(tw_buffer *to, size_t n)
{
    if (n >= 1000) {
        assay_put_number(to, n / 1000);
        tw_buffer_printf(to, ",%03zu", n % 1000);
    } else {
        tw_buffer_printf(to, "%zu", n);
    }
}
