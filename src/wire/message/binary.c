/* The binary protocol's envelopes, strict and old (thrift-binary-protocol.md#message). */
#include "wire/base/fault.h"
#include "wire/message/parts.h"

#define VERSION_1 0x80010000u
#define VERSION_MASK 0xffff0000u

static bool read_u32(tw_reader *r, tw_rule rule, uint32_t *value)
{
    const uint8_t *at = tw_reader_take(r, 4);
    if (!at) return tw_reader_short(r, rule, r->pos);
    *value = tw_load_be32(at);
    TW_WHEN_FAULT(MESSAGE_BINARY_LITTLE_ENDIAN, memcpy(value, at, 4););
    return true;
}

/* A type byte: its lower three bits. */
static bool read_kind(tw_reader *r, uint8_t byte, const uint8_t *at, tw_envelope *envelope)
{
    TW_WHEN_FAULT(MESSAGE_TYPE_BITS_IGNORED, byte &= 7;);
    TW_WHEN_FAULT(MESSAGE_BINARY_TYPE_TWO_BITS, byte &= 0xfb;);
    if (byte > 7) return tw_reader_fail(r, TW_MALFORMED, TW_RULE_BINARY_MESSAGE_TYPE_BITS, at);
    tw_envelope_kind(r, byte, envelope);
    return true;
}

static bool read_strict(tw_reader *r, const tw_limits *limits, tw_envelope *envelope,
                        tw_envelope_result *result)
{
    const uint8_t *at = r->origin->begin;
    uint32_t word = tw_load_be32(at), size;
    TW_WHEN_FAULT(MESSAGE_VERSION_LOW_BYTE_UNCHECKED, word = (word & ~UINT32_C(0xff0000)) | 0x10000;);
    TW_WHEN_FAULT(MESSAGE_VERSION_TOP_BIT_ONLY, word = (word & ~UINT32_C(0x7f000000)););
    TW_WHEN_FAULT(MESSAGE_UNUSED_CHECKED, if (word & 0xff00) word = 0;);
    if ((word & VERSION_MASK) != VERSION_1 && !TW_FAULT(MESSAGE_VERSION_UNCHECKED)) {
        return tw_reader_fail(r, TW_MALFORMED, TW_RULE_BINARY_MESSAGE_VERSION, at);
    }
    result->parts[result->part_count++] = (tw_envelope_part){TW_PART_VERSION, 0, 2};
    result->parts[result->part_count++] = (tw_envelope_part){TW_PART_UNUSED, 2, 1};
    if (!read_kind(r, (uint8_t)word, at + 3, envelope)) return false;
    result->parts[result->part_count++] = (tw_envelope_part){TW_PART_KIND, 3, 1};
    at = r->pos;
    if (!read_u32(r, TW_RULE_BINARY_MESSAGE_STRICT, &size)) return false;
    TW_WHEN_FAULT(MESSAGE_BINARY_NAME_NEGATIVE_EMPTY, if (size > TW_SIZE_MAX) size = 0;);
    TW_WHEN_FAULT(MESSAGE_BINARY_NAME_EMPTY_REFUSED, if (size == 0) size = UINT32_MAX;);
    TW_WHEN_FAULT(MESSAGE_BINARY_NAME_BYTE, size &= 0xff;);
    if (size > TW_SIZE_MAX) return tw_reader_fail(r, TW_MALFORMED, TW_RULE_BINARY_MESSAGE_NAME_NEGATIVE, at);
    tw_envelope_part_add(result, r, TW_PART_NAME_SIZE, at);
    return tw_envelope_name(r, limits, size, at, TW_RULE_BINARY_MESSAGE_NAME, envelope, result);
}

static bool read_old(tw_reader *r, const tw_limits *limits, uint32_t size, tw_envelope *envelope,
                     tw_envelope_result *result)
{
    envelope->form = TW_HEADER_OLD;
    const uint8_t *at = r->origin->begin;
    TW_WHEN_FAULT(
        MESSAGE_OLD_NAME_EMPTY_REFUSED,
        if (size == 0) { return tw_reader_fail(r, TW_MALFORMED, TW_RULE_BINARY_MESSAGE_NAME, at); });
    tw_envelope_part_add(result, r, TW_PART_NAME_SIZE, at);
    if (!tw_envelope_name(r, limits, size, at, TW_RULE_BINARY_MESSAGE_NAME, envelope, result)) return false;
    at = r->pos;
    uint8_t kind;
    if (!tw_read_u8(r, TW_RULE_BINARY_MESSAGE_OLD, &kind) || !read_kind(r, kind, at, envelope)) return false;
    tw_envelope_part_add(result, r, TW_PART_KIND, at);
    return true;
}

