/* The binary protocol: fixed-width, big-endian (thrift-binary-protocol.md). */
#include "wire/protocol/kernels.h"
#include "wire/protocol/walk_read.h"
#include "wire/protocol/walk_write.h"

#define NONE 0xff

/* Type bytes of the wire to types; all others are none. */
static const uint8_t types[32] = {
    TW_STOP,   NONE,      TW_BOOL, TW_I8,  TW_DOUBLE, NONE,    TW_I16, NONE, TW_I32, NONE, TW_I64,
    TW_STRING, TW_STRUCT, TW_MAP,  TW_SET, TW_LIST,   TW_UUID, NONE,   NONE, NONE,   NONE, NONE,
    NONE,      NONE,      NONE,    NONE,   NONE,      NONE,    NONE,   NONE, NONE,   NONE,
};

static const uint8_t codes[TW_TYPE_COUNT] = {
    [TW_STOP] = 0, [TW_BOOL] = 2,    [TW_I8] = 3,      [TW_I16] = 6,   [TW_I32] = 8,
    [TW_I64] = 10, [TW_DOUBLE] = 4,  [TW_STRING] = 11, [TW_LIST] = 15, [TW_SET] = 14,
    [TW_MAP] = 13, [TW_STRUCT] = 12, [TW_UUID] = 16,
};

TW_INLINE uint8_t type_of(uint8_t code)
{
    TW_WHEN_FAULT_ROW(BINARY_BOOL_UNKNOWN, code < 32 ? types[code] : NONE, return NONE;);
    return TW_LIKELY(code < 32) ? types[code] : NONE;
}

TW_INLINE bool read_field(tw_reader *r, int16_t last_id, tw_field *field)
{
    (void)last_id;
    const uint8_t *at = r->pos;
    TW_WHEN_FAULT(BINARY_STOP_NOT_NEEDED, if (at == r->end) return true;);
    if (TW_UNLIKELY(at == r->end)) return tw_reader_short(r, TW_RULE_BINARY_STOP, at);
    uint8_t type = type_of(*at);
    TW_WHEN_FAULT(
        BINARY_VOID_IS_A_FIELD, if (*at == 1 && tw_reader_take(r, 3)) {
            *field = (tw_field){.type = TW_BOOL, .id = (int16_t)tw_load_be16(at + 1), .value = 0};
            return true;
        });
    if (TW_UNLIKELY(type == NONE)) {
        if (!TW_FAULT(BINARY_UNKNOWN_TYPE_STOPS)) {
            return tw_reader_fail(r, TW_MALFORMED, TW_RULE_BINARY_FIELD_TYPE, at);
        }
        type = TW_STOP;
    }
    *field = (tw_field){.type = (tw_type)type, .value = -1};
    if (type == TW_STOP) {
        r->pos++;
        TW_WHEN_FAULT(BINARY_STOP_HAS_ID,
                      if (!tw_reader_take(r, 2)) return tw_reader_short(r, TW_RULE_BINARY_STOP, at););
        return true;
    }
    at = tw_reader_take(r, 3);
    if (TW_UNLIKELY(!at)) return tw_reader_short(r, TW_RULE_BINARY_FIELD, r->pos);
    field->id = (int16_t)tw_load_be16(at + 1);
    TW_WHEN_FAULT(BINARY_FIELD_ID_UNSIGNED, field->id &= 0x7fff;);
    TW_WHEN_FAULT(BINARY_FIELD_ID_BYTE, field->id &= 0xff;);
    TW_WHEN_FAULT(BINARY_FIELD_ID_LITTLE_ENDIAN, memcpy(&field->id, at + 1, 2););
    return true;
}

/* Whether a planted fault reads a negative size as 0. */
TW_INLINE bool negative_is_empty(tw_rule sign)
{
    (void)sign;
    return TW_FAULT(BINARY_SIZE_NEGATIVE_EMPTY) ||
           TW_FAULT_AND(BINARY_STRING_NEGATIVE_EMPTY, sign == TW_RULE_BINARY_STRING_SIZE_NEGATIVE) ||
           TW_FAULT_AND(BINARY_SET_NEGATIVE_EMPTY, sign == TW_RULE_BINARY_SET_SIZE_NEGATIVE) ||
           TW_FAULT_AND(BINARY_MAP_NEGATIVE_EMPTY, sign == TW_RULE_BINARY_MAP_SIZE_NEGATIVE);
}

