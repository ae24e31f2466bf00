/* An accepted unit that is cut anywhere is truncated: not accepted, not malformed, and not waited for without end. */
#include "fuzz/harness/reading.h"

#include <stdlib.h>
#include <string.h>

/* Every cut of a short unit is tried, and so many of a long one. */
enum { CUTS = 64 };

static const char *const tokens[] = {"accepted", "not-truncated", "value-differs",
                                     "leak",     "wrong-size",    NULL};

static bool has_zlib(const assay_specimen *specimen)
{
    return specimen->stack >= 4;
}

/* The cut stands in a block of its own size. */
static void check_cut(fuzz_run *run, const assay_specimen *specimen, const fuzz_reading *whole, size_t at)
{
    fuzz_reading got;
    char text[FUZZ_ERROR_TEXT];
    uint8_t *copy = malloc(at ? at : 1);
    if (!copy) return;
    if (at) memcpy(copy, specimen->payload.data, at);
    tw_class cls = fuzz_read(run, whole->stack, whole->unit, tw_bytes_of(copy, at), NULL, &got);
    /* A stream of zlib ends with bytes that carry nothing: without them the value may be there. */
    if (cls == TW_OK && !has_zlib(specimen))
        prop_fail(run, "accepted", TW_RULE_NONE, "the first %zu of %zu bytes are accepted", at,
                  whole->consumed);
    else if (cls == TW_OK && !fuzz_same_value(whole, &got))
        prop_fail(run, "value-differs", TW_RULE_NONE, "the first %zu bytes hold another value", at);
    else if (cls != TW_OK && cls != TW_TRUNCATED)
        prop_fail(run, "not-truncated", got.out.error.rule, "the first %zu bytes: %s", at,
                  fuzz_error(&got.out.error, text));
    fuzz_reading_deinit(&got);
    free(copy);
}

static void check(fuzz_run *run, const assay_specimen *specimen)
{
    fuzz_reading whole;
    if (fuzz_read_specimen(run, specimen, &whole) == TW_OK) {
        size_t len = whole.consumed == SIZE_MAX ? specimen->payload.len : whole.consumed;
        if (len <= CUTS)
            for (size_t at = 0; at < len; at++) check_cut(run, specimen, &whole, at);
        else
            for (unsigned i = 0; i < CUTS; i++)
                check_cut(run, specimen, &whole, i < 16 ? len - 1 - i : fuzz_pick(specimen, i, len));
    }
    fuzz_note_reading(run, &whole);
    fuzz_reading_deinit(&whole);
}

const fuzz_harness fuzz_this = {
    .name = "prefix_truncated",
    .property = "Every beginning of an accepted unit is truncated.",
    .max_len = 1024,
    .tokens = tokens,
    .self_test = "FRAMED_PARTIAL_DELIVERED",
    .check = check,
};
