/* A value as text: lossless, one canonical spelling (conformance/vectors/README.md shows it).
 *
 *     struct{1: bool true, 2: list<i32>[1, 2, 3], 3: map<string, list>{"a": list<bool>[true]}}
 *     call "ping" #7 struct{1: i32 5}
 */
#ifndef WIRE_TEXT_NOTATION_H
#define WIRE_TEXT_NOTATION_H

#include "wire/message/message.h"
#include "wire/value/equal.h"
#include "wire/value/tree.h"

typedef struct tw_notation_error {
    tw_class cls; /* TW_OK, TW_MALFORMED, TW_LIMIT (more than 1,000,000 levels, or a repeat beyond 1 GiB),
                     TW_MEMORY */
    size_t line, column; /* from 1; column in bytes */
    char text[160];      /* what is wrong, one sentence */
} tw_notation_error;

/* Reads one struct; white space around it is allowed, anything else behind it is an error. The tree is reset
 * first and owns all that it holds. Reading is strict: numbers in their type's range, known escapes, known
 * types. Returns error->cls. */
tw_class tw_notation_read(const char *text, size_t len, tw_tree *tree, tw_notation_error *error);

/* Reads one message; envelope->name is in the tree's arena, envelope->form is TW_HEADER_STRICT. */
tw_class tw_notation_read_message(const char *text, size_t len, tw_envelope *envelope, tw_tree *tree,
                                  tw_notation_error *error);

typedef enum tw_notation_style { TW_NOTATION_LINE, TW_NOTATION_INDENTED } tw_notation_style;

/* Appends a value in canonical spelling, without a line end. TW_OK or TW_MEMORY. Reading it back gives an
 * equal value (TW_EQUAL_EXACT). */
tw_class tw_notation_write(const tw_node *node, tw_notation_style style, tw_buffer *to);
tw_class tw_notation_write_message(const tw_envelope *envelope, const tw_node *root, tw_notation_style style,
                                   tw_buffer *to);

/* Appends at most about `room` bytes of a value's spelling in one line, then "..." where it was cut; time and
 * memory do not depend on the value's size. For reports. */
tw_class tw_notation_write_brief(const tw_node *node, size_t room, tw_buffer *to);

/* Appends what differs first between two values, for people, or nothing when they are equal under the flags:
 *     at 3[1]: expected bool true, got bool false
 * Long values are cut as in tw_notation_write_brief. TW_OK or TW_MEMORY. */
tw_class tw_notation_difference(const tw_node *expected, const tw_node *got, unsigned equal_flags,
                                tw_buffer *to);

#endif