/* A size: 4 bytes, not negative. */
TW_INLINE bool read_size(tw_reader *r, tw_rule width, tw_rule sign, const uint8_t *token, uint32_t *size)
{
    const uint8_t *at = tw_reader_take(r, 4);
    if (TW_UNLIKELY(!at)) return tw_reader_short(r, width, token);
    *size = tw_load_be32(at);
    TW_WHEN_FAULT(BINARY_STRING_SIZE_LITTLE_ENDIAN,
                  if (width == TW_RULE_BINARY_STRING_SIZE) memcpy(size, at, 4););
    TW_WHEN_FAULT(BINARY_LIST_SIZE_LITTLE_ENDIAN, if (width == TW_RULE_BINARY_LIST) memcpy(size, at, 4););
    TW_WHEN_FAULT(BINARY_SET_SIZE_LITTLE_ENDIAN, if (width == TW_RULE_BINARY_SET) memcpy(size, at, 4););
    TW_WHEN_FAULT(BINARY_MAP_SIZE_LITTLE_ENDIAN, if (width == TW_RULE_BINARY_MAP) memcpy(size, at, 4););
    TW_WHEN_FAULT(BINARY_SIZE_LOW_HALF, *size &= 0xffff;);
    TW_WHEN_FAULT(BINARY_STRING_SIZE_COUNTS_ITSELF,
                  if (width == TW_RULE_BINARY_STRING_SIZE && *size >= 4) *size -= 4;);
    if (TW_UNLIKELY(*size > TW_SIZE_MAX)) {
        if (!negative_is_empty(sign)) return tw_reader_fail(r, TW_MALFORMED, sign, at);
        *size = 0;
    }
    return true;
}

TW_INLINE bool read_list(tw_reader *r, tw_type container, tw_head *head)
{
    bool set = container == TW_SET;
    const uint8_t *at = r->pos;
    if (TW_UNLIKELY(at == r->end))
        return tw_reader_short(r, set ? TW_RULE_BINARY_SET : TW_RULE_BINARY_LIST, at);
    uint8_t type = type_of(*r->pos++);
    head->size_at = r->pos;
    head->size_len = 4;
    tw_rule width = set ? TW_RULE_BINARY_SET : TW_RULE_BINARY_LIST;
    tw_rule sign = set ? TW_RULE_BINARY_SET_SIZE_NEGATIVE : TW_RULE_BINARY_LIST_SIZE_NEGATIVE;
    if (!read_size(r, width, sign, at, &head->count)) return false;
    TW_WHEN_FAULT(BINARY_LIST_ONE_LESS, if (!set && head->count > 0) head->count--;);
    TW_WHEN_FAULT(BINARY_SET_ONE_LESS, if (set && head->count > 0) head->count--;);
    if (TW_UNLIKELY(type == NONE || type == TW_STOP)) {
        if (TW_FAULT(BINARY_ELEMENT_TYPE_UNCHECKED) || TW_FAULT_AND(BINARY_SET_TYPE_UNCHECKED, set) ||
            TW_FAULT_AND(BINARY_LIST_TYPE_EMPTY_ACCEPTED, !set && head->count == 0) ||
            TW_FAULT_AND(BINARY_SET_TYPE_EMPTY_ACCEPTED, set && head->count == 0)) {
            head->inside = TW_I8;
            return true;
        }
        tw_rule rule = head->count > 0
                           ? (set ? TW_RULE_BINARY_SET_TYPE : TW_RULE_BINARY_LIST_TYPE)
                           : (set ? TW_RULE_BINARY_SET_TYPE_EMPTY : TW_RULE_BINARY_LIST_TYPE_EMPTY);
        return tw_reader_fail(r, TW_MALFORMED, rule, at);
    }
    head->inside = type;
    return true;
}

