/* What the naive decoder's parts know of each other. */
#ifndef FUZZ_NAIVE_INNER_H
#define FUZZ_NAIVE_INNER_H

#include "fuzz/naive/naive.h"

#define NAIVE_DEPTH 64
#define NAIVE_FRAME 16384000
#define NAIVE_MESSAGE 104857600

/* Memory that lives as long as the stream. */
typedef struct naive_block {
    struct naive_block *next;
} naive_block;

void *naive_take(naive_block **blocks, size_t size);

/* Where reading stands. */
typedef struct naive_cursor {
    const unsigned char *bytes;
    size_t len, at;
    int depth;
    naive_block **blocks;
    naive_reading *reading;
} naive_cursor;

/* Keeps the error and returns false. */
bool naive_fail(naive_cursor *c, naive_verdict verdict, const char *rule, size_t at);
void naive_note(naive_reading *reading, const char *rule);

naive_node *naive_new(naive_cursor *c, char kind);

/* Bytes that are not read yet. */
size_t naive_left(const naive_cursor *c);

/* Takes the next n bytes as they are. NULL and the error where they are cut; its place is `at`. */
const unsigned char *naive_bytes(naive_cursor *c, size_t n, const char *rule, size_t at);

/* Opens a level whose first byte is at `at`; false beyond the limit. */
bool naive_enter(naive_cursor *c, size_t at);

/* Reads what stands in a list, set or map whose first byte is at `at` and whose kinds and count are known, a level deeper: `count`
 * values behind one another, of one kind or (maps) of two in turn. `read_value` reads one into a node that has its kind. */
bool naive_inside(naive_cursor *c, naive_node *node, size_t at,
                  bool read_value(naive_cursor *, naive_node *));

/* Reads a struct, whose first byte is next, into node. */
bool naive_binary_struct(naive_cursor *c, naive_node *node);
bool naive_compact_struct(naive_cursor *c, naive_node *node);

/* An unsigned varint of 16, 32 or 64 bits; `rule` is that of a cut. */
bool naive_varint(naive_cursor *c, int bits, const char *rule, unsigned long long *value);

/* A message's header into the reading. */
bool naive_binary_header(naive_cursor *c, bool strict_only);
bool naive_compact_header(naive_cursor *c);

/* Transports, outermost first. */
typedef struct naive_layer naive_layer;
naive_layer *naive_layer_open(const char *name, size_t len, naive_layer *outer, size_t most);
void naive_layer_close(naive_layer *layer);

/* Bytes that the layer has unwrapped so far grow by one unit or piece. OK, END (nothing more without more input), or the error,
 * which is then in *reading. */
naive_verdict naive_layer_more(naive_layer *layer, naive_reading *reading);
const unsigned char *naive_layer_bytes(const naive_layer *layer, size_t *len);

/* The layer that wraps nothing: the stream itself. */
naive_layer *naive_layer_source(const unsigned char *bytes, size_t len);

/* At the end of the input: false where the layer (or one outside of it) stands in the middle of something; the error of the
 * outermost such one is then in *reading. */
bool naive_layer_rest(const naive_layer *layer, naive_reading *reading);

/* A message begins; `used` of the unwrapped bytes belong to those before. */
void naive_layer_message(naive_layer *layer, size_t used);

/* Bytes of the outermost stream that were taken, when `used` of those that the layer made are read; SIZE_MAX where that
 * cannot be said. */
size_t naive_layer_taken(const naive_layer *layer, size_t used);

/* Open rules of frames that the unit [from, to) of the unwrapped bytes touches. */
void naive_layer_notes(const naive_layer *layer, size_t from, size_t to, naive_reading *reading);

#endif
