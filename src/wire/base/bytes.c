#include "wire/base/bytes.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool tw_bytes_equal(tw_bytes a, tw_bytes b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

void tw_buffer_init(tw_buffer *buffer, const tw_alloc *alloc)
{
    *buffer = (tw_buffer){.alloc = alloc ? alloc : tw_alloc_default()};
}

void tw_buffer_deinit(tw_buffer *buffer)
{
    if (buffer->data) tw_resize(buffer->alloc, buffer->data, buffer->capacity, 0);
    tw_buffer_init(buffer, buffer->alloc);
}

void tw_buffer_clear(tw_buffer *buffer)
{
    buffer->len = 0;
    buffer->failed = false;
}

uint8_t *tw_buffer_reserve(tw_buffer *buffer, size_t more)
{
    if (buffer->failed) return NULL;
    if (buffer->capacity - buffer->len >= more && buffer->data) return buffer->data + buffer->len;
    if (more > SIZE_MAX / 4 - buffer->len) {
        buffer->failed = true;
        return NULL;
    }
    size_t wanted = buffer->len + more;
    size_t capacity = buffer->capacity ? buffer->capacity : 64;
    while (capacity < wanted) capacity += capacity / 2 + 64;
    uint8_t *data = tw_resize(buffer->alloc, buffer->data, buffer->capacity, capacity);
    if (!data) {
        buffer->failed = true;
        return NULL;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return data + buffer->len;
}

bool tw_buffer_append(tw_buffer *buffer, const void *data, size_t len)
{
    if (len == 0) return !buffer->failed;
    uint8_t *to = tw_buffer_reserve(buffer, len);
    if (!to) return false;
    memcpy(to, data, len);
    buffer->len += len;
    return true;
}

bool tw_buffer_append_byte(tw_buffer *buffer, uint8_t byte)
{
    return tw_buffer_append(buffer, &byte, 1);
}

bool tw_buffer_printf(tw_buffer *buffer, const char *format, ...)
{
    char text[256]; /* most texts fit, and need not be made twice */
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (len < 0) {
        buffer->failed = true;
    } else if ((size_t)len < sizeof text) {
        tw_buffer_append(buffer, text, (size_t)len);
    } else {
        uint8_t *to = tw_buffer_reserve(buffer, (size_t)len + 1);
        if (to) {
            vsnprintf((char *)to, (size_t)len + 1, format, again);
            buffer->len += (size_t)len;
        }
    }
    va_end(again);
    return !buffer->failed;
}

void tw_buffer_drop(tw_buffer *buffer, size_t n)
{
    if (n == 0) return;
    memmove(buffer->data, buffer->data + n, buffer->len - n);
    buffer->len -= n;
}
