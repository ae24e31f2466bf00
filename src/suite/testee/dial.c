#include "suite/testee/dial.h"

#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { RETRY_MS = 50 };

static void try_next(assay_dial *dial);

static assay_dial *dial_of_stream(uv_handle_t *handle)
{
    return (assay_dial *)((char *)handle - offsetof(assay_dial, stream));
}

static void check_closed(assay_dial *dial)
{
    if (dial->stream_open || dial->listener_open || dial->timer_open || dial->resolving) return;
    if (dial->found) uv_freeaddrinfo(dial->found);
    dial->found = NULL;
    dial->closed(dial);
}

static void finish(assay_dial *dial, int error)
{
    void (*done)(assay_dial *, int) = dial->done;
    dial->done = NULL;
    if (done) done(dial, error);
}

static void on_retry(uv_timer_t *timer)
{
    try_next(timer->data);
}

/* An attempt failed, and its socket is closed. */
static void on_stream_closed(uv_handle_t *handle)
{
    assay_dial *dial = dial_of_stream(handle);
    dial->stream_open = false;
    if (dial->closing) {
        check_closed(dial);
        return;
    }
    if (dial->next) dial->next = dial->next->ai_next;
    if (dial->next) {
        try_next(dial);
        return;
    }
    dial->next = dial->found;
    uv_update_time(dial->loop);
    if (uv_now(dial->loop) + RETRY_MS >= dial->deadline_ms)
        finish(dial, dial->error);
    else
        uv_timer_start(&dial->retry, on_retry, RETRY_MS, 0);
}

static void connected(assay_dial *dial, int error)
{
    dial->error = error;
    if (dial->closing) return;
    if (error) {
        uv_close(&dial->stream.handle, on_stream_closed);
        return;
    }
    if (dial->address.tcp) uv_tcp_nodelay(&dial->stream.tcp, 1);
    finish(dial, 0);
}

static void on_connected(uv_connect_t *connect, int status)
{
    connected(connect->data, status);
}

static void try_next(assay_dial *dial)
{
    dial->connect.data = dial;
    dial->stream_open = true;
    if (dial->address.tcp) {
        uv_tcp_init(dial->loop, &dial->stream.tcp);
        int error = uv_tcp_connect(&dial->connect, &dial->stream.tcp, dial->next->ai_addr, on_connected);
        if (error) connected(dial, error);
    } else {
        uv_pipe_init(dial->loop, &dial->stream.pipe, 0);
        uv_pipe_connect(&dial->connect, &dial->stream.pipe, dial->address.path, on_connected);
    }
}

static void on_resolved(uv_getaddrinfo_t *resolve, int status, struct addrinfo *found)
{
    assay_dial *dial = resolve->data;
    dial->resolving = false;
    dial->found = dial->next = found;
    if (dial->closing)
        check_closed(dial);
    else if (status || !found)
        finish(dial, status ? status : UV_EAI_NONAME);
    else
        try_next(dial);
}

static bool prepare(assay_dial *dial, uv_loop_t *loop, const char *address, void (*done)(assay_dial *, int))
{
    *dial = (assay_dial){.loop = loop, .done = done, .timer_open = true};
    uv_timer_init(loop, &dial->retry);
    dial->retry.data = dial;
    snprintf(dial->name, sizeof dial->name, "%s", address);
    const char *why;
    if (assay_address_parse(address, &dial->address, &why)) return true;
    snprintf(dial->why, sizeof dial->why, "%.128s: %s", address, why);
    return false;
}

bool assay_dial_connect(assay_dial *dial, uv_loop_t *loop, const char *address,
                        void (*done)(assay_dial *, int))
{
    if (!prepare(dial, loop, address, done)) return false;
    uv_update_time(loop);
    dial->deadline_ms = uv_now(loop) + ASSAY_DIAL_MS;
    if (!dial->address.tcp) {
        try_next(dial);
        return true;
    }
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    dial->resolve.data = dial;
    int error =
        uv_getaddrinfo(loop, &dial->resolve, on_resolved, dial->address.host, dial->address.port, &hints);
    dial->resolving = error == 0;
    if (error) snprintf(dial->why, sizeof dial->why, "%.128s: %s", dial->address.host, uv_strerror(error));
    return error == 0;
}

static void on_listener_closed(uv_handle_t *handle)
{
    assay_dial *dial = (assay_dial *)((char *)handle - offsetof(assay_dial, listener));
    dial->listener_open = false;
    if (dial->closing) check_closed(dial);
}

static void on_caller(uv_stream_t *listener, int status)
{
    assay_dial *dial = (assay_dial *)((char *)listener - offsetof(assay_dial, listener));
    if (status || dial->stream_open || dial->closing) return;
    dial->stream_open = true;
    if (dial->address.tcp)
        uv_tcp_init(dial->loop, &dial->stream.tcp);
    else
        uv_pipe_init(dial->loop, &dial->stream.pipe, 0);
    int error = uv_accept(listener, &dial->stream.stream);
    uv_close(&dial->listener.handle, on_listener_closed);
    if (!dial->address.tcp) unlink(dial->address.path);
    if (!error && dial->address.tcp) uv_tcp_nodelay(&dial->stream.tcp, 1);
    finish(dial, error);
}

bool assay_dial_listen(assay_dial *dial, uv_loop_t *loop, const char *address,
                       void (*done)(assay_dial *, int))
{
    if (!prepare(dial, loop, address, done)) return false;
    int fd = assay_address_listen(&dial->address, dial->name, sizeof dial->name, dial->why, sizeof dial->why);
    if (fd < 0) return false;
    dial->listener_open = true;
    int error;
    if (dial->address.tcp) {
        uv_tcp_init(loop, &dial->listener.tcp);
        error = uv_tcp_open(&dial->listener.tcp, fd);
    } else {
        uv_pipe_init(loop, &dial->listener.pipe, 0);
        error = uv_pipe_open(&dial->listener.pipe, fd);
    }
    if (error)
        close(fd);
    else
        error = uv_listen(&dial->listener.stream, 1, on_caller);
    if (error) snprintf(dial->why, sizeof dial->why, "cannot listen on %s: %s", address, uv_strerror(error));
    return error == 0;
}

static void on_timer_closed(uv_handle_t *timer)
{
    assay_dial *dial = timer->data;
    dial->timer_open = false;
    check_closed(dial);
}

void assay_dial_close(assay_dial *dial, void (*closed)(assay_dial *))
{
    dial->closing = true;
    dial->closed = closed;
    dial->done = NULL;
    uv_close((uv_handle_t *)&dial->retry, on_timer_closed);
    if (dial->resolving) uv_cancel((uv_req_t *)&dial->resolve);
    if (dial->stream_open && !uv_is_closing(&dial->stream.handle))
        uv_close(&dial->stream.handle, on_stream_closed);
    if (dial->listener_open && !uv_is_closing(&dial->listener.handle)) {
        uv_close(&dial->listener.handle, on_listener_closed);
        if (!dial->address.tcp) unlink(dial->address.path);
    }
}
