#include "wire/value/generate.h"

/* splitmix64: the additive constant is 2^64 divided by the golden ratio, the finisher that of Stafford's
 * mix 13. */
uint64_t tw_random_next(tw_random *random)
{
    random->state += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = random->state;
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

uint64_t tw_random_below(tw_random *random, uint64_t n)
{
    /* The remainder of 2^64 by n is what would favour small numbers: draws below it are thrown away. */
    uint64_t surplus = (UINT64_MAX - n + 1) % n, draw;
    do draw = tw_random_next(random);
    while (draw < surplus);
    return draw % n;
}

int64_t tw_random_boundary(tw_random *random, unsigned bits)
{
    uint64_t minimum = UINT64_C(1) << (bits - 1); /* its negative, in two's complement */
    uint64_t value;
    switch (tw_random_below(random, 5)) {
    case 0: value = tw_random_below(random, 3) - 1; break;
    case 1: value = UINT64_C(1) << tw_random_below(random, bits - 1); break;
    case 2:
        value = UINT64_C(1) << (tw_random_below(random, (bits + 5) / 7) * 7 + 6);
        break; /* zigzag varints grow here */
    case 3: value = minimum - 1; break;
    default: value = UINT64_C(0) - minimum; break;
    }
    value += tw_random_below(random, 3) - 1;
    if (tw_random_below(random, 2)) value = UINT64_C(0) - value;
    value &= (minimum << 1) - 1; /* what left the width comes back at its other end */
    if (value & minimum) value |= UINT64_C(0) - minimum;
    return (int64_t)value;
}
