/* What a list says of itself: whose it is, and the line on which vectors its writer had seen. */
#include "suite/judge/known_line.h"
#include "suite/judge/known_update.h"
#include "suite/vector/version.h"

#include <stdio.h>
#include <string.h>

static const char key[] = "# suite-version:";
#define KEY_LEN (sizeof key - 1)

bool assay_known_stamp_read(tw_bytes line, char *version, size_t size, bool *valid)
{
    if (line.len < KEY_LEN || memcmp(line.data, key, KEY_LEN) != 0) return false;
    size_t from = KEY_LEN, to = line.len;
    while (from < to && strchr(" \t", line.data[from])) from++;
    while (to > from && strchr(" \t\r", line.data[to - 1])) to--;
    snprintf(version, size, "%.*s", (int)(to - from), (const char *)line.data + from);
    *valid = to - from < size && assay_vectors_version_valid(version);
    return true;
}

bool assay_known_head(const char *testee, tw_buffer *to)
{
    return tw_buffer_printf(to, "# Known failures of %s. `assay known --help` explains the lines.\n\n",
                            testee);
}

static size_t line_length(tw_bytes text, size_t at)
{
    const uint8_t *stop = memchr(text.data + at, '\n', text.len - at);
    return stop ? (size_t)(stop - text.data) + 1 - at : text.len - at;
}

/* Where the line stands, or is to stand: behind the comment that the file begins with, where that is followed
 * by an empty line; else at the top. *len is what it takes now. */
static size_t find_place(tw_bytes text, size_t *len)
{
    size_t head = 0;
    bool in_head = true;
    for (size_t at = 0; at < text.len; at += *len) {
        *len = line_length(text, at);
        if (*len >= KEY_LEN && memcmp(text.data + at, key, KEY_LEN) == 0) return at;
        if (in_head && text.data[at] != '#') {
            in_head = false;
            head = text.data[at] == '\n' ? at : 0;
        }
    }
    *len = 0;
    return head;
}

bool assay_known_stamp(tw_bytes text, const char *version, tw_buffer *to)
{
    char line[64];
    if (!*version) return tw_buffer_append(to, text.data, text.len);
    size_t len, at = find_place(text, &len);
    bool apart = at == 0 && len == 0; /* at the top it is no comment on the line behind it */
    int n = snprintf(line, sizeof line, "%s %s\n%s", key, version, apart ? "\n" : "");
    if (at) tw_buffer_append(to, text.data, at);
    tw_buffer_append(to, line, (size_t)n);
    if (text.len > at + len) tw_buffer_append(to, text.data + at + len, text.len - at - len);
    return !to->failed;
}
