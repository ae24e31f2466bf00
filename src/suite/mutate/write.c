#include "suite/mutate/mutate.h"
#include "suite/mutate/stream.h"

static void put_i32(tw_buffer *to, uint32_t value)
{
    uint8_t bytes[4] = {(uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8),
                        (uint8_t)value};
    tw_buffer_append(to, bytes, sizeof bytes);
}

static void put_varint(tw_buffer *to, uint32_t value)
{
    for (; value > 0x7f; value >>= 7) tw_buffer_append_byte(to, (uint8_t)(value | 0x80));
    tw_buffer_append_byte(to, (uint8_t)value);
}

/* Appends the new spelling. now: the byte that stands there, of which nibbles keep the other half. */
static void put(tw_buffer *to, assay_spelling spelling, uint8_t now, int64_t value)
{
    uint32_t number = (uint32_t)value;
    switch (spelling) {
    case ASSAY_SPELLED_I32: put_i32(to, number); break;
    case ASSAY_SPELLED_VARINT:
    case ASSAY_SPELLED_LONG: put_varint(to, number); break;
    case ASSAY_SPELLED_SHORT:
        if (number < 15) {
            tw_buffer_append_byte(to, (uint8_t)(number << 4 | (now & 15u)));
        } else {
            tw_buffer_append_byte(to, (uint8_t)(0xf0 | now));
            put_varint(to, number);
        }
        break;
    case ASSAY_SPELLED_BYTE: tw_buffer_append_byte(to, (uint8_t)number); break;
    case ASSAY_SPELLED_LOW: tw_buffer_append_byte(to, (uint8_t)((now & 0xf0u) | (number & 15u))); break;
    case ASSAY_SPELLED_HIGH: tw_buffer_append_byte(to, (uint8_t)(number << 4 | (now & 15u))); break;
    }
}

tw_class assay_target_write(const assay_target *target, const tw_stack *stack, tw_bytes wire,
                            tw_bytes payload, int64_t value, tw_buffer *to)
{
    tw_bytes from = target->outside ? wire : payload;
    tw_buffer changed;
    tw_buffer_init(&changed, NULL);
    tw_buffer_append(&changed, from.data, target->offset);
    put(&changed, target->spelling, from.data[target->offset], value);
    size_t behind = target->offset + target->len;
    tw_buffer_append(&changed, from.data + behind, from.len - behind);
    tw_class cls = changed.failed ? TW_MEMORY : TW_OK;
    if (cls == TW_OK && target->outside && !tw_buffer_append(to, changed.data, changed.len)) cls = TW_MEMORY;
    if (cls == TW_OK && !target->outside) cls = assay_stream_wrap(stack, tw_buffer_view(&changed), to);
    tw_buffer_deinit(&changed);
    return cls;
}
