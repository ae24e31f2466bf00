#include "suite/mutate/specimen.h"

enum { STACK_BITS = 7, MESSAGE_BIT = 8, FLAGS_SHIFT = 4 };

typedef struct row {
    const char *name;
    tw_stack stack;
} row;

/* What tw_stack_parse makes of the names (a test holds the two together), as constants: harnesses ask for them
 * on every input. */
#define PROTOCOL(NAME)                                                                                       \
    .protocol = &tw_##NAME, .envelope = &tw_envelope_##NAME, .protocol_name = #NAME, .form = TW_HEADER_STRICT

static const row rows[ASSAY_SPECIMEN_STACKS] = {
    {"binary", {PROTOCOL(binary)}},
    {"compact", {PROTOCOL(compact)}},
    {"framed/binary", {.transports = {&tw_framed}, .transport_count = 1, PROTOCOL(binary)}},
    {"framed/compact", {.transports = {&tw_framed}, .transport_count = 1, PROTOCOL(compact)}},
    {"zlib/binary", {.transports = {&tw_zlib}, .transport_count = 1, PROTOCOL(binary)}},
    {"zlib/compact", {.transports = {&tw_zlib}, .transport_count = 1, PROTOCOL(compact)}},
    {"framed/zlib/binary", {.transports = {&tw_framed, &tw_zlib}, .transport_count = 2, PROTOCOL(binary)}},
    {"framed/zlib/compact", {.transports = {&tw_framed, &tw_zlib}, .transport_count = 2, PROTOCOL(compact)}},
};

assay_specimen assay_specimen_read(tw_bytes input)
{
    uint8_t head = input.len > 0 ? input.data[0] : 0;
    assay_specimen specimen = {.text = head == ASSAY_SPECIMEN_TEXT,
                               .stack = head & STACK_BITS,
                               .unit = head & MESSAGE_BIT ? TW_UNIT_MESSAGE : TW_UNIT_STRUCT,
                               .flags = (uint8_t)(head >> FLAGS_SHIFT),
                               .parameter = input.len > 1 ? input.data[1] : 0};
    if (input.len > ASSAY_SPECIMEN_HEAD)
        specimen.payload = tw_bytes_of(input.data + ASSAY_SPECIMEN_HEAD, input.len - ASSAY_SPECIMEN_HEAD);
    return specimen;
}

static uint8_t head_of(const assay_specimen *specimen)
{
    if (specimen->text) return ASSAY_SPECIMEN_TEXT;
    unsigned head = (specimen->stack & STACK_BITS) | (specimen->flags & 15u) << FLAGS_SHIFT;
    if (specimen->unit == TW_UNIT_MESSAGE) head |= MESSAGE_BIT;
    return (uint8_t)(head == ASSAY_SPECIMEN_TEXT ? head & ~(1u << FLAGS_SHIFT) : head);
}

tw_class assay_specimen_write(const assay_specimen *specimen, tw_buffer *to)
{
    size_t len = specimen->payload.len;
    uint8_t *at =
        len > SIZE_MAX - ASSAY_SPECIMEN_HEAD ? NULL : tw_buffer_reserve(to, ASSAY_SPECIMEN_HEAD + len);
    if (!at) return TW_MEMORY;
    at[0] = head_of(specimen);
    at[1] = specimen->parameter;
    if (len) memcpy(at + ASSAY_SPECIMEN_HEAD, specimen->payload.data, len);
    to->len += ASSAY_SPECIMEN_HEAD + len;
    return TW_OK;
}

const char *assay_specimen_stack_name(unsigned index)
{
    return rows[index % ASSAY_SPECIMEN_STACKS].name;
}

const tw_stack *assay_specimen_stack(unsigned index)
{
    return &rows[index % ASSAY_SPECIMEN_STACKS].stack;
}

unsigned assay_specimen_stack_find(const char *name)
{
    unsigned index = 0;
    while (index < ASSAY_SPECIMEN_STACKS && strcmp(rows[index].name, name) != 0) index++;
    return index;
}
