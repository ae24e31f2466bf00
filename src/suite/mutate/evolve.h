/* Structure-aware mutation of specimens, for libFuzzer's and AFL++'s custom mutators and for fuzzing over a
 * channel. A pure function of its arguments: no clock, no global random state. */
#ifndef SUITE_MUTATE_EVOLVE_H
#define SUITE_MUTATE_EVOLVE_H

#include <stddef.h>
#include <stdint.h>

/* The engine's own mutation of plain bytes: changes data in place, returns the new length, at most max. */
typedef size_t assay_evolve_raw(uint8_t *data, size_t len, size_t max);

/* Changes a specimen of len bytes in place, at most max bytes long; returns the new length (never 0 when max
 * is at least 2). What is done depends on the seed only: a change to one node of the value tree (from a table
 * of boundaries), a fresh value, the same value in the other protocol or another stack, a legal spelling that
 * is not canonical (long forms, overlong varints), one lie about a size or type, a cut, a change of the head,
 * a mutation of what is inside frames and zlib data, or, for about a quarter of the seeds and whatever cannot
 * be decoded, raw bytes. raw NULL: its own byte mutations. Where memory is refused, plain bytes are changed,
 * which takes none. */
size_t assay_evolve(uint8_t *data, size_t len, size_t max, uint32_t seed, assay_evolve_raw *raw);

/* Writes a specimen that takes a part of its value from each of two (a field or subtree of b put into a) to
 * out, at most max bytes; returns its length, at least 1 where max is. */
size_t assay_evolve_cross(const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len, uint8_t *out,
                          size_t max, uint32_t seed);

#endif
