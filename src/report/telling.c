#include "report/group.h"

#include <string.h>

/* Words of runtimes on their way out; earlier ones say more. */
static const char *const words[] = {"ERROR: AddressSanitizer",
                                    "runtime error:",
                                    "terminate called",
                                    "what():",
                                    "panicked at",
                                    "panic:",
                                    "fatal error:",
                                    "Assertion",
                                    "assertion",
                                    "Uncaught",
                                    "uncaught",
                                    "Exception in thread",
                                    "FATAL",
                                    "Fatal",
                                    "CRITICAL",
                                    "Out of memory",
                                    "out of memory",
                                    "Error:",
                                    "Exception:",
                                    "Error",
                                    "Exception",
                                    "error:"};

static bool holds(const char *line, size_t len, const char *word)
{
    return memmem(line, len, word, strlen(word)) != NULL;
}

/* Frames of a stack trace say where, not why. */
static bool is_frame(const char *line, size_t len)
{
    while (len && (*line == ' ' || *line == '\t')) {
        line++;
        len--;
    }
    return len == 0 || (len > 3 && strncmp(line, "at ", 3) == 0) ||
           (len > 5 && strncmp(line, "File ", 5) == 0) || line[0] == '#';
}

const char *assay_group_telling_line(const char *stderr_tail, size_t *len)
{
    const char *best = NULL, *last = NULL;
    size_t best_word = sizeof words / sizeof words[0], last_len = 0;
    for (const char *line = stderr_tail; *line;) {
        size_t n = strcspn(line, "\n");
        size_t shown = n && line[n - 1] == '\r' ? n - 1 : n;
        if (!is_frame(line, shown)) {
            last = line;
            last_len = shown;
            for (size_t w = 0; w < best_word; w++)
                if (holds(line, shown, words[w])) {
                    best = line;
                    best_word = w;
                    *len = shown;
                }
        }
        line += n;
        if (*line) line++;
    }
    if (!best) *len = last_len;
    return best ? best : last;
}
