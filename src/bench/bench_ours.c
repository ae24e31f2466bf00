/* The bench's worker for libthriftwire. `bench_ours --write FOLDER` writes the payloads for all workers;
 * `bench_ours FOLDER` measures. */
#include "bench/payloads.h"
#include "bench/worker.h"
#include "wire/protocol/protocol.h"
#include "wire/stack/stack.h"

#include <stdlib.h>
#include <zlib.h>

typedef struct job {
    const tw_protocol *protocol;
    tw_decode_options options;
    tw_tree tree;  /* decoding into, reused as a program would */
    tw_tree value; /* encoding from */
    tw_buffer out;
    tw_bytes in;
    tw_stack stack;
    unsigned char *plain;
    size_t plain_size;
    z_stream z;
} job;

static void decode(void *context)
{
    job *j = context;
    tw_outcome out;
    if (tw_decode(j->protocol, j->in, &j->options, &j->tree, &out) != TW_OK) exit(1);
}

static void skip(void *context)
{
    job *j = context;
    tw_outcome out;
    if (tw_skip(j->protocol, j->in, &j->options, &out) != TW_OK) exit(1);
}

static void encode(void *context)
{
    job *j = context;
    tw_buffer_clear(&j->out);
    if (tw_encode(j->protocol, tw_tree_root(&j->value), &j->out) != TW_OK) exit(1);
}

static void copy(void *context)
{
    job *j = context;
    memcpy(j->plain, j->in.data, j->in.len);
    __asm__ volatile("" : : "r"(j->plain) : "memory");
}

/* One message through the zlib transport alone: no protocol, the same stream objects as a connection has. */
static void zlib_write(void *context)
{
    job *j = context;
    tw_buffer_clear(&j->out);
    void *writer = calloc(1, tw_zlib.writer_size);
    if (!writer || tw_zlib.writer_open(writer, tw_alloc_default()) != TW_OK ||
        tw_zlib.write(writer, j->in, &j->out) != TW_OK)
        exit(1);
    tw_zlib.writer_close(writer);
    free(writer);
}

static void raw_zlib_write(void *context)
{
    job *j = context;
    z_stream z = {0};
    if (deflateInit(&z, Z_DEFAULT_COMPRESSION) != Z_OK) exit(1);
    tw_buffer_clear(&j->out);
    z.next_in = (unsigned char *)(uintptr_t)j->in.data;
    z.avail_in = (uInt)j->in.len;
    z.next_out = tw_buffer_reserve(&j->out, deflateBound(&z, (uLong)j->in.len) + 64);
    z.avail_out = (uInt)(deflateBound(&z, (uLong)j->in.len) + 64);
    if (deflate(&z, Z_SYNC_FLUSH) != Z_OK) exit(1);
    j->out.len = z.total_out;
    deflateEnd(&z);
}

static void zlib_read(void *context)
{
    job *j = context;
    tw_limits limits = tw_limits_default();
    void *reader = calloc(1, tw_zlib.reader_size);
    tw_error error = {0};
    if (!reader || tw_zlib.reader_open(reader, &limits, tw_alloc_default()) != TW_OK) exit(1);
    tw_bytes in = j->in;
    tw_buffer_clear(&j->out);
    for (;;) {
        size_t taken = 0;
        tw_class cls = tw_zlib.read(reader, in, 65536, &taken, &j->out, &error);
        in.data += taken;
        in.len -= taken;
        if (cls != TW_OK) break;
    }
    tw_zlib.reader_close(reader);
    free(reader);
    if (j->out.len != j->plain_size) exit(1);
}

static void raw_zlib_read(void *context)
{
    job *j = context;
    z_stream z = {0};
    if (inflateInit(&z) != Z_OK) exit(1);
    z.next_in = (unsigned char *)(uintptr_t)j->in.data;
    z.avail_in = (uInt)j->in.len;
    tw_buffer_clear(&j->out);
    while (z.avail_in > 0) {
        z.next_out = tw_buffer_reserve(&j->out, 65536);
        z.avail_out = 65536;
        int status = inflate(&z, Z_SYNC_FLUSH);
        j->out.len += 65536 - z.avail_out;
        if (status != Z_OK) break;
    }
    inflateEnd(&z);
    if (j->out.len != j->plain_size) exit(1);
}

static double measure(job *j, const bench_order *order)
{
    static const struct {
        const char *op;
        void (*step)(void *);
    } steps[] = {{"decode", decode},
                 {"decode-copy", decode},
                 {"skip", skip},
                 {"encode", encode},
                 {"memcpy", copy},
                 {"zlib-write", zlib_write},
                 {"zlib-raw-write", raw_zlib_write},
                 {"zlib-read", zlib_read},
                 {"zlib-raw-read", raw_zlib_read}};
    j->options = tw_decode_defaults();
    j->options.copy = strcmp(order->op, "decode-copy") == 0;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (strcmp(steps[i].op, order->op) == 0) return bench_measure(steps[i].step, j, order->ms);
    }
    return -1;
}

static int work(const char *folder)
{
    static unsigned char bytes[4 << 20], plain[sizeof bytes];
    bench_order order;
    while (bench_next(&order)) {
        job j = {.protocol = tw_protocol_find(order.protocol), .plain = plain};
        tw_tree_init(&j.tree, NULL, SIZE_MAX);
        tw_tree_init(&j.value, NULL, SIZE_MAX);
        tw_buffer_init(&j.out, NULL);
        if (!j.protocol || !bench_payload(order.payload[0], &j.value)) return 1;
        j.in = tw_bytes_of(bytes, bench_load(folder, &order, bytes, sizeof bytes));
        if (strstr(order.op, "-read") && strstr(order.op, "zlib")) { /* what is read is what was written */
            j.plain_size = j.in.len;
            raw_zlib_write(&j);
            memcpy(bytes, j.out.data, j.out.len);
            j.in.len = j.out.len;
        }
        bench_answer(measure(&j, &order));
        tw_tree_deinit(&j.tree);
        tw_tree_deinit(&j.value);
        tw_buffer_deinit(&j.out);
    }
    return 0;
}

static int write_payloads(const char *folder)
{
    static const tw_protocol *const protocols[] = {&tw_binary, &tw_compact};
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    for (const char *name = "abcdefghi"; *name; name++) {
        if (!bench_payload(*name, &tree)) return 1;
        for (size_t p = 0; p < 2; p++) {
            tw_buffer out;
            tw_buffer_init(&out, NULL);
            char path[512];
            snprintf(path, sizeof path, "%s/%s-%c", folder, tw_protocol_name(protocols[p]), *name);
            FILE *file = fopen(path, "wb");
            if (!file || tw_encode(protocols[p], tw_tree_root(&tree), &out) != TW_OK) return 1;
            bool ok = fwrite(out.data, 1, out.len, file) == out.len;
            if (fclose(file) != 0 || !ok) return 1;
            tw_buffer_deinit(&out);
        }
    }
    tw_tree_deinit(&tree);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--write") == 0) return write_payloads(argv[2]);
    return argc == 2 ? work(argv[1]) : 2;
}
