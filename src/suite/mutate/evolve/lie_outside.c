#include "suite/mutate/evolve/lie.h"

#include "suite/mutate/stream.h"

static void put_i32(uint8_t *at, uint32_t value)
{
    for (int i = 3; i >= 0; i--, value >>= 8) at[i] = (uint8_t)value;
}

/* One of the stream's frames claims another length. */
static void lie_of_frame(const tw_stack *stack, uint8_t *wire, size_t len, tw_random *random)
{
    static const uint32_t lengths[] = {0,          1,        0xffffffff, 0x80000000,
                                       0x7fffffff, 16384000, 16384001,   0x00ffffff};
    size_t state = 0, header_end, seen = 0, at = 0, size = 0;
    while ((header_end = assay_stream_next_edge(stack, tw_bytes_of(wire, len), &state)) != SIZE_MAX) {
        size_t end = assay_stream_next_edge(stack, tw_bytes_of(wire, len), &state);
        if (tw_random_below(random, ++seen)) continue;
        at = header_end - 4;
        size = end - header_end;
    }
    if (seen == 0) return;
    uint64_t draw = tw_random_below(random, 12);
    put_i32(wire + at, draw < 8 ? lengths[draw] : (uint32_t)size + (draw < 10 ? 1u : 0xffffffffu));
}

/* Header, checksum, or a bit of the compressed data. */
static void lie_of_zlib(uint8_t *wire, size_t len, tw_random *random)
{
    static const uint8_t seconds[] = {0x01, 0x9c, 0xda, 0x5e, 0xbb, 0x20, 0x00};
    switch (tw_random_below(random, 4)) {
    case 0: wire[0] = (uint8_t)(tw_random_below(random, 16) << 4 | 8); break;
    case 1:
        if (len > 1) wire[1] = seconds[tw_random_below(random, sizeof seconds)];
        break;
    case 2:
        wire[len - 1 - tw_random_below(random, len < 4 ? len : 4)] ^=
            (uint8_t)(1 + tw_random_below(random, 255));
        break;
    default: wire[tw_random_below(random, len)] ^= (uint8_t)(1u << tw_random_below(random, 8)); break;
    }
}

size_t assay_lie_outside(const tw_stack *stack, uint8_t *wire, size_t len, tw_random *random)
{
    if (stack->transport_count == 0 || len == 0) return len;
    if (tw_random_below(random, 6) == 0) return tw_random_below(random, len);
    bool framed = stack->transports[0] == &tw_framed;
    bool both = stack->transport_count > 1;
    if (framed && (!both || tw_random_below(random, 2)))
        lie_of_frame(stack, wire, len, random);
    else if (!framed)
        lie_of_zlib(wire, len, random);
    else if (len > 4)
        lie_of_zlib(wire + 4, len - 4, random);
    return len;
}
