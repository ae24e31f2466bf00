#include "suite/mutate/tree/boundary.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const int64_t integers[] = {
    0,
    1,
    -1,
    63, /* the ends of zigzag varints of one, two, three ... bytes */
    64,
    -64,
    -65,
    127,
    128,
    -128,
    -129,
    255,
    256,
    8191,
    8192,
    -8192,
    -8193,
    16383,
    16384,
    32767,
    32768,
    -32768,
    -32769,
    65535,
    65536,
    1048575,
    1048576,
    -1048576,
    -1048577,
    134217727,
    134217728,
    -134217728,
    -134217729,
    2147483647,
    INT64_C(2147483648),
    -INT64_C(2147483648),
    -INT64_C(2147483649),
    INT64_C(4294967295),
    INT64_C(4294967296),
    INT64_C(17179869183),
    INT64_C(17179869184),
    INT64_C(2199023255551),
    INT64_C(2199023255552),
    INT64_C(281474976710655),
    INT64_C(281474976710656),
    INT64_C(36028797018963967),
    INT64_C(36028797018963968),
    INT64_C(4611686018427387903),
    INT64_C(4611686018427387904),
    -INT64_C(4611686018427387904),
    -INT64_C(4611686018427387905),
    INT64_MAX,
    INT64_MIN,
    INT64_MIN + 1,
};

static const int16_t ids[] = {0,   1,    -1,   2,     14,    15,    16,    17,     30,
                              31,  32,   63,   64,    127,   128,   -128,  -129,   255,
                              256, 8191, 8192, -8192, -8193, 32766, 32767, -32767, -32768};

static const uint32_t sizes[] = {0,  1,   2,   3,   13,  14,  15,   16,   17,   31,   32,    63,
                                 64, 127, 128, 129, 255, 256, 1023, 1024, 4095, 4096, 16383, 16384};

static const int64_t lies[] = {-1,         -2,         -INT64_C(2147483648), 2147483647, 2147483646,
                               0x40000000, /* times 4 is 0 in 32 bits; likewise those below */
                               0x20000000, 0x10000000, 0x08000000,           0x0fffffff, 0x01000000,
                               65536,      65535,      0x15555556,           0x7ffffff0};

static const uint64_t doubles[] = {
    0,
    UINT64_C(0x8000000000000000), /* -0.0 */
    UINT64_C(0x3ff0000000000000), /* 1 */
    UINT64_C(0xbff0000000000000),
    1, /* the smallest */
    UINT64_C(0x000fffffffffffff),
    UINT64_C(0x0010000000000000),
    UINT64_C(0x7fefffffffffffff), /* the largest */
    UINT64_C(0x7ff0000000000000), /* infinities */
    UINT64_C(0xfff0000000000000),
    UINT64_C(0x7ff8000000000000), /* NaNs: the usual, signalling, with sign and payload */
    UINT64_C(0x7ff0000000000001),
    UINT64_C(0xfff8000000000000),
    UINT64_C(0x7ff80000deadbeef),
    UINT64_C(0x0102030405060708), /* every byte another: order shows */
    UINT64_C(0x4340000000000000), /* 2^53 */
};

#define STRING(literal)                                                                                      \
    {                                                                                                        \
        (const uint8_t *)(literal), sizeof(literal) - 1                                                      \
    }

static const tw_bytes strings[] = {
    STRING(""),
    STRING("a"),
    STRING("\0"),
    STRING("a\0b"),
    STRING("\x7f"),
    STRING("\xc2\x80"),
    STRING("\xdf\xbf"),
    STRING("\xe0\xa0\x80"),
    STRING("\xef\xbf\xbf"),
    STRING("\xef\xbb\xbf"),
    STRING("\xf0\x90\x80\x80"),
    STRING("\xf4\x8f\xbf\xbf"),
    STRING("\x80"), /* from here on no UTF-8 */
    STRING("\xc0\x80"),
    STRING("\xed\xa0\x80"),
    STRING("\xf4\x90\x80\x80"),
    STRING("\xe2\x82"),
    STRING("\xff\xfe"),
    STRING("abcdefghijklmno"), /* 15, 16 and 17 bytes */
    STRING("abcdefghijklmnop"),
    STRING("abcdefghijklmnopq"),
};

const assay_boundaries assay_boundary_table = {
    integers, COUNT(integers), ids,     COUNT(ids),     sizes,   COUNT(sizes),
    lies,     COUNT(lies),     doubles, COUNT(doubles), strings, COUNT(strings),
};

static int64_t narrow(int64_t value, unsigned bits)
{
    switch (bits) {
    case 8: return (int8_t)value;
    case 16: return (int16_t)value;
    case 32: return (int32_t)value;
    default: return value;
    }
}

int64_t assay_boundary_integer(tw_random *random, unsigned bits)
{
    uint64_t draw = tw_random_next(random);
    uint64_t value = (uint64_t)integers[draw % COUNT(integers)];
    switch (draw >> 60) {
    case 0: value++; break;
    case 1: value--; break;
    case 2: value = UINT64_C(1) << (draw >> 32) % 64; break;
    default: break;
    }
    return narrow((int64_t)value, bits);
}

int16_t assay_boundary_id(tw_random *random)
{
    return ids[tw_random_below(random, COUNT(ids))];
}

uint32_t assay_boundary_size(tw_random *random, uint32_t most)
{
    size_t n = COUNT(sizes);
    while (n > 1 && sizes[n - 1] > most) n--;
    return sizes[tw_random_below(random, n)];
}

uint64_t assay_boundary_double(tw_random *random)
{
    return doubles[tw_random_below(random, COUNT(doubles))];
}

tw_bytes assay_boundary_string(tw_random *random)
{
    return strings[tw_random_below(random, COUNT(strings))];
}
