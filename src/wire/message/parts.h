/* What the envelopes of all protocols do alike. Internal to wire/message. */
#ifndef WIRE_MESSAGE_PARTS_H
#define WIRE_MESSAGE_PARTS_H

#include "wire/base/fault.h"
#include "wire/base/reader.h"
#include "wire/message/message.h"

/* Starts reading an envelope. */
static inline tw_reader tw_envelope_open(tw_bytes in, const char *layer, tw_origin *origin,
                                         tw_envelope *envelope, tw_envelope_result *result)
{
    *envelope = (tw_envelope){.form = TW_HEADER_STRICT};
    result->part_count = 0;
    result->consumed = 0;
    return tw_reader_of(in, UINT64_MAX, layer, origin, &result->error, &result->open);
}

/* Keeps the piece that was read from `at` to the cursor. */
static inline void tw_envelope_part_add(tw_envelope_result *result, const tw_reader *r, tw_part_kind kind,
                                        const uint8_t *at)
{
    result->parts[result->part_count++] =
        (tw_envelope_part){kind, (size_t)(at - r->origin->begin), (size_t)(r->pos - at)};
}

/* The name's bytes, whose length stands at `size_at`. */
static inline bool tw_envelope_name(tw_reader *r, const tw_limits *limits, uint32_t size,
                                    const uint8_t *size_at, tw_rule rule, tw_envelope *envelope,
                                    tw_envelope_result *result)
{
    if (size > limits->string) return tw_reader_fail(r, TW_LIMIT, TW_RULE_LIMIT_STRING, size_at);
    const uint8_t *bytes = tw_reader_take(r, size);
    if (!bytes) return tw_reader_short(r, rule, size_at);
    tw_envelope_part_add(result, r, TW_PART_NAME, bytes);
    envelope->name = tw_bytes_of(bytes, size);
    return true;
}

/* Notes a kind other than the four. */
static inline void tw_envelope_kind(tw_reader *r, uint8_t kind, tw_envelope *envelope)
{
    envelope->kind = kind;
    TW_WHEN_FAULT(
        MESSAGE_TYPE_REFUSED,
        if (!tw_message_kind_name(kind)) { tw_reader_fail(r, TW_MALFORMED, TW_RULE_MESSAGE_TYPE, r->pos); });
    TW_WHEN_FAULT(MESSAGE_TYPE_FIVE_IS_CALL, if (!tw_message_kind_name(kind)) envelope->kind = TW_CALL;);
    if (!tw_message_kind_name(kind)) tw_reader_note(r, TW_RULE_MESSAGE_TYPE);
}

#endif
