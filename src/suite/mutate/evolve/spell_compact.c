#include "suite/mutate/evolve/spell_seam.h"

#include "wire/base/varint.h"

/* Bytes that a varint of each width may take. */
enum { BYTES_16 = 3, BYTES_32 = 5, BYTES_64 = 10 };

/* Padded, at times, with zero bits to any length that the width allows. */
static void put_varint(assay_speller *s, uint64_t value, size_t most)
{
    uint8_t bytes[TW_VARINT_MAX];
    size_t len = tw_varint_write(bytes, value);
    if (len < most && assay_spell_odd(s)) {
        size_t padded = len + 1 + tw_random_below(s->random, most - len);
        bytes[len - 1] |= 0x80;
        for (; len < padded; len++) bytes[len] = 0x80;
        bytes[len - 1] = 0;
    }
    tw_buffer_append(s->to, bytes, len);
}

/* Bools have two numbers. */
static unsigned type_nibble(assay_speller *s, unsigned type)
{
    return type == TW_BOOL && assay_spell_odd(s) ? 2 : type;
}

static void put_field(assay_speller *s, const tw_node *value, int16_t last_id)
{
    unsigned type = value->type == TW_BOOL ? (value->u.i ? 1u : 2u) : value->type;
    int delta = value->id - last_id;
    if (delta >= 1 && delta <= 15 && !assay_spell_odd(s)) {
        assay_spell_byte(s, (unsigned)delta << 4 | type);
        return;
    }
    assay_spell_byte(s, type);
    put_varint(s, tw_zigzag_encode32(value->id), BYTES_16);
}

static void put_stop(assay_speller *s)
{
    assay_spell_byte(s, assay_spell_odd(s) ? (unsigned)tw_random_below(s->random, 16) << 4 : 0);
}

static void put_list(assay_speller *s, const tw_node *list)
{
    unsigned type = type_nibble(s, list->inside & 15u);
    if (list->count < 15 && !assay_spell_odd(s)) {
        assay_spell_byte(s, list->count << 4 | type);
        return;
    }
    assay_spell_byte(s, 0xf0 | type);
    put_varint(s, list->count, BYTES_32);
}

static void put_map(assay_speller *s, const tw_node *map)
{
    put_varint(s, map->count, BYTES_32);
    if (map->count == 0) return;
    unsigned key = type_nibble(s, map->inside >> 4);
    assay_spell_byte(s, key << 4 | type_nibble(s, map->inside & 15u));
}

static void put_size(assay_speller *s, uint32_t size)
{
    put_varint(s, size, BYTES_32);
}

static void put_scalar(assay_speller *s, const tw_node *value, bool in_struct)
{
    uint64_t bits = (uint64_t)value->u.i;
    switch (value->type) {
    case TW_BOOL: /* a field's stands in its header */
        if (!in_struct) assay_spell_byte(s, bits ? 1 : assay_spell_odd(s) ? 0 : 2);
        break;
    case TW_I8: assay_spell_byte(s, (unsigned)bits & 0xff); break;
    case TW_I16: put_varint(s, tw_zigzag_encode32((int32_t)value->u.i), BYTES_16); break;
    case TW_I32: put_varint(s, tw_zigzag_encode32((int32_t)value->u.i), BYTES_32); break;
    case TW_I64: put_varint(s, tw_zigzag_encode(value->u.i), BYTES_64); break;
    case TW_UUID: tw_buffer_append(s->to, value->u.bytes, 16); break;
    default:
        for (unsigned shift = 0; shift < 64; shift += 8)
            assay_spell_byte(s, (unsigned)(value->u.bits >> shift) & 0xff);
        break;
    }
}

static void put_envelope(assay_speller *s, const tw_envelope *envelope)
{
    assay_spell_byte(s, 0x82);
    assay_spell_byte(s, (unsigned)envelope->kind << 5 | 1);
    put_varint(s, (uint32_t)envelope->sequence_id, BYTES_32);
    put_varint(s, envelope->name.len, BYTES_32);
    tw_buffer_append(s->to, envelope->name.data, envelope->name.len);
}

const assay_spell_seam assay_spell_compact = {put_field, put_stop,   put_list,    put_map,
                                              put_size,  put_scalar, put_envelope};
