/* The compact protocol, version 1: varints, and field ids by distance (thrift-compact-protocol.md). Its type
 * numbers are those of tw_type, with 2 as a second one for bool. */
#include "wire/base/varint.h"
#include "wire/protocol/kernels.h"
#include "wire/protocol/walk_read.h"
#include "wire/protocol/walk_write.h"

#define BOOL_TRUE 1
#define BOOL_FALSE 2

/* A field id that has left its range: refused, or cut as many readers do, for the planted fault. */
TW_INLINE bool id_overflow(const tw_reader *r, const uint8_t *at)
{
    return TW_FAULT(COMPACT_FIELD_ID_WRAPS)
               ? true
               : tw_reader_fail(r, TW_MALFORMED, TW_RULE_COMPACT_FIELD_OVERFLOW, at);
}

TW_INLINE bool read_long_id(tw_reader *r, const uint8_t *at, int16_t last_id, tw_field *field)
{
    (void)last_id;
    uint64_t v;
    field->id_at = r->pos;
    /* Read as wide as an i32: an id beyond 16 bits has a rule of its own. */
    if (!tw_read_varint(r, TW_VARINT_32, TW_RULE_COMPACT_FIELD_LONG, &v)) return false;
    int64_t id = TW_FAULT(COMPACT_LONG_ID_UNSIGNED) ? (int64_t)v : tw_zigzag_decode(v);
    TW_WHEN_FAULT(COMPACT_LONG_ID_RELATIVE, id += last_id;);
    TW_WHEN_FAULT(
        COMPACT_LONG_ID_SHORT_DISTANCE_REFUSED, if (id > last_id && id <= last_id + 15) {
            return tw_reader_fail(r, TW_MALFORMED, TW_RULE_COMPACT_FIELD_LONG, at);
        });
    TW_WHEN_FAULT(COMPACT_LONG_ID_ONE_MORE, if (id == INT16_MAX + 1) id = INT16_MIN;);
    TW_WHEN_FAULT(COMPACT_LONG_ID_MINIMUM_REFUSED, if (id == INT16_MIN) id--;);
    TW_WHEN_FAULT(COMPACT_LONG_ID_MAXIMUM_REFUSED, if (id == INT16_MAX) id++;);
    if (TW_UNLIKELY(id < INT16_MIN || id > INT16_MAX) && !id_overflow(r, at)) return false;
    field->id = (int16_t)id;
    return true;
}

TW_INLINE bool read_field(tw_reader *r, int16_t last_id, tw_field *field)
{
    const uint8_t *at = r->pos;
    TW_WHEN_FAULT(COMPACT_STOP_NOT_NEEDED, if (at == r->end) return true;);
    if (TW_UNLIKELY(at == r->end)) return tw_reader_short(r, TW_RULE_COMPACT_STOP, at);
    uint8_t byte = *at, type = byte & 15, delta = byte >> 4;
    *field = (tw_field){.type = (tw_type)type, .value = -1};
    r->pos++;
    if (type == TW_STOP) {
        if (TW_UNLIKELY(delta != 0)) tw_reader_note(r, TW_RULE_COMPACT_STOP_NIBBLE);
        TW_WHEN_FAULT(
            COMPACT_STOP_NIBBLE_REFUSED,
            if (delta != 0) { return tw_reader_fail(r, TW_MALFORMED, TW_RULE_COMPACT_STOP_NIBBLE, at); });
        return true;
    }
    TW_WHEN_FAULT(
        COMPACT_UNKNOWN_TYPE_STOPS, if (type > TW_UUID) {
            field->type = TW_STOP;
            return true;
        });
    if (TW_UNLIKELY(type > TW_UUID) || TW_FAULT_ROW(COMPACT_BOOL_UNKNOWN, type)) {
        r->pos = at;
        return tw_reader_fail(r, TW_MALFORMED, TW_RULE_COMPACT_FIELD_TYPE, at);
    }
    if (TW_LIKELY(delta != 0) && !TW_FAULT_AND(COMPACT_DELTA_FIFTEEN_LONG, delta == 15)) {
        int id = (TW_FAULT(COMPACT_DELTA_FROM_ZERO) ? 0 : last_id) + delta;
        TW_WHEN_FAULT(COMPACT_DELTA_MAXIMUM_REFUSED, if (id == INT16_MAX) id++;);
        TW_WHEN_FAULT(COMPACT_DELTA_ONE_MORE, if (id == INT16_MAX + 1) id = INT16_MIN;);
        if (TW_UNLIKELY(id > INT16_MAX) && !id_overflow(r, at)) return false;
        field->id = (int16_t)id;
    } else if (!read_long_id(r, at, last_id, field)) {
        return false;
    }
    if (type <= BOOL_FALSE) {
        field->type = TW_BOOL;
        field->value = type == (TW_FAULT(COMPACT_BOOL_FIELD_INVERTED) ? BOOL_FALSE : BOOL_TRUE);
        TW_WHEN_FAULT(COMPACT_BOOL_FIELD_HAS_BYTE, field->value = -1;);
        TW_WHEN_FAULT(COMPACT_BOOL_FIELD_TRUE_ONLY, field->value = 1;);
        TW_WHEN_FAULT(COMPACT_PENDING_BOOL_KEPT, tw_fault_carried_bool = field->value;);
    }
    return true;
}

