#include "wire/text/notation_lex.h"

#include "wire/base/utf8.h"
#include "wire/text/literal.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void tw_lexer_init(tw_lexer *lexer, const char *text, size_t len, const tw_alloc *alloc, size_t string_most,
                   tw_notation_error *error)
{
    *lexer = (tw_lexer){.text = len ? text : "", .len = len, .error = error, .string_most = string_most};
    tw_buffer_init(&lexer->scratch, alloc);
    *error = (tw_notation_error){.cls = TW_OK};
}

void tw_lexer_deinit(tw_lexer *lexer)
{
    tw_buffer_deinit(&lexer->scratch);
}

bool tw_lexer_fail(tw_lexer *lexer, tw_class cls, size_t at, const char *format, ...)
{
    tw_notation_error *error = lexer->error;
    error->cls = cls;
    error->line = error->column = 1;
    for (size_t i = 0; i < at; i++) {
        error->column++;
        if (lexer->text[i] != '\n') continue;
        error->line++;
        error->column = 1;
    }
    va_list args;
    va_start(args, format);
    vsnprintf(error->text, sizeof error->text, format, args);
    va_end(args);
    return false;
}

bool tw_lexer_fail_expected(tw_lexer *lexer, const char *what)
{
    size_t at = lexer->at;
    if (at == lexer->len)
        return tw_lexer_fail(lexer, TW_MALFORMED, at, "%s is expected, but the text ends", what);
    unsigned char c = (unsigned char)lexer->text[at];
    if (c > 0x20 && c < 0x7f) {
        size_t word = tw_lexer_word(lexer);
        int shown = word > 32 ? 32 : word > 0 ? (int)word : 1;
        return tw_lexer_fail(lexer, TW_MALFORMED, at, "%s is expected, not `%.*s`", what, shown,
                             lexer->text + at);
    }
    return tw_lexer_fail(lexer, TW_MALFORMED, at, "%s is expected, not the byte 0x%02x", what, c);
}

bool tw_lexer_space(tw_lexer *lexer)
{
    bool line_end = false;
    for (; lexer->at < lexer->len; lexer->at++) {
        char c = lexer->text[lexer->at];
        if (c == '\n') line_end = true;
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r') break;
    }
    return line_end;
}

char tw_lexer_peek(const tw_lexer *lexer)
{
    return lexer->at < lexer->len ? lexer->text[lexer->at] : 0;
}

bool tw_lexer_take(tw_lexer *lexer, char c)
{
    if (lexer->at == lexer->len || lexer->text[lexer->at] != c) return false;
    lexer->at++;
    return true;
}

