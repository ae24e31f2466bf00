#include "report/test/output.h"

#include <string.h>

const char *output_text(tw_buffer *buffer)
{
    tw_buffer_append_byte(buffer, 0);
    return (const char *)buffer->data;
}

unsigned output_count(const char *text, const char *word)
{
    unsigned n = 0;
    for (const char *at = text; (at = strstr(at, word)) != NULL; at += strlen(word)) n++;
    return n;
}