/* Whether a planted fault reads a negative size as 0. */
TW_INLINE bool negative_is_empty(tw_rule sign)
{
    (void)sign;
    return TW_FAULT(COMPACT_SIZE_NEGATIVE_EMPTY) ||
           TW_FAULT_AND(COMPACT_STRING_NEGATIVE_EMPTY, sign == TW_RULE_COMPACT_STRING_SIZE_NEGATIVE) ||
           TW_FAULT_AND(COMPACT_SET_NEGATIVE_EMPTY, sign == TW_RULE_COMPACT_SET_SIZE_NEGATIVE) ||
           TW_FAULT_AND(COMPACT_MAP_NEGATIVE_EMPTY, sign == TW_RULE_COMPACT_MAP_SIZE_NEGATIVE);
}

/* A size: a varint of 32 bits that is not negative as a signed one. */
TW_INLINE bool read_size(tw_reader *r, tw_rule width, tw_rule sign, uint32_t *size)
{
    const uint8_t *at = r->pos;
    uint64_t v;
    if (!tw_read_varint(r, TW_VARINT_32, width, &v)) return false;
    TW_WHEN_FAULT(COMPACT_STRING_SIZE_ZIGZAG,
                  if (width == TW_RULE_COMPACT_STRING_SIZE) v = (uint32_t)tw_zigzag_decode(v););
    TW_WHEN_FAULT(COMPACT_STRING_SIZE_BYTE, if (width == TW_RULE_COMPACT_STRING_SIZE) v &= 0xff;);
    TW_WHEN_FAULT(COMPACT_LIST_SIZE_ZIGZAG,
                  if (width == TW_RULE_COMPACT_LIST) v = (uint32_t)tw_zigzag_decode(v););
    TW_WHEN_FAULT(COMPACT_SET_SIZE_ZIGZAG,
                  if (width == TW_RULE_COMPACT_SET) v = (uint32_t)tw_zigzag_decode(v););
    TW_WHEN_FAULT(COMPACT_MAP_SIZE_ZIGZAG,
                  if (width == TW_RULE_COMPACT_MAP) v = (uint32_t)tw_zigzag_decode(v););
    if (TW_UNLIKELY(v > TW_SIZE_MAX)) {
        if (!negative_is_empty(sign)) return tw_reader_fail(r, TW_MALFORMED, sign, at);
        v = 0;
    }
    *size = (uint32_t)v;
    return true;
}

/* The type of a nibble inside a container, or TW_STOP. */
TW_INLINE tw_type element_type(uint8_t nibble)
{
    if (TW_UNLIKELY(nibble == BOOL_FALSE))
        return TW_FAULT(COMPACT_BOOL_NIBBLE_TWO_REFUSED) ? TW_STOP : TW_BOOL;
    return nibble > TW_UUID || TW_FAULT_ROW(COMPACT_BOOL_UNKNOWN, nibble) ? TW_STOP : (tw_type)nibble;
}

