#include "suite/mutate/evolve/bytes.h"

#include <string.h>

/* Longest run that is put in, taken out or moved at once. */
enum { RUN_MOST = 32 };

static size_t below(tw_random *random, size_t n)
{
    return (size_t)tw_random_below(random, n);
}

static size_t run(tw_random *random, size_t most)
{
    return 1 + below(random, most < RUN_MOST ? most : RUN_MOST);
}

static size_t insert(uint8_t *data, size_t len, size_t max, tw_random *random)
{
    if (len >= max) return len;
    size_t n = run(random, max - len), at = below(random, len + 1);
    uint64_t draw = tw_random_next(random);
    memmove(data + at + n, data + at, len - at);
    for (size_t i = 0; i < n; i++) data[at + i] = (uint8_t)(draw >> (draw & 1 ? 8 : i % 8 * 8));
    return len + n;
}

static size_t erase(uint8_t *data, size_t len, tw_random *random)
{
    size_t n = run(random, len), at = below(random, len - n + 1);
    memmove(data + at, data + at + n, len - at - n);
    return len - n;
}

static size_t repeat(uint8_t *data, size_t len, size_t max, tw_random *random)
{
    uint8_t copy[RUN_MOST];
    size_t n = run(random, len), from = below(random, len - n + 1), at = below(random, len + 1);
    memcpy(copy, data + from, n);
    if (len + n > max) { /* no room: over what stands there */
        if (at > len - n) at = len - n;
        memcpy(data + at, copy, n);
        return len;
    }
    memmove(data + at + n, data + at, len - at);
    memcpy(data + at, copy, n);
    return len + n;
}

static void set_byte(uint8_t *data, size_t len, tw_random *random)
{
    static const uint8_t values[] = {0, 1, 2, 0x0f, 0x10, 0x7f, 0x80, 0x82, 0xf0, 0xfe, 0xff};
    uint8_t *at = data + below(random, len);
    switch (below(random, 4)) {
    case 0: *at ^= (uint8_t)(1u << below(random, 8)); break;
    case 1: *at = values[below(random, sizeof values)]; break;
    case 2: *at = (uint8_t)(*at + 1 + below(random, 16)); break;
    default: *at = (uint8_t)tw_random_next(random); break;
    }
}

size_t assay_bytes_change(uint8_t *data, size_t len, size_t max, tw_random *random)
{
    size_t changes = 1 + below(random, 3);
    for (size_t i = 0; i < changes; i++) {
        size_t draw = below(random, 8);
        if (len == 0 || draw == 0)
            len = insert(data, len, max, random);
        else if (draw == 1 && len > 1)
            len = erase(data, len, random);
        else if (draw == 2)
            len = repeat(data, len, max, random);
        else
            set_byte(data, len, random);
    }
    return len;
}
