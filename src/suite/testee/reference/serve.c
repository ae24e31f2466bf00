#include "suite/testee/reference/reference.h"
#include "suite/testee/testee.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { READ_BYTES = 256 * 1024, WRITE_BYTES = 256 * 1024, KEPT = 8 << 20 };

static bool write_all(int fd, tw_buffer *out)
{
    size_t at = 0;
    while (at < out->len) {
        ssize_t n = write(fd, out->data + at, out->len - at);
        if (n < 0 && errno != EINTR) return false;
        if (n > 0) at += (size_t)n;
    }
    tw_buffer_clear(out);
    if (out->capacity > KEPT) tw_buffer_deinit(out);
    return true;
}

/* The stream of requests: bytes from `start` on are not answered, and hold no line end before `scanned`. */
typedef struct requests {
    int fd;
    tw_buffer bytes;
    size_t start, scanned;
    bool too_long;
} requests;

static bool take_line(requests *in, tw_bytes *line)
{
    if (in->scanned == in->bytes.len) return false;
    const uint8_t *end = memchr(in->bytes.data + in->scanned, '\n', in->bytes.len - in->scanned);
    if (!end) {
        in->scanned = in->bytes.len;
        in->too_long = in->bytes.len - in->start > ASSAY_LINE_MAX;
        return false;
    }
    const uint8_t *from = in->bytes.data + in->start;
    *line = tw_bytes_of(from, (size_t)(end - from));
    in->start = in->scanned = (size_t)(end - in->bytes.data) + 1;
    return true;
}

/* Waits for more. 0 at the end, negative when reading or memory failed. */
static ssize_t read_more(requests *in)
{
    if (in->start > 0) {
        tw_buffer_drop(&in->bytes, in->start);
        in->scanned -= in->start;
        in->start = 0;
        if (in->bytes.len == 0 && in->bytes.capacity > KEPT) tw_buffer_deinit(&in->bytes);
    }
    uint8_t *room = tw_buffer_reserve(&in->bytes, READ_BYTES);
    if (!room) return -1;
    ssize_t n;
    do n = read(in->fd, room, in->bytes.capacity - in->bytes.len);
    while (n < 0 && errno == EINTR);
    if (n > 0) in->bytes.len += (size_t)n;
    return n;
}

static int serve(assay_reference *reference, requests *in, int out_fd, tw_buffer *out)
{
    for (;;) {
        tw_bytes line;
        while (take_line(in, &line)) {
            assay_reference_then then = assay_reference_answer(reference, line, out);
            if (out->failed) return 1;
            if (then != ASSAY_REFERENCE_GO_ON) {
                bool written = write_all(out_fd, out);
                return written && then == ASSAY_REFERENCE_BYE ? 0 : 1;
            }
            if (out->len >= WRITE_BYTES && !write_all(out_fd, out)) return 1;
        }
        if (!write_all(out_fd, out)) return 1;
        ssize_t n = in->too_long ? -1 : read_more(in);
        if (n > 0) continue;
        if (n == 0 && in->start == in->bytes.len) return 0;
        static const char bad[] = "0 error bad request\n";
        tw_buffer_append(out, bad, sizeof bad - 1);
        write_all(out_fd, out);
        return 1;
    }
}

int assay_reference_serve(int in_fd, int out_fd)
{
    assay_reference *reference = assay_reference_new();
    if (!reference) return 1;
    requests in = {.fd = in_fd};
    tw_buffer out;
    tw_buffer_init(&in.bytes, NULL);
    tw_buffer_init(&out, NULL);
    int status = serve(reference, &in, out_fd, &out);
    tw_buffer_deinit(&in.bytes);
    tw_buffer_deinit(&out);
    assay_reference_free(reference);
    return status;
}
