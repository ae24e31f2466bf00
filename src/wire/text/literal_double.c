#include "wire/text/literal.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The exact decimal expansion of the smallest double takes 1077 characters; nobody needs more than that. */
#define NUMBER_MOST 1100

static double value_of(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* snprintf and strtod share the locale's decimal point, so that what is compared here needs no conversion. */
static bool reads_back(const char *raw, uint64_t bits)
{
    return bits_of(strtod(raw, NULL)) == bits;
}

/* Copies with `.` for the locale's decimal point, which may be several bytes, and adds `.0` to whole numbers.
 */
static size_t normalise(const char *raw, char *text)
{
    size_t n = 0;
    bool whole = true;
    for (; *raw; raw++) {
        if (strchr("0123456789+-", *raw)) {
            text[n++] = *raw;
        } else if (*raw == 'e') {
            text[n++] = 'e';
            whole = false;
        } else if (n == 0 || text[n - 1] != '.') {
            text[n++] = '.';
            whole = false;
        }
    }
    if (whole) {
        text[n++] = '.';
        text[n++] = '0';
    }
    text[n] = 0;
    return n;
}

size_t tw_literal_double(uint64_t bits, char text[TW_DOUBLE_TEXT])
{
    double value = value_of(bits);
    if (isnan(value)) return (size_t)snprintf(text, TW_DOUBLE_TEXT, "nan(0x%016" PRIx64 ")", bits);
    if (isinf(value)) return (size_t)snprintf(text, TW_DOUBLE_TEXT, "%sinf", value < 0 ? "-" : "");
    char raw[TW_DOUBLE_TEXT], best[TW_DOUBLE_TEXT] = "";
    int shortest = TW_DOUBLE_TEXT;
    /* What 15 digits cannot tell, fewer cannot either, save for subnormals: they hold fewer digits. */
    snprintf(raw, sizeof raw, "%.15g", value);
    int first = isnormal(value) && !reads_back(raw, bits) ? 16 : 1;
    for (int digits = first; digits <= 17; digits++) {
        int len = snprintf(raw, sizeof raw, "%.*g", digits, value);
        if (len > shortest || strcmp(raw, best) == 0 || !reads_back(raw, bits)) continue;
        memcpy(best, raw, sizeof best);
        shortest = len;
    }
    return normalise(best, text);
}

static size_t count_digits(const char *text, size_t len, size_t at)
{
    size_t n = 0;
    while (at + n < len && text[at + n] >= '0' && text[at + n] <= '9') n++;
    return n;
}

/* -?digits(.digits)?([eE][+-]?digits)?, without idle leading zeros. *point is where the point stands, or len.
 */
static bool is_number(const char *text, size_t len, size_t *point)
{
    size_t at = len > 0 && text[0] == '-' ? 1 : 0;
    size_t digits = count_digits(text, len, at);
    if (digits == 0 || (digits > 1 && text[at] == '0')) return false;
    at += digits;
    *point = len;
    if (at < len && text[at] == '.') {
        *point = at;
        digits = count_digits(text, len, at + 1);
        if (digits == 0) return false;
        at += 1 + digits;
    }
    if (at < len && (text[at] == 'e' || text[at] == 'E')) {
        at++;
        if (at < len && (text[at] == '+' || text[at] == '-')) at++;
        digits = count_digits(text, len, at);
        if (digits == 0) return false;
        at += digits;
    }
    return at == len;
}

static bool has_nonzero_digit(const char *text, size_t len)
{
    for (size_t i = 0; i < len && text[i] != 'e' && text[i] != 'E'; i++) {
        if (text[i] >= '1' && text[i] <= '9') return true;
    }
    return false;
}

tw_double_read tw_literal_read_double(const char *text, size_t len, uint64_t *bits)
{
    size_t point;
    if (len > NUMBER_MOST || !is_number(text, len, &point)) return TW_DOUBLE_NO_NUMBER;
    char half[16], raw[NUMBER_MOST + sizeof half]; /* "0.5" tells the decimal point of the locale */
    int half_len = snprintf(half, sizeof half, "%.1f", 0.5);
    if (half_len < 3 || half_len >= (int)sizeof half) return TW_DOUBLE_NO_NUMBER;
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (i == point) {
            memcpy(raw + n, half + 1, (size_t)half_len - 2);
            n += (size_t)half_len - 2;
        } else {
            raw[n++] = text[i];
        }
    }
    raw[n] = 0;
    double value = strtod(raw, NULL);
    if (isinf(value) || (value == 0 && has_nonzero_digit(text, len))) return TW_DOUBLE_RANGE;
    *bits = bits_of(value);
    return TW_DOUBLE_READ;
}
