/* Comparing what a renderer wrote with what it should. */
#ifndef REPORT_TEST_OUTPUT_H
#define REPORT_TEST_OUTPUT_H

#include "wire/base/bytes.h"

/* Ends the buffer with a 0 byte and gives its text. */
const char *output_text(tw_buffer *buffer);

/* How often word stands in text. */
unsigned output_count(const char *text, const char *word);

#endif
