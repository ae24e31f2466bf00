/* For unit tests only: inputs of exact size, and an allocator that counts and can be told to fail. */
#ifndef WIRE_TEST_SUPPORT_H
#define WIRE_TEST_SUPPORT_H

#include "wire/base/alloc.h"
#include "wire/base/bytes.h"

/* cmocka needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The bytes that hex spells (spaces allowed), in a heap block of exactly their size: ASan sees one byte too
 * far. Release with tw_test_free. */
tw_bytes tw_test_hex(const char *hex);

/* A copy of bytes in a heap block of exactly their size. */
tw_bytes tw_test_exact(const void *data, size_t len);

/* Releases what the two above made. */
void tw_test_free(tw_bytes bytes);

typedef struct tw_test_alloc {
    tw_alloc alloc;
    size_t calls;     /* that took memory */
    size_t fail_at;   /* the call, from 1, that is refused, and all after it; 0: none */
    size_t now, peak; /* bytes held; blocks are counted by the sizes that callers state */
} tw_test_alloc;

void tw_test_alloc_init(tw_test_alloc *t, size_t fail_at);

#endif
