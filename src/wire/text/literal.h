/* How single values are spelled in the notation. Shared by those who write, read and explain it; not part of
 * the library's public face. Nothing here depends on the locale. */
#ifndef WIRE_TEXT_LITERAL_H
#define WIRE_TEXT_LITERAL_H

#include "wire/base/bytes.h"
#include "wire/value/tree.h"

/* Room for any double, its end included. */
#define TW_DOUBLE_TEXT 48

/* Writes the one spelling of a double: of all %.Pg (P from 1 to 17) that read back to the same bits the
 * shortest text, of equally short ones that without exponent; `.0` is added where it would look whole. "inf",
 * "-inf", and "nan(0x7ff8000000000000)" with the bits of any NaN. Returns the length. */
size_t tw_literal_double(uint64_t bits, char text[TW_DOUBLE_TEXT]);

typedef enum tw_double_read {
    TW_DOUBLE_READ,      /* *bits is set */
    TW_DOUBLE_NO_NUMBER, /* not a number: digits, digits with a fraction, either with an exponent */
    TW_DOUBLE_RANGE      /* too large, or too small to be anything but zero */
} tw_double_read;

/* Reads a decimal number, nearest double, ties to even. Not inf and nan. */
tw_double_read tw_literal_read_double(const char *text, size_t len, uint64_t *bits);

/* Appends the spelling of a string: quoted where it is UTF-8, else h'..'; 32 or more bytes that are all the
 * same as a repeat. Stops behind about `room` bytes, between characters; SIZE_MAX for the whole. Returns
 * whether it was the whole (true also when memory was refused: to->failed). Time depends on `room` where that
 * is given. */
bool tw_literal_string(tw_bytes bytes, size_t room, tw_buffer *to);

/* Appends "00112233-4455-6677-8899-aabbccddeeff". */
void tw_literal_uuid(const uint8_t bytes[16], tw_buffer *to);

/* Appends the spelling of a scalar (anything that does not nest), without its type. As tw_literal_string. */
bool tw_literal_scalar(const tw_node *node, size_t room, tw_buffer *to);

/* Control characters are never written as they are: C0, DEL and C1. */
static inline bool tw_literal_is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

#endif
