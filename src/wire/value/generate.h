/* Random values from a seed: the same seed and profile give the same value on every machine. */
#ifndef WIRE_VALUE_GENERATE_H
#define WIRE_VALUE_GENERATE_H

#include "wire/value/tree.h"

typedef enum tw_profile {
    TW_PROFILE_TYPICAL,  /* what programs send: a few fields, short strings, small numbers */
    TW_PROFILE_BOUNDARY, /* numbers, sizes and field ids at the edges of their encodings */
    TW_PROFILE_DEEP,     /* nested up to the default depth limit, few values a level */
    TW_PROFILE_WIDE      /* many fields, large containers */
} tw_profile;

#define TW_PROFILE_COUNT 4

/* A small generator (splitmix64); state is the seed. Not for secrets. */
typedef struct tw_random {
    uint64_t state;
} tw_random;

uint64_t tw_random_next(tw_random *random);

/* A number below n (n at least 1), without noticeable bias. */
uint64_t tw_random_below(tw_random *random, uint64_t n);

/* An integer of the given width (8, 16, 32 or 64 bits) at or next to an edge: 0, 1, -1, powers of two, the
 * ends of varint lengths, minimum, maximum. */
int64_t tw_random_boundary(tw_random *random, unsigned bits);

/* "typical", "boundary", "deep", "wide"; tw_profile_find gives false for another name. */
const char *tw_profile_name(tw_profile profile);
bool tw_profile_find(const char *name, tw_profile *profile);

/* Resets the tree and fills it with one random struct. False when memory is refused. Never deeper than
 * TW_DEPTH_DEFAULT; deep reaches at least half of that. Map keys and set elements are distinct, field ids of
 * a struct too, strings are UTF-8 and the only NaN is 0x7ff8000000000000: tw_value_open_rules finds nothing.
 * Empty maps have types. Uuids occur in all profiles but typical. */
bool tw_generate(tw_tree *tree, tw_random *random, tw_profile profile);

#endif
