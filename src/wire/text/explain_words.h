/* What a token or a piece of an envelope is, in words. Not part of the library's public face. */
#ifndef WIRE_TEXT_EXPLAIN_WORDS_H
#define WIRE_TEXT_EXPLAIN_WORDS_H

#include "wire/stack/stack.h"
#include "wire/text/explain_page.h"

/* Columns by which a token stands to the right, by how deep it is nested. */
unsigned tw_token_indent(const tw_token *token);
tw_role tw_token_role(const tw_token *token);

/* Says what the token is: "field 1: i32", "[0] i32 5". `nested`: columns that its layer takes besides. */
void tw_token_say(tw_page *page, const tw_token *token, const tw_protocol *protocol, unsigned nested);

/* Says what a piece of an envelope is: "sequence id 7". bytes are the piece's own. */
void tw_part_say(tw_page *page, const tw_envelope_part *part, tw_bytes bytes, const tw_envelope *envelope,
                 const tw_protocol *protocol);

/* Says what the two bytes of a zlib header hold. */
void tw_zlib_header_say(tw_page *page, const uint8_t header[2]);

#endif
