/* What most harnesses do: read a specimen as its stack says, write what was read, and compare. */
#ifndef FUZZ_HARNESS_READING_H
#define FUZZ_HARNESS_READING_H

#include "fuzz/harness/harness.h"

/* One unit as it was read. */
typedef struct fuzz_reading {
    const tw_stack *stack;
    tw_unit unit;
    tw_tree tree;
    tw_envelope envelope;
    tw_outcome out;
    size_t consumed; /* of the stream; SIZE_MAX where that is not known */
} fuzz_reading;

/* Reads the bytes as the specimen's stack and unit say. limits NULL: the defaults. Returns the outcome's class; deinit
 * follows in any case. */
tw_class fuzz_read(fuzz_run *run, const tw_stack *stack, tw_unit unit, tw_bytes bytes,
                   const tw_limits *limits, fuzz_reading *reading);
void fuzz_reading_deinit(fuzz_reading *reading);

/* fuzz_read of the specimen itself. */
tw_class fuzz_read_specimen(fuzz_run *run, const assay_specimen *specimen, fuzz_reading *reading);

/* The envelope of what was read; NULL for a bare struct. */
const tw_envelope *fuzz_envelope(const fuzz_reading *reading);

/* Appends what was read to `to` (initialised here, with the run's allocator), as the stack writes it. */
tw_class fuzz_write(fuzz_run *run, const tw_stack *stack, const fuzz_reading *reading, tw_buffer *to);

/* The stack of a protocol alone, 0 binary, 1 compact; and that of a specimen's protocol. */
const tw_stack *fuzz_plain(unsigned protocol);
const tw_stack *fuzz_plain_of(const assay_specimen *specimen);

/* Notes verdict, place of the error or bytes consumed, and the canonical bytes in both protocols. */
void fuzz_note_reading(fuzz_run *run, const fuzz_reading *reading);

/* True when both read the same value and envelope, to the bit and in the same order. The names of binary headers' forms do not
 * count. */
bool fuzz_same_value(const fuzz_reading *a, const fuzz_reading *b);

/* True when both ended alike: class, and rule, layer and offset of an error. */
bool fuzz_same_error(const tw_error *a, const tw_error *b);

/* Bytes as hex for a detail: the first few, then "...". */
#define FUZZ_HEX_TEXT 80
const char *fuzz_hex(tw_bytes bytes, char text[FUZZ_HEX_TEXT]);

/* An error in one line. */
#define FUZZ_ERROR_TEXT 200
const char *fuzz_error(const tw_error *error, char text[FUZZ_ERROR_TEXT]);

/* A number that depends on the specimen's parameter, flags and `salt` alone, below n (n at least 1). */
size_t fuzz_pick(const assay_specimen *specimen, unsigned salt, size_t n);

#endif
