/* A value goes through the other protocol and back, and comes out as it was. */
#include "fuzz/harness/reading.h"

static const char *const tokens[] = {"not-written", "not-read", "bytes-differ", "value-differs", "leak",
                                     "wrong-size",  NULL};

/* Writes `from` to the protocol and reads that. False where that fails. */
static bool pass(fuzz_run *run, const fuzz_reading *from, unsigned protocol, fuzz_reading *to)
{
    tw_buffer bytes;
    char text[FUZZ_ERROR_TEXT], hex[FUZZ_HEX_TEXT];
    bool ok = fuzz_write(run, fuzz_plain(protocol), from, &bytes) == TW_OK;
    if (!ok) prop_fail(run, "not-written", TW_RULE_NONE, "the value cannot be written");
    *to = (fuzz_reading){.unit = from->unit};
    tw_tree_init(&to->tree, run->alloc, SIZE_MAX);
    if (ok && fuzz_read(run, fuzz_plain(protocol), from->unit, tw_buffer_view(&bytes), NULL, to) != TW_OK)
        ok = prop_fail(run, "not-read", to->out.error.rule, "%s: %s", fuzz_error(&to->out.error, text),
                       fuzz_hex(tw_buffer_view(&bytes), hex));
    tw_buffer_deinit(&bytes);
    return ok;
}

static void compare(fuzz_run *run, const fuzz_reading *first, const fuzz_reading *last, unsigned protocol)
{
    tw_buffer a, b;
    char text[2][FUZZ_HEX_TEXT];
    tw_class cls_a = fuzz_write(run, fuzz_plain(protocol), first, &a),
             cls_b = fuzz_write(run, fuzz_plain(protocol), last, &b);
    if (cls_a != TW_OK || cls_b != TW_OK)
        prop_fail(run, "not-written", TW_RULE_NONE, "the value cannot be written at the end");
    else if (!fuzz_same_value(first, last))
        prop_fail(run, "value-differs", TW_RULE_NONE, "%s, then %s", fuzz_hex(tw_buffer_view(&a), text[0]),
                  fuzz_hex(tw_buffer_view(&b), text[1]));
    /* Compact does not say the types of an empty map, so binary's bytes may differ there. */
    else if (protocol == 1 && !tw_bytes_equal(tw_buffer_view(&a), tw_buffer_view(&b)))
        prop_fail(run, "bytes-differ", TW_RULE_NONE, "%s, then %s", fuzz_hex(tw_buffer_view(&a), text[0]),
                  fuzz_hex(tw_buffer_view(&b), text[1]));
    tw_buffer_deinit(&a);
    tw_buffer_deinit(&b);
}

static void check(fuzz_run *run, const assay_specimen *specimen)
{
    fuzz_reading first, other, last;
    unsigned protocol = specimen->stack & 1;
    if (fuzz_read_specimen(run, specimen, &first) == TW_OK) {
        if (pass(run, &first, 1 - protocol, &other)) {
            if (pass(run, &other, protocol, &last)) compare(run, &first, &last, protocol);
            fuzz_reading_deinit(&last);
        }
        fuzz_reading_deinit(&other);
    }
    fuzz_note_reading(run, &first);
    fuzz_reading_deinit(&first);
}

const fuzz_harness fuzz_this = {
    .name = "transcode",
    .property = "A value that goes through the other protocol and back is the same.",
    .max_len = 4096,
    .tokens = tokens,
    .self_test = "BINARY_DOUBLE_LITTLE_ENDIAN",
    .check = check,
};