TW_INLINE bool read_list(tw_reader *r, tw_type container, tw_head *head)
{
    bool set = container == TW_SET;
    const uint8_t *at = r->pos;
    if (TW_UNLIKELY(at == r->end))
        return tw_reader_short(r, set ? TW_RULE_COMPACT_SET : TW_RULE_COMPACT_LIST, at);
    uint8_t byte = *r->pos++;
    TW_WHEN_FAULT(COMPACT_LIST_NIBBLES_SWAPPED, if (!set) byte = (uint8_t)(byte << 4 | byte >> 4););
    TW_WHEN_FAULT(COMPACT_SET_NIBBLES_SWAPPED, if (set) byte = (uint8_t)(byte << 4 | byte >> 4););
    head->count = byte >> 4;
    head->size_at = at;
    head->size_len = 1;
    TW_WHEN_FAULT(COMPACT_LIST_FOURTEEN_LONG, if (!set && head->count == 14) head->count = 15;);
    TW_WHEN_FAULT(COMPACT_SET_FOURTEEN_LONG, if (set && head->count == 14) head->count = 15;);
    /* NOLINTNEXTLINE(misc-redundant-expression): without faults both are 0 */
    if (head->count == 15 && !TW_FAULT(COMPACT_LIST_FIFTEEN_SHORT) &&
        !TW_FAULT_AND(COMPACT_SET_FIFTEEN_SHORT, set)) {
        head->size_at = r->pos;
        tw_rule width = set ? TW_RULE_COMPACT_SET : TW_RULE_COMPACT_LIST;
        tw_rule sign = set ? TW_RULE_COMPACT_SET_SIZE_NEGATIVE : TW_RULE_COMPACT_LIST_SIZE_NEGATIVE;
        if (!read_size(r, width, sign, &head->count)) return false;
        head->size_len = (uint8_t)(r->pos - head->size_at);
        TW_WHEN_FAULT(
            COMPACT_LIST_LONG_SMALL_REFUSED, if (!set && head->count < 15) {
                return tw_reader_fail(r, TW_MALFORMED, TW_RULE_COMPACT_LIST_LONG, at);
            });
        TW_WHEN_FAULT(
            COMPACT_SET_LONG_SMALL_REFUSED, if (set && head->count < 15) {
                return tw_reader_fail(r, TW_MALFORMED, TW_RULE_COMPACT_SET_LONG, at);
            });
    }
    TW_WHEN_FAULT(COMPACT_LIST_ONE_LESS, if (!set && head->count > 0) head->count--;);
    TW_WHEN_FAULT(COMPACT_SET_ONE_LESS, if (set && head->count > 0) head->count--;);
    tw_type element = element_type(byte & 15);
    TW_WHEN_FAULT(COMPACT_LIST_TYPE_UNCHECKED,
                  if (element == TW_STOP && !set && head->count > 0) element = TW_I8;);
    TW_WHEN_FAULT(COMPACT_SET_TYPE_UNCHECKED,
                  if (element == TW_STOP && set && head->count > 0) element = TW_I8;);
    TW_WHEN_FAULT(COMPACT_LIST_TYPE_EMPTY_ACCEPTED,
                  if (element == TW_STOP && !set && head->count == 0) element = TW_I8;);
    TW_WHEN_FAULT(COMPACT_SET_TYPE_EMPTY_ACCEPTED,
                  if (element == TW_STOP && set && head->count == 0) element = TW_I8;);
    if (TW_UNLIKELY(element == TW_STOP)) {
        tw_rule rule = head->count > 0
                           ? (set ? TW_RULE_COMPACT_SET_TYPE : TW_RULE_COMPACT_LIST_TYPE)
                           : (set ? TW_RULE_COMPACT_SET_TYPE_EMPTY : TW_RULE_COMPACT_LIST_TYPE_EMPTY);
        return tw_reader_fail(r, TW_MALFORMED, rule, at);
    }
    head->inside = (uint8_t)element;
    return true;
}

