#include "wire/text/hex.h"

#include <string.h>

/* Groups nest this deep; people need one level. */
#define GROUPS_MAX 8u
#define LINE_BYTES_MAX ((size_t)1 << 30)

static int nibble_of(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

tw_class tw_hex_write(tw_bytes bytes, tw_buffer *to)
{
    static const char digits[] = "0123456789abcdef";
    if (bytes.len > SIZE_MAX / 8) return TW_MEMORY;
    uint8_t *out = tw_buffer_reserve(to, bytes.len * 2);
    if (!out) return TW_MEMORY;
    /* `at` and not to->data: a byte written could be a byte of the buffer's own fields as far as the compiler
     * knows. */
    const uint8_t *restrict at = bytes.data;
    for (size_t i = 0; i < bytes.len; i++) {
        out[2 * i] = (uint8_t)digits[at[i] >> 4];
        out[2 * i + 1] = (uint8_t)digits[at[i] & 15];
    }
    to->len += bytes.len * 2;
    return TW_OK;
}

tw_class tw_hex_read(const char *text, size_t len, tw_buffer *to, size_t *at)
{
    size_t before = to->len;
    uint8_t *out = tw_buffer_reserve(to, len / 2 + 1);
    if (!out) return TW_MEMORY;
    size_t n = 0;
    int high = -1;
    for (size_t i = 0; i < len; i++) {
        if (is_space(text[i])) continue;
        int nibble = nibble_of(text[i]);
        if (nibble < 0) {
            if (at) *at = i;
            return TW_MALFORMED;
        }
        if (high >= 0) out[n++] = (uint8_t)(high * 16 + nibble);
        high = high >= 0 ? -1 : nibble;
    }
    if (high >= 0) {
        if (at) *at = len;
        return TW_MALFORMED;
    }
    to->len = before + n;
    return TW_OK;
}

/* One line of annotated hex as it is read. `item` is where the bytes of the last item start, for `*N`. */
typedef struct line {
    const char *text;
    size_t len, at;
    const tw_hex_name *names;
    tw_buffer *to;
    size_t start; /* of the line's bytes in `to` */
    size_t groups[GROUPS_MAX];
    size_t group_count;
    const char *why;
} line;

static tw_class fail(line *l, tw_class cls, size_t at, const char *why)
{
    l->at = at;
    l->why = why;
    return cls;
}

static const char too_long[] = "the line spells more than 1 GiB";

/* A decimal number that fits 32 bits; its digits may be followed by anything but a word. */
static tw_class read_number(line *l, uint64_t *number)
{
    size_t start = l->at;
    *number = 0;
    while (l->at < l->len && l->text[l->at] >= '0' && l->text[l->at] <= '9') {
        *number = *number * 10 + (uint64_t)(l->text[l->at] - '0');
        if (*number > UINT32_MAX) return fail(l, TW_MALFORMED, start, "the number is larger than 4294967295");
        l->at++;
    }
    if (l->at == start || (l->at < l->len && is_word(l->text[l->at])))
        return fail(l, TW_MALFORMED, l->at, "a decimal number is expected");
    return TW_OK;
}

/* Reads `*N` where it follows, and repeats what was appended since `item`. */
static tw_class read_repeat(line *l, size_t item)
{
    if (l->at >= l->len || l->text[l->at] != '*') return TW_OK;
    size_t star = l->at++;
    uint64_t times;
    tw_class cls = read_number(l, &times);
    if (cls != TW_OK) return cls;
    if (times == 0) return fail(l, TW_MALFORMED, star, "a repeat is at least 1");
    size_t size = l->to->len - item;
    if (size == 0) return TW_OK;
    if (times > LINE_BYTES_MAX / size || size * times > LINE_BYTES_MAX - (item - l->start))
        return fail(l, TW_LIMIT, star, too_long);
    size_t more = size * (size_t)(times - 1);
    if (!tw_buffer_reserve(l->to, more)) return TW_MEMORY;
    while (more > 0) { /* all that is there already, again: a long repeat is a few large copies */
        size_t there = l->to->len - item, n = there < more ? there : more;
        tw_buffer_append(l->to, l->to->data + item, n);
        more -= n;
    }
    return TW_OK;
}

static const tw_hex_name *find_name(const tw_hex_name *names, const char *word, size_t len)
{
    for (; names && names->name; names++) {
        if (strlen(names->name) == len && memcmp(names->name, word, len) == 0) return names;
    }
    return NULL;
}

/* A name, and +N or -N behind it. */
static tw_class read_name(line *l, const tw_hex_name *name, size_t start)
{
    int64_t value = name->value;
    if (l->at < l->len && (l->text[l->at] == '+' || l->text[l->at] == '-')) {
        bool minus = l->text[l->at++] == '-';
        uint64_t number;
        tw_class cls = read_number(l, &number);
        if (cls != TW_OK) return cls;
        value += minus ? -(int64_t)number : (int64_t)number;
    }
    if (value < 0 || value > UINT32_MAX) return fail(l, TW_MALFORMED, start, "the size does not fit 4 bytes");
    uint8_t bytes[4] = {(uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8),
                        (uint8_t)value};
    size_t item = l->to->len;
    if (!tw_buffer_append(l->to, bytes, sizeof bytes)) return TW_MEMORY;
    return read_repeat(l, item);
}

/* A run of hex pairs or a name. A repeat behind a run means its last byte. */
static tw_class read_word(line *l)
{
    size_t start = l->at, end = start;
    while (end < l->len && is_word(l->text[end])) end++;
    size_t digits = 0;
    while (start + digits < end && nibble_of(l->text[start + digits]) >= 0) digits++;
    if (digits < end - start) {
        const tw_hex_name *name = find_name(l->names, l->text + start, end - start);
        if (!name) return fail(l, TW_MALFORMED, start + digits, "neither a hex digit nor a known name");
        l->at = end;
        return read_name(l, name, start);
    }
    if (digits % 2 != 0) return fail(l, TW_MALFORMED, end, "odd number of hex digits");
    for (size_t i = start; i < end; i += 2) {
        uint8_t byte = (uint8_t)(nibble_of(l->text[i]) * 16 + nibble_of(l->text[i + 1]));
        if (!tw_buffer_append_byte(l->to, byte)) return TW_MEMORY;
    }
    l->at = end;
    return read_repeat(l, l->to->len - 1);
}

static tw_class read_item(line *l)
{
    char c = l->text[l->at];
    if (is_word(c)) return read_word(l);
    if (c == '(') {
        if (l->group_count == GROUPS_MAX) return fail(l, TW_MALFORMED, l->at, "groups nest too deep");
        l->groups[l->group_count++] = l->to->len;
        l->at++;
        return TW_OK;
    }
    if (c == ')') {
        if (l->group_count == 0) return fail(l, TW_MALFORMED, l->at, "`)` without `(`");
        l->at++;
        return read_repeat(l, l->groups[--l->group_count]);
    }
    return fail(l, TW_MALFORMED, l->at, c == '*' ? "nothing to repeat" : "not a hex digit");
}

tw_class tw_hex_read_annotated(const char *text, size_t len, const tw_hex_name *names, tw_buffer *to,
                               size_t *at, const char **why)
{
    line l = {.text = text, .len = len, .names = names, .to = to, .start = to->len};
    tw_class cls = TW_OK;
    while (cls == TW_OK && l.at < len && text[l.at] != '|') {
        if (is_space(text[l.at]))
            l.at++;
        else
            cls = read_item(&l);
        if (cls == TW_OK && to->len - l.start > LINE_BYTES_MAX) cls = fail(&l, TW_LIMIT, l.at, too_long);
    }
    if (cls == TW_OK && l.group_count > 0) cls = fail(&l, TW_MALFORMED, l.at, "`(` without `)`");
    if (cls == TW_MEMORY) l.why = "out of memory";
    if (cls == TW_OK) return TW_OK;
    to->len = l.start;
    if (at) *at = l.at;
    if (why) *why = l.why;
    return cls;
}
