/* Run-time limits, with the defaults of upstream's TConfiguration (doc/specs/thrift-tconfiguration.md). A
 * limit that is exceeded is an error of class `limit`, found before anything is allocated for it. */
#ifndef WIRE_BASE_LIMITS_H
#define WIRE_BASE_LIMITS_H

#include <stdint.h>

typedef struct tw_limits {
    /* Levels of nesting. The counting rule: the outermost struct is level 1, and every struct, list, set or
     * map inside another adds one; scalars and strings do not count. `depth` levels are accepted, depth + 1
     * are refused, at the offset of the first byte of the level too deep. */
    uint32_t depth;
    /* Bytes of one string. */
    uint32_t string;
    /* Elements of one list or set, pairs of one map. */
    uint32_t container;
    /* Bytes of one frame's payload; the four bytes of its length do not count. */
    uint32_t frame;
    /* Bytes of one struct or message as the protocol reads them: behind a zlib transport, inflated bytes. */
    uint64_t message;
} tw_limits;

#define TW_DEPTH_DEFAULT 64u
#define TW_FRAME_DEFAULT 16384000u
#define TW_MESSAGE_DEFAULT 104857600u
/* The largest size that the formats can state: strings and containers are not limited further by default. */
#define TW_SIZE_MAX 2147483647u

/* depth 64, string and container 2147483647, frame 16384000, message 104857600. */
static inline tw_limits tw_limits_default(void)
{
    return (tw_limits){TW_DEPTH_DEFAULT, TW_SIZE_MAX, TW_SIZE_MAX, TW_FRAME_DEFAULT, TW_MESSAGE_DEFAULT};
}

/* Everything as large as the formats allow, depth 1,000,000: for judging what others wrote. */
static inline tw_limits tw_limits_generous(void)
{
    return (tw_limits){1000000u, TW_SIZE_MAX, TW_SIZE_MAX, TW_SIZE_MAX, UINT64_MAX};
}

#endif