bool tw_lexer_expect(tw_lexer *lexer, char c)
{
    tw_lexer_space(lexer);
    if (tw_lexer_take(lexer, c)) return true;
    char what[] = {'`', c, '`', 0};
    return tw_lexer_fail_expected(lexer, what);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

size_t tw_lexer_word(const tw_lexer *lexer)
{
    const char *word = lexer->text + lexer->at;
    size_t left = lexer->len - lexer->at, n = 0;
    if (left == 0 || !is_lower(word[0])) return 0;
    while (n < left && (is_lower(word[n]) || is_digit(word[n]))) n++;
    return n;
}

/* How far a number reaches: anything that could be part of one, so that `1.5x` is one wrong number. */
static size_t number_length(const tw_lexer *lexer)
{
    size_t n = 0;
    for (; lexer->at + n < lexer->len; n++) {
        char c = lexer->text[lexer->at + n];
        if (!is_digit(c) && !is_lower(c) && !(c >= 'A' && c <= 'Z') && !strchr("+-._", c)) break;
        if (c == 0) break;
    }
    return n;
}

bool tw_lexer_integer(tw_lexer *lexer, int64_t least, int64_t most, const char *what, int64_t *value)
{
    size_t start = lexer->at, len = number_length(lexer);
    const char *digit = lexer->text + start, *end = digit + len;
    bool minus = len > 0 && *digit == '-';
    if (minus) digit++;
    if (digit == end || !is_digit(*digit)) {
        char expected[48];
        snprintf(expected, sizeof expected, "the %s", what);
        return tw_lexer_fail_expected(lexer, expected);
    }
    if (*digit == '0' && (end - digit > 1 || minus))
        return tw_lexer_fail(lexer, TW_MALFORMED, start, "the %s has an idle zero or sign in front", what);
    uint64_t number = 0;
    bool fits = true;
    for (; digit < end; digit++) {
        if (!is_digit(*digit))
            return tw_lexer_fail(lexer, TW_MALFORMED, (size_t)(digit - lexer->text), "the %s is no integer",
                                 what);
        uint64_t next = (uint64_t)(*digit - '0');
        fits = fits && number <= (UINT64_MAX - next) / 10;
        if (fits) number = number * 10 + next;
    }
    uint64_t edge = minus ? UINT64_C(0) - (uint64_t)least : (uint64_t)most;
    bool low = minus ? least >= 0 : least > 0 && number < (uint64_t)least;
    if (!fits || low || number > edge)
        return tw_lexer_fail(lexer, TW_MALFORMED, start, "the %s is out of range: %" PRId64 " to %" PRId64,
                             what, least, most);
    *value = minus ? (int64_t)(UINT64_C(0) - number) : (int64_t)number;
    lexer->at += len;
    return true;
}

bool tw_lexer_bool(tw_lexer *lexer, bool *value)
{
    size_t len = tw_lexer_word(lexer);
    const char *word = lexer->text + lexer->at;
    *value = len == 4 && memcmp(word, "true", 4) == 0;
    if (!*value && !(len == 5 && memcmp(word, "false", 5) == 0))
        return tw_lexer_fail_expected(lexer, "`true` or `false`");
    lexer->at += len;
    return true;
}

static int hex_digit(char c)
{
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* Exactly `count` hex digits as a number. */
static bool take_hex(tw_lexer *lexer, unsigned count, uint64_t *number)
{
    *number = 0;
    for (unsigned i = 0; i < count; i++) {
        int digit = hex_digit(tw_lexer_peek(lexer));
        if (digit < 0) return tw_lexer_fail_expected(lexer, "a hex digit");
        *number = *number << 4 | (uint64_t)digit;
        lexer->at++;
    }
    return true;
}

static bool read_nan(tw_lexer *lexer, uint64_t *bits)
{
    static const char head[] = "nan(0x";
    size_t start = lexer->at;
    for (const char *c = head; *c; c++) {
        if (!tw_lexer_take(lexer, *c))
            return tw_lexer_fail(lexer, TW_MALFORMED, start,
                                 "a NaN is spelled with its bits: nan(0x7ff8000000000000)");
    }
    if (!take_hex(lexer, 16, bits)) return false;
    if (!tw_lexer_take(lexer, ')')) return tw_lexer_fail_expected(lexer, "`)`");
    if ((*bits & UINT64_C(0x7fffffffffffffff)) <= UINT64_C(0x7ff0000000000000))
        return tw_lexer_fail(lexer, TW_MALFORMED, start, "these bits are no NaN");
    return true;
}

bool tw_lexer_double(tw_lexer *lexer, uint64_t *bits)
{
    const char *text = lexer->text + lexer->at;
    if (tw_lexer_peek(lexer) == 'n') return read_nan(lexer, bits);
    size_t len = number_length(lexer);
    if (len == 3 && memcmp(text, "inf", 3) == 0) {
        *bits = UINT64_C(0x7ff0000000000000);
    } else if (len == 4 && memcmp(text, "-inf", 4) == 0) {
        *bits = UINT64_C(0xfff0000000000000);
    } else {
        switch (tw_literal_read_double(text, len, bits)) {
        case TW_DOUBLE_READ: break;
        case TW_DOUBLE_NO_NUMBER: return tw_lexer_fail_expected(lexer, "a double");
        case TW_DOUBLE_RANGE:
            return tw_lexer_fail(lexer, TW_MALFORMED, lexer->at,
                                 "the number is out of the range of a double");
        }
    }
    lexer->at += len;
    return true;
}

bool tw_lexer_uuid(tw_lexer *lexer, uint8_t bytes[16])
{
    for (unsigned i = 0; i < 16; i++) {
        uint64_t byte;
        if ((i == 4 || i == 6 || i == 8 || i == 10) && !tw_lexer_take(lexer, '-'))
            return tw_lexer_fail_expected(lexer, "`-` of a uuid");
        if (!take_hex(lexer, 2, &byte)) return false;
        bytes[i] = (uint8_t)byte;
    }
    if (tw_lexer_word(lexer) > 0 || is_digit(tw_lexer_peek(lexer)) || tw_lexer_peek(lexer) == '-')
        return tw_lexer_fail(lexer, TW_MALFORMED, lexer->at, "the uuid goes on behind its 32 hex digits");
    return true;
}

static void append_utf8(tw_buffer *to, uint32_t code)
{
    uint8_t bytes[4];
    size_t len = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = len; i-- > 1; code >>= 6) bytes[i] = (uint8_t)(0x80 | (code & 0x3f));
    static const uint8_t lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    bytes[0] = (uint8_t)(lead[len] | code);
    tw_buffer_append(to, bytes, len);
}

/* What stands behind `\u`, with the second half of a pair. */
static bool read_unicode(tw_lexer *lexer, size_t start, uint32_t *code)
{
    uint64_t unit = 0, low = 0;
    if (!take_hex(lexer, 4, &unit)) return false;
    *code = (uint32_t)unit;
    if (unit < 0xd800 || unit > 0xdfff) return true;
    if (unit < 0xdc00 && tw_lexer_take(lexer, '\\') && tw_lexer_take(lexer, 'u')) {
        if (!take_hex(lexer, 4, &low)) return false;
        if (low >= 0xdc00 && low <= 0xdfff) {
            *code = 0x10000 + (uint32_t)((unit - 0xd800) << 10 | (low - 0xdc00));
            return true;
        }
    }
    return tw_lexer_fail(lexer, TW_MALFORMED, start, "half of a surrogate pair is no character");
}

static bool read_escape(tw_lexer *lexer)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    size_t start = lexer->at++;
    char c = tw_lexer_peek(lexer);
    const char *known = c ? strchr(names, c) : NULL;
    if (known) {
        lexer->at++;
        tw_buffer_append_byte(&lexer->scratch, (uint8_t)values[known - names]);
        return true;
    }
    if (c != 'u') return tw_lexer_fail(lexer, TW_MALFORMED, start, "unknown escape");
    lexer->at++;
    uint32_t code;
    if (!read_unicode(lexer, start, &code)) return false;
    append_utf8(&lexer->scratch, code);
    return true;
}

