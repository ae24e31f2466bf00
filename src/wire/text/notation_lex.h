/* The words of the notation: what stands between the brackets. Not part of the library's public face. Every
 * function returns false at the first error, and the lexer's error then says what is wrong and where. */
#ifndef WIRE_TEXT_NOTATION_LEX_H
#define WIRE_TEXT_NOTATION_LEX_H

#include "wire/text/notation.h"

typedef struct tw_lexer {
    const char *text;
    size_t len;
    size_t at; /* the next character */
    tw_notation_error *error;
    tw_buffer scratch;  /* the bytes of the last string */
    size_t string_most; /* longest string that the caller can hold */
} tw_lexer;

/* text is borrowed; alloc is for the scratch. */
void tw_lexer_init(tw_lexer *lexer, const char *text, size_t len, const tw_alloc *alloc, size_t string_most,
                   tw_notation_error *error);
void tw_lexer_deinit(tw_lexer *lexer);

/* Sets the error, at text[at]; returns false. */
__attribute__((format(printf, 4, 5))) bool tw_lexer_fail(tw_lexer *lexer, tw_class cls, size_t at,
                                                         const char *format, ...);
/* "WHAT is expected, not ...", with what stands at text[at]. */
bool tw_lexer_fail_expected(tw_lexer *lexer, const char *what);

/* Skips white space; true when there was a line end among it. */
bool tw_lexer_space(tw_lexer *lexer);

/* The next character, or 0 at the end (or where the text itself holds a 0). */
char tw_lexer_peek(const tw_lexer *lexer);

/* Takes `c` where it is next. */
bool tw_lexer_take(tw_lexer *lexer, char c);

/* As take, after white space, and an error where another character is next. */
bool tw_lexer_expect(tw_lexer *lexer, char c);

/* The length of the lower-case word (letters and digits, a letter first) that is next; 0 when there is none.
 */
size_t tw_lexer_word(const tw_lexer *lexer);

/* An integer from least to most; `what` names its type in the error. */
bool tw_lexer_integer(tw_lexer *lexer, int64_t least, int64_t most, const char *what, int64_t *value);
bool tw_lexer_bool(tw_lexer *lexer, bool *value);
bool tw_lexer_double(tw_lexer *lexer, uint64_t *bits);
bool tw_lexer_uuid(tw_lexer *lexer, uint8_t bytes[16]);
/* A quoted or hex string with its repeat; the bytes are in the scratch until the next one. */
bool tw_lexer_string(tw_lexer *lexer, tw_bytes *bytes);

#endif