TW_INLINE bool read_map(tw_reader *r, tw_head *head)
{
    const uint8_t *at = r->pos;
    head->size_at = at;
    if (!read_size(r, TW_RULE_COMPACT_MAP, TW_RULE_COMPACT_MAP_SIZE_NEGATIVE, &head->count)) return false;
    head->size_len = (uint8_t)(r->pos - at);
    head->inside = 0;
    if (head->count == 0 && !TW_FAULT(COMPACT_MAP_EMPTY_HAS_TYPES)) return true;
    const uint8_t *types = tw_reader_take(r, 1);
    if (TW_UNLIKELY(!types)) return tw_reader_short(r, TW_RULE_COMPACT_MAP, at);
    tw_type key = element_type(*types >> 4), value = element_type(*types & 15);
    TW_WHEN_FAULT(COMPACT_MAP_NIBBLES_SWAPPED, tw_type kept = key; key = value; value = kept;);
    TW_WHEN_FAULT(COMPACT_MAP_ONE_LESS, if (head->count > 0) head->count--;);
    TW_WHEN_FAULT(COMPACT_MAP_TYPE_UNCHECKED, if (key == TW_STOP) key = TW_I8;
                  if (value == TW_STOP) value = TW_I8;);
    if (TW_UNLIKELY(key == TW_STOP || value == TW_STOP)) {
        return tw_reader_fail(r, TW_MALFORMED, TW_RULE_COMPACT_MAP_TYPE, types);
    }
    head->inside = (uint8_t)((unsigned)key << 4 | (unsigned)value);
    return true;
}

TW_INLINE bool read_string_size(tw_reader *r, uint32_t *size)
{
    return read_size(r, TW_RULE_COMPACT_STRING_SIZE, TW_RULE_COMPACT_STRING_SIZE_NEGATIVE, size);
}

TW_INLINE bool read_bool(tw_reader *r, int64_t *value)
{
    const uint8_t *at = r->pos;
    uint8_t byte = 0;
    TW_WHEN_FAULT(
        COMPACT_PENDING_BOOL_KEPT, if (tw_fault_carried_bool >= 0) {
            *value = tw_fault_carried_bool;
            tw_fault_carried_bool = -1;
            return true;
        });
    if (!tw_read_u8(r, TW_RULE_COMPACT_BOOL_ELEMENT, &byte)) return false;
    TW_WHEN_FAULT(COMPACT_BOOL_ELEMENT_ZERO_REFUSED, if (byte == 0) byte = BOOL_FALSE + 1;);
    TW_WHEN_FAULT(COMPACT_BOOL_ELEMENT_ZERO_TRUE, if (byte == 0) byte = BOOL_TRUE;);
    TW_WHEN_FAULT(COMPACT_BOOL_ELEMENT_VALUE_ACCEPTED, if (byte > BOOL_FALSE) byte = BOOL_FALSE;);
    TW_WHEN_FAULT(COMPACT_BOOL_ELEMENT_INVERTED,
                  if (byte > 0 && byte <= BOOL_FALSE) byte ^= BOOL_TRUE | BOOL_FALSE;);
    if (TW_UNLIKELY(byte > BOOL_FALSE)) {
        r->pos = at;
        return tw_reader_fail(r, TW_MALFORMED, TW_RULE_COMPACT_BOOL_ELEMENT_VALUE, at);
    }
    if (TW_UNLIKELY(byte == 0)) tw_reader_note(r, TW_RULE_COMPACT_BOOL_ELEMENT_ZERO);
    *value = TW_FAULT(COMPACT_BOOL_ELEMENT_FALSE) ? 0 : byte == BOOL_TRUE;
    return true;
}

