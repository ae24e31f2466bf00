/* UTF-8 (RFC 3629): no surrogates, nothing above U+10FFFF, no longer form than needed. */
#ifndef WIRE_BASE_UTF8_H
#define WIRE_BASE_UTF8_H

#include "wire/base/bytes.h"

/* True when the bytes are valid UTF-8 as a whole; no bytes at all are. */
bool tw_utf8_valid(tw_bytes bytes);

#endif
