/* Foreign text made fit for JSON, terminals and shells. */
#ifndef SUITE_CASE_TEXT_H
#define SUITE_CASE_TEXT_H

#include "wire/base/bytes.h"

/* Appends the text as valid UTF-8 without NUL: each byte that cannot stand becomes U+FFFD. False when memory
 * is refused. */
bool assay_text_clean(const char *text, size_t len, tw_buffer *to);

/* The same as a new terminated string, to be freed with free(); NULL when memory is refused. */
char *assay_text_clean_copy(const char *text, size_t len);

/* Appends a word as a shell reads it back: in quotes where it must be. False when memory is refused. */
bool assay_text_shell_word(const char *word, tw_buffer *to);

#endif
