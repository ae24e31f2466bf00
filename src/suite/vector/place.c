#include "suite/vector/place.h"

#include <stdbool.h>
#include <string.h>

/* How deep the entries of "tests" and their keys stand: the file's object, the list, the entry. */
enum { KEYS_OF_FILE = 1, IN_TESTS = 2, KEYS_OF_TEST = 3 };

typedef struct scan {
    const char *text;
    size_t len, at, line;
    int depth;
    bool in_tests; /* the last key of the file's object is "tests" */
    size_t test;   /* entries begun */
} scan;

/* Passes a string; at stands on its opening quote. Returns its length without quotes. */
static size_t pass_string(scan *s)
{
    size_t start = ++s->at;
    while (s->at < s->len && s->text[s->at] != '"') s->at += s->text[s->at] == '\\' ? 2 : 1;
    size_t end = s->at < s->len ? s->at : s->len;
    s->at = end + 1;
    return end - start;
}

/* A string is a key where a colon follows. */
static bool is_key(const scan *s)
{
    size_t at = s->at;
    while (at < s->len && strchr(" \t\r\n", s->text[at])) at++;
    return at < s->len && s->text[at] == ':';
}

static void take_string(scan *s, size_t *lines, size_t count)
{
    const char *word = s->text + s->at + 1;
    size_t len = pass_string(s);
    if (!is_key(s)) return;
    if (s->depth == KEYS_OF_FILE) s->in_tests = len == 5 && memcmp(word, "tests", 5) == 0;
    if (s->depth == KEYS_OF_TEST && s->in_tests && s->test <= count && len == 2 && memcmp(word, "id", 2) == 0)
        lines[s->test - 1] = s->line;
}

void assay_place_tests(const char *text, size_t len, size_t *lines, size_t count)
{
    scan s = {.text = text, .len = len, .line = 1};
    for (size_t i = 0; i < count; i++) lines[i] = 0;
    while (s.at < s.len) {
        char c = s.text[s.at];
        if (c == '"') {
            take_string(&s, lines, count);
            continue;
        }
        if (c == '\n') s.line++;
        if (c == '{' || c == '[') {
            if (c == '{' && s.depth == IN_TESTS && s.in_tests && s.test++ < count) lines[s.test - 1] = s.line;
            s.depth++;
        }
        if (c == '}' || c == ']') s.depth--;
        s.at++;
    }
}
