/* What was read and written again reads and writes the same. Bytes are compared, not values: NaNs need no exception then. */
#include "fuzz/harness/reading.h"

static const char *const tokens[] = {"not-written", "not-read", "bytes-differ", "leftover", "leak",
                                     "wrong-size",  NULL};

static void check_again(fuzz_run *run, const fuzz_reading *first, const tw_stack *stack, tw_bytes written)
{
    fuzz_reading second;
    tw_buffer again;
    char text[FUZZ_ERROR_TEXT], a[FUZZ_HEX_TEXT], b[FUZZ_HEX_TEXT];
    tw_buffer_init(&again, run->alloc);
    if (fuzz_read(run, stack, first->unit, written, NULL, &second) != TW_OK)
        prop_fail(run, "not-read", second.out.error.rule, "what was written is %s: %s",
                  fuzz_error(&second.out.error, text), fuzz_hex(written, a));
    else if (second.consumed != SIZE_MAX && second.consumed != written.len)
        prop_fail(run, "leftover", TW_RULE_NONE, "%zu of %zu bytes are taken", second.consumed, written.len);
    else if (fuzz_write(run, stack, &second, &again) != TW_OK)
        prop_fail(run, "not-written", TW_RULE_NONE, "what was read twice cannot be written");
    else if (!tw_bytes_equal(written, tw_buffer_view(&again)))
        prop_fail(run, "bytes-differ", TW_RULE_NONE, "%s, then %s", fuzz_hex(written, a),
                  fuzz_hex(tw_buffer_view(&again), b));
    tw_buffer_deinit(&again);
    fuzz_reading_deinit(&second);
}

static void check(fuzz_run *run, const assay_specimen *specimen)
{
    const tw_stack *stack = assay_specimen_stack(specimen->stack);
    fuzz_reading first;
    if (fuzz_read_specimen(run, specimen, &first) == TW_OK) {
        tw_buffer written;
        if (fuzz_write(run, stack, &first, &written) == TW_OK)
            check_again(run, &first, stack, tw_buffer_view(&written));
        else
            prop_fail(run, "not-written", TW_RULE_NONE, "what was read cannot be written");
        tw_buffer_deinit(&written);
    }
    fuzz_note_reading(run, &first);
    fuzz_reading_deinit(&first);
}

const fuzz_harness fuzz_this = {
    .name = "round_trip",
    .property = "What was read and written again reads and writes the same bytes.",
    .max_len = 4096,
    .tokens = tokens,
    .self_test = "COMPACT_WRITE_DELTA_SIXTEEN",
    .check = check,
};
