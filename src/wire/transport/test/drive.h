/* For unit tests only: runs a transport's reader over a stream in pieces, and its writer over units. */
#ifndef WIRE_TRANSPORT_TEST_DRIVE_H
#define WIRE_TRANSPORT_TEST_DRIVE_H

#include "wire/test/support.h"
#include "wire/transport/transport.h"

typedef struct tw_driven {
    tw_buffer out; /* all that came out */
    tw_class cls;  /* how it ended: TW_TRUNCATED when the reader only wants more */
    tw_error error;
    bool at_rest;
    size_t reads_made; /* calls that gave bytes */
} tw_driven;

/* Reads a stream whose first piece has `first` bytes and whose others have `step` each (0: all the rest).
 * want is passed on. Release result->out. */
void tw_drive(const tw_transport *transport, const tw_limits *limits, const tw_alloc *alloc, tw_bytes stream,
              size_t first, size_t step, size_t want, tw_driven *result);

/* Drives a stream whole, byte by byte, and at every split; fails the test when the results differ. Gives the
 * result of the whole. */
void tw_drive_every_way(const tw_transport *transport, const tw_limits *limits, tw_bytes stream,
                        tw_driven *result);

/* Appends what the writer makes of the units (NULL at the end), finished or not, to `out`. */
void tw_drive_writer(const tw_transport *transport, const char *const *units, bool finish, tw_buffer *out);

#endif
