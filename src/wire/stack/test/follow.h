/* For unit tests only: a stream read to its end, and what happened told as text. */
#ifndef WIRE_STACK_TEST_FOLLOW_H
#define WIRE_STACK_TEST_FOLLOW_H

#include "wire/stack/stack.h"
#include "wire/test/support.h"

/* The stack of that name, which must be one. */
tw_stack tw_test_stack(const char *name);

/* What is asked for of a stream. */
typedef enum tw_test_units { STRUCTS, MESSAGES, SKIPS } tw_test_units;

/* Feeds a stream in pieces (the first of `first` bytes unless 0, others of `step`; 0: all that is left), each an
 * exact copy that is gone afterwards, reads all that comes and asks once more at the end. Returns the stream's
 * class and appends to log what happened: "2:150a00 =3" is a struct of 2 bytes (as compact spells it) with 3 bytes
 * of the stream taken by then. options and alloc as for tw_input_new. */
tw_class tw_test_follow(const tw_stack *stack, const tw_decode_options *options, tw_test_units units,
                        tw_bytes stream, size_t first, size_t step, const tw_alloc *alloc, tw_buffer *log);

/* Parts of such a text. */
void tw_test_log(tw_buffer *log, const char *text);
void tw_test_log_hex(tw_buffer *log, tw_bytes bytes);
void tw_test_log_open(tw_buffer *log, const tw_ruleset *open);
void tw_test_log_error(tw_buffer *log, const tw_error *error);

#endif
