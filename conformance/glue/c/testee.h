/* What testees in C share: lines, hex, and the dialogue of conformance/PROTOCOL.md over standard input and
 * output. Knows no Thrift library. A testee fills in a struct testee and returns what testee_serve() gives.
 */
#ifndef TESTEE_H
#define TESTEE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TESTEE_DEEPEST 512 /* levels of values that the glue carries itself */

typedef struct testee_bytes {
    uint8_t *data; /* NULL when there are none */
    size_t len;
} testee_bytes;

/* The bytes of a request, and where the chunks end in which the library is to be given them. */
typedef struct testee_input {
    testee_bytes bytes;
    size_t *ends; /* the last is bytes.len */
    size_t count; /* 1 or more */
} testee_input;

typedef struct testee_answer {
    const char *word; /* "ok", "reject", "fault", "nomem", "handed-up", "unsupported", "error" */
    char text[200];   /* unless ok */
    bool known;       /* ok: whether the next is */
    size_t consumed;
    testee_bytes bytes; /* ok: from malloc; the caller frees */
} testee_answer;

typedef struct testee testee;
struct testee {
    const char *hello; /* JSON on one line */
    /* The verbs. What is NULL is answered `unsupported`. */
    testee_answer (*transcode)(const char *in, const char *out, const testee_input *input);
    testee_answer (*skip)(const char *in, const testee_input *input);
    testee_answer (*message)(const char *in, const char *out, const testee_input *input);
    testee_answer (*session)(uint32_t count, const char *in, const char *out, const testee_input *input);
    testee_answer (*reuse)(const char *in, const char *out, const testee_input *first,
                           const testee_input *second);
};

/* Sends one message of the session being answered. */
void testee_part(testee_bytes message);

/* Answers requests until `bye` or the end of the input. Returns the status to exit with. */
int testee_serve(const testee *t);

#endif
