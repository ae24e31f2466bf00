/* Bytes as hex, bare and annotated.
 *
 * Annotated hex is how people write wire bytes: lines of hex up to `|`, then words. White space is free;
 * `61*16384` repeats a byte, `(0a 01)*3` a group; names stand for 4-byte big-endian sizes given by the
 * caller: 19       | field 1: list 22       | 2 elements, nibble 2 frame+1  | one more than the testee's
 * frame limit
 */
#ifndef WIRE_TEXT_HEX_H
#define WIRE_TEXT_HEX_H

#include "wire/base/bytes.h"
#include "wire/base/error.h"

/* Appends the bytes in lower-case hex. */
tw_class tw_hex_write(tw_bytes bytes, tw_buffer *to);

/* Appends the bytes that the text spells: hex digits of either case, white space ignored. On TW_MALFORMED,
 * *at (unless NULL) is the index of the first character that does not fit. */
tw_class tw_hex_read(const char *text, size_t len, tw_buffer *to, size_t *at);

typedef struct tw_hex_name {
    const char *name; /* "frame" */
    uint32_t value;
} tw_hex_name;

/* Appends the bytes of one line of annotated hex. names ends with a NULL name; may be NULL. A name may be
 * followed by +N or -N. On TW_MALFORMED (or TW_LIMIT: more than 1 GiB), *why (static storage) says what is
 * wrong and *at where. */
tw_class tw_hex_read_annotated(const char *line, size_t len, const tw_hex_name *names, tw_buffer *to,
                               size_t *at, const char **why);

#endif
