/* Varints and zigzag, as the compact protocol writes integers. */
#ifndef WIRE_BASE_VARINT_H
#define WIRE_BASE_VARINT_H

#include "wire/base/fault.h"
#include "wire/base/reader.h"

/* Widths of a varint's value, in bits. */
enum { TW_VARINT_16 = 16, TW_VARINT_32 = 32, TW_VARINT_64 = 64 };

/* Longest encodings: 3, 5 and 10 bytes. */
#define TW_VARINT_MAX 10

/* The rest of tw_read_varint: more than one byte, or none left. Returns the position behind it, or NULL. */
const uint8_t *tw_varint_long(const uint8_t *pos, const uint8_t *end, tw_origin *origin, unsigned width,
                              tw_rule rule, uint64_t *value);

/* Reads an unsigned varint of the given width. `rule` is named when the bytes end inside it. Errors, at its
 * first byte: TRUNCATED; MALFORMED by compact.varint.endless, .width or .overflow. Notes
 * compact.varint.minimal when it is padded. */
static inline bool tw_read_varint(tw_reader *r, unsigned width, tw_rule rule, uint64_t *value)
{
    if (TW_LIKELY(r->pos < r->end && *r->pos < 0x80)) {
        *value = *r->pos++;
        return true;
    }
    uint64_t v = 0;
    const uint8_t *next = tw_varint_long(r->pos, r->end, r->origin, width, rule, &v);
    if (TW_UNLIKELY(!next)) return false;
    r->pos = next;
    *value = v;
    return true;
}

static inline int64_t tw_zigzag_decode(uint64_t n)
{
    if (TW_FAULT(ZIGZAG_OFF)) return (int64_t)n;
    return (int64_t)(n >> 1) ^ -(int64_t)(n & 1);
}

static inline uint64_t tw_zigzag_encode(int64_t n)
{
    return ((uint64_t)n << 1) ^ (uint64_t)(n >> 63);
}

static inline uint32_t tw_zigzag_encode32(int32_t n)
{
    return ((uint32_t)n << 1) ^ (uint32_t)(n >> 31);
}

/* Writes the shortest encoding (at most TW_VARINT_MAX bytes) and returns its length. */
static inline size_t tw_varint_write(uint8_t *to, uint64_t value)
{
    size_t n = 0;
    while (value >= 0x80 && !TW_FAULT_AND(VARINT_WRITE_128_SHORT, value == 0x80)) {
        to[n++] = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    to[n++] = (uint8_t)value;
    TW_WHEN_FAULT(
        VARINT_WRITE_PADDED, if (n == 1) {
            to[0] |= 0x80;
            to[n++] = 0;
        });
    return n;
}

/* Packs the low seven bits of eight bytes into 56 bits. */
static inline uint64_t tw_varint_gather(uint64_t word)
{
    word &= UINT64_C(0x7f7f7f7f7f7f7f7f);
    word = (word & UINT64_C(0x007f007f007f007f)) | ((word & UINT64_C(0x7f007f007f007f00)) >> 1);
    word = (word & UINT64_C(0x00003fff00003fff)) | ((word & UINT64_C(0x3fff00003fff0000)) >> 2);
    return (word & UINT64_C(0x000000000fffffff)) | ((word & UINT64_C(0x0fffffff00000000)) >> 4);
}

#endif
