#include "wire/protocol/kernels.h"

#include "wire/base/varint.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define HAS_FAST 1
#define FAST __attribute__((target("avx2,bmi,bmi2,lzcnt")))
/* A flag of the processor, read anew at each call: cheaper than a list is, and no state of ours. */
static bool fast(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
}
#else
#define HAS_FAST 0
#endif

#define INLINE static inline __attribute__((always_inline))

/* Byte swaps. */

INLINE void swap_copy(uint8_t *restrict to, const uint8_t *restrict from, size_t n, size_t size)
{
    if (size == 2) {
        for (size_t i = 0; i < n; i++) {
            uint16_t v = tw_load_be16(from + 2 * i);
            memcpy(to + 2 * i, &v, 2);
        }
    } else if (size == 4) {
        for (size_t i = 0; i < n; i++) {
            uint32_t v = tw_load_be32(from + 4 * i);
            memcpy(to + 4 * i, &v, 4);
        }
    } else {
        for (size_t i = 0; i < n; i++) {
            uint64_t v = tw_load_be64(from + 8 * i);
            memcpy(to + 8 * i, &v, 8);
        }
    }
}

#if HAS_FAST
/* Reverses the bytes of each value of `size` in a vector. */
FAST static __m256i swap_mask(size_t size)
{
    if (size == 2) {
        return _mm256_setr_epi8(1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14, 1, 0, 3, 2, 5, 4, 7, 6,
                                9, 8, 11, 10, 13, 12, 15, 14);
    }
    if (size == 4) {
        return _mm256_setr_epi8(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12, 3, 2, 1, 0, 7, 6, 5, 4,
                                11, 10, 9, 8, 15, 14, 13, 12);
    }
    return _mm256_setr_epi8(7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 15,
                            14, 13, 12, 11, 10, 9, 8);
}

FAST static void swap_copy_fast(uint8_t *to, const uint8_t *from, size_t n, size_t size)
{
    __m256i mask = swap_mask(size);
    size_t bytes = n * size, i = 0;
    for (; i + 128 <= bytes; i += 128) {
        __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)(from + i));
        __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(from + i + 32));
        __m256i c = _mm256_loadu_si256((const __m256i *)(const void *)(from + i + 64));
        __m256i d = _mm256_loadu_si256((const __m256i *)(const void *)(from + i + 96));
        _mm256_storeu_si256((__m256i *)(void *)(to + i), _mm256_shuffle_epi8(a, mask));
        _mm256_storeu_si256((__m256i *)(void *)(to + i + 32), _mm256_shuffle_epi8(b, mask));
        _mm256_storeu_si256((__m256i *)(void *)(to + i + 64), _mm256_shuffle_epi8(c, mask));
        _mm256_storeu_si256((__m256i *)(void *)(to + i + 96), _mm256_shuffle_epi8(d, mask));
    }
    swap_copy(to + i, from + i, (bytes - i) / size, size);
}
#endif

void tw_swap_copy(void *to, const void *from, size_t n, size_t size)
{
#if HAS_FAST
    if (n * size >= 128 && fast()) {
        swap_copy_fast(to, from, n, size);
        return;
    }
#endif
    swap_copy(to, from, n, size);
}

/* Bools. */

INLINE uint8_t bools(uint8_t *restrict to, const uint8_t *restrict from, size_t n, uint8_t yes, uint8_t no)
{
    uint8_t strange = 0;
    for (size_t i = 0; i < n; i++) {
        uint8_t is_yes = from[i] == yes, is_no = from[i] == no;
        if (to) to[i] = is_yes;
        strange |= (uint8_t)(1u ^ (unsigned)(is_yes | is_no));
    }
    return strange;
}

uint8_t tw_bools_copy(uint8_t *to, const uint8_t *from, size_t n, uint8_t yes, uint8_t no)
{
    return bools(to, from, n, yes, no);
}

uint8_t tw_bools_check(const uint8_t *from, size_t n, uint8_t yes, uint8_t no)
{
    return bools(NULL, from, n, yes, no);
}

/* Varints. */

/* How far from the end whole words may still be loaded: a block of 64 bytes, and a word from its last byte.
 */
#define BLOCK 64
#define SLACK 16

/* One bit for each byte of a block: set where a varint ends; *odd gets a bit where one ends in a padding 0.
 */
INLINE uint64_t block_ends(const uint8_t *at, uint64_t *odd)
{
    uint64_t ends = 0, zeros = 0;
#if HAS_FAST
    for (unsigned i = 0; i < BLOCK; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(at + i));
        ends |= (uint64_t)(uint16_t)~_mm_movemask_epi8(v) << i;
        zeros |= (uint64_t)(uint16_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_setzero_si128())) << i;
    }
#else
    for (unsigned i = 0; i < BLOCK; i++) {
        ends |= (uint64_t)(at[i] < 0x80) << i;
        zeros |= (uint64_t)(at[i] == 0) << i;
    }
