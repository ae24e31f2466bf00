/* Values to the words of the grammar. */
#include "suite/vector/coverage/show.h"

#include <stdio.h>
#include <string.h>

assay_production_name assay_production_of(const assay_showing *showing, const char *name)
{
    assay_production_name production;
    snprintf(production.text, sizeof production.text, "%s/%s", showing->compact ? "compact" : "binary", name);
    return production;
}

void assay_show_mark(const assay_showing *showing, const char *name, const char *type, const char *boundary)
{
    assay_coverage_mark(showing->coverage, assay_production_of(showing, name).text, type, boundary);
}

void assay_show_mark_held(const assay_showing *showing, const char *name, const char *type,
                          const char *boundary)
{
    if (assay_coverage_holds(showing->coverage, assay_production_of(showing, name).text, type, boundary))
        assay_show_mark(showing, name, type, boundary);
}

void assay_show_number(const assay_showing *showing, const char *name, const char *type, int64_t number)
{
    assay_coverage_number(showing->coverage, assay_production_of(showing, name).text, type, number);
}

static const char *not_finite(uint64_t bits)
{
    uint64_t fraction = bits & ((UINT64_C(1) << 52) - 1);
    bool negative = bits >> 63;
    if (fraction == 0) return negative ? "-inf" : "inf";
    if (!(fraction >> 51)) return "nan-signalling";
    if (fraction == UINT64_C(1) << 51) return negative ? "-nan" : "nan";
    return "nan-payload";
}

void assay_show_double(const assay_showing *showing, uint64_t bits)
{
    static const struct {
        uint64_t bits;
        const char *word;
    } exact[] = {{0, "0"},
                 {UINT64_C(1) << 63, "-0"},
                 {UINT64_C(0x3ff0000000000000), "1"},
                 {UINT64_C(0xbff0000000000000), "-1"},
                 {1, "subnormal-min"},
                 {UINT64_C(0x000fffffffffffff), "subnormal-max"},
                 {UINT64_C(0x0010000000000000), "normal-min"},
                 {UINT64_C(0x7fefffffffffffff), "max"},
                 {UINT64_C(0xffefffffffffffff), "-max"}};
    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++) {
        if (exact[i].bits != bits) continue;
        assay_show_mark(showing, "double", "value", exact[i].word);
        return;
    }
    unsigned exponent = (unsigned)(bits >> 52) & 0x7ff;
    bool power = (bits & ((UINT64_C(1) << 52) - 1)) == 0;
    if (exponent == 0x7ff)
        assay_show_mark(showing, "double", "value", not_finite(bits));
    else if (exponent != 0 && power)
        assay_show_mark(showing, "double", "value", exponent < 0x3ff ? "power-below-1" : "power-above-1");
    else if (exponent != 0)
        assay_show_mark(showing, "double", "value", "fraction");
}

/* What is wrong with the bytes at `at`, where no UTF-8 character stands. */
static const char *not_utf8(const uint8_t *s, size_t left)
{
    uint8_t c = *s;
    if (c < 0xc0) return "continuation";
    if (c < 0xc2) return "overlong";
    if (c == 0xf4 && left > 1 && s[1] > 0x8f) return "above-10ffff";
    if (c >= 0xf5 && c <= 0xf7) return "above-10ffff";
    if (c >= 0xf8) return "never";
    if (left > 1 && (s[1] & 0xc0) == 0x80) {
        if ((c == 0xe0 && s[1] < 0xa0) || (c == 0xf0 && s[1] < 0x90)) return "overlong";
        if (c == 0xed && s[1] > 0x9f) return "surrogate";
    }
    return "cut-sequence";
}

/* Bytes of the UTF-8 character at the front, or 0. */
static size_t utf8_length(const uint8_t *s, size_t left)
{
    size_t n = *s < 0x80 ? 1 : *s < 0xe0 ? 2 : *s < 0xf0 ? 3 : 4;
    if (n == 1) return 1;
    if (*s < 0xc2 || *s > 0xf4 || left < n) return 0;
    for (size_t i = 1; i < n; i++)
        if ((s[i] & 0xc0) != 0x80) return 0;
    uint8_t c = *s, d = s[1];
    bool bad = (c == 0xe0 && d < 0xa0) || (c == 0xed && d > 0x9f) || (c == 0xf0 && d < 0x90) ||
               (c == 0xf4 && d > 0x8f);
    return bad ? 0 : n;
}

void assay_show_string(assay_coverage *coverage, const char *production, const char *type, tw_bytes bytes)
{
    static const char *const widths[] = {NULL, NULL, "utf8-2", "utf8-3", "utf8-4"};
    bool names = strncmp(production, "message/", 8) == 0, plain = true;
    size_t most = bytes.len < 4096 ? bytes.len : 4096; /* enough to know it */
    if (bytes.len == 0) assay_coverage_mark(coverage, production, type, "empty");
    for (size_t i = 0; i < most;) {
        const uint8_t *s = bytes.data + i;
        size_t n = utf8_length(s, bytes.len - i);
        const char *word = n == 0               ? (names ? "invalid" : not_utf8(s, bytes.len - i))
                           : n > 1              ? (names ? "utf8" : widths[n])
                           : *s == 0            ? "nul"
                           : names && *s == ':' ? "colon"
                                                : NULL;
        if (n == 3 && !names && i == 0 && memcmp(s, "\xef\xbb\xbf", 3) == 0) word = "bom";
        if (word) assay_coverage_mark(coverage, production, type, word);
        if (word) plain = false;
        i += n ? n : 1;
        if (n == 0) break; /* what follows is read out of step */
    }
    if (plain && bytes.len > 0) assay_coverage_mark(coverage, production, type, "ascii");
}

const char *assay_uuid_class(const uint8_t *bytes)
{
    bool zeros = true, ones = true;
    for (size_t i = 0; i < 16; i++) {
        if (bytes[i] != 0) zeros = false;
        if (bytes[i] != 0xff) ones = false;
        for (size_t j = 0; j < i && !zeros && !ones; j++)
            if (bytes[i] == bytes[j]) return NULL;
    }
    return zeros ? "zeros" : ones ? "ones" : "distinct";
}

const char *assay_byte_range(uint8_t byte)
{
    static const char *const low[] = {"0", "1", "2", "3", "4", "5", "6", "7"};
    return byte < 8 ? low[byte] : byte < 128 ? "8-127" : "128-255";
}

const char *assay_varint_form(const uint8_t *bytes, size_t len)
{
    return len > 1 && bytes[len - 1] == 0 ? "padded" : "shortest";
}
