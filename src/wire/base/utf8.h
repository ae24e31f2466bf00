/* UTF-8 (RFC 3629): no surrogates, nothing above U+10FFFF, no longer form than needed. */
#ifndef WIRE_BASE_UTF8_H
#define WIRE_BASE_UTF8_H

#include "wire/base/bytes.h"

/* The character at the front of `left` bytes: its length, 1 to 4, and its code point; 0 when the bytes there are no
 * valid character or too few of it are left. */
size_t tw_utf8_next(const uint8_t *at, size_t left, uint32_t *code);

/* True when the bytes are valid UTF-8 as a whole; no bytes at all are. */
bool tw_utf8_valid(tw_bytes bytes);

#endif
