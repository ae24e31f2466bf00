#include "suite/testee/hex.h"

#include <string.h>

#define X 0xff
#define NONE16 X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X
#define LETTERS X, 10, 11, 12, 13, 14, 15, X, X, X, X, X, X, X, X, X

static const uint8_t nibbles[256] = {NONE16, NONE16, NONE16, 0,       1,      2,       3,      4,
                                     5,      6,      7,      8,       9,      X,       X,      X,
                                     X,      X,      X,      LETTERS, NONE16, LETTERS, NONE16, NONE16,
                                     NONE16, NONE16, NONE16, NONE16,  NONE16, NONE16,  NONE16};

bool assay_hex_decode(const char *digits, size_t len, uint8_t *to, bool *upper)
{
    if (len % 2 != 0) return false;
    const uint8_t *from = (const uint8_t *)digits;
    /* Every digit but an upper-case letter has bit 5 set; every nibble but X has its upper bits clear. */
    uint8_t all = 0x20, any = 0;
    for (size_t i = 0; i < len; i += 2) {
        uint8_t a = from[i], b = from[i + 1], high = nibbles[a], low = nibbles[b];
        all &= a & b;
        any |= high | low;
        to[i / 2] = (uint8_t)(high << 4 | low);
    }
    if (any & 0xf0) return false;
    if (!(all & 0x20)) *upper = true;
    return true;
}

void assay_hex_encode(const uint8_t *bytes, size_t len, char *to)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < len; i++) {
        to[2 * i] = digits[bytes[i] >> 4];
        to[2 * i + 1] = digits[bytes[i] & 15];
    }
}
