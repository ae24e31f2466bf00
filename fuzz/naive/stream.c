/* Units out of a stream: what is there is read from its beginning whenever there is more of it. */
#include "fuzz/naive/inner.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct naive_stream {
    naive_layer *inner; /* the protocol's bytes */
    bool compact, strict_only;
    size_t from; /* where the next unit begins in them */
    naive_block *blocks;
};

naive_stream *naive_open(const char *stack, const unsigned char *bytes, size_t len, size_t most)
{
    naive_stream *s = calloc(1, sizeof *s);
    if (!s) abort();
    s->inner = naive_layer_source(bytes, len);
    for (const char *slash; (slash = strchr(stack, '/')) != NULL; stack = slash + 1) {
        naive_layer *layer = naive_layer_open(stack, (size_t)(slash - stack), s->inner, most);
        if (!layer) break;
        s->inner = layer;
    }
    s->compact = strcmp(stack, "compact") == 0;
    s->strict_only = strcmp(stack, "binary-strict") == 0;
    if (s->compact || strncmp(stack, "binary", 6) == 0) return s;
    naive_close(s);
    return NULL;
}

void naive_close(naive_stream *s)
{
    if (!s) return;
    for (naive_block *block = s->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    naive_layer_close(s->inner);
    free(s);
}

/* Reads one unit from these bytes. Offsets count from its beginning. */
static bool read_unit(naive_stream *s, const unsigned char *bytes, size_t len, bool message,
                      naive_reading *reading)
{
    naive_cursor c = {.bytes = bytes, .len = len, .blocks = &s->blocks, .reading = reading};
    *reading = (naive_reading){.verdict = NAIVE_OK, .message = message};
    reading->layer = s->compact ? "compact" : "binary";
    if (message && !(s->compact ? naive_compact_header(&c) : naive_binary_header(&c, s->strict_only)))
        return false;
    reading->root = naive_new(&c, 'r');
    if (!(s->compact ? naive_compact_struct(&c, reading->root) : naive_binary_struct(&c, reading->root)))
        return false;
    reading->taken = c.at;
    return true;
}

/* The unit is there. Its values get bytes of their own, which stay where they are when the stream grows. */
static void keep(naive_stream *s, bool message, naive_reading *reading)
{
    size_t len, n = reading->taken;
    const unsigned char *bytes = naive_layer_bytes(s->inner, &len);
    unsigned char *copy = naive_take(&s->blocks, n);
    memcpy(copy, bytes + s->from, n);
    if (!read_unit(s, copy, n, message, reading)) abort();
    naive_layer_notes(s->inner, s->from, s->from + n, reading);
    s->from += n;
    reading->consumed = naive_layer_taken(s->inner, s->from);
}

void naive_next(naive_stream *s, bool message, naive_reading *reading)
{
    naive_layer_message(s->inner, s->from);
    for (bool last = false;;) {
        size_t len;
        const unsigned char *bytes = naive_layer_bytes(s->inner, &len);
        if (len > s->from || last) {
            if (read_unit(s, bytes ? bytes + s->from : NULL, len - s->from, message, reading)) {
                keep(s, message, reading);
                return;
            }
            reading->offset += s->from;
            if (reading->verdict != NAIVE_TRUNCATED || last) return;
        }
        naive_reading trouble = {.verdict = NAIVE_OK};
        naive_verdict more = naive_layer_more(s->inner, &trouble);
        if (more == NAIVE_OK) continue;
        if (more == NAIVE_END && naive_layer_rest(s->inner, &trouble)) {
            if (len > s->from) return; /* the protocol's own error stands */
            *reading = (naive_reading){.verdict = NAIVE_END};
            return;
        }
        *reading = trouble;
        return;
    }
}
