/* Gets a connected socket: by connecting, again and again for 5 s, or by listening until somebody comes. */
#ifndef SUITE_TESTEE_DIAL_H
#define SUITE_TESTEE_DIAL_H

#include "suite/testee/address.h"

#include <uv.h>

#define ASSAY_DIAL_MS 5000

typedef union assay_stream {
    uv_handle_t handle;
    uv_stream_t stream;
    uv_tcp_t tcp;
    uv_pipe_t pipe;
} assay_stream;

typedef struct assay_dial {
    uv_loop_t *loop;
    assay_address address;
    char name[320];      /* the address; for a listener with its true port */
    assay_stream stream; /* connected when done was called with 0; its `data` is the owner's */
    assay_stream listener;
    uv_timer_t retry;
    uv_getaddrinfo_t resolve;
    uv_connect_t connect;
    struct addrinfo *found, *next;
    uint64_t deadline_ms;
    int error; /* of the last attempt */
    bool stream_open, listener_open, timer_open, resolving, closing;
    void (*done)(struct assay_dial *dial, int error);
    void (*closed)(struct assay_dial *dial);
    char why[256]; /* when starting returned false */
} assay_dial;

/* Starts; `done` is called once, later: 0 and the stream is connected, or libuv's error. False when the
 * address is wrong or cannot be listened on; dial->why says why then, and done is not called. In each case
 * the owner calls assay_dial_close at the end. */
bool assay_dial_connect(assay_dial *dial, uv_loop_t *loop, const char *address,
                        void (*done)(assay_dial *, int));
bool assay_dial_listen(assay_dial *dial, uv_loop_t *loop, const char *address,
                       void (*done)(assay_dial *, int));

/* Ends everything, the stream included; `closed` is called later. */
void assay_dial_close(assay_dial *dial, void (*closed)(assay_dial *));

#endif
