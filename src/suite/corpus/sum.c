#include "suite/corpus/sum.h"

#include <stdio.h>

enum { BLOCK = 64, LENGTH_AT = 56 };

static uint32_t rotate(uint32_t word, unsigned by)
{
    return word << by | word >> (32 - by);
}

static void load_block(const uint8_t *block, uint32_t w[80])
{
    for (unsigned i = 0; i < 16; i++, block += 4)
        w[i] = (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 | (uint32_t)block[2] << 8 | block[3];
    for (unsigned i = 16; i < 80; i++) w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
}

static void add_block(uint32_t state[5], const uint8_t *block)
{
    static const uint32_t constants[] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};
    uint32_t w[80], a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
    load_block(block, w);
    for (unsigned i = 0; i < 80; i++) {
        uint32_t f = i < 20              ? (b & c) | (~b & d)
                     : i >= 40 && i < 60 ? (b & c) | (b & d) | (c & d)
                                         : b ^ c ^ d;
        uint32_t next = rotate(a, 5) + f + e + constants[i / 20] + w[i];
        e = d;
        d = c;
        c = rotate(b, 30);
        b = a;
        a = next;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
}

void assay_sum(tw_bytes bytes, char text[ASSAY_SUM_TEXT])
{
    uint32_t state[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    uint8_t last[2 * BLOCK] = {0};
    size_t at = 0;
    for (; bytes.len - at >= BLOCK; at += BLOCK) add_block(state, bytes.data + at);
    size_t rest = bytes.len - at, end = rest < LENGTH_AT ? BLOCK : 2 * BLOCK;
    if (rest) memcpy(last, bytes.data + at, rest);
    last[rest] = 0x80;
    for (size_t i = 0; i < 8; i++) last[end - 1 - i] = (uint8_t)((uint64_t)bytes.len * 8 >> i * 8);
    for (size_t i = 0; i < end; i += BLOCK) add_block(state, last + i);
    for (size_t i = 0; i < 5; i++) snprintf(text + i * 8, 9, "%08x", state[i]);
}
