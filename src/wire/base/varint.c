#include "wire/base/varint.h"

static unsigned longest(unsigned width)
{
    TW_WHEN_FAULT(VARINT_16_ONE_LESS, if (width == 16) return 2;);
    TW_WHEN_FAULT(VARINT_32_ONE_LESS, if (width == 32) return 4;);
    TW_WHEN_FAULT(VARINT_64_ONE_LESS, if (width == 64) return 9;);
    TW_WHEN_FAULT(VARINT_16_ONE_MORE, if (width == 16) return 4;);
    TW_WHEN_FAULT(VARINT_32_ONE_MORE, if (width == 32) return 6;);
    return (width + 6) / 7;
}

/* Whether a planted fault drops the bits above the width. */
static bool drops_overflow(unsigned width)
{
    (void)width;
    return TW_FAULT(VARINT_OVERFLOW_IGNORED) || TW_FAULT_AND(VARINT_16_OVERFLOW_IGNORED, width == 16) ||
           TW_FAULT_AND(VARINT_32_OVERFLOW_IGNORED, width == 32) ||
           TW_FAULT_AND(VARINT_64_OVERFLOW_IGNORED, width == 64);
}

static const uint8_t *refuse(tw_origin *origin, tw_class cls, tw_rule rule, const uint8_t *at)
{
    tw_origin_keep(origin, cls, rule, at);
    return NULL;
}

/* The value at `at`, which ends after len bytes, has been put together; judges its form. */
static const uint8_t *accept(const uint8_t *at, size_t len, tw_origin *origin, unsigned width, uint64_t v,
                             uint64_t *value)
{
    TW_WHEN_FAULT(VARINT_HIGH_FIRST, v = 0; for (size_t i = 0; i < len; i++) v = v << 7 | (at[i] & 0x7f););
    TW_WHEN_FAULT(
        VARINT_PADDED_REFUSED,
        if (at[len - 1] == 0) { return refuse(origin, TW_MALFORMED, TW_RULE_COMPACT_VARINT_MINIMAL, at); });
    if (len > longest(width) && !TW_FAULT(VARINT_WIDTH_IGNORED)) {
        return refuse(origin, TW_MALFORMED, TW_RULE_COMPACT_VARINT_WIDTH, at);
    }
    if (width < 64 && v >> width != 0) {
        if (!drops_overflow(width)) {
            return refuse(origin, TW_MALFORMED, TW_RULE_COMPACT_VARINT_OVERFLOW, at);
        }
        v &= (UINT64_C(1) << width) - 1;
    }
    if (at[len - 1] == 0) tw_ruleset_add(origin->open, TW_RULE_COMPACT_VARINT_MINIMAL);
    *value = v;
    return at + len;
}

/* Byte by byte: near the end of the input, and for what is longer than a word. */
static const uint8_t *read_slowly(const uint8_t *at, size_t left, tw_origin *origin, unsigned width,
                                  tw_rule rule, uint64_t *value)
{
    uint64_t v = 0;
    for (size_t i = 0; i < left && i < TW_VARINT_MAX; i++) {
        uint64_t bits = at[i] & 0x7f;
        v |= bits << (7 * i);
        if (at[i] >= 0x80) continue;
        TW_WHEN_FAULT(VARINT_TENTH_BYTE_LOST, if (i == TW_VARINT_MAX - 1) v &= INT64_MAX;);
        if (i == TW_VARINT_MAX - 1 && bits > 1 && !drops_overflow(width)) {
            return refuse(origin, TW_MALFORMED, TW_RULE_COMPACT_VARINT_OVERFLOW, at);
        }
        return accept(at, i + 1, origin, width, v, value);
    }
    if (left >= TW_VARINT_MAX) {
        if (TW_FAULT(VARINT_ENDLESS)) {
            size_t i = TW_VARINT_MAX;
            while (i < left && at[i] >= 0x80) i++;
            *value = v;
            return at + (i < left ? i + 1 : i);
        }
        return refuse(origin, TW_MALFORMED, TW_RULE_COMPACT_VARINT_ENDLESS, at);
    }
    /* Even where it is too long already: which rule is broken shows only at its end, and must not depend on
     * how much of it has come. */
    return refuse(origin, TW_TRUNCATED, rule, at);
}

const uint8_t *tw_varint_long(const uint8_t *pos, const uint8_t *end, tw_origin *origin, unsigned width,
                              tw_rule rule, uint64_t *value)
{
    size_t left = (size_t)(end - pos);
    if (TW_UNLIKELY(left < 8)) return read_slowly(pos, left, origin, width, rule, value);
    uint64_t word = tw_load_le64(pos);
    uint64_t ends = ~word & UINT64_C(0x8080808080808080);
    if (TW_UNLIKELY(ends == 0)) return read_slowly(pos, left, origin, width, rule, value);
    unsigned len = (unsigned)__builtin_ctzll(ends) / 8 + 1;
    word &= UINT64_MAX >> (64 - 8 * len);
    return accept(pos, len, origin, width, tw_varint_gather(word), value);
}
