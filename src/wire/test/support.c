#include "wire/test/support.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

tw_bytes tw_test_exact(const void *data, size_t len)
{
    uint8_t *copy = malloc(len ? len : 1);
    assert_non_null(copy);
    if (len) memcpy(copy, data, len);
    return tw_bytes_of(copy, len);
}

void tw_test_free(tw_bytes bytes)
{
    free((void *)(uintptr_t)bytes.data);
}

static int digit(char c)
{
    return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

tw_bytes tw_test_hex(const char *hex)
{
    uint8_t *bytes = malloc(strlen(hex) + 1);
    assert_non_null(bytes);
    size_t n = 0;
    for (; *hex; hex++) {
        if (*hex == ' ') continue;
        assert_true(isxdigit((unsigned char)hex[0]) && isxdigit((unsigned char)hex[1]));
        bytes[n++] = (uint8_t)(digit(hex[0]) << 4 | digit(hex[1]));
        hex++;
    }
    tw_bytes exact = tw_test_exact(bytes, n);
    free(bytes);
    return exact;
}

static void *counted(void *context, void *block, size_t old_size, size_t new_size)
{
    tw_test_alloc *t = context;
    assert_true(t->now >= old_size);
    if (new_size == 0) {
        t->now -= old_size;
        free(block);
        return NULL;
    }
    t->calls++;
    if (t->fail_at && t->calls >= t->fail_at) return NULL;
    /* Always a new block, so that a stale pointer into the old one is seen. */
    uint8_t *fresh = malloc(new_size);
    assert_non_null(fresh);
    if (block) memcpy(fresh, block, old_size < new_size ? old_size : new_size);
    free(block);
    t->now += new_size - old_size;
    if (t->now > t->peak) t->peak = t->now;
    return fresh;
}

void tw_test_alloc_init(tw_test_alloc *t, size_t fail_at)
{
    *t = (tw_test_alloc){.alloc = {counted, t}, .fail_at = fail_at};
}
