/* JSON on one line, as vector files have it. */
#ifndef SUITE_VECTOR_FORMAT_TEXT_H
#define SUITE_VECTOR_FORMAT_TEXT_H

#include "wire/base/bytes.h"

#include <jansson.h>

/* All of these append; failures of memory stay in the buffer (`failed`). */
void assay_format_words(tw_buffer *to, const char *text);

/* In quotes. Characters that show nothing on a screen (controls, direction marks, byte order marks,
 * noncharacters) are escaped, all others stand as they are. text is UTF-8, as jansson gives it. */
void assay_format_string(tw_buffer *to, const char *text, size_t len);

/* Any value: ", " between items and ": " behind keys; objects' keys in the order of `names` (NULL at the end;
 * may be NULL), others behind them as they stand. */
void assay_format_value(tw_buffer *to, const json_t *value, const char *const *names);

/* A line of annotated hex: the hex with single blanks, then, where there are words, `|` in column `column`
 * (later where the hex is longer) and the words. */
void assay_format_wire(tw_buffer *to, const char *line, size_t column);

/* The column of `|` for a list of such lines: behind the longest hex that leaves it where people can see it.
 */
size_t assay_format_column(const json_t *lines);

#endif
