#include "stack.h"

#include <string.h>

#include <thrift/c_glib/protocol/thrift_binary_protocol.h>
#include <thrift/c_glib/protocol/thrift_compact_protocol.h>
#include <thrift/c_glib/thrift_configuration.h>
#include <thrift/c_glib/transport/thrift_framed_transport.h>
#include <thrift/c_glib/transport/thrift_memory_buffer.h>
#include <thrift/c_glib/transport/thrift_zlib_transport.h>

GType feed_get_type(void);
G_DEFINE_TYPE(Feed, feed, THRIFT_TYPE_TRANSPORT)

static gboolean feed_yes(ThriftTransport *t)
{
    (void)t;
    return TRUE;
}
static gboolean feed_done(ThriftTransport *t, GError **error)
{
    (void)t, (void)error;
    return TRUE;
}
static gboolean feed_peek(ThriftTransport *t, GError **error)
{
    Feed *feed = (Feed *)t;
    return feed->inside != NULL ? thrift_transport_peek(feed->inside, error)
                                : feed->at < feed->input->bytes.len;
}
static gint32 feed_read(ThriftTransport *t, gpointer to, guint32 len, GError **error)
{
    Feed *feed = (Feed *)t;
    if (feed->inside != NULL) {
        /* The first byte alone: where zlib's reader fails it does not say how far it came. */
        gint32 n = thrift_transport_read(feed->inside, to, feed->moved ? len : 1, error);
        feed->moved |= n > 0;
        return n;
    }
    const testee_input *input = feed->input;
    size_t chunk = 0, n = len;
    while (chunk < input->count && input->ends[chunk] <= feed->at) chunk++;
    if (chunk == input->count) {
        g_set_error(error, THRIFT_TRANSPORT_ERROR, THRIFT_TRANSPORT_ERROR_RECEIVE, "end of input");
        return -1;
    }
    if (n > input->ends[chunk] - feed->at) n = input->ends[chunk] - feed->at;
    memcpy(to, input->bytes.data + feed->at, n);
    feed->at += n;
    return (gint32)n;
}
static void feed_class_init(FeedClass *class)
{
    ThriftTransportClass *transport = THRIFT_TRANSPORT_CLASS(class);
    transport->is_open = feed_yes;
    transport->peek = feed_peek;
    transport->open = transport->close = transport->read_end = transport->write_end = transport->flush =
        feed_done;
    transport->read = feed_read;
}
static void feed_init(Feed *feed)
{
    feed->parent.remainingMessageSize_ = feed->parent.knowMessageSize_ = DEFAULT_MAX_MESSAGE_SIZE;
}

static ThriftTransport *push(Stack *s, gpointer transport)
{
    return s->top = s->layers[s->count++] = transport;
}

gboolean stack_open(Stack *s, const char *name, const testee_input *input, gboolean watched)
{
    static const struct {
        const char *prefix;
        gboolean framed, zlib;
    } forms[] = {
        {"framed/zlib/", TRUE, TRUE}, {"framed/", TRUE, FALSE}, {"zlib/", FALSE, TRUE}, {"", FALSE, FALSE}};
    size_t form = 0;
    while (strncmp(name, forms[form].prefix, strlen(forms[form].prefix)) != 0) form++;
    name += strlen(forms[form].prefix);
    gboolean compact = strcmp(name, "compact") == 0;
    *s = (Stack){.memory = g_byte_array_new(), .zlib = forms[form].zlib};
    if (!compact && strcmp(name, "binary") != 0) {
        g_byte_array_unref(s->memory);
        return FALSE;
    }
    if (input != NULL && (watched || input->count > 1)) {
        s->feed = g_object_new(feed_get_type(), NULL);
        s->feed->input = input;
        push(s, s->feed);
    } else {
        if (input != NULL) g_byte_array_append(s->memory, input->bytes.data, (guint)input->bytes.len);
        push(s, g_object_new(THRIFT_TYPE_MEMORY_BUFFER, "buf", s->memory, "owner", FALSE, NULL));
    }
    s->length = input != NULL ? input->bytes.len : 0;
    if (forms[form].framed) push(s, g_object_new(THRIFT_TYPE_FRAMED_TRANSPORT, "transport", s->top, NULL));
    if (forms[form].zlib) push(s, g_object_new(THRIFT_TYPE_ZLIB_TRANSPORT, "transport", s->top, NULL));
    if (watched) {
        s->watch = g_object_new(feed_get_type(), NULL);
        s->watch->inside = s->top;
        push(s, s->watch);
    }
    s->protocol = g_object_new(compact ? THRIFT_TYPE_COMPACT_PROTOCOL : THRIFT_TYPE_BINARY_PROTOCOL,
                               "transport", s->top, NULL);
    return TRUE;
}

void stack_close(Stack *s)
{
    g_object_unref(s->protocol);
    while (s->count > 0) g_object_unref(s->layers[--s->count]);
    g_byte_array_unref(s->memory);
}

size_t stack_taken(const Stack *s)
{
    return s->feed != NULL ? s->feed->at : s->length - s->memory->len;
}