#endif
    *odd = zeros & (~ends << 1);
    return ends;
}

#if HAS_FAST
FAST INLINE uint64_t block_ends_fast(const uint8_t *at, uint64_t *odd)
{
    __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)at);
    __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(at + 32));
    __m256i none = _mm256_setzero_si256();
    uint64_t ends = ~((uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32 |
                      (uint64_t)(uint32_t)_mm256_movemask_epi8(low));
    uint64_t zeros = (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, none)) << 32 |
                     (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, none));
    *odd = zeros & (~ends << 1);
    return ends;
}
#endif

INLINE void put(void *to, unsigned width, size_t i, uint64_t zigzag)
{
    int64_t v = tw_zigzag_decode(zigzag);
    if (width == 16) {
        ((int16_t *)to)[i] = (int16_t)v;
    } else if (width == 32) {
        ((int32_t *)to)[i] = (int32_t)v;
    } else {
        ((int64_t *)to)[i] = v;
    }
}

/* What 9 or 10 bytes of an i64 add to the first eight. Random 64-bit numbers take either by chance, so there
 * is no branch between the two. *strange gets a bit where bits stand above the 64th. */
INLINE uint64_t wide(const uint8_t *at, unsigned len, uint64_t *strange)
{
    uint64_t tenth = at[9] & (len == 10 ? 0xffu : 0u);
    *strange |= tenth >> 1;
    return (uint64_t)(at[8] & 0x7f) << 56 | tenth << 63;
}

#define GATHER_PLAIN(word) tw_varint_gather(word)
#define KEEP_PLAIN(word, bits) ((word) & (UINT64_MAX >> ((64 - (bits)) & 63)))
#define GATHER_BMI2(word) _pext_u64(word, UINT64_C(0x7f7f7f7f7f7f7f7f))

/* Written as a macro body so that the gather can be an instruction of the target: a function for one target
 * may not be inlined into one for another. */
#define DECODE_BODY(ENDS, GATHER, KEEP)                                                                      \
    const unsigned longest = (width + 6) / 7;                                                                \
    const uint8_t *at = *from;                                                                               \
    size_t done = 0;                                                                                         \
    while (done < n && (size_t)(end - at) >= BLOCK + SLACK) {                                                \
        uint64_t odd, ends = ENDS(at, &odd);                                                                 \
        if (odd != 0) break;                                                                                 \
        size_t count = (size_t)__builtin_popcountll(ends);                                                   \
        if (count > n - done) count = n - done;                                                              \
        if (ends == UINT64_MAX && count == BLOCK) {                                                          \
            for (unsigned i = 0; i < BLOCK; i++) put(to, width, done + i, at[i]);                            \
            done += BLOCK;                                                                                   \
            at += BLOCK;                                                                                     \
            continue;                                                                                        \
        }                                                                                                    \
        /* Judged once a block, so that its elements do not wait for one another. */                         \
        uint64_t strange = 0;                                                                                \
        unsigned start = 0;                                                                                  \
        for (size_t i = 0; i < count; i++) {                                                                 \
            unsigned stop = (unsigned)__builtin_ctzll(ends), len = stop - start + 1;                         \
            uint64_t v, word = tw_load_le64(at + start);                                                     \
            if (width < 64 || len <= 8) {                                                                    \
                v = GATHER(KEEP(word, 8 * len));                                                             \
                if (width < 64) strange |= v >> (width & 63);                                                \
            } else {                                                                                         \
                v = GATHER(word) | wide(at + start, len, &strange);                                          \
            }                                                                                                \
            strange |= (uint64_t)(len > longest);                                                            \
            put(to, width, done + i, v);                                                                     \
            start = stop + 1;                                                                                \
            ends &= ends - 1;                                                                                \
        }                                                                                                    \
        if (count == 0 || strange != 0) break;                                                               \
        done += count;                                                                                       \
        at += start;                                                                                         \
    }                                                                                                        \
    *from = at;                                                                                              \
    return done;

INLINE size_t decode_plain(const uint8_t **from, const uint8_t *end, unsigned width, void *to,
                           size_t n){DECODE_BODY(block_ends, GATHER_PLAIN, KEEP_PLAIN)}

#if HAS_FAST
#define DECODE_FAST(width_)                                                                                  \
    FAST static size_t decode_fast_##width_(const uint8_t **from, const uint8_t *end, void *to, size_t n)    \
    {                                                                                                        \
        const unsigned width = width_;                                                                       \
        DECODE_BODY(block_ends_fast, GATHER_BMI2, _bzhi_u64)                                                 \
    }