static bool read_quoted(tw_lexer *lexer)
{
    size_t start = lexer->at++;
    while (!tw_lexer_take(lexer, '"')) {
        if (lexer->at == lexer->len)
            return tw_lexer_fail(lexer, TW_MALFORMED, start, "the string does not end");
        if (tw_lexer_peek(lexer) == '\\') {
            if (!read_escape(lexer)) return false;
            continue;
        }
        uint32_t code;
        const uint8_t *bytes = (const uint8_t *)lexer->text + lexer->at;
        size_t len = tw_utf8_next(bytes, lexer->len - lexer->at, &code);
        if (len == 0)
            return tw_lexer_fail(lexer, TW_MALFORMED, lexer->at,
                                 "not UTF-8: such strings are spelled in hex, h'..'");
        if (tw_literal_is_control(code))
            return tw_lexer_fail(lexer, TW_MALFORMED, lexer->at,
                                 "a control character must be escaped: \\u%04" PRIx32, code);
        tw_buffer_append(&lexer->scratch, bytes, len);
        lexer->at += len;
    }
    return true;
}

static bool read_hex(tw_lexer *lexer)
{
    lexer->at++;
    if (!tw_lexer_take(lexer, '\'')) return tw_lexer_fail_expected(lexer, "`'`");
    while (!tw_lexer_take(lexer, '\'')) {
        uint64_t byte;
        if (!take_hex(lexer, 2, &byte)) return false;
        tw_buffer_append_byte(&lexer->scratch, (uint8_t)byte);
    }
    return true;
}

/* `*N` behind a string. */
static bool read_repeat(tw_lexer *lexer)
{
    size_t start = lexer->at;
    if (!tw_lexer_take(lexer, '*')) return true;
    int64_t times = 0;
    if (!tw_lexer_integer(lexer, 1, INT32_MAX, "repeat", &times)) return false;
    tw_buffer *scratch = &lexer->scratch;
    size_t size = scratch->len;
    if (size > 0 && (uint64_t)times > ((uint64_t)1 << 30) / size)
        return tw_lexer_fail(lexer, TW_LIMIT, start, "the repeat is longer than 1 GiB");
    size_t more = size * (size_t)(times - 1);
    uint8_t *to = size + more > lexer->string_most ? NULL : tw_buffer_reserve(scratch, more);
    if (!to) return tw_lexer_fail(lexer, TW_MEMORY, start, "out of memory");
    for (size_t done = 0; done < more; done += size) memcpy(to + done, scratch->data, size);
    scratch->len += more;
    return true;
}

bool tw_lexer_string(tw_lexer *lexer, tw_bytes *bytes)
{
    size_t start = lexer->at;
    tw_buffer_clear(&lexer->scratch);
    char c = tw_lexer_peek(lexer);
    if (c != '"' && c != 'h') return tw_lexer_fail_expected(lexer, "a string, \"..\" or h'..',");
    if (!(c == '"' ? read_quoted(lexer) : read_hex(lexer))) return false;
    if (lexer->scratch.failed) return tw_lexer_fail(lexer, TW_MEMORY, start, "out of memory");
    if (!read_repeat(lexer)) return false;
    *bytes = tw_buffer_view(&lexer->scratch);
    return true;
}
