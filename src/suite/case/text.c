#include "suite/case/text.h"

#include <stdlib.h>
#include <string.h>

/* Bytes of the well-formed character at the front (Unicode table 3-7), or 0. */
static size_t character(const uint8_t *at, size_t left)
{
    uint8_t first = at[0];
    size_t len = first < 0x80   ? 1
                 : first < 0xc2 ? 0
                 : first < 0xe0 ? 2
                 : first < 0xf0 ? 3
                 : first < 0xf5 ? 4
                                : 0;
    if (len == 0 || len > left || first == 0) return 0;
    for (size_t i = 1; i < len; i++)
        if ((at[i] & 0xc0) != 0x80) return 0;
    if ((first == 0xe0 && at[1] < 0xa0) || (first == 0xed && at[1] > 0x9f)) return 0;
    if ((first == 0xf0 && at[1] < 0x90) || (first == 0xf4 && at[1] > 0x8f)) return 0;
    return len;
}

bool assay_text_clean(const char *text, size_t len, tw_buffer *to)
{
    const uint8_t *bytes = (const uint8_t *)text;
    for (size_t at = 0, from = 0; at < len || from < len;) {
        size_t good = at < len ? character(bytes + at, len - at) : 0;
        if (good) {
            at += good;
            if (at < len) continue;
        }
        if (at > from && !tw_buffer_append(to, bytes + from, at - from)) return false;
        if (!good && at < len) {
            if (!tw_buffer_append(to, "\xef\xbf\xbd", 3)) return false;
            at++;
        }
        from = at;
    }
    return true;
}

char *assay_text_clean_copy(const char *text, size_t len)
{
    tw_buffer clean;
    tw_buffer_init(&clean, NULL);
    char *copy = NULL;
    if (assay_text_clean(text, len, &clean) && tw_buffer_append_byte(&clean, 0)) copy = malloc(clean.len);
    if (copy) memcpy(copy, clean.data, clean.len);
    tw_buffer_deinit(&clean);
    return copy;
}

bool assay_text_shell_word(const char *word, tw_buffer *to)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=,+@%-";
    if (*word && !word[strspn(word, plain)]) return tw_buffer_append(to, word, strlen(word));
    tw_buffer_append_byte(to, '\'');
    for (; *word; word++) {
        if (*word == '\'')
            tw_buffer_append(to, "'\\''", 4);
        else
            tw_buffer_append_byte(to, (uint8_t)*word);
    }
    return tw_buffer_append_byte(to, '\'');
}
