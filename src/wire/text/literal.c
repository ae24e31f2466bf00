#include "wire/text/literal.h"

#include "wire/base/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* From here on a string of one byte is spelled as a repeat: shorter ones are easier to read as they are. */
#define REPEAT_FROM 32u
/* How far a string is looked at when only its beginning will be shown. */
#define GLANCE ((size_t)1 << 20)

static const char hex_digits[] = "0123456789abcdef";

/* Whether the string may be quoted, judged by its first `window` bytes; a character cut by the window does
 * not count. */
static bool is_text(tw_bytes bytes, size_t window)
{
    size_t end = bytes.len < window ? bytes.len : window;
    for (size_t at = 0; at < end;) {
        uint32_t code;
        size_t len = tw_utf8_next(bytes.data + at, bytes.len - at, &code);
        if (len == 0) return false;
        at += len;
    }
    return true;
}

static bool is_repeat(tw_bytes bytes)
{
    return bytes.len >= REPEAT_FROM && memcmp(bytes.data, bytes.data + 1, bytes.len - 1) == 0;
}

static void append_char(const uint8_t *at, size_t len, uint32_t code, tw_buffer *to)
{
    static const char short_names[] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    char text[8];
    int n = 0;
    if (code == '"' || code == '\\') {
        n = snprintf(text, sizeof text, "\\%c", (char)code);
    } else if (code < sizeof short_names && short_names[code]) {
        n = snprintf(text, sizeof text, "\\%c", short_names[code]);
    } else if (tw_literal_is_control(code)) {
        n = snprintf(text, sizeof text, "\\u%04" PRIx32, code);
    }
    if (n > 0)
        tw_buffer_append(to, text, (size_t)n);
    else
        tw_buffer_append(to, at, len);
}

static bool append_quoted(tw_bytes bytes, size_t room, tw_buffer *to)
{
    size_t start = to->len;
    tw_buffer_append_byte(to, '"');
    for (size_t at = 0; at < bytes.len && !to->failed;) {
        if (to->len - start > room) return false;
        uint32_t code = 0;
        size_t len = tw_utf8_next(bytes.data + at, bytes.len - at, &code);
        if (len == 0) return false; /* beyond the window that was judged */
        append_char(bytes.data + at, len, code, to);
        at += len;
    }
    tw_buffer_append_byte(to, '"');
    return true;
}

static bool append_hex(tw_bytes bytes, size_t room, tw_buffer *to)
{
    size_t start = to->len;
    tw_buffer_append(to, "h'", 2);
    for (size_t i = 0; i < bytes.len && !to->failed; i++) {
        if (to->len - start > room) return false;
        char pair[2] = {hex_digits[bytes.data[i] >> 4], hex_digits[bytes.data[i] & 15]};
        tw_buffer_append(to, pair, 2);
    }
    tw_buffer_append_byte(to, '\'');
    return true;
}

bool tw_literal_string(tw_bytes bytes, size_t room, tw_buffer *to)
{
    bool all = room == SIZE_MAX || bytes.len <= GLANCE;
    if (all && is_repeat(bytes)) {
        char times[32];
        int n = snprintf(times, sizeof times, "*%zu", bytes.len);
        tw_bytes one = {bytes.data, 1};
        if (bytes.data[0] < 0x80)
            append_quoted(one, SIZE_MAX, to);
        else
            append_hex(one, SIZE_MAX, to);
        tw_buffer_append(to, times, (size_t)n);
        return true;
    }
    return is_text(bytes, all ? SIZE_MAX : GLANCE) ? append_quoted(bytes, room, to)
                                                   : append_hex(bytes, room, to);
}

void tw_literal_uuid(const uint8_t bytes[16], tw_buffer *to)
{
    char text[36];
    size_t n = 0;
    for (size_t i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text[n++] = '-';
        text[n++] = hex_digits[bytes[i] >> 4];
        text[n++] = hex_digits[bytes[i] & 15];
    }
    tw_buffer_append(to, text, sizeof text);
}

bool tw_literal_scalar(const tw_node *node, size_t room, tw_buffer *to)
{
    char text[TW_DOUBLE_TEXT];
    size_t n;
    switch (node->type) {
    case TW_STRING: return tw_literal_string(tw_bytes_of(node->u.bytes, node->count), room, to);
    case TW_UUID: tw_literal_uuid(node->u.bytes, to); return true;
    case TW_DOUBLE: n = tw_literal_double(node->u.bits, text); break;
    case TW_BOOL: n = (size_t)snprintf(text, sizeof text, "%s", node->u.i ? "true" : "false"); break;
    default: n = (size_t)snprintf(text, sizeof text, "%" PRId64, node->u.i); break;
    }
    tw_buffer_append(to, text, n);
    return true;
}
