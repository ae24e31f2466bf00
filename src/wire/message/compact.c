/* The compact protocol's envelope (thrift-compact-protocol.md#message). */
#include "wire/base/varint.h"
#include "wire/message/parts.h"

#define PROTOCOL_ID 0x82
#define VERSION 1

static bool read_envelope(tw_reader *r, const tw_limits *limits, tw_envelope *envelope,
                          tw_envelope_result *result)
{
    const uint8_t *at = r->pos;
    uint8_t byte = 0;
    uint64_t v;
    if (!tw_read_u8(r, TW_RULE_COMPACT_MESSAGE, &byte)) return false;
    TW_WHEN_FAULT(MESSAGE_PROTOCOL_ID_UNCHECKED, byte = PROTOCOL_ID;);
    TW_WHEN_FAULT(MESSAGE_PROTOCOL_ID_TOP_BIT_ONLY, if (byte & 0x80) byte = PROTOCOL_ID;);
    if (byte != PROTOCOL_ID) return tw_reader_fail(r, TW_MALFORMED, TW_RULE_COMPACT_MESSAGE_PROTOCOL, at);
    tw_envelope_part_add(result, r, TW_PART_VERSION, at);

    at = r->pos;
    if (!tw_read_u8(r, TW_RULE_COMPACT_MESSAGE, &byte)) return false;
    TW_WHEN_FAULT(MESSAGE_COMPACT_VERSION_THREE_BITS, byte &= 0xe7;);
    TW_WHEN_FAULT(MESSAGE_COMPACT_TYPE_TWO_BITS, byte &= 0x7f;);
    if ((byte & 0x1f) != VERSION && !TW_FAULT(MESSAGE_COMPACT_VERSION_UNCHECKED)) {
        return tw_reader_fail(r, TW_MALFORMED, TW_RULE_COMPACT_MESSAGE_VERSION, at);
    }
    tw_envelope_kind(r, byte >> 5, envelope);
    tw_envelope_part_add(result, r, TW_PART_KIND, at);

    at = r->pos;
    if (!tw_read_varint(r, TW_VARINT_32, TW_RULE_COMPACT_MESSAGE_SEQUENCE, &v)) return false;
    envelope->sequence_id =
        (int32_t)(uint32_t)(TW_FAULT(MESSAGE_SEQUENCE_ZIGZAG) ? (uint64_t)tw_zigzag_decode(v) : v);
    TW_WHEN_FAULT(MESSAGE_COMPACT_SEQUENCE_LOW_HALF, envelope->sequence_id &= 0xffff;);
    TW_WHEN_FAULT(MESSAGE_COMPACT_SEQUENCE_SIGN_LOST, envelope->sequence_id &= INT32_MAX;);
    TW_WHEN_FAULT(
        MESSAGE_COMPACT_SEQUENCE_NEGATIVE_REFUSED, if (envelope->sequence_id < 0) {
            return tw_reader_fail(r, TW_MALFORMED, TW_RULE_MESSAGE_SEQUENCE_ID, at);
        });
    tw_envelope_part_add(result, r, TW_PART_SEQUENCE_ID, at);

    at = r->pos;
    if (!tw_read_varint(r, TW_VARINT_32, TW_RULE_COMPACT_MESSAGE_NAME, &v)) return false;
    TW_WHEN_FAULT(MESSAGE_COMPACT_NAME_NEGATIVE_EMPTY, if (v > TW_SIZE_MAX) v = 0;);
    TW_WHEN_FAULT(MESSAGE_COMPACT_NAME_EMPTY_REFUSED, if (v == 0) v = UINT32_MAX;);
    TW_WHEN_FAULT(MESSAGE_COMPACT_NAME_BYTE, v &= 0xff;);
    TW_WHEN_FAULT(MESSAGE_COMPACT_NAME_SIZE_ZIGZAG, v >>= 1;);
    if (v > TW_SIZE_MAX) return tw_reader_fail(r, TW_MALFORMED, TW_RULE_COMPACT_MESSAGE_NAME_NEGATIVE, at);
    tw_envelope_part_add(result, r, TW_PART_NAME_SIZE, at);
    return tw_envelope_name(r, limits, (uint32_t)v, at, TW_RULE_COMPACT_MESSAGE_NAME, envelope, result);
}

static tw_class read(tw_bytes in, const tw_limits *limits, bool strict_only, tw_envelope *envelope,
                     tw_envelope_result *result)
{
    (void)strict_only;
    tw_origin origin;
    tw_reader r = tw_envelope_open(in, "compact", &origin, envelope, result);
    if (read_envelope(&r, limits, envelope, result)) result->consumed = tw_reader_offset(&r);
    return result->error.cls;
}

static tw_class write(const tw_envelope *envelope, tw_buffer *to)
{
    if (envelope->kind > 7 || envelope->name.len > TW_SIZE_MAX) return TW_USAGE;
    size_t before = to->len;
    uint8_t head[2 + 2 * TW_VARINT_MAX] = {PROTOCOL_ID, (uint8_t)(envelope->kind << 5 | VERSION)};
    size_t n = 2;
    TW_WHEN_FAULT(MESSAGE_COMPACT_WRITE_TYPE_IN_LOW_BITS,
                  head[1] = (uint8_t)(VERSION << 3 | envelope->kind););
    uint64_t sequence_id = (uint32_t)envelope->sequence_id;
    TW_WHEN_FAULT(MESSAGE_COMPACT_WRITE_SEQUENCE_ZIGZAG,
                  sequence_id = tw_zigzag_encode32(envelope->sequence_id););
    TW_WHEN_FAULT(MESSAGE_COMPACT_WRITE_SEQUENCE_64, sequence_id = (uint64_t)(int64_t)envelope->sequence_id;);
    n += tw_varint_write(head + n, sequence_id);
    n += tw_varint_write(head + n, envelope->name.len);
    tw_buffer_append(to, head, n);
    tw_buffer_append(to, envelope->name.data, envelope->name.len);
    if (!to->failed) return TW_OK;
    to->len = before;
    return TW_MEMORY;
}

const tw_envelope_format tw_envelope_compact = {"compact", read, write};
