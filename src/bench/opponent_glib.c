/* The bench's worker for Apache Thrift's C library on GLib: generated structs, its own memory buffer.
 * Decoding of payloads a and d only; the buffer moves all that is left at every read, so larger ones take
 * minutes. */
#include "bench/worker.h"

#include <payload_types.h> /* generated from payload.thrift */
#include <stdlib.h>
#include <thrift/c_glib/protocol/thrift_binary_protocol.h>
#include <thrift/c_glib/protocol/thrift_compact_protocol.h>
#include <thrift/c_glib/transport/thrift_memory_buffer.h>

typedef struct job {
    GType protocol, type;
    unsigned char *bytes;
    size_t len;
} job;

static void decode(void *context)
{
    job *j = context;
    GError *error = NULL;
    GByteArray *array = g_byte_array_sized_new((guint)j->len);
    g_byte_array_append(array, j->bytes, (guint)j->len);
    ThriftTransport *transport =
        g_object_new(THRIFT_TYPE_MEMORY_BUFFER, "buf", array, "buf_size", 4 << 20, NULL);
    ThriftProtocol *protocol = g_object_new(j->protocol, "transport", transport, NULL);
    ThriftStruct *value = g_object_new(j->type, NULL);
    if (thrift_struct_read(value, protocol, &error) < 0) exit(1);
    g_object_unref(value);
    g_object_unref(protocol);
    g_object_unref(transport);
}

int main(int argc, char **argv)
{
    bench_order order;
    if (argc != 2) return 2;
    unsigned char *bytes = malloc(4 << 20);
    if (!bytes) return 1;
    while (bench_next(&order)) {
        job j = {0};
        int known = strcmp(order.op, "decode") == 0 && strchr("ad", order.payload[0]);
        j.protocol = strcmp(order.protocol, "compact") == 0 ? THRIFT_TYPE_COMPACT_PROTOCOL
                                                            : THRIFT_TYPE_BINARY_PROTOCOL;
        j.type = order.payload[0] == 'a' ? TYPE_SMALL : TYPE_ITEMS;
        j.bytes = bytes;
        j.len = bench_load(argv[1], &order, bytes, 4 << 20);
        bench_answer(known ? bench_measure(decode, &j, order.ms) : -1);
    }
    free(bytes);
    return 0;
}
