#include "suite/mutate/token.h"

bool assay_token_size(const tw_token *token, bool compact, size_t base, assay_target *target)
{
    assay_spelling spelling = compact ? ASSAY_SPELLED_VARINT : ASSAY_SPELLED_I32;
    switch (token->kind) {
    case TW_TOKEN_LIST:
    case TW_TOKEN_SET:
        if (compact) spelling = token->len == 1 ? ASSAY_SPELLED_SHORT : ASSAY_SPELLED_LONG;
        break;
    case TW_TOKEN_MAP:
    case TW_TOKEN_SIZE: break;
    default: return false;
    }
    *target = (assay_target){.spelling = spelling,
                             .offset = base + token->size_offset,
                             .len = token->size_len,
                             .value = token->count};
    return true;
}

static assay_target type_at(tw_bytes payload, assay_spelling spelling, size_t offset)
{
    uint8_t byte = payload.data[offset];
    uint32_t value = spelling == ASSAY_SPELLED_LOW    ? byte & 15u
                     : spelling == ASSAY_SPELLED_HIGH ? (uint32_t)byte >> 4
                                                      : byte;
    return (assay_target){.spelling = spelling, .offset = offset, .len = 1, .value = value};
}

size_t assay_token_types(const tw_token *token, bool compact, size_t base, tw_bytes payload,
                         assay_target targets[2], const char *suffixes[2])
{
    size_t at = base + token->offset;
    assay_spelling low = compact ? ASSAY_SPELLED_LOW : ASSAY_SPELLED_BYTE;
    switch (token->kind) {
    case TW_TOKEN_FIELD:
    case TW_TOKEN_LIST:
    case TW_TOKEN_SET:
        targets[0] = type_at(payload, low, at);
        suffixes[0] = token->kind == TW_TOKEN_FIELD ? "" : "[]";
        return 1;
    case TW_TOKEN_MAP:
        if (compact && token->count == 0) return 0; /* no types on the wire */
        if (compact) at = base + token->size_offset + token->size_len;
        targets[0] = type_at(payload, compact ? ASSAY_SPELLED_HIGH : ASSAY_SPELLED_BYTE, at);
        targets[1] = type_at(payload, low, compact ? at : at + 1);
        suffixes[0] = "{k}";
        suffixes[1] = "{v}";
        return 2;
    default: return 0;
    }
}
