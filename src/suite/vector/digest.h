/* SHA-256 (FIPS 180-4), to name a set of vectors. */
#ifndef SUITE_VECTOR_DIGEST_H
#define SUITE_VECTOR_DIGEST_H

#include "wire/base/bytes.h"

typedef struct assay_digest {
    uint32_t state[8];
    uint64_t len;
    uint8_t block[64];
} assay_digest;

void assay_digest_init(assay_digest *digest);
void assay_digest_add(assay_digest *digest, const void *data, size_t len);

/* Ends it and writes 64 lower-case hex digits and a 0 byte. */
void assay_digest_finish(assay_digest *digest, char text[65]);

#endif
