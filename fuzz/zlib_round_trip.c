/* The payload is what a zlib stream inflates to. It is compressed here, so that mutation reaches what is inside: the stream inflates
 * to it again, in our reader and in zlib itself; and one with a byte changed does what zlib itself does. */
#include "fuzz/harness/reading.h"

#include <assert.h>
#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

/* STATE: words of a transport's own state, more than it needs. */
enum { UNITS = 4, MOST = 1 << 16, STATE = 256 };

static const char *const tokens[] = {"not-written",     "not-read", "bytes-differ", "zlib-differs",
                                     "changed-differs", "leak",     "wrong-size",   NULL};

static bool write_all(fuzz_run *run, const assay_specimen *specimen, tw_buffer *wire)
{
    uint64_t state[STATE] = {0};
    tw_bytes rest = specimen->payload;
    bool ok = tw_zlib.writer_size <= sizeof state && tw_zlib.writer_open(state, run->alloc) == TW_OK;
    for (unsigned i = 0; ok && i < UNITS && rest.len > 0; i++) {
        size_t n = i + 1 == UNITS ? rest.len : fuzz_pick(specimen, i, rest.len) + 1;
        ok = tw_zlib.write(state, tw_bytes_of(rest.data, n), wire) == TW_OK;
        rest = tw_bytes_of(rest.data + n, rest.len - n);
    }
    if (ok && (specimen->flags & 1)) ok = tw_zlib.finish(state, wire) == TW_OK;
    tw_zlib.writer_close(state);
    return ok || prop_fail(run, "not-written", TW_RULE_NONE, "units cannot be compressed");
}

/* Our reader, with so many more bytes shown in each step. Returns how it ended: TW_TRUNCATED is all there was. */
static tw_class read_all(fuzz_run *run, tw_bytes wire, size_t step, tw_buffer *out)
{
    uint64_t state[STATE] = {0};
    tw_limits limits = tw_limits_default();
    tw_error error;
    tw_class cls = TW_MEMORY;
    size_t at = 0, shown = 0;
    assert(tw_zlib.reader_size <= sizeof state);
    if (tw_zlib.reader_open(state, &limits, run->alloc) == TW_OK) {
        for (;;) {
            size_t taken = 0;
            cls = tw_zlib.read(state, tw_bytes_of(wire.data + at, shown - at), 512, &taken, out, &error);
            at += taken;
            if (cls == TW_OK && out->len <= MOST) continue;
            if (cls != TW_TRUNCATED || shown == wire.len) break;
            shown = wire.len - shown < step ? wire.len : shown + step;
        }
    }
    tw_zlib.reader_close(state);
    return cls;
}

/* zlib by itself. True where nothing was wrong with the stream. */
static bool inflate_all(tw_bytes wire, tw_buffer *out)
{
    z_stream z = {.next_in = wire.data, .avail_in = (uInt)wire.len};
    int result = inflateInit(&z);
    if (result != Z_OK) return false;
    while (result == Z_OK && out->len <= MOST) {
        uint8_t *room = tw_buffer_reserve(out, 512);
        if (!room) break;
        z.next_out = room;
        z.avail_out = 512;
        result = inflate(&z, Z_SYNC_FLUSH);
        out->len += 512 - z.avail_out;
        if (z.avail_out > 0 && z.avail_in == 0) break;
    }
    bool left = z.avail_in > 0;
    inflateEnd(&z);
    return result == Z_OK || result == Z_BUF_ERROR || (result == Z_STREAM_END && !left);
}

static void check_whole(fuzz_run *run, const assay_specimen *specimen, tw_bytes wire, size_t step)
{
    tw_buffer out;
    tw_buffer_init(&out, run->alloc);
    tw_class cls = read_all(run, wire, step, &out);
    if (cls != TW_TRUNCATED)
        prop_fail(run, "not-read", TW_RULE_ZLIB_DATA, "a stream that was written is %s", tw_class_name(cls));
    else if (!tw_bytes_equal(tw_buffer_view(&out), specimen->payload))
        prop_fail(run, "bytes-differ", TW_RULE_ZLIB_FLUSH, "%zu bytes went in, %zu came out or others",
                  specimen->payload.len, out.len);
    tw_buffer_deinit(&out);
}

static void check_against_zlib(fuzz_run *run, const char *token, tw_bytes wire)
{
    tw_buffer ours, theirs;
    tw_buffer_init(&ours, run->alloc);
    tw_buffer_init(&theirs, run->alloc);
    tw_class cls = read_all(run, wire, wire.len, &ours);
    bool ok = inflate_all(wire, &theirs);
    bool large = ours.len > MOST || theirs.len > MOST;
    if (!large && ok != (cls == TW_TRUNCATED))
        prop_fail(run, token, TW_RULE_ZLIB_DATA, "we: %s; zlib: %s", tw_class_name(cls),
                  ok ? "nothing wrong" : "wrong");
    else if (!large && !tw_bytes_equal(tw_buffer_view(&ours), tw_buffer_view(&theirs)))
        prop_fail(run, token, TW_RULE_ZLIB_DATA, "inflates to %zu bytes, with zlib to %zu or others",
                  ours.len, theirs.len);
    prop_note(run, &ok, sizeof ok);
    tw_buffer_deinit(&ours);
    tw_buffer_deinit(&theirs);
}

static void check(fuzz_run *run, const assay_specimen *specimen)
{
    tw_buffer wire;
    tw_buffer_init(&wire, run->alloc);
    if (specimen->payload.len > 0 && write_all(run, specimen, &wire)) {
        check_whole(run, specimen, tw_buffer_view(&wire), wire.len);
        check_whole(run, specimen, tw_buffer_view(&wire), specimen->flags + 1u);
        check_against_zlib(run, "zlib-differs", tw_buffer_view(&wire));
        /* One changed byte, where the parameter says. */
        wire.data[fuzz_pick(specimen, 100, wire.len)] ^= (uint8_t)(1u << fuzz_pick(specimen, 101, 8));
        check_against_zlib(run, "changed-differs", tw_buffer_view(&wire));
    }
    prop_note(run, specimen->payload.data, specimen->payload.len);
    tw_buffer_deinit(&wire);
}

const fuzz_harness fuzz_this = {
    .name = "zlib_round_trip",
    .property = "What is compressed inflates to itself, here and in zlib, and a damaged stream does here "
                "what it does in zlib.",
    .max_len = 2048,
    .covers = "src/wire/transport/zlib.c",
    .tokens = tokens,
    .self_test = "ZLIB_STATE_PER_MESSAGE",
    .check = check,
};
