/* Borrowed bytes (a view) and owned, growing bytes (a buffer). */
#ifndef WIRE_BASE_BYTES_H
#define WIRE_BASE_BYTES_H

#include "wire/base/alloc.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A view of bytes that somebody else owns. data may be NULL when len is 0. */
typedef struct tw_bytes {
    const uint8_t *data;
    size_t len;
} tw_bytes;

static inline tw_bytes tw_bytes_of(const void *data, size_t len)
{
    return (tw_bytes){(const uint8_t *)data, len};
}

/* True when both hold the same bytes. */
bool tw_bytes_equal(tw_bytes a, tw_bytes b);

/* memcpy for strings, most of which are short: two moves that overlap in the middle instead of a call. */
static inline void tw_bytes_copy(uint8_t *to, const uint8_t *from, size_t n)
{
    if (n >= 8 && n <= 32) {
        if (n > 16) {
            memcpy(to, from, 16);
            memcpy(to + n - 16, from + n - 16, 16);
        } else {
            memcpy(to, from, 8);
            memcpy(to + n - 8, from + n - 8, 8);
        }
    } else if (n >= 4 && n < 8) {
        memcpy(to, from, 4);
        memcpy(to + n - 4, from + n - 4, 4);
    } else if (n < 4) {
        for (size_t i = 0; i < n; i++) to[i] = from[i];
    } else {
        memcpy(to, from, n);
    }
}

/* Bytes that grow at the end and are taken from the front. Growing moves them: a view into a buffer is valid
 * only until the next append. */
typedef struct tw_buffer {
    const tw_alloc *alloc;
    uint8_t *data;
    size_t len;
    size_t capacity;
    bool failed; /* sticky: memory was refused, and what was appended since is lost */
} tw_buffer;

/* Empty; allocates nothing. alloc is borrowed for the buffer's life; NULL means tw_alloc_default(). */
void tw_buffer_init(tw_buffer *buffer, const tw_alloc *alloc);
void tw_buffer_deinit(tw_buffer *buffer);

/* Forgets the content and the failure; keeps the memory for the next use. */
void tw_buffer_clear(tw_buffer *buffer);

/* Makes room for `more` bytes behind the content and returns where they go, or NULL (failed is set then). The
 * caller writes them and adds to len. */
uint8_t *tw_buffer_reserve(tw_buffer *buffer, size_t more);

/* Appends; false (and failed) when memory is refused. */
bool tw_buffer_append(tw_buffer *buffer, const void *data, size_t len);
bool tw_buffer_append_byte(tw_buffer *buffer, uint8_t byte);

/* Appends like printf, without the zero at the end; false (and failed) when memory is refused. */
__attribute__((format(printf, 2, 3))) bool tw_buffer_printf(tw_buffer *buffer, const char *format, ...);

/* Drops the first n bytes (n at most len) and moves the rest to the front. */
void tw_buffer_drop(tw_buffer *buffer, size_t n);

static inline tw_bytes tw_buffer_view(const tw_buffer *buffer)
{
    return (tw_bytes){buffer->data, buffer->len};
}

#endif
