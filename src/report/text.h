/* Text into buffers, made safe for where it goes. Failures are the buffer's own sticky flag. */
#ifndef REPORT_TEXT_H
#define REPORT_TEXT_H

#include "wire/base/bytes.h"

/* Appends n bytes of a string. */
void assay_put_bytes(tw_buffer *to, const char *text, size_t n);

/* Length in bytes of the character at the front of text (n bytes, n at least 1), its code in *code; 0 when
 * these bytes are not valid UTF-8. */
size_t assay_utf8_character(const char *text, size_t n, uint32_t *code);

/* Appends text for a terminal: control characters and bytes that are not UTF-8 as \xNN, so that nothing a
 * testee says moves a cursor. */
void assay_put_clean(tw_buffer *to, const char *text, size_t n);

/* Appends text in which every byte that is not valid UTF-8 becomes U+FFFD. */
void assay_put_valid(tw_buffer *to, const char *text, size_t n);

/* Columns that clean text takes: its characters. */
size_t assay_utf8_columns(const char *text, size_t n);

/* Appends words, going to a new line indented by `indent` where `width` columns would be passed. The cursor
 * stands at column `indent` before. The text is cleaned. */
void assay_put_wrap(tw_buffer *to, const char *text, size_t indent, size_t width);

/* Appends a number with commas between thousands. */
void assay_put_number(tw_buffer *to, size_t n);

#endif