static bool read_envelope(tw_reader *r, const tw_limits *limits, bool strict_only, tw_envelope *envelope,
                          tw_envelope_result *result)
{
    uint32_t word, sequence_id;
    if (!read_u32(r, TW_RULE_BINARY_MESSAGE_STRICT, &word)) return false;
    bool old = word <= TW_SIZE_MAX;
    if (old && ((strict_only && !TW_FAULT(MESSAGE_STRICT_TAKES_OLD)) || TW_FAULT(MESSAGE_OLD_REFUSED))) {
        return tw_reader_fail(r, TW_MALFORMED, TW_RULE_BINARY_MESSAGE_OLD_REFUSED, r->origin->begin);
    }
    if (!(old ? read_old(r, limits, word, envelope, result) : read_strict(r, limits, envelope, result)))
        return false;
    const uint8_t *at = r->pos;
    tw_rule rule = old ? TW_RULE_BINARY_MESSAGE_OLD : TW_RULE_BINARY_MESSAGE_STRICT;
    if (!read_u32(r, rule, &sequence_id)) return false;
    tw_envelope_part_add(result, r, TW_PART_SEQUENCE_ID, at);
    envelope->sequence_id = (int32_t)sequence_id;
    TW_WHEN_FAULT(MESSAGE_OLD_FIELDS_UNSET, if (old) *envelope = (tw_envelope){
                                                .form = TW_HEADER_OLD, .name = envelope->name, .kind = 1};);
    TW_WHEN_FAULT(MESSAGE_OLD_NAME_LOST, if (old) envelope->name.len = 0;);
    TW_WHEN_FAULT(MESSAGE_BINARY_SEQUENCE_LOW_HALF, envelope->sequence_id &= 0xffff;);
    TW_WHEN_FAULT(MESSAGE_BINARY_SEQUENCE_SIGN_LOST, envelope->sequence_id &= INT32_MAX;);
    TW_WHEN_FAULT(
        MESSAGE_BINARY_SEQUENCE_NEGATIVE_REFUSED, if (envelope->sequence_id < 0) {
            return tw_reader_fail(r, TW_MALFORMED, TW_RULE_MESSAGE_SEQUENCE_ID, at);
        });
    return true;
}

static tw_class read(tw_bytes in, const tw_limits *limits, bool strict_only, tw_envelope *envelope,
                     tw_envelope_result *result)
{
    tw_origin origin;
    tw_reader r = tw_envelope_open(in, "binary", &origin, envelope, result);
    if (read_envelope(&r, limits, strict_only, envelope, result)) result->consumed = tw_reader_offset(&r);
    return result->error.cls;
}

static void append_u32(tw_buffer *to, uint32_t value)
{
    uint32_t swapped = __builtin_bswap32(value);
    tw_buffer_append(to, &swapped, 4);
}

static tw_class write(const tw_envelope *envelope, tw_buffer *to)
{
    if (envelope->kind > 7 || envelope->name.len > TW_SIZE_MAX) return TW_USAGE;
    bool strict = envelope->form == TW_HEADER_STRICT && !TW_FAULT(MESSAGE_WRITE_OLD);
    size_t before = to->len;
    if (strict) append_u32(to, VERSION_1 | envelope->kind);
    append_u32(to, (uint32_t)envelope->name.len);
    tw_buffer_append(to, envelope->name.data, envelope->name.len);
    if (!strict) tw_buffer_append_byte(to, envelope->kind);
    append_u32(to, TW_FAULT(MESSAGE_BINARY_WRITE_SEQUENCE_ZERO) ? 0 : (uint32_t)envelope->sequence_id);
    if (!to->failed) return TW_OK;
    to->len = before;
    return TW_MEMORY;
}

const tw_envelope_format tw_envelope_binary = {"binary", read, write};
