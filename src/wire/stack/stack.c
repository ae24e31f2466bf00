#include "wire/base/fault.h"
#include "wire/stack/stack.h"

#include <string.h>

/* Every protocol that a stack may end with. */
static const struct ending {
    const char *name;
    const tw_protocol *protocol;
    const tw_envelope_format *envelope;
    bool strict_only;
    tw_header_form form;
} endings[] = {
    {"binary", &tw_binary, &tw_envelope_binary, false, TW_HEADER_STRICT},
    {"binary-old", &tw_binary, &tw_envelope_binary, false, TW_HEADER_OLD},
    {"binary-strict", &tw_binary, &tw_envelope_binary, true, TW_HEADER_STRICT},
    {"compact", &tw_compact, &tw_envelope_compact, false, TW_HEADER_STRICT},
};

static bool refuse(const char **why, const char *sentence)
{
    if (why) *why = sentence;
    return false;
}

bool tw_stack_parse(const char *name, tw_stack *stack, const char **why)
{
    *stack = (tw_stack){.transport_count = 0};
    for (const char *slash; (slash = strchr(name, '/')); name = slash + 1) {
        const tw_transport *transport = tw_transport_find(name, (size_t)(slash - name));
        if (!transport) return refuse(why, "unknown transport; there are framed and zlib");
        if (stack->transport_count == TW_STACK_TRANSPORTS) return refuse(why, "more than 4 transports");
        stack->transports[stack->transport_count++] = transport;
    }
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        const struct ending *e = &endings[i];
        if (strcmp(name, e->name) != 0) continue;
        stack->protocol = e->protocol;
        stack->envelope = e->envelope;
        stack->protocol_name = e->name;
        stack->strict_only = e->strict_only;
        stack->form = e->form;
        TW_WHEN_FAULT(
            STACK_INSIDE_OUT, if (stack->transport_count == 2) {
                const tw_transport *kept = stack->transports[0];
                stack->transports[0] = stack->transports[1];
                stack->transports[1] = kept;
            });
        return true;
    }
    return refuse(why, "unknown protocol; a stack ends with binary, binary-old, binary-strict or compact");
}