TW_INLINE bool read_integer(tw_reader *r, unsigned width, int64_t *value)
{
    uint64_t v;
    if (!tw_read_varint(r, width, TW_RULE_COMPACT_INTEGER, &v)) return false;
    *value = tw_zigzag_decode(v);
    TW_WHEN_FAULT(ZIGZAG_16_OFF, if (width == TW_VARINT_16) *value = (int64_t)v;);
    TW_WHEN_FAULT(ZIGZAG_32_OFF, if (width == TW_VARINT_32) *value = (int64_t)v;);
    TW_WHEN_FAULT(ZIGZAG_64_OFF, if (width == TW_VARINT_64) *value = (int64_t)v;);
    TW_WHEN_FAULT(ZIGZAG_32_SIGNED_SHIFT,
                  if (width == TW_VARINT_32) *value = ((int32_t)(uint32_t)v >> 1) ^ -(int32_t)(v & 1););
    TW_WHEN_FAULT(ZIGZAG_64_SIGNED_SHIFT,
                  if (width == TW_VARINT_64) *value = ((int64_t)v >> 1) ^ -(int64_t)(v & 1););
    TW_WHEN_FAULT(COMPACT_I64_LOW_HALF, if (width == TW_VARINT_64) *value = (int32_t)*value;);
    TW_WHEN_FAULT(COMPACT_I64_THROUGH_DOUBLE,
                  if (width == TW_VARINT_64) *value = tw_fault_through_double(*value););
    return true;
}

TW_INLINE bool read_i16(tw_reader *r, int64_t *value)
{
    return read_integer(r, TW_VARINT_16, value);
}

TW_INLINE bool read_i32(tw_reader *r, int64_t *value)
{
    return read_integer(r, TW_VARINT_32, value);
}

TW_INLINE bool read_i64(tw_reader *r, int64_t *value)
{
    return read_integer(r, TW_VARINT_64, value);
}

TW_INLINE uint64_t load_double(const uint8_t *bytes)
{
    return TW_FAULT(COMPACT_DOUBLE_BIG_ENDIAN) ? tw_load_be64(bytes) : tw_load_le64(bytes);
}

static size_t read_bools(tw_reader *r, size_t n, uint8_t *to)
{
    const uint8_t *from = r->pos;
    size_t have = tw_reader_left(r) < n ? tw_reader_left(r) : n;
    uint8_t strange = to ? tw_bools_copy(to, from, have, BOOL_TRUE, BOOL_FALSE)
                         : tw_bools_check(from, have, BOOL_TRUE, BOOL_FALSE);
    /* NOLINTBEGIN(misc-redundant-expression): without faults all are 0 */
    if (TW_LIKELY(!strange && have == n) && !TW_FAULT(COMPACT_BOOL_ELEMENT_FALSE) &&
        !TW_FAULT(COMPACT_PENDING_BOOL_KEPT) && !TW_FAULT(COMPACT_BOOL_ELEMENT_INVERTED)) {
        /* NOLINTEND(misc-redundant-expression) */
        r->pos += n;
        return n;
    }
    for (size_t i = 0; i < n; i++) {
        int64_t value;
        if (!read_bool(r, &value)) return i;
        if (to) to[i] = (uint8_t)value;
    }
    return n;
}

/* Batches where they are plain, one at a time where they are not: near the end of the input, padded, out of
 * range. */
TW_INLINE size_t read_varints(tw_reader *r, unsigned width, size_t n, uint8_t *to)
{
    size_t size = width / 8, done = 0;
    while (done < n) {
        const uint8_t *from = r->pos;
        done += to ? tw_varints_decode(&from, r->end, width, to + done * size, n - done)
                   : tw_varints_skip(&from, r->end, width, n - done);
        r->pos = from;
        /* What stopped the batch, and some more, so that many such stops do not cost a batch's start each. */
        for (unsigned i = 0; i < 32 && done < n; i++, done++) {
            int64_t value;
            if (!read_integer(r, width, &value)) return done;
            if (to) memcpy(to + done * size, &value, size);
        }
    }
    return n;
}