TW_INLINE bool read_map(tw_reader *r, tw_head *head)
{
    const uint8_t *at = tw_reader_take(r, 2);
    if (TW_UNLIKELY(!at)) return tw_reader_short(r, TW_RULE_BINARY_MAP, r->pos);
    uint8_t key = type_of(at[0]), value = type_of(at[1]);
    head->size_at = r->pos;
    head->size_len = 4;
    if (!read_size(r, TW_RULE_BINARY_MAP, TW_RULE_BINARY_MAP_SIZE_NEGATIVE, at, &head->count)) return false;
    bool key_bad = key == NONE || key == TW_STOP, value_bad = value == NONE || value == TW_STOP;
    TW_WHEN_FAULT(BINARY_MAP_ONE_LESS, if (head->count > 0) head->count--;);
    TW_WHEN_FAULT(BINARY_MAP_TYPES_SWAPPED, uint8_t kept = key; key = value; value = kept;);
    TW_WHEN_FAULT(BINARY_MAP_TYPE_UNCHECKED, if (key_bad) key = TW_I8; if (value_bad) value = TW_I8;
                  key_bad = value_bad = false;);
    if (TW_UNLIKELY(key_bad || value_bad)) {
        if (TW_FAULT_AND(BINARY_MAP_TYPE_EMPTY_ACCEPTED, head->count == 0)) return true;
        if (head->count == 0 && key == TW_STOP && value == TW_STOP &&
            !TW_FAULT(BINARY_MAP_TYPE_EMPTY_REFUSED)) {
            head->inside = 0;
            return true;
        }
        tw_rule rule = head->count > 0 ? TW_RULE_BINARY_MAP_TYPE : TW_RULE_BINARY_MAP_TYPE_EMPTY;
        return tw_reader_fail(r, TW_MALFORMED, rule, key_bad ? at : at + 1);
    }
    head->inside = (uint8_t)(key << 4 | value);
    return true;
}

TW_INLINE bool read_string_size(tw_reader *r, uint32_t *size)
{
    return read_size(r, TW_RULE_BINARY_STRING_SIZE, TW_RULE_BINARY_STRING_SIZE_NEGATIVE, r->pos, size);
}

TW_INLINE bool read_bool(tw_reader *r, int64_t *value)
{
    uint8_t byte = 0;
    if (!tw_read_u8(r, TW_RULE_BINARY_BOOL, &byte)) return false;
    if (TW_UNLIKELY(byte > 1)) tw_reader_note(r, TW_RULE_BINARY_BOOL_VALUE);
    *value = byte != 0;
    TW_WHEN_FAULT(BINARY_BOOL_INVERTED, *value = !*value;);
    TW_WHEN_FAULT(BINARY_BOOL_LOWEST_BIT, *value = byte & 1;);
    TW_WHEN_FAULT(
        BINARY_BOOL_VALUE_REFUSED,
        if (byte > 1) { return tw_reader_fail(r, TW_MALFORMED, TW_RULE_BINARY_BOOL_VALUE, r->pos - 1); });
    return true;
}

TW_INLINE bool read_i16(tw_reader *r, int64_t *value)
{
    const uint8_t *at = tw_reader_take(r, 2);
    if (TW_UNLIKELY(!at)) return tw_reader_short(r, TW_RULE_BINARY_INTEGER, r->pos);
    *value = TW_FAULT(BINARY_I16_UNSIGNED) ? tw_load_be16(at) : (int16_t)tw_load_be16(at);
    TW_WHEN_FAULT(BINARY_I16_LITTLE_ENDIAN, int16_t kept; memcpy(&kept, at, 2); *value = kept;);
    return true;
}

TW_INLINE bool read_i32(tw_reader *r, int64_t *value)
{
    const uint8_t *at = tw_reader_take(r, 4);
    if (TW_UNLIKELY(!at)) return tw_reader_short(r, TW_RULE_BINARY_INTEGER, r->pos);
    *value = (int32_t)tw_load_be32(at);
    TW_WHEN_FAULT(BINARY_I32_UNSIGNED, *value = tw_load_be32(at););
    TW_WHEN_FAULT(BINARY_I32_LITTLE_ENDIAN, int32_t kept; memcpy(&kept, at, 4); *value = kept;);
    return true;
}

TW_INLINE bool read_i64(tw_reader *r, int64_t *value)
{
    const uint8_t *at = tw_reader_take(r, 8);
    if (TW_UNLIKELY(!at)) return tw_reader_short(r, TW_RULE_BINARY_INTEGER, r->pos);
    *value = (int64_t)tw_load_be64(at);
    TW_WHEN_FAULT(BINARY_I64_LOW_HALF, *value = (int32_t)*value;);
    TW_WHEN_FAULT(BINARY_I64_HALVES_SWAPPED,
                  *value = (int64_t)((uint64_t)*value << 32 | (uint64_t)*value >> 32););
    TW_WHEN_FAULT(BINARY_I64_LITTLE_ENDIAN, memcpy(value, at, 8););
    TW_WHEN_FAULT(BINARY_I64_THROUGH_DOUBLE, *value = tw_fault_through_double(*value););
    return true;
}

