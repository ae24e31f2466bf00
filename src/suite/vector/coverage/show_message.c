/* Headers of messages. */
#include "suite/vector/coverage/show.h"

#include <stdio.h>
#include <string.h>

static const char *production_of(const tw_stack *stack, const tw_envelope *envelope)
{
    if (stack->protocol == &tw_compact) return "message/compact";
    return envelope->form == TW_HEADER_OLD ? "message/old" : "message/strict";
}

static const tw_envelope_part *part_of(const tw_envelope_result *result, tw_part_kind kind)
{
    for (size_t i = 0; i < result->part_count; i++)
        if (result->parts[i].kind == kind) return &result->parts[i];
    return NULL;
}

static const char *range(uint8_t byte)
{
    return byte == 0 ? "0" : byte < 128 ? "1-127" : "128-255";
}

static void show_varints(assay_coverage *coverage, tw_bytes bytes, const tw_envelope_result *result)
{
    const tw_envelope_part *size = part_of(result, TW_PART_NAME_SIZE),
                           *sequence = part_of(result, TW_PART_SEQUENCE_ID);
    if (size)
        assay_coverage_mark(coverage, "compact/varint", "name-size",
                            assay_varint_form(bytes.data + size->offset, size->len));
    if (sequence)
        assay_coverage_mark(coverage, "compact/varint", "sequence-id",
                            assay_varint_form(bytes.data + sequence->offset, sequence->len));
}

void assay_show_envelope(assay_coverage *coverage, const tw_stack *stack, tw_bytes bytes,
                         const tw_envelope *envelope, const tw_envelope_result *result)
{
    const char *production = production_of(stack, envelope);
    bool compact = stack->protocol == &tw_compact;
    assay_coverage_mark(coverage, production, "kind", assay_byte_range(envelope->kind));
    assay_coverage_number(coverage, production, "name-size", (int64_t)envelope->name.len);
    assay_show_string(coverage, production, "name", envelope->name);
    assay_coverage_number(coverage, production, "sequence-id", envelope->sequence_id);
    if (compact) {
        assay_coverage_mark(coverage, production, "protocol-id", "82");
        assay_coverage_mark(coverage, production, "version", "1");
        show_varints(coverage, bytes, result);
    } else if (envelope->form == TW_HEADER_OLD) {
        assay_coverage_mark(coverage, production, "reader", stack->protocol_name);
    } else {
        assay_coverage_mark(coverage, production, "version", "8001");
        assay_coverage_mark(coverage, production, "unused", range(bytes.data[2]));
    }
}

void assay_show_body(assay_coverage *coverage, const tw_stack *stack, const tw_envelope *envelope,
                     const char *body)
{
    bool cut = strcmp(body, "cut") == 0;
    assay_coverage_mark(coverage, production_of(stack, envelope), cut ? "cut" : "body", cut ? "body" : body);
}

/* The first part that is not there. */
static const char *missing_part(const tw_stack *stack, const tw_envelope *envelope, tw_bytes bytes,
                                const tw_envelope_result *result)
{
    bool old = envelope->form == TW_HEADER_OLD;
    if (bytes.len == 0) return "nothing";
    if (!old && !part_of(result, stack->protocol == &tw_compact ? TW_PART_KIND : TW_PART_VERSION))
        return "version";
    if (stack->protocol == &tw_compact && !part_of(result, TW_PART_SEQUENCE_ID)) return "sequence-id";
    if (!part_of(result, TW_PART_NAME_SIZE)) return "name-size";
    if (!part_of(result, TW_PART_NAME)) return "name";
    if (old && !part_of(result, TW_PART_KIND)) return "kind";
    return "sequence-id";
}

/* A name that is cut: what its length says. */
static void show_name_size(assay_coverage *coverage, const char *production, bool compact, tw_bytes bytes,
                           size_t at)
{
    uint64_t size = 0;
    size_t len = 0;
    if (compact) {
        do size |= (uint64_t)(bytes.data[at + len] & 0x7f) << (7 * len);
        while (bytes.data[at + len++] & 0x80 && at + len < bytes.len && len < 5);
    } else {
        for (; len < 4; len++) size = size << 8 | bytes.data[at + len];
    }
    assay_coverage_number(coverage, production, "name-size", (int32_t)(uint32_t)size);
    if (size == bytes.len - at - len + 1) assay_coverage_mark(coverage, production, "name-size", "rest+1");
}

static bool show_varint_fault(assay_coverage *coverage, const tw_envelope_result *result, tw_bytes bytes)
{
    const char *kind = part_of(result, TW_PART_SEQUENCE_ID) ? "name-size" : "sequence-id", *word = NULL;
    switch (result->error.rule) {
    case TW_RULE_COMPACT_VARINT_ENDLESS: word = "endless"; break;
    case TW_RULE_COMPACT_VARINT_WIDTH: word = "too-wide"; break;
    case TW_RULE_COMPACT_VARINT_OVERFLOW: word = "overflow"; break;
    case TW_RULE_COMPACT_MESSAGE_SEQUENCE:
    case TW_RULE_COMPACT_MESSAGE_NAME:
        if (!part_of(result, TW_PART_NAME_SIZE)) word = result->error.offset < bytes.len ? "cut" : "absent";
        break;
    default: break;
    }
    if (word) assay_coverage_mark(coverage, "compact/varint", kind, word);
    return word != NULL;
}

void assay_show_envelope_fault(assay_coverage *coverage, const tw_stack *stack, tw_bytes bytes,
                               const tw_envelope *envelope, const tw_envelope_result *result)
{
    const char *production = production_of(stack, envelope);
    const tw_error *error = &result->error;
    bool compact = stack->protocol == &tw_compact;
    size_t at = (size_t)error->offset;
    if (compact) show_varint_fault(coverage, result, bytes);
    switch (error->rule) {
    case TW_RULE_BINARY_MESSAGE_VERSION:
        assay_coverage_mark(coverage, production, "version",
                            bytes.data[0] == 0x80 && bytes.data[1] == 0 ? "8000" : "8002-ffff");
        return;
    case TW_RULE_BINARY_MESSAGE_TYPE_BITS:
        assay_coverage_mark(coverage, production, "kind", assay_byte_range(bytes.data[at]));
        return;
    case TW_RULE_BINARY_MESSAGE_OLD_REFUSED:
        assay_coverage_mark(coverage, "message/old", "reader", "refused");
        return;
    case TW_RULE_COMPACT_MESSAGE_PROTOCOL:
        assay_coverage_mark(coverage, production, "protocol-id", bytes.data[0] < 0x82 ? "00-81" : "83-ff");
        return;
    case TW_RULE_COMPACT_MESSAGE_VERSION:
        assay_coverage_mark(coverage, production, "version", bytes.data[1] & 0x1f ? "2-31" : "0");
        return;
    default: break;
    }
    if (error->cls == TW_TRUNCATED) {
        const char *missing = missing_part(stack, envelope, bytes, result);
        assay_coverage_mark(coverage, production, "cut", missing);
        if (strcmp(missing, "name") == 0) show_name_size(coverage, production, compact, bytes, at);
    } else if (error->rule == TW_RULE_BINARY_MESSAGE_NAME_NEGATIVE ||
               error->rule == TW_RULE_COMPACT_MESSAGE_NAME_NEGATIVE) {
        show_name_size(coverage, production, compact, bytes, at);
    }
}
