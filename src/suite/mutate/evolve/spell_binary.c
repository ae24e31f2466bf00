#include "suite/mutate/evolve/spell_seam.h"

static const uint8_t type_bytes[TW_TYPE_COUNT] = {
    [TW_BOOL] = 2,    [TW_I8] = 3,    [TW_I16] = 6,  [TW_I32] = 8,  [TW_I64] = 10,    [TW_DOUBLE] = 4,
    [TW_STRING] = 11, [TW_LIST] = 15, [TW_SET] = 14, [TW_MAP] = 13, [TW_STRUCT] = 12, [TW_UUID] = 16};

static void put_field(assay_speller *s, const tw_node *value, int16_t last_id)
{
    (void)last_id;
    assay_spell_byte(s, type_bytes[value->type & 15]);
    assay_spell_big_endian(s, (uint16_t)value->id, 2);
}

static void put_stop(assay_speller *s)
{
    assay_spell_byte(s, 0);
}

static void put_list(assay_speller *s, const tw_node *list)
{
    assay_spell_byte(s, type_bytes[list->inside & 15]);
    assay_spell_big_endian(s, list->count, 4);
}

static void put_map(assay_speller *s, const tw_node *map)
{
    unsigned key = map->inside >> 4, value = map->inside & 15u;
    if (map->count == 0 && assay_spell_odd(s)) {
        /* Nothing of the types is on the wire of other protocols: both unknown, or any two. */
        static const uint8_t some[] = {TW_BOOL, TW_I8, TW_I64, TW_STRING, TW_MAP, TW_STRUCT};
        bool known = assay_spell_odd(s);
        key = known ? some[tw_random_below(s->random, sizeof some)] : 0;
        value = known ? some[tw_random_below(s->random, sizeof some)] : 0;
    }
    assay_spell_byte(s, type_bytes[key]);
    assay_spell_byte(s, type_bytes[value]);
    assay_spell_big_endian(s, map->count, 4);
}

static void put_size(assay_speller *s, uint32_t size)
{
    assay_spell_big_endian(s, size, 4);
}

static void put_scalar(assay_speller *s, const tw_node *value, bool in_struct)
{
    (void)in_struct;
    uint64_t bits = (uint64_t)value->u.i;
    switch (value->type) {
    case TW_BOOL:
        if (bits && assay_spell_odd(s)) bits = 2 + tw_random_below(s->random, 254);
        assay_spell_byte(s, (unsigned)bits);
        break;
    case TW_I8: assay_spell_big_endian(s, bits, 1); break;
    case TW_I16: assay_spell_big_endian(s, bits, 2); break;
    case TW_I32: assay_spell_big_endian(s, bits, 4); break;
    case TW_UUID: tw_buffer_append(s->to, value->u.bytes, 16); break;
    case TW_DOUBLE: bits = value->u.bits; /* fallthrough */
    default: assay_spell_big_endian(s, bits, 8); break;
    }
}

static void put_envelope(assay_speller *s, const tw_envelope *envelope)
{
    bool old = assay_spell_odd(s) ? envelope->form != TW_HEADER_OLD : envelope->form == TW_HEADER_OLD;
    unsigned unused = assay_spell_odd(s) ? (unsigned)tw_random_below(s->random, 256) : 0;
    if (!old) assay_spell_big_endian(s, 0x80010000u | unused << 8 | envelope->kind, 4);
    assay_spell_big_endian(s, envelope->name.len, 4);
    tw_buffer_append(s->to, envelope->name.data, envelope->name.len);
    if (old) assay_spell_byte(s, envelope->kind);
    assay_spell_big_endian(s, (uint32_t)envelope->sequence_id, 4);
}

const assay_spell_seam assay_spell_binary = {put_field, put_stop,   put_list,    put_map,
                                             put_size,  put_scalar, put_envelope};