static const uint8_t *read_packed(const uint8_t *pos, const uint8_t *end, tw_origin *origin, tw_type element,
                                  size_t n, void *to, size_t *done)
{
    tw_reader r = {pos, end, origin};
    switch (element) {
    case TW_BOOL: *done = read_bools(&r, n, to); return r.pos;
    case TW_I16: *done = read_varints(&r, 16, n, to); return r.pos;
    case TW_I32: *done = read_varints(&r, 32, n, to); return r.pos;
    case TW_I64: *done = read_varints(&r, 64, n, to); return r.pos;
    default: break;
    }
    /* i8, double, uuid: as they are, in a little-endian host */
    size_t size = tw_type_packed_size(element);
    *done = 0;
    if (TW_UNLIKELY(tw_reader_left(&r) <
                    n * size)) { /* only reached when the check of the size is switched off */
        tw_origin_keep(origin, TW_TRUNCATED, TW_RULE_COMPACT_LIST_SIZE, pos);
        return pos;
    }
    if (to) memcpy(to, pos, n * size);
    TW_WHEN_FAULT(COMPACT_DOUBLE_BIG_ENDIAN, if (to && element == TW_DOUBLE) tw_swap_copy(to, pos, n, 8););
    TW_WHEN_FAULT(COMPACT_LIST_DOUBLE_BIG_ENDIAN,
                  if (to && element == TW_DOUBLE) tw_swap_copy(to, pos, n, 8););
    *done = n;
    return pos + n * size;
}

/* Writing. */

TW_INLINE uint8_t *put_field(uint8_t *to, int16_t last_id, int16_t id, tw_type type, int64_t boolean)
{
    unsigned code = type == TW_BOOL ? (boolean ? BOOL_TRUE : BOOL_FALSE) : (unsigned)type;
    int delta = id - last_id;
    TW_WHEN_FAULT(COMPACT_WRITE_BOOL_FIELD_INVERTED, if (type == TW_BOOL) code ^= BOOL_TRUE | BOOL_FALSE;);
    TW_WHEN_FAULT(COMPACT_WRITE_LONG_HEADERS, delta = 0;);
    TW_WHEN_FAULT(COMPACT_WRITE_DELTA_FIFTEEN_LONG, if (delta == 15) delta = 16;);
    TW_WHEN_FAULT(
        COMPACT_WRITE_DELTA_ZERO, if (delta == 0) {
            *to = (uint8_t)code;
            return to + 1;
        });
    if (TW_LIKELY(delta >= 1 && delta <= (TW_FAULT(COMPACT_WRITE_DELTA_SIXTEEN) ? 16 : 15))) {
        *to = (uint8_t)((unsigned)delta << 4 | code);
        return to + 1;
    }
    *to++ = (uint8_t)code;
    TW_WHEN_FAULT(COMPACT_WRITE_LONG_ID_PLAIN, return to + tw_varint_write(to, (uint16_t)id););
    return to + tw_varint_write(to, tw_zigzag_encode32(id));
}

TW_INLINE uint8_t *put_list(uint8_t *to, tw_type element, uint32_t count)
{
    TW_WHEN_FAULT(
        COMPACT_WRITE_LIST_FIFTEEN_SHORT, if (count == 15) {
            *to = (uint8_t)(0xf0 | (unsigned)element);
            return to + 1;
        });
    if (count < 15) {
        *to = (uint8_t)(count << 4 | (unsigned)element);
        return to + 1;
    }
    *to++ = (uint8_t)(0xf0 | (unsigned)element);
    return to + tw_varint_write(to, count);
}

TW_INLINE uint8_t *put_map(uint8_t *to, tw_type key, tw_type value, uint32_t count)
{
    TW_WHEN_FAULT(COMPACT_WRITE_MAP_NIBBLES_SWAPPED, tw_type kept = key; key = value; value = kept;);
    to += tw_varint_write(to, count);
    if (count > 0 || TW_FAULT(COMPACT_WRITE_MAP_EMPTY_TYPES))
        *to++ = (uint8_t)((unsigned)key << 4 | (unsigned)value);
    return to;
}

TW_INLINE uint8_t *put_size(uint8_t *to, uint32_t size)
{
    return to + tw_varint_write(to, TW_FAULT(COMPACT_WRITE_STRING_SIZE_ZIGZAG) ? 2 * (uint64_t)size : size);
}

