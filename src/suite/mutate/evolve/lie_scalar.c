#include "suite/mutate/evolve/lie_scalar.h"

bool assay_scalar_place_of(const tw_token *token, bool compact, size_t base, assay_scalar_place *place)
{
    *place = (assay_scalar_place){ASSAY_SCALAR_VARINT, base + token->offset, token->len};
    switch (token->kind) {
    case TW_TOKEN_VALUE:
        if (token->type == TW_BOOL) place->kind = ASSAY_SCALAR_BOOL;
        return token->len > 0 &&
               (token->type == TW_BOOL || (compact && token->type >= TW_I16 && token->type <= TW_I64));
    case TW_TOKEN_FIELD:
        if (token->size_len) {
            place->offset = base + token->size_offset;
            place->len = token->size_len;
        } else {
            place->kind = ASSAY_SCALAR_DELTA;
        }
        return compact;
    case TW_TOKEN_MAP:
    case TW_TOKEN_SIZE:
        place->offset = base + token->size_offset;
        place->len = token->size_len;
        return compact;
    default: return false;
    }
}

/* Longer than its width allows, with bits above it, or without an end. */
static bool put_varint(tw_bytes now, tw_random *random, tw_buffer *to)
{
    static const uint8_t lasts[] = {0, 1, 2, 3, 4, 7, 0x0f, 0x10, 0x7f};
    uint8_t bytes[24];
    size_t len = 0, wanted = 1 + tw_random_below(random, 12);
    uint8_t fill = tw_random_below(random, 2) ? 0x80 : 0xff;
    if (tw_random_below(random, 2))
        for (; len < now.len && len < 10; len++) bytes[len] = now.data[len] | 0x80;
    while (len < wanted) bytes[len++] = fill;
    bytes[len++] = lasts[tw_random_below(random, sizeof lasts)];
    if (tw_random_below(random, 8) == 0) bytes[len - 1] |= 0x80;
    return tw_buffer_append(to, bytes, len);
}

static bool put_bool(tw_random *random, tw_buffer *to)
{
    static const uint8_t values[] = {0, 1, 2, 3, 4, 0x7f, 0x80, 0xff};
    return tw_buffer_append_byte(to, values[tw_random_below(random, sizeof values)]);
}

static bool put_delta(uint8_t now, tw_random *random, tw_buffer *to)
{
    return tw_buffer_append_byte(to, (uint8_t)(now ^ (1 + tw_random_below(random, 15)) << 4));
}

bool assay_scalar_write(const assay_scalar_place *place, tw_bytes inner, tw_random *random, tw_buffer *to)
{
    tw_bytes now = tw_bytes_of(inner.data + place->offset, place->len);
    size_t behind = place->offset + place->len;
    if (!tw_buffer_append(to, inner.data, place->offset)) return false;
    bool ok = place->kind == ASSAY_SCALAR_BOOL    ? put_bool(random, to)
              : place->kind == ASSAY_SCALAR_DELTA ? put_delta(now.data[0], random, to)
                                                  : put_varint(now, random, to);
    return ok && tw_buffer_append(to, inner.data + behind, inner.len - behind);
}
