#include "wire/base/varint.h"

static unsigned longest(unsigned width)
{
    return (width + 6) / 7;
}

/* The value at `at`, which ends after len bytes, has been put together; judges its form. */
static bool accept(tw_reader *r, const uint8_t *at, unsigned width, size_t len, uint64_t v, uint64_t *value)
{
    if (len > longest(width) && !TW_FAULT(VARINT_WIDTH_IGNORED)) {
        return tw_reader_fail(r, TW_MALFORMED, TW_RULE_COMPACT_VARINT_WIDTH, at);
    }
    if (width < 64 && v >> width != 0) {
        if (!TW_FAULT(VARINT_OVERFLOW_IGNORED)) {
            return tw_reader_fail(r, TW_MALFORMED, TW_RULE_COMPACT_VARINT_OVERFLOW, at);
        }
        v &= (UINT64_C(1) << width) - 1;
    }
    if (at[len - 1] == 0) tw_reader_note(r, TW_RULE_COMPACT_VARINT_MINIMAL);
    r->pos = at + len;
    *value = v;
    return true;
}

/* Byte by byte: near the end of the input, and for what is longer than a word. */
static bool read_slowly(tw_reader *r, unsigned width, tw_rule rule, uint64_t *value)
{
    const uint8_t *at = r->pos;
    size_t left = tw_reader_left(r);
    uint64_t v = 0;
    for (size_t i = 0; i < left && i < TW_VARINT_MAX; i++) {
        uint64_t bits = at[i] & 0x7f;
        v |= bits << (7 * i);
        if (at[i] >= 0x80) continue;
        if (i == TW_VARINT_MAX - 1 && bits > 1 && !TW_FAULT(VARINT_OVERFLOW_IGNORED)) {
            return tw_reader_fail(r, TW_MALFORMED, TW_RULE_COMPACT_VARINT_OVERFLOW, at);
        }
        return accept(r, at, width, i + 1, v, value);
    }
    if (left >= TW_VARINT_MAX) {
        if (TW_FAULT(VARINT_ENDLESS)) {
            size_t i = TW_VARINT_MAX;
            while (i < left && at[i] >= 0x80) i++;
            r->pos = at + (i < left ? i + 1 : i);
            *value = v;
            return true;
        }
        return tw_reader_fail(r, TW_MALFORMED, TW_RULE_COMPACT_VARINT_ENDLESS, at);
    }
    /* Even where it is too long already: which rule is broken shows only at its end, and must not depend on
     * how much of it has come. */
    return tw_reader_short(r, rule, at);
}

bool tw_read_varint_long(tw_reader *r, unsigned width, tw_rule rule, uint64_t *value)
{
    if (TW_UNLIKELY(tw_reader_left(r) < 8)) return read_slowly(r, width, rule, value);
    uint64_t word = tw_load_le64(r->pos);
    uint64_t ends = ~word & UINT64_C(0x8080808080808080);
    if (TW_UNLIKELY(ends == 0)) return read_slowly(r, width, rule, value);
    unsigned len = (unsigned)__builtin_ctzll(ends) / 8 + 1;
    word &= UINT64_MAX >> (64 - 8 * len);
    return accept(r, r->pos, width, len, tw_varint_gather(word), value);
}
