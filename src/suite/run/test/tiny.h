/* A small set of vectors made in memory, for the tests of this folder. Vector number N is named "tiny/N" and
 * transcodes struct{1: i32 256+N} in binary; its request line holds the bytes "000001NN00" with NN in hex, by
 * which a script of the fake testee can pick it. */
#ifndef SUITE_RUN_TEST_TINY_H
#define SUITE_RUN_TEST_TINY_H

#include "suite/vector/vector.h"

typedef struct tiny_set {
    assay_vector_set set;
    struct tiny_one *ones;
} tiny_set;

/* count vectors, all to be accepted, level must. */
void tiny_init(tiny_set *tiny, size_t count);
void tiny_deinit(tiny_set *tiny);

/* The vector expects a refusal as truncated instead: its last byte is cut. */
void tiny_refuse(tiny_set *tiny, size_t index);

#endif
