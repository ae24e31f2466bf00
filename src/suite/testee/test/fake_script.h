/* The words of a fake testee's script; see fake_testee.h. */
#ifndef SUITE_TESTEE_TEST_FAKE_SCRIPT_H
#define SUITE_TESTEE_TEST_FAKE_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

#define FAKE_WORDS 24

typedef struct fake_word {
    char name[32];
    char value[256];
    unsigned long from, to; /* request numbers */
    char text[64];          /* "" or what the request must contain */
    bool whole;             /* or be */
} fake_word;

typedef struct fake_script {
    fake_word words[FAKE_WORDS];
    size_t count;
} fake_script;

/* False when the script does not parse. */
bool fake_script_read(const char *text, fake_script *script);

/* The word of that name that holds at request `number` (0: before any), whose line is `line`; NULL when there
 * is none.
 */
const fake_word *fake_script_find(const fake_script *script, const char *name, unsigned long number,
                                  const char *line);

/* Its value as a number; 0 where it has none. */
unsigned long fake_word_number(const fake_word *word);

#endif
