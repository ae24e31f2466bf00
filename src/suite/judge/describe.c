#include "suite/judge/describe.h"

#include "wire/text/notation.h"

#include <string.h>

#define NAME_ROOM 80

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
        if (kind)
            tw_buffer_printf(to, "%s ", kind);
        else
            tw_buffer_printf(to, "type(%d) ", envelope->kind);
        tw_class cls = append_name(envelope->name, to);
        if (cls != TW_OK) return cls;
        if (!tw_buffer_printf(to, " #%d ", (int)envelope->sequence_id)) return TW_MEMORY;
    }
    return tw_notation_write_brief(root, room, to);
}
