/* Transports, wrapped as a stack's name says, with a protocol on top. */
#ifndef GLUE_STACK_H
#define GLUE_STACK_H

#include "testee.h"

#include <thrift/c_glib/protocol/thrift_protocol.h>
#include <thrift/c_glib/transport/thrift_transport.h>

/* A transport that hands out one chunk per read and fails at the end; or, with something inside, passes reads
 * on and notes whether the protocol has had any byte of a message, by which a session's clean end is told
 * from a message cut short. */
typedef struct Feed {
    ThriftTransport parent;
    const testee_input *input;
    size_t at;
    ThriftTransport *inside;
    gboolean moved;
} Feed;
typedef struct FeedClass {
    ThriftTransportClass parent;
} FeedClass;

/* A memory buffer or a Feed at the bottom. */
typedef struct Stack {
    GByteArray *memory;
    size_t length;
    Feed *feed, *watch; /* NULL where there is none */
    ThriftTransport *layers[4], *top;
    int count;
    ThriftProtocol *protocol;
    gboolean zlib;
} Stack;

/* input NULL: a stack to write to. watched: from a Feed, with one that notes on top. False when the library
 * has no such stack; then there is nothing to close. */
gboolean stack_open(Stack *s, const char *name, const testee_input *input, gboolean watched);
void stack_close(Stack *s);

/* Bytes of the input that have been taken. */
size_t stack_taken(const Stack *s);

#endif
