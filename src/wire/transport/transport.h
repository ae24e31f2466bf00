/* Transports wrap a stream of bytes in another. Reading is incremental: bytes go in as they come, in any
 * pieces, and what they unwrap to comes out; "more needed" is no error. Each direction is an object of its
 * own. */
#ifndef WIRE_TRANSPORT_TRANSPORT_H
#define WIRE_TRANSPORT_TRANSPORT_H

#include "wire/base/bytes.h"
#include "wire/base/error.h"
#include "wire/base/limits.h"

/* The seam: what a transport is. One row per transport in transport.c. */
typedef struct tw_transport {
    const char *name; /* "framed", "zlib" */

    /* Memory of one direction's state, all zero bytes before open. */
    size_t reader_size, writer_size;

    /* For transports that carry units of their own (frames), which need not be messages: the open rules on
     * which a reading rests when a message runs over the end of a unit, and when it starts behind another one
     * in the same unit. TW_RULE_NONE, both, for a transport without units. */
    tw_rule rule_split, rule_leftover;

    /* True where the reader has to take bytes ahead of those that it unwraps, so that nobody can say how many
     * bytes of its stream a message took. */
    bool reads_ahead;

    /* Prepares a reader. limits is borrowed for its life. TW_OK or TW_MEMORY. Close follows in either case.
     */
    tw_class (*reader_open)(void *reader, const tw_limits *limits, const tw_alloc *alloc);
    void (*reader_close)(void *reader);

    /* Takes bytes from the front of `in`, appends what they unwrap to to `out`, at most `want` bytes unless
     * one unit (a frame) is larger, never more than one unit, and sets *taken. Bytes that are not taken must
     * stand at the front of `in` again in the next call. Returns
     *
     *     TW_OK          something was appended or taken: call again while more is wanted
     *     TW_TRUNCATED   nothing can be done until there is more input: not an error by itself; *error names the
     *                    rule and offset to report if the input has ended and the reader is not at rest
     *     TW_MALFORMED, TW_LIMIT, TW_MEMORY   *error is set, with offsets in this transport's own stream
     *
     * Calling again after an error returns the same error. What stands before an error is unwrapped first. */
    tw_class (*read)(void *reader, tw_bytes in, size_t want, size_t *taken, tw_buffer *out, tw_error *error);

    /* True where a stream may end without anything missing: between frames; for zlib, before its first byte,
     * at a flush point or behind its end. Speaks of all bytes that `read` was shown, so it holds good only
     * after a `read` that returned TW_TRUNCATED. */
    bool (*reader_at_rest)(const void *reader);

    /* Starts the count of a new message for those transports that limit what one message unwraps to. `ahead`:
     * bytes that were unwrapped but belong to what follows. May be NULL: the transport does not count. */
    void (*reader_next_message)(void *reader, size_t ahead);

    /* TW_OK or TW_MEMORY. Close follows in either case. */
    tw_class (*writer_open)(void *writer, const tw_alloc *alloc);
    void (*writer_close)(void *writer);

    /* Appends the wrapped form of one flushed unit (a message) to out. TW_OK, TW_MEMORY, TW_USAGE (a unit
     * that the transport cannot carry). After TW_MEMORY the stream is broken. */
    tw_class (*write)(void *writer, tw_bytes unit, tw_buffer *out);

    /* Ends the stream, where there is such a thing (zlib: final block and checksum). */
    tw_class (*finish)(void *writer, tw_buffer *out);
} tw_transport;

/* framed (thrift-rpc.md#framed-vs-unframed-transport). Errors stand at the first byte of the frame's length:
 *
 *     framed.negative    malformed
 *     framed.limit       limit: a length above limits.frame
 *     framed.truncated   the length or the payload is cut short
 */
extern const tw_transport tw_framed;

/* zlib (RFC 1950), one stream a direction. Offsets count compressed bytes:
 *   zlib.header       malformed, at 0
 *   zlib.dictionary   malformed, at 0
 *   zlib.data         malformed, at the byte with which the fault became certain
 *   zlib.checksum     malformed, at the checksum's first byte
 *   zlib.truncated    at the end of what came
 *   zlib.after-end    malformed, at the first byte behind the end
 *   zlib.limit        limit: a message wants more than limits.message inflated bytes; at the end of the
 *                     shortest beginning of the stream that inflates to all that was allowed
 */
extern const tw_transport tw_zlib;

/* "framed" or "zlib"; NULL when there is none of that name (name need not be terminated). */
const tw_transport *tw_transport_find(const char *name, size_t len);

/* Every transport, NULL at the end. */
const tw_transport *const *tw_transports(void);

#endif