TW_INLINE uint8_t *put_scalar(uint8_t *to, tw_type type, const tw_node *node)
{
    switch (type) {
    case TW_BOOL:
        *to = node->u.i ? BOOL_TRUE : BOOL_FALSE;
        TW_WHEN_FAULT(COMPACT_WRITE_BOOL_ELEMENT_INVERTED, *to ^= BOOL_TRUE | BOOL_FALSE;);
        TW_WHEN_FAULT(COMPACT_WRITE_BOOL_ELEMENT_ZERO, if (!node->u.i) *to = 0;);
        return to + 1;
    case TW_I8:
        *to = (uint8_t)node->u.i;
        TW_WHEN_FAULT(COMPACT_WRITE_I8_ZIGZAG, *to = (uint8_t)tw_zigzag_encode(node->u.i););
        return to + 1;
    case TW_DOUBLE:
        memcpy(to, &node->u.bits, 8);
        TW_WHEN_FAULT(COMPACT_WRITE_DOUBLE_BIG_ENDIAN, tw_swap_copy(to, &node->u.bits, 1, 8););
        return to + 8;
    case TW_UUID:
        TW_WHEN_FAULT(COMPACT_UUID_HALVES_SWAPPED, memcpy(to, node->u.bytes + 8, 8);
                      memcpy(to + 8, node->u.bytes, 8); return to + 16;);
        memcpy(to, node->u.bytes, 16);
        return to + 16;
    default:
        TW_WHEN_FAULT(COMPACT_WRITE_ZIGZAG_OFF, return to + tw_varint_write(to, (uint64_t)node->u.i););
        return to + tw_varint_write(to, tw_zigzag_encode(node->u.i));
    }
}

static uint8_t *put_packed(uint8_t *to, tw_type element, const void *items, size_t n)
{
    switch (element) {
    case TW_I16: return tw_varints_encode(to, items, 16, n);
    case TW_I32: return tw_varints_encode(to, items, 32, n);
    case TW_I64: return tw_varints_encode(to, items, 64, n);
    case TW_BOOL: {
        const uint8_t *from = items;
        for (size_t i = 0; i < n; i++) to[i] = (uint8_t)(BOOL_FALSE - (from[i] != 0));
        return to + n;
    }
    default: break;
    }
    size_t bytes = n * tw_type_packed_size(element);
    memcpy(to, items, bytes);
    return to + bytes;
}

static const tw_seam seam = {
    .name = "compact",
    .rules = {.string = TW_RULE_COMPACT_STRING_SIZE,
              .field = TW_RULE_COMPACT_FIELD_DELTA,
              .stop = TW_RULE_COMPACT_STOP,
              .boolean = TW_RULE_COMPACT_BOOL_ELEMENT,
              .integer = TW_RULE_COMPACT_INTEGER,
              .i8 = TW_RULE_COMPACT_I8,
              .real = TW_RULE_COMPACT_DOUBLE,
              .uuid = TW_RULE_COMPACT_UUID,
              .list = TW_RULE_COMPACT_LIST,
              .set = TW_RULE_COMPACT_SET,
              .map = TW_RULE_COMPACT_MAP,
              .list_size = TW_RULE_COMPACT_LIST_SIZE,
              .set_size = TW_RULE_COMPACT_SET_SIZE,
              .map_size = TW_RULE_COMPACT_MAP_SIZE},
    .minimum = {[TW_BOOL] = 1,
                [TW_I8] = 1,
                [TW_I16] = 1,
                [TW_I32] = 1,
                [TW_I64] = 1,
                [TW_DOUBLE] = 8,
                [TW_STRING] = 1,
                [TW_LIST] = 1,
                [TW_SET] = 1,
                [TW_MAP] = 1,
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
                    [TW_I16] = 3,
                    [TW_I32] = 5,
                    [TW_I64] = 10,
                    [TW_DOUBLE] = 8,
                    [TW_UUID] = 16},
    .put_packed = put_packed,
};

#include "wire/protocol/walk_entries.h"

const tw_protocol tw_compact = {&seam, build, skip, trace, resume, encode};
