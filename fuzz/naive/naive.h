/* A second decoder, to hold the fast one against: slow, plain, and written from the specification alone. It shares no code and
 * no tables with src/wire, so that a mistake has to be made twice to go unseen.
 *
 * Limits are upstream's defaults: 64 levels, frames of 16384000 bytes, messages of 104857600 bytes behind zlib. */
#ifndef FUZZ_NAIVE_NAIVE_H
#define FUZZ_NAIVE_NAIVE_H

#include <stdbool.h>
#include <stddef.h>

/* A value. kind: 't' bool, '1' '2' '4' '8' integers of so many bytes, 'd' double, 's' string, 'u' uuid, 'l' list, 'e' set, 'm'
 * map, 'r' struct. */
typedef struct naive_node {
    char kind;
    char key,
        inside; /* map: kinds of keys and values; list, set: inside is that of elements; 0 where not known */
    int id;     /* of a struct's field */
    size_t count;               /* bytes of a string; fields, elements, pairs */
    long long number;           /* bool, integers */
    unsigned long long bits;    /* double */
    const unsigned char *bytes; /* string, uuid */
    struct naive_node *first;   /* what it holds: of a map key, value, key, value ... */
    struct naive_node *next;
} naive_node;

typedef enum naive_verdict {
    NAIVE_OK,
    NAIVE_TRUNCATED,
    NAIVE_MALFORMED,
    NAIVE_LIMIT,
    NAIVE_END,      /* no unit: the stream ends cleanly before it */
    NAIVE_TOO_LARGE /* more than the caller wanted to inflate: nothing is known */
} naive_verdict;

#define NAIVE_NOTES 12

typedef struct naive_reading {
    naive_verdict verdict;
    const char *rule, *layer; /* of the error: "compact.list.type", "compact" */
    size_t offset;            /* of the error, in the layer's own stream */
    size_t consumed; /* OK: bytes of the outermost stream so far; SIZE_MAX where zlib is in the way */
    size_t taken;    /* OK: bytes of the unit in the protocol's own stream */
    const char *notes[NAIVE_NOTES]; /* OK: ids of the open rules on which it rests */
    size_t note_count;

    bool message, old; /* old: its header was the old one */
    const unsigned char *name;
    size_t name_len;
    unsigned message_kind;
    int sequence_id;
    naive_node *root;
} naive_reading;

typedef struct naive_stream naive_stream;

/* Reads units of the stack ("framed/zlib/compact", "binary-old", "binary-strict") from bytes, which are borrowed. Aborts when memory
 * is out: it runs in tests only. most: bytes that zlib may inflate to in all. NULL for a name that is no stack. */
naive_stream *naive_open(const char *stack, const unsigned char *bytes, size_t len, size_t most);

/* The next unit. What an earlier reading points to stays until the stream is closed. */
void naive_next(naive_stream *stream, bool message, naive_reading *reading);
void naive_close(naive_stream *stream);

/* The canonical bytes of what was read (the header strict), in the compact or the binary protocol; malloc'ed. */
unsigned char *naive_write(const naive_reading *reading, bool compact, size_t *len);

#endif
