#include "suite/testee/reference/request.h"
#include "suite/testee/hex.h"
#include "suite/testee/testee.h"

#include <stdio.h>
#include <string.h>

/* The longest head: id, "ok", consumed, three blanks. */
enum { HEAD_MAX = 64 };

static uint8_t *put_number(uint8_t *at, uint64_t number)
{
    uint8_t digits[20];
    size_t n = 0;
    do digits[n++] = (uint8_t)('0' + number % 10);
    while ((number /= 10) > 0);
    while (n > 0) *at++ = digits[--n];
    return at;
}

static uint8_t *put_word(uint8_t *at, const char *word, size_t len)
{
    memcpy(at, word, len);
    return at + len;
}

/* Hex or `-`, and the line end. */
static uint8_t *put_bytes(uint8_t *at, tw_bytes bytes)
{
    if (bytes.len == 0) {
        *at++ = '-';
    } else {
        assay_hex_encode(bytes.data, bytes.len, (char *)at);
        at += bytes.len * 2;
    }
    *at++ = '\n';
    return at;
}

static bool put_reply(tw_buffer *to, uint32_t id, bool part, size_t consumed, tw_bytes bytes)
{
    if (bytes.len > (ASSAY_LINE_MAX - HEAD_MAX) / 2) {
        assay_put_text(to, id, "error", "too-long");
        return false;
    }
    uint8_t *start = tw_buffer_reserve(to, HEAD_MAX + bytes.len * 2 + 2);
    if (!start) return false;
    uint8_t *at = put_number(start, id);
    at = part ? put_word(at, " part ", 6) : put_word(at, " ok ", 4);
    if (!part) {
        if (consumed == SIZE_MAX)
            *at++ = '?';
        else
            at = put_number(at, consumed);
        *at++ = ' ';
    }
    at = put_bytes(at, bytes);
    to->len += (size_t)(at - start);
    return true;
}

void assay_put_ok(tw_buffer *to, uint32_t id, size_t consumed, tw_bytes bytes)
{
    put_reply(to, id, false, consumed, bytes);
}

bool assay_put_part(tw_buffer *to, uint32_t id, tw_bytes bytes)
{
    return put_reply(to, id, true, 0, bytes);
}

void assay_put_text(tw_buffer *to, uint32_t id, const char *word, const char *text)
{
    uint8_t *start = tw_buffer_reserve(to, HEAD_MAX + strlen(word) + strlen(text));
    if (!start) return;
    uint8_t *at = put_number(start, id);
    *at++ = ' ';
    at = put_word(at, word, strlen(word));
    *at++ = ' ';
    at = put_word(at, text, strlen(text));
    *at++ = '\n';
    to->len += (size_t)(at - start);
}

void assay_put_error(tw_buffer *to, uint32_t id, const tw_error *error)
{
    char text[1024];
    tw_error_format(error, text, sizeof text);
    const char *word = "reject";
    if (error->cls == TW_UNSUPPORTED) word = "unsupported";
    if (error->cls == TW_MEMORY) word = "nomem";
    if (error->cls == TW_USAGE || error->cls == TW_OK) word = "fault";
    assay_put_text(to, id, word, text);
}