DECODE_FAST(16) DECODE_FAST(32) DECODE_FAST(64)
#endif

    size_t tw_varints_decode(const uint8_t **from, const uint8_t *end, unsigned width, void *to, size_t n)
{
#if HAS_FAST
    if (n >= 16 && fast()) {
        if (width == 16) return decode_fast_16(from, end, to, n);
        if (width == 32) return decode_fast_32(from, end, to, n);
        return decode_fast_64(from, end, to, n);
    }
#endif
    if (width == 16) return decode_plain(from, end, 16, to, n);
    if (width == 32) return decode_plain(from, end, 32, to, n);
    return decode_plain(from, end, 64, to, n);
}

/* Of a block: set where a byte is above `most`, among bytes that end a varint. */
INLINE uint64_t block_above(const uint8_t *at, uint8_t most)
{
    uint64_t above = 0;
#if HAS_FAST
    __m128i limit = _mm_set1_epi8((char)most);
    for (unsigned i = 0; i < BLOCK; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(at + i));
        above |= (uint64_t)(uint16_t)_mm_movemask_epi8(_mm_cmpgt_epi8(v, limit)) << i;
    }
#else
    for (unsigned i = 0; i < BLOCK; i++) above |= (uint64_t)(at[i] < 0x80 && at[i] > most) << i;
#endif
    return above;
}

size_t tw_varints_skip(const uint8_t **from, const uint8_t *end, unsigned width, size_t n)
{
    const unsigned longest = (width + 6) / 7;
    const uint8_t most =
        (uint8_t)((1u << (width - 7 * (longest - 1))) - 1); /* of the last byte of the longest */
    const uint8_t *at = *from;
    size_t done = 0;
    while (n - done >= BLOCK && (size_t)(end - at) >= BLOCK + SLACK) {
        uint64_t odd, ends = block_ends(at, &odd);
        uint64_t run =
            ~ends; /* bytes that go on, then those with as many before them as the longest form has */
        for (unsigned i = 1; i < longest - 1; i++) run &= run << 1;
        uint64_t after = run << 1;
        if (odd != 0 || ends == 0 || (after & (~ends | block_above(at, most))) != 0) break;
        done += (size_t)__builtin_popcountll(ends);
        at += 64 - __builtin_clzll(ends);
    }
    *from = at;
    return done;
}

INLINE uint8_t *encode(uint8_t *to, const void *items, unsigned width, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t v;
        if (width == 16) {
            v = tw_zigzag_encode32(((const int16_t *)items)[i]);
        } else if (width == 32) {
            v = tw_zigzag_encode32(((const int32_t *)items)[i]);
        } else {
            v = tw_zigzag_encode(((const int64_t *)items)[i]);
        }
        to += tw_varint_write(to, v);
    }
    return to;
}

#if HAS_FAST
/* Spreads up to 56 bits over eight bytes and marks all but the last as going on. */
#define ENCODE_FAST(width_, item_, zigzag_)                                                                  \
    FAST static uint8_t *encode_fast_##width_(uint8_t *to, const void *items, size_t n)                      \
    {                                                                                                        \
        const item_ *values = items;                                                                         \
        for (size_t i = 0; i < n; i++) {                                                                     \
            uint64_t v = zigzag_(values[i]);                                                                 \
            if ((width_) == 64 &&                                                                            \
                TW_UNLIKELY(v >> 56 != 0)) { /* nine or ten bytes: eight, and what is left of the bits */    \
                uint64_t low = _pdep_u64(v, UINT64_C(0x7f7f7f7f7f7f7f7f)) | UINT64_C(0x8080808080808080);    \
                unsigned tenth = (unsigned)(v >> 63);                                                        \
                memcpy(to, &low, 8);                                                                         \
                to[8] = (uint8_t)(v >> 56);                                                                  \
                to[9] = (uint8_t)tenth;                                                                      \
                to += 9 + tenth;                                                                             \
                continue;                                                                                    \
            }                                                                                                \
            uint64_t word = _pdep_u64(v, UINT64_C(0x7f7f7f7f7f7f7f7f));                                      \
            unsigned len = (70 - (unsigned)__builtin_clzll(v | 1)) / 7;                                      \
            word |= UINT64_C(0x8080808080808080) & ((UINT64_C(1) << (8 * len - 8)) - 1);                     \
            memcpy(to, &word, 8);                                                                            \
            to += len;                                                                                       \
        }                                                                                                    \
        return to;                                                                                           \
    }
ENCODE_FAST(16, int16_t, tw_zigzag_encode32)
ENCODE_FAST(32, int32_t, tw_zigzag_encode32)
ENCODE_FAST(64, int64_t, tw_zigzag_encode)
#endif

uint8_t *tw_varints_encode(uint8_t *to, const void *items, unsigned width, size_t n)
{
#if HAS_FAST
    if (n >= 8 && fast()) {
        if (width == 16) return encode_fast_16(to, items, n);
        if (width == 32) return encode_fast_32(to, items, n);
        return encode_fast_64(to, items, n);
    }
#endif
    if (width == 16) return encode(to, items, 16, n);
    if (width == 32) return encode(to, items, 32, n);
    return encode(to, items, 64, n);
}
