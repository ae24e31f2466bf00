#include "suite/judge/describe.h"

#include "wire/text/notation.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define NAME_ROOM 80

__attribute__((format(printf, 2, 3))) static tw_class append(tw_buffer *to, const char *format, ...)
{
    char text[256];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (len < 0) return TW_MEMORY;
    size_t n = (size_t)len < sizeof text ? (size_t)len : sizeof text - 1;
    return tw_buffer_append(to, text, n) ? TW_OK : TW_MEMORY;
}

/* As notation spells a string; the notation of a whole message would not be cut. */
static tw_class append_name(tw_bytes name, tw_buffer *to)
{
    tw_node node = {.type = TW_STRING, .count = (uint32_t)name.len, .u.bytes = name.data};
    size_t start = to->len;
    tw_class cls = tw_notation_write_brief(&node, NAME_ROOM, to);
    static const char prefix[] = "string ";
    size_t skip = sizeof prefix - 1;
    if (cls == TW_OK && to->len - start > skip && memcmp(to->data + start, prefix, skip) == 0) {
        memmove(to->data + start, to->data + start + skip, to->len - start - skip);
        to->len -= skip;
    }
    return cls;
}

tw_class judging_describe(const tw_envelope *envelope, const tw_node *root, size_t room, tw_buffer *to)
{
    if (envelope) {
        const char *kind = tw_message_kind_name(envelope->kind);
        tw_class cls = kind ? append(to, "%s ", kind) : append(to, "type(%d) ", envelope->kind);
        if (cls == TW_OK) cls = append_name(envelope->name, to);
        if (cls == TW_OK) cls = append(to, " #%d ", (int)envelope->sequence_id);
        if (cls != TW_OK) return cls;
    }
    return tw_notation_write_brief(root, room, to);
}
