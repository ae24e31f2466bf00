#include "wire/base/utf8.h"

#include <string.h>

size_t tw_utf8_next(const uint8_t *at, size_t left, uint32_t *code)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (left == 0) return 0;
    uint8_t lead = at[0];
    *code = lead;
    if (lead < 0x80) return 1;
    size_t len = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc0 || lead > 0xf7 || left < len) return 0;
    *code &= 0x7fu >> len;
    for (size_t i = 1; i < len; i++) {
        if ((at[i] & 0xc0) != 0x80) return 0;
        *code = *code << 6 | (at[i] & 0x3fu);
    }
    bool surrogate = *code >= 0xd800 && *code <= 0xdfff;
    return *code < least[len] || *code > 0x10ffff || surrogate ? 0 : len;
}

bool tw_utf8_valid(tw_bytes bytes)
{
    size_t i = 0;
    while (i < bytes.len) {
        uint64_t word;
        if (bytes.len - i >= sizeof word) { /* most text is ASCII */
            memcpy(&word, bytes.data + i, sizeof word);
            if ((word & UINT64_C(0x8080808080808080)) == 0) {
                i += sizeof word;
                continue;
            }
        }
        uint32_t code;
        size_t len = tw_utf8_next(bytes.data + i, bytes.len - i, &code);
        if (len == 0) return false;
        i += len;
    }
    return true;
}
