/* The reading transports of a stack in a row, with the bytes that wait between them. Bytes are pulled: the
 * protocol asks the innermost transport, which asks the next one out, so that nothing is unwrapped before it
 * is wanted. Private to wire/stack. */
#ifndef WIRE_STACK_CHAIN_H
#define WIRE_STACK_CHAIN_H

#include "wire/stack/stack.h"

/* Bytes that come at the end and leave at the front. */
typedef struct tw_queue {
    tw_buffer buffer;
    tw_bytes lent; /* instead of the buffer: bytes that somebody else keeps, all of them at once */
    size_t head;   /* bytes at the front that have left */
} tw_queue;

typedef struct tw_link {
    const tw_transport *transport;
    void *reader;
    uint64_t units; /* times that it passed something up: for framed, the frames with a payload */
    tw_error error; /* of the last read that gave none; also the one to report when the input has ended */
} tw_link;

typedef struct tw_chain {
    const tw_alloc *alloc;
    size_t count;
    tw_link links[TW_STACK_TRANSPORTS]; /* outermost first */
    tw_queue queues[TW_STACK_TRANSPORTS +
                    1]; /* before each link, and behind the last: the protocol's own stream */
    uint64_t taken;     /* bytes that the outermost link took */
} tw_chain;

/* limits and alloc are borrowed. TW_OK or TW_MEMORY; close follows in either case. */
tw_class tw_chain_open(tw_chain *chain, const tw_stack *stack, const tw_limits *limits,
                       const tw_alloc *alloc);
void tw_chain_close(tw_chain *chain);

/* The stream as it is fed, and as the protocol reads it; the same queue when there is no transport. */
static inline tw_queue *tw_chain_outer(tw_chain *chain)
{
    return &chain->queues[0];
}

static inline tw_queue *tw_chain_inner(tw_chain *chain)
{
    return &chain->queues[chain->count];
}

/* Gets more bytes for the protocol. TW_OK: there are more. TW_TRUNCATED: more must be fed first. Otherwise
 * *error is set. */
tw_class tw_chain_pull(tw_chain *chain, tw_error *error);

/* After a pull that gave TW_TRUNCATED: whether a transport is in the middle of something, the outermost such
 * one in *error. */
bool tw_chain_cut(const tw_chain *chain, tw_error *error);

/* A new message begins with what the protocol has not read yet. */
void tw_chain_next_message(tw_chain *chain);

/* Whether the number of bytes that messages took is a fact (see tw_transport.reads_ahead). */
bool tw_chain_countable(const tw_chain *chain);

static inline tw_bytes tw_queue_view(const tw_queue *queue)
{
    tw_bytes all = queue->lent.data ? queue->lent : tw_buffer_view(&queue->buffer);
    return all.len ? tw_bytes_of(all.data + queue->head, all.len - queue->head) : all;
}

static inline void tw_queue_take(tw_queue *queue, size_t n)
{
    queue->head += n;
}

/* Gives up the room of what has left, at times: each byte is moved once on average. Moves what views point
 * to. */
void tw_queue_compact(tw_queue *queue);

#endif
