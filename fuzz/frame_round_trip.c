/* Units that are framed come out of frames as they went in, in whatever pieces the stream comes; the headers are counted by hand. */
#include "fuzz/harness/reading.h"

#include <assert.h>
#include <string.h>

/* Words of a transport's own state: more than it needs. */
enum { UNITS = 8, STATE = 256 };

static const char *const tokens[] = {"not-written", "header", "not-read",   "bytes-differ",
                                     "not-at-rest", "leak",   "wrong-size", NULL};

/* The payload in up to UNITS units, none empty. */
static size_t split(const assay_specimen *specimen, tw_bytes units[UNITS])
{
    tw_bytes rest = specimen->payload;
    size_t count = 0;
    while (rest.len > 0 && count < UNITS) {
        size_t n = count + 1 == UNITS ? rest.len : fuzz_pick(specimen, (unsigned)count, rest.len) + 1;
        units[count++] = tw_bytes_of(rest.data, n);
        rest = tw_bytes_of(rest.data + n, rest.len - n);
    }
    return count;
}

static bool write_all(fuzz_run *run, const tw_bytes *units, size_t count, tw_buffer *wire)
{
    uint64_t state[STATE] = {0};
    bool ok = tw_framed.writer_size <= sizeof state && tw_framed.writer_open(state, run->alloc) == TW_OK;
    for (size_t i = 0; ok && i < count; i++) {
        size_t at = wire->len;
        ok = tw_framed.write(state, units[i], wire) == TW_OK;
        if (!ok) break;
        size_t len = 0;
        for (size_t k = 0; k < 4; k++) len = len * 256 + wire->data[at + k];
        if (len != units[i].len || wire->len - at != len + 4 ||
            memcmp(wire->data + at + 4, units[i].data, len) != 0)
            prop_fail(run, "header", TW_RULE_FRAMED_HEADER, "a unit of %zu bytes is framed as one of %zu",
                      units[i].len, len);
    }
    tw_framed.writer_close(state);
    return ok || prop_fail(run, "not-written", TW_RULE_NONE, "units cannot be framed");
}

/* Reads the stream with so many more bytes shown in each step. */
static void read_all(fuzz_run *run, const assay_specimen *specimen, tw_bytes wire, size_t step)
{
    uint64_t state[STATE] = {0};
    tw_limits limits = tw_limits_default();
    tw_error error = {.cls = TW_OK};
    tw_buffer out;
    size_t at = 0, shown = 0;
    tw_buffer_init(&out, run->alloc);
    assert(tw_framed.reader_size <= sizeof state);
    tw_framed.reader_open(state, &limits, run->alloc);
    for (;;) {
        size_t taken = 0;
        tw_class cls =
            tw_framed.read(state, tw_bytes_of(wire.data + at, shown - at), 1, &taken, &out, &error);
        at += taken;
        if (cls == TW_OK) continue;
        if (cls != TW_TRUNCATED) {
            prop_fail(run, "not-read", error.rule, "a frame that was written is %s", tw_class_name(cls));
            break;
        }
        if (shown == wire.len) break;
        shown = wire.len - shown < step ? wire.len : shown + step;
    }
    if (!run->token && !tw_framed.reader_at_rest(state))
        prop_fail(run, "not-at-rest", TW_RULE_FRAMED_TRUNCATED, "not at rest behind whole frames");
    if (!run->token && !tw_bytes_equal(tw_buffer_view(&out), specimen->payload))
        prop_fail(run, "bytes-differ", TW_RULE_FRAMED_HEADER, "%zu bytes went in, %zu came out or others",
                  specimen->payload.len, out.len);
    tw_framed.reader_close(state);
    tw_buffer_deinit(&out);
}

static void check(fuzz_run *run, const assay_specimen *specimen)
{
    tw_bytes units[UNITS];
    tw_buffer wire;
    size_t count = split(specimen, units);
    tw_buffer_init(&wire, run->alloc);
    if (count && write_all(run, units, count, &wire)) {
        read_all(run, specimen, tw_buffer_view(&wire), wire.len);
        read_all(run, specimen, tw_buffer_view(&wire), 1);
        read_all(run, specimen, tw_buffer_view(&wire), specimen->flags + 2u);
        prop_note(run, wire.data, wire.len);
    }
    tw_buffer_deinit(&wire);
}

const fuzz_harness fuzz_this = {
    .name = "frame_round_trip",
    .property =
        "Units that are framed come out of the frames as they went in, in whatever pieces the stream comes.",
    .max_len = 1024,
    .covers = "src/wire/transport/framed.c",
    .tokens = tokens,
    .self_test = "FRAMED_LITTLE_ENDIAN",
    .check = check,
};
