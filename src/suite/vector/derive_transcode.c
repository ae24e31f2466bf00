/* From one protocol to another: @to answers in each other one, @from asks in each other one. */
#include "suite/vector/derive.h"

#include <string.h>

/* The protocols to go through: those declared that the reference knows, or all. */
static size_t protocols(const assay_deriving *d, const char *names[8])
{
    static const char *const all[] = {"binary", "binary-old", "binary-strict", "compact"};
    size_t count = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        bool declared = !d->hello;
        for (size_t j = 0; d->hello && j < d->hello->protocols.count; j++)
            declared |= strcmp(d->hello->protocols.items[j], all[i]) == 0;
        if (declared) names[count++] = all[i];
    }
    return count;
}

static const char *protocol_of(const char *stack)
{
    const char *slash = strrchr(stack, '/');
    return slash ? slash + 1 : stack;
}

/* The same transports with another protocol. */
static const char *with_protocol(assay_deriving *d, const char *stack, const char *protocol)
{
    size_t layers = (size_t)(protocol_of(stack) - stack), len = strlen(protocol);
    if (layers == 0) return protocol;
    char *name = tw_arena_take(d->arena, layers + len + 1);
    if (!name) {
        d->failed = true;
        return NULL;
    }
    memcpy(name, stack, layers);
    memcpy(name + layers, protocol, len + 1);
    return name;
}

void assay_derive_to(assay_deriving *d)
{
    const char *names[8];
    if (d->base.expect != ASSAY_ACCEPT || !d->base.out || d->base.verb == ASSAY_REUSE) return;
    size_t count = protocols(d, names);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], protocol_of(d->base.out)) == 0) continue;
        const char *out = with_protocol(d, d->base.out, names[i]);
        assay_case *c = out ? assay_deriving_add(d, "to", names[i]) : NULL;
        if (!c) return;
        c->out = out;
        c->canonical = (tw_bytes){NULL, 0};
    }
}

/* The vector's values as the reference writes them on a stack, in the arena. */
static bool write_values(assay_deriving *d, const char *name, const assay_case *from, tw_bytes *bytes)
{
    tw_stack stack;
    tw_buffer wire;
    tw_output *output = tw_stack_parse(name, &stack, NULL) ? tw_output_new(&stack, NULL) : NULL;
    bool ok = output != NULL;
    tw_buffer_init(&wire, NULL);
    for (size_t i = 0; i < from->value_count && ok; i++)
        ok = tw_output_write(output, from->values[i].envelope, from->values[i].root, &wire) == TW_OK;
    if (ok) *bytes = assay_deriving_keep(d, tw_buffer_view(&wire));
    tw_output_free(output);
    tw_buffer_deinit(&wire);
    d->failed |= !ok;
    return ok && !d->failed;
}

/* What a conforming writer makes of those bytes. It is the vector's own, but where the other protocol cannot
 * carry the types of an empty map. */
static bool loses_types(const assay_case *c)
{
    for (size_t i = 0; i < c->value_count; i++) {
        const tw_node *at = c->values[i].root, *end = tw_node_next(at);
        for (; at < end; at++)
            if (at->type == TW_MAP && at->count == 0 && at->inside != 0) return true;
    }
    return false;
}

void assay_derive_from(assay_deriving *d)
{
    const char *names[8];
    if (!d->base.canonical.data || d->base.verb == ASSAY_REUSE) return;
    size_t count = protocols(d, names);
    for (size_t i = 0; i < count; i++) {
        tw_bytes bytes;
        if (strcmp(names[i], protocol_of(d->base.in)) == 0) continue;
        const char *in = with_protocol(d, d->base.in, names[i]);
        if (!in || !write_values(d, in, &d->base, &bytes)) return;
        assay_case *c = assay_deriving_add(d, "from", names[i]);
        if (!c) return;
        c->in = in;
        c->bytes = bytes;
        c->consumed = bytes.len;
        if (strcmp(names[i], "compact") == 0 && loses_types(c)) c->canonical = (tw_bytes){NULL, 0};
    }
}