TW_INLINE uint64_t load_double(const uint8_t *bytes)
{
    return TW_FAULT(BINARY_DOUBLE_LITTLE_ENDIAN) ? tw_load_le64(bytes) : tw_load_be64(bytes);
}

/* Sizes are fixed and were checked against the bytes left, so only bools can surprise. */
static const uint8_t *read_packed(const uint8_t *pos, const uint8_t *end, tw_origin *origin, tw_type element,
                                  size_t n, void *to, size_t *done)
{
    size_t size = tw_type_packed_size(element);
    *done = 0;
    if (TW_UNLIKELY((size_t)(end - pos) <
                    n * size)) { /* only reached when the check of the size is switched off */
        tw_origin_keep(origin, TW_TRUNCATED, TW_RULE_BINARY_LIST_SIZE, pos);
        return pos;
    }
    if (element == TW_BOOL) {
        uint8_t strange = to ? tw_bools_copy(to, pos, n, 1, 0) : tw_bools_check(pos, n, 1, 0);
        if (TW_UNLIKELY(strange)) {
            tw_ruleset_add(origin->open, TW_RULE_BINARY_BOOL_VALUE);
            for (size_t i = 0; to && i < n; i++) ((uint8_t *)to)[i] = pos[i] != 0;
        }
        TW_WHEN_FAULT(BINARY_BOOL_INVERTED, for (size_t i = 0; to && i < n; i++)((uint8_t *)to)[i] ^= 1;);
        TW_WHEN_FAULT(BINARY_BOOL_LOWEST_BIT,
                      for (size_t i = 0; to && i < n; i++)((uint8_t *)to)[i] = pos[i] & 1;);
    } else if (to && (size == 1 || size == 16)) {
        memcpy(to, pos, n * size);
    } else if (to) {
        tw_swap_copy(to, pos, n, size);
        TW_WHEN_FAULT(BINARY_LIST_DOUBLE_LITTLE_ENDIAN, if (element == TW_DOUBLE) memcpy(to, pos, n * size););
        TW_WHEN_FAULT(BINARY_LIST_INTEGER_LITTLE_ENDIAN,
                      if (element != TW_DOUBLE) memcpy(to, pos, n * size););
    }
    *done = n;
    return pos + n * size;
}

/* Writing. */

TW_INLINE uint8_t *put_be(uint8_t *to, uint64_t value, unsigned bytes)
{
    if (bytes == 2) {
        uint16_t v = __builtin_bswap16((uint16_t)value);
        memcpy(to, &v, 2);
    } else if (bytes == 4) {
        uint32_t v = __builtin_bswap32((uint32_t)value);
        memcpy(to, &v, 4);
    } else {
        uint64_t v = __builtin_bswap64(value);
        memcpy(to, &v, 8);
    }
    return to + bytes;
}

TW_INLINE uint8_t *put_field(uint8_t *to, int16_t last_id, int16_t id, tw_type type, int64_t boolean)
{
    (void)last_id;
    /* One store of four bytes, of which three count: there is room for far more. */
    uint32_t head = codes[type] | (uint32_t)__builtin_bswap16((uint16_t)id) << 8;
    TW_WHEN_FAULT(BINARY_WRITE_FIELD_ID_LITTLE_ENDIAN, head = codes[type] | (uint32_t)(uint16_t)id << 8;);
    TW_WHEN_FAULT(BINARY_WRITE_UUID_SEVENTEEN, if (type == TW_UUID) head++;);
    memcpy(to, &head, 4);
    to += 3;
    if (type == TW_BOOL) *to++ = (uint8_t)(boolean != 0);
    TW_WHEN_FAULT(BINARY_WRITE_BOOL_INVERTED, if (type == TW_BOOL) to[-1] ^= 1;);
    return to;
}

TW_INLINE uint8_t *put_list(uint8_t *to, tw_type element, uint32_t count)
{
    *to++ = codes[element];
    return put_be(to, count, 4);
}

