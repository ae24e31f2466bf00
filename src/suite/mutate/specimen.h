/* A specimen is one input of a fuzz harness: two bytes that say how the rest is meant, and the payload. All
 * harnesses share this form, so that one mutator, one minimiser and one explanation serve them all, and a
 * finding of one harness can be tried in another.
 *
 *     byte 0   bits 0-2  the stack, an index of the table below
 *              bit 3     1: the payload is a message, 0: a bare struct
 *              bits 4-7  free for the harness
 *              0xff as a whole: the payload is text (notation, a line of the testee protocol, a file)
 *     byte 1   the harness's parameter: where to cut, how to split, which limit ...
 *     2 ...    the payload: the stream as the stack carries it, or text
 *
 * stacks: binary, compact, framed/binary, framed/compact, zlib/binary, zlib/compact, framed/zlib/binary,
 * framed/zlib/compact. Every byte string is a specimen; missing bytes are 0. */
#ifndef SUITE_MUTATE_SPECIMEN_H
#define SUITE_MUTATE_SPECIMEN_H

#include "wire/base/bytes.h"
#include "wire/stack/stack.h"

#include <stdbool.h>
#include <stdint.h>

#define ASSAY_SPECIMEN_HEAD 2
#define ASSAY_SPECIMEN_STACKS 8
#define ASSAY_SPECIMEN_TEXT 0xff

typedef struct assay_specimen {
    bool text;         /* byte 0 is 0xff: stack and unit mean nothing */
    unsigned stack;    /* 0 to 7 */
    tw_unit unit;      /* TW_UNIT_STRUCT or TW_UNIT_MESSAGE */
    uint8_t flags;     /* bits 4-7 of byte 0, as a number from 0 to 15 */
    uint8_t parameter; /* byte 1 */
    tw_bytes payload;  /* borrowed from the input */
} assay_specimen;

/* Never fails. */
assay_specimen assay_specimen_read(tw_bytes input);

/* Appends head and payload. Where byte 0 would be 0xff without text being meant (stack 7, a message, flags
 * 15), flags are written as 14. TW_OK or TW_MEMORY. */
tw_class assay_specimen_write(const assay_specimen *specimen, tw_buffer *to);

/* The name of a stack of the table ("framed/compact") and the stack itself; index is taken modulo 8. */
const char *assay_specimen_stack_name(unsigned index);
const tw_stack *assay_specimen_stack(unsigned index);

/* The index of that name; ASSAY_SPECIMEN_STACKS when it is not in the table ("binary-old"). */
unsigned assay_specimen_stack_find(const char *name);

#endif
