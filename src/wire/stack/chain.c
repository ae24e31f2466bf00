#include "wire/stack/chain.h"

#include <string.h>

/* What a transport is asked for at once: small enough that a compression bomb is not inflated far beyond what
 * is wanted, large enough that the calls cost nothing. */
#define STEP 65536u

void tw_queue_compact(tw_queue *queue)
{
    if (queue->lent.data || queue->head == 0 || queue->head < queue->buffer.len - queue->head) return;
    tw_buffer_drop(&queue->buffer, queue->head);
    queue->head = 0;
}

tw_class tw_chain_open(tw_chain *chain, const tw_stack *stack, const tw_limits *limits, const tw_alloc *alloc)
{
    *chain = (tw_chain){.alloc = alloc};
    for (size_t i = 0; i <= stack->transport_count; i++) tw_buffer_init(&chain->queues[i].buffer, alloc);
    for (size_t i = 0; i < stack->transport_count; i++) {
        const tw_transport *transport = stack->transports[i];
        void *reader = tw_resize(alloc, NULL, 0, transport->reader_size);
        if (!reader) return TW_MEMORY;
        memset(reader, 0, transport->reader_size);
        chain->links[chain->count++] = (tw_link){.transport = transport, .reader = reader};
        tw_class cls = transport->reader_open(reader, limits, alloc);
        if (cls != TW_OK) return cls;
    }
    return TW_OK;
}

void tw_chain_close(tw_chain *chain)
{
    for (size_t i = 0; i < chain->count; i++) {
        tw_link *link = &chain->links[i];
        link->transport->reader_close(link->reader);
        tw_resize(chain->alloc, link->reader, link->transport->reader_size, 0);
    }
    for (size_t i = 0; i <= chain->count; i++) tw_buffer_deinit(&chain->queues[i].buffer);
    chain->count = 0;
}

/* More bytes into the queue behind the first `level` links. As deep as a stack has transports. */
static tw_class pull(tw_chain *chain, size_t level, tw_error *error)
{
    if (level == 0) return TW_TRUNCATED;
    tw_link *link = &chain->links[level - 1];
    tw_queue *from = &chain->queues[level - 1], *to = &chain->queues[level];
    tw_queue_compact(to);
    size_t before = to->buffer.len;
    for (;;) {
        size_t taken = 0;
        tw_class cls =
            link->transport->read(link->reader, tw_queue_view(from), STEP, &taken, &to->buffer, &link->error);
        tw_queue_take(from, taken);
        if (level == 1) chain->taken += taken;
        if (to->buffer.len > before) {
            link->units++;
            return TW_OK;
        }
        if (cls == TW_TRUNCATED)
            cls = pull(chain, level - 1, error);
        else if (cls != TW_OK)
            *error = link->error;
        if (cls != TW_OK) return cls;
    }
}

tw_class tw_chain_pull(tw_chain *chain, tw_error *error)
{
    return pull(chain, chain->count, error);
}

bool tw_chain_cut(const tw_chain *chain, tw_error *error)
{
    for (size_t i = 0; i < chain->count; i++) {
        const tw_link *link = &chain->links[i];
        if (link->transport->reader_at_rest(link->reader)) continue;
        *error = link->error;
        return true;
    }
    return false;
}

void tw_chain_next_message(tw_chain *chain)
{
    for (size_t i = 0; i < chain->count; i++) {
        const tw_link *link = &chain->links[i];
        if (!link->transport->reader_next_message) continue;
        link->transport->reader_next_message(link->reader, tw_queue_view(&chain->queues[i + 1]).len);
    }
}

bool tw_chain_countable(const tw_chain *chain)
{
    for (size_t i = 0; i < chain->count; i++) {
        if (chain->links[i].transport->reads_ahead) return false;
    }
    return true;
}
