/* Memory for any input is a small multiple of its length (of what zlib inflates it to) and a constant, whatever sizes it claims. */
#include "fuzz/harness/meter.h"
#include "fuzz/harness/reading.h"
#include "suite/mutate/stream.h"

#include "wire/value/equal.h"

/* A byte can be an empty struct in a list: a node of 16 bytes, on a tape that doubles and is copied while it does. */
enum { EACH = 64, CONSTANT = 64 << 10, ZLIB_CONSTANT = 512 << 10 };

static const char *const tokens[] = {"peak", "claimed", "leak", "wrong-size", NULL};

/* Bytes that the protocol gets to read. */
static size_t unwrapped(fuzz_run *run, const assay_specimen *specimen)
{
    tw_buffer payload;
    (void)run;
    tw_buffer_init(&payload, NULL);
    assay_stream_unwrap(assay_specimen_stack(specimen->stack), specimen->payload, &payload);
    size_t len = payload.len;
    tw_buffer_deinit(&payload);
    return len;
}

static void check(fuzz_run *run, const assay_specimen *specimen)
{
    fuzz_meter *meter = fuzz_meter_of(run);
    fuzz_reading got;
    size_t len = specimen->payload.len + unwrapped(run, specimen);
    size_t most = len * EACH + CONSTANT + (specimen->stack >= 4 ? ZLIB_CONSTANT : 0);
    fuzz_read_specimen(run, specimen, &got);
    if (meter->largest > most)
        prop_fail(run, "claimed", got.out.error.rule, "%zu bytes at once for an input of %zu", meter->largest,
                  len);
    if (meter->peak > most)
        prop_fail(run, "peak", got.out.error.rule, "%zu bytes for an input of %zu", meter->peak, len);
    fuzz_note_reading(run, &got);
    fuzz_reading_deinit(&got);
}

const fuzz_harness fuzz_this = {
    .name = "alloc_bound",
    .property = "Memory is bounded by a small multiple of the input, whatever sizes the input claims.",
    .max_len = 4096,
    .tokens = tokens,
    .self_test = "SIZE_UNCHECKED",
    .check = check,
};
