#include "suite/testee/test/fake_script.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A misspelt word would make a test pass for the wrong reason. */
static const char vocabulary[] =
    " tell exit-early early-stderr noise no-hello slow-hello bad-hello hello moody "
    "any-hello deaf orphan stray crash signal "
    "exit hang spin half half-exit garbage stray-id swallow close flood long "
    "reject fault nomem handed-up unsupported "
    "error too-long broken mixed lie twice upper cr utf8 slow stderr "
    "flood-stderr alloc peak claim burn chatter reverse keep "
    "window sleepless status postscript rude ";

static bool is_known(const char *name)
{
    char padded[40];
    snprintf(padded, sizeof padded, " %s ", name);
    return strstr(vocabulary, padded) != NULL;
}

static bool read_when(const char *when, fake_word *word)
{
    if (*when == '~') {
        size_t len = (size_t)snprintf(word->text, sizeof word->text, "%s", when + 1);
        for (char *at = word->text; *at; at++)
            if (*at == '_') *at = ' ';
        word->whole = len > 0 && len < sizeof word->text && word->text[len - 1] == '$';
        if (word->whole) word->text[len - 1] = 0;
        return len < sizeof word->text;
    }
    char *end;
    word->from = strtoul(when, &end, 10);
    word->to = *end == '+' ? ULONG_MAX : word->from;
    return word->from > 0 && (*end == 0 || strcmp(end, "+") == 0);
}

static bool read_word(char *text, fake_word *word)
{
    *word = (fake_word){.from = 0, .to = ULONG_MAX};
    char *at = strrchr(text, '@');
    if (at) *at = 0;
    if (at && !read_when(at + 1, word)) return false;
    char *value = strchr(text, '=');
    if (value) *value++ = 0;
    return (size_t)snprintf(word->name, sizeof word->name, "%s", text) < sizeof word->name &&
           is_known(word->name) &&
           (size_t)snprintf(word->value, sizeof word->value, "%s", value ? value : "") < sizeof word->value;
}

bool fake_script_read(const char *text, fake_script *script)
{
    char *copy = strdup(text), *rest = copy, *word;
    bool ok = copy != NULL;
    script->count = 0;
    while (ok && (word = strsep(&rest, " ")))
        if (*word) ok = script->count < FAKE_WORDS && read_word(word, &script->words[script->count++]);
    free(copy);
    return ok;
}

const fake_word *fake_script_find(const fake_script *script, const char *name, unsigned long number,
                                  const char *line)
{
    for (size_t i = 0; i < script->count; i++) {
        const fake_word *word = &script->words[i];
        if (strcmp(word->name, name) != 0 || number < word->from || number > word->to) continue;
        if (!*word->text ||
            (line && (word->whole ? strcmp(line, word->text) == 0 : strstr(line, word->text) != NULL)))
            return word;
    }
    return NULL;
}

unsigned long fake_word_number(const fake_word *word)
{
    return word ? strtoul(word->value, NULL, 10) : 0;
}
