/* The hex of the line protocol: pairs of digits, nothing between them. Made for speed; people's hex is
 * wire/text/hex.h. */
#ifndef SUITE_TESTEE_HEX_H
#define SUITE_TESTEE_HEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes `len` digits of either case into len / 2 bytes at `to`, which may be `digits` itself. False when
 * len is odd or something is no digit; `to` is then undefined. *upper is set when there was an upper-case
 * digit, and otherwise left alone. */
bool assay_hex_decode(const char *digits, size_t len, uint8_t *to, bool *upper);

/* Writes 2 * len lower-case digits. */
void assay_hex_encode(const uint8_t *bytes, size_t len, char *to);

#endif
