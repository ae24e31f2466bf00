/* What a testee says of itself. */
#ifndef SUITE_CASE_HELLO_H
#define SUITE_CASE_HELLO_H

#include "suite/case/case.h"

typedef struct assay_strings {
    char **items;
    size_t count;
} assay_strings;

typedef struct assay_hello {
    char *name; /* never NULL; the rest may be */
    char *version, *language, *homepage, *issues;
    assay_strings protocols, transports, types;
    unsigned verbs;  /* 1 << assay_verb */
    unsigned window; /* 1 to 64 */
    bool chunks, consumed;
    int64_t depth_limit, frame_limit, message_limit; /* -1 where not declared */
    char *json;                                      /* the text as it came, made valid UTF-8 */
} assay_hello;

/* Reads the JSON of a hello reply and fills in the defaults. False: why (size bytes) says what is wrong, and
 * the hello is empty. */
bool assay_hello_parse(const char *json, size_t len, assay_hello *hello, char *why, size_t size);
void assay_hello_deinit(assay_hello *hello);

/* True when both say the same (compared as JSON values). */
bool assay_hello_equal(const assay_hello *a, const assay_hello *b);

/* True when the testee declared all that the case needs: verb, both stacks, types, chunks. Otherwise *missing
 * (unless NULL; static or in the case) names what was not declared: "framed", "uuid", "message", "chunks". */
bool assay_hello_covers(const assay_hello *hello, const assay_case *c, const char **missing);

#endif