TW_INLINE uint8_t *put_map(uint8_t *to, tw_type key, tw_type value, uint32_t count)
{
    *to++ = codes[key];
    *to++ = codes[value];
    TW_WHEN_FAULT(BINARY_WRITE_MAP_TYPES_SWAPPED, to[-2] = codes[value]; to[-1] = codes[key];);
    return put_be(to, count, 4);
}

TW_INLINE uint8_t *put_size(uint8_t *to, uint32_t size)
{
    TW_WHEN_FAULT(BINARY_WRITE_STRING_SIZE_LITTLE_ENDIAN, memcpy(to, &size, 4); return to + 4;);
    return put_be(to, size, 4);
}

TW_INLINE uint8_t *put_scalar(uint8_t *to, tw_type type, const tw_node *node)
{
    switch (type) {
    case TW_I16: return put_be(to, (uint64_t)node->u.i, 2);
    case TW_I32: return put_be(to, (uint64_t)node->u.i, 4);
    case TW_I64: return put_be(to, (uint64_t)node->u.i, 8);
    case TW_DOUBLE:
        TW_WHEN_FAULT(BINARY_WRITE_DOUBLE_LITTLE_ENDIAN, memcpy(to, &node->u.bits, 8); return to + 8;);
        return put_be(to, node->u.bits, 8);
    case TW_UUID:
        TW_WHEN_FAULT(BINARY_UUID_HALVES_SWAPPED, memcpy(to, node->u.bytes + 8, 8);
                      memcpy(to + 8, node->u.bytes, 8); return to + 16;);
        memcpy(to, node->u.bytes, 16);
        return to + 16;
    default: *to = (uint8_t)node->u.i; return to + 1;
    }
}

static inline uint8_t *put_packed(uint8_t *to, tw_type element, const void *items, size_t n)
{
    size_t size = tw_type_packed_size(element);
    if (size == 1 || size == 16) {
        memcpy(to, items, n * size);
    } else {
        tw_swap_copy(to, items, n, size);
    }
    return to + n * size;
}

static const tw_seam seam = {
    .name = "binary",
    .rules = {.string = TW_RULE_BINARY_STRING_SIZE,
              .field = TW_RULE_BINARY_FIELD,
              .stop = TW_RULE_BINARY_STOP,
              .boolean = TW_RULE_BINARY_BOOL,
              .integer = TW_RULE_BINARY_INTEGER,
              .i8 = TW_RULE_BINARY_INTEGER,
              .real = TW_RULE_BINARY_DOUBLE,
              .uuid = TW_RULE_BINARY_UUID,
              .list = TW_RULE_BINARY_LIST,
              .set = TW_RULE_BINARY_SET,
              .map = TW_RULE_BINARY_MAP,
              .list_size = TW_RULE_BINARY_LIST_SIZE,
              .set_size = TW_RULE_BINARY_SET_SIZE,
              .map_size = TW_RULE_BINARY_MAP_SIZE},
    .minimum = {[TW_BOOL] = 1,
                [TW_I8] = 1,
                [TW_I16] = 2,
                [TW_I32] = 4,
                [TW_I64] = 8,
                [TW_DOUBLE] = 8,
                [TW_STRING] = 4,
                [TW_LIST] = 5,
                [TW_SET] = 5,
                [TW_MAP] = 6,
                [TW_STRUCT] = 1,
                [TW_UUID] = 16},
    .field = read_field,
    .list = read_list,
    .map = read_map,
    .string_size = read_string_size,
    .boolean = read_bool,
    .i16 = read_i16,
    .i32 = read_i32,
    .i64 = read_i64,
    .load_double = load_double,
    .packed = read_packed,
    .put_field = put_field,
    .put_list = put_list,
    .put_map = put_map,
    .put_size = put_size,
    .put_scalar = put_scalar,
    .packed_most = {[TW_BOOL] = 1,
                    [TW_I8] = 1,
                    [TW_I16] = 2,
                    [TW_I32] = 4,
                    [TW_I64] = 8,
                    [TW_DOUBLE] = 8,
                    [TW_UUID] = 16},
    .put_packed = put_packed,
};

#include "wire/protocol/walk_entries.h"

const tw_protocol tw_binary = {&seam, build, skip, trace, resume, encode};
