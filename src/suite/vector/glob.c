#include "suite/vector/vector.h"

/* A place to come back to: the pattern behind a star, and the text that it may yet swallow. */
typedef struct retreat {
    const char *pattern, *text;
} retreat;

/* Passes a `**`, and the slash behind it where it stands for whole components. Sets *whole then. */
static const char *pass_double_star(const char *from, const char *pattern, bool *whole)
{
    *whole = from == pattern || from[-1] == '/';
    while (*from == '*') from++;
    *whole = *whole && *from == '/';
    return *whole ? from + 1 : from;
}

/* The next text at which what follows a `**` may start. */
static const char *next_start(const char *text, bool whole)
{
    text++;
    while (whole && *text && text[-1] != '/') text++;
    return text;
}

/* At the end of the id the rest of the pattern must be able to stand for nothing. */
static bool ends_well(const char *pattern)
{
    if (pattern[0] == '/' && pattern[1] == '*' && pattern[2] == '*') pattern++;
    while (*pattern == '*') pattern++;
    return *pattern == 0;
}

/* Comes back to the last star of each kind only, so that time is bounded by the lengths' product, squared at
 * worst. */
bool assay_glob_match(const char *pattern, const char *id)
{
    const char *at = pattern, *text = id;
    retreat one = {NULL, NULL}, any = {NULL, NULL};
    bool whole = false;
    while (*text) {
        if (at[0] == '*' && at[1] == '*') {
            at = pass_double_star(at, pattern, &whole);
            any = (retreat){at, text};
            one.pattern = NULL;
        } else if (*at == '*') {
            one = (retreat){++at, text};
        } else if (*at && *at == *text) {
            at++;
            text++;
        } else if (one.pattern && *one.text != '/') {
            text = ++one.text;
            at = one.pattern;
        } else if (any.pattern && *any.text) {
            text = any.text = next_start(any.text, whole);
            at = any.pattern;
            one.pattern = NULL;
        } else {
            return false;
        }
    }
    return ends_well(at);
}
