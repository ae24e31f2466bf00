/* For unit tests only: an annotated dump held against the text that is wanted. */
#ifndef WIRE_TEXT_TEST_DUMP_H
#define WIRE_TEXT_TEST_DUMP_H

#include "wire/test/support.h"
#include "wire/text/explain.h"

/* count units of that kind, nothing marked, no colours, the usual limits. */
tw_explain_options tw_test_dump_options(tw_unit unit, size_t count);

/* The text is what is wanted, to the byte; the test fails and shows both when it is not. */
void tw_test_expect_text(const tw_buffer *got, const char *want);

/* The dump of the bytes that hex spells, through the stack of that name, is `want`, and ends with that class. */
void tw_test_expect_dump(const char *stack, tw_unit unit, size_t count, const char *hex, tw_class cls,
                         const char *want);

#endif
