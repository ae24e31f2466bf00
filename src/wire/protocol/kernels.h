/* Lists of numbers, many at a time. Every kernel reads a span that the caller has checked and bounds itself
 * by it. Where the processor has AVX2 and BMI2 a version for them runs; the results are the same. */
#ifndef WIRE_PROTOCOL_KERNELS_H
#define WIRE_PROTOCOL_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/* Copies n values of 2, 4 or 8 bytes and swaps the bytes of each. from and to may be unaligned. */
void tw_swap_copy(void *to, const void *from, size_t n, size_t size);

/* Copies n bool bytes, each 1 for true, as 1 and 0; any byte other than `yes` becomes 0. Returns the or of
 * all differences from what is allowed: 0 when every byte was `yes` or `no`. */
uint8_t tw_bools_copy(uint8_t *to, const uint8_t *from, size_t n, uint8_t yes, uint8_t no);

/* As tw_bools_copy without the copy. */
uint8_t tw_bools_check(const uint8_t *from, size_t n, uint8_t yes, uint8_t no);

/* Decodes zigzag varints of `width` bits (16, 32 or 64) from [from, end) into n packed values of the width.
 * Stops before the first that is not plain: padded, longer or larger than its width allows, or too near the
 * end to look at in whole words. Returns how many were decoded and moves *from behind them. */
size_t tw_varints_decode(const uint8_t **from, const uint8_t *end, unsigned width, void *to, size_t n);

/* As tw_varints_decode without decoding: finds where they end, and stops likewise. */
size_t tw_varints_skip(const uint8_t **from, const uint8_t *end, unsigned width, size_t n);

/* Writes n packed values of `width` bits as zigzag varints; `to` has room for the longest form of each and 8
 * bytes more. Returns the end of what it wrote. */
uint8_t *tw_varints_encode(uint8_t *to, const void *items, unsigned width, size_t n);

#endif
