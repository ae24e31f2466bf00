#include "wire/stack/stack.h"

#include <string.h>

struct tw_output {
    const tw_alloc *alloc;
    tw_stack stack;
    void *writers[TW_STACK_TRANSPORTS]; /* as the stack's transports, outermost first */
    size_t count;                       /* of those that are open */
    tw_buffer scratch[2];               /* a unit on its way out, by turns */
    tw_class failed;                    /* sticks: a transport's state is lost */
};

tw_output *tw_output_new(const tw_stack *stack, const tw_alloc *alloc)
{
    if (!alloc) alloc = tw_alloc_default();
    tw_output *output = tw_resize(alloc, NULL, 0, sizeof *output);
    if (!output) return NULL;
    memset(output, 0, sizeof *output);
    output->alloc = alloc;
    output->stack = *stack;
    for (size_t i = 0; i < 2; i++) tw_buffer_init(&output->scratch[i], alloc);
    for (size_t i = 0; i < stack->transport_count; i++) {
        const tw_transport *transport = stack->transports[i];
        void *writer = tw_resize(alloc, NULL, 0, transport->writer_size);
        if (writer) {
            memset(writer, 0, transport->writer_size);
            output->writers[output->count++] = writer;
        }
        if (!writer || transport->writer_open(writer, alloc) != TW_OK) {
            tw_output_free(output);
            return NULL;
        }
    }
    return output;
}

void tw_output_free(tw_output *output)
{
    if (!output) return;
    for (size_t i = 0; i < output->count; i++) {
        const tw_transport *transport = output->stack.transports[i];
        transport->writer_close(output->writers[i]);
        tw_resize(output->alloc, output->writers[i], transport->writer_size, 0);
    }
    for (size_t i = 0; i < 2; i++) tw_buffer_deinit(&output->scratch[i]);
    tw_resize(output->alloc, output, sizeof *output, 0);
}

static tw_class encode(const tw_output *output, const tw_envelope *envelope, const tw_node *root,
                       tw_buffer *to)
{
    size_t before = to->len;
    tw_class cls = TW_OK;
    if (envelope) {
        tw_envelope head = *envelope;
        head.form = output->stack.form;
        cls = output->stack.envelope->write(&head, to);
    }
    if (cls == TW_OK) cls = tw_encode(output->stack.protocol, root, to);
    if (cls != TW_OK) to->len = before;
    return cls;
}

/* Sends what `from` holds (it may be nothing) through the transports from the innermost out, and into `to`.
 * finish: each transport ends its stream behind it. */
static tw_class send(tw_output *output, tw_buffer *from, bool finish, tw_buffer *to)
{
    for (size_t i = output->count; i-- > 0;) {
        const tw_transport *transport = output->stack.transports[i];
        tw_buffer *other = from == &output->scratch[0] ? &output->scratch[1] : &output->scratch[0];
        tw_buffer *next = i == 0 ? to : other;
        if (next == other) tw_buffer_clear(next);
        tw_class cls = TW_OK;
        if (from->len > 0) cls = transport->write(output->writers[i], tw_buffer_view(from), next);
        if (cls == TW_OK && finish) cls = transport->finish(output->writers[i], next);
        if (cls != TW_OK) return cls;
        from = next;
    }
    return TW_OK;
}

tw_class tw_output_write(tw_output *output, const tw_envelope *envelope, const tw_node *root, tw_buffer *to)
{
    if (output->failed != TW_OK) return output->failed;
    if (output->count == 0) return encode(output, envelope, root, to);
    tw_buffer *unit = &output->scratch[0];
    tw_buffer_clear(unit);
    tw_class cls = encode(output, envelope, root, unit);
    if (cls != TW_OK) return cls;
    size_t before = to->len;
    output->failed = send(output, unit, false, to);
    if (output->failed != TW_OK) to->len = before;
    return output->failed;
}

tw_class tw_output_finish(tw_output *output, tw_buffer *to)
{
    if (output->failed != TW_OK) return output->failed;
    tw_buffer_clear(&output->scratch[0]);
    size_t before = to->len;
    output->failed = send(output, &output->scratch[0], true, to);
    if (output->failed != TW_OK) to->len = before;
    return output->failed;
}
