/* The codec and the naive decoder say the same of any bytes. */
#include "fuzz/harness/oracle.h"

#include <stdlib.h>

/* What zlib may inflate to, so that the slow side stays fast enough. */
#define INFLATED_MOST ((size_t)128 << 10)

static const char *const tokens[] = {"verdict",    "class",        "rule", "offset",     "value", "consumed",
                                     "open-rules", "bytes-differ", "leak", "wrong-size", NULL};

static void compare_bytes(fuzz_run *run, const naive_reading *want, const fuzz_reading *got,
                          unsigned protocol)
{
    tw_buffer bytes;
    char a[FUZZ_HEX_TEXT], b[FUZZ_HEX_TEXT];
    size_t len;
    unsigned char *naive = naive_write(want, protocol == 1, &len);
    tw_class cls = fuzz_write(run, fuzz_plain(protocol), got, &bytes);
    if (cls != TW_OK || !tw_bytes_equal(tw_bytes_of(naive, len), tw_buffer_view(&bytes)))
        prop_fail(run, "bytes-differ", TW_RULE_NONE, "%s: the codec writes %s, and not %s",
                  assay_specimen_stack_name(protocol), fuzz_hex(tw_buffer_view(&bytes), a),
                  fuzz_hex(tw_bytes_of(naive, len), b));
    tw_buffer_deinit(&bytes);
    free(naive);
}

static void check(fuzz_run *run, const assay_specimen *specimen)
{
    naive_reading want;
    fuzz_reading got;
    naive_stream *stream = naive_open(assay_specimen_stack_name(specimen->stack), specimen->payload.data,
                                      specimen->payload.len, INFLATED_MOST);
    naive_next(stream, specimen->unit == TW_UNIT_MESSAGE, &want);
    if (want.verdict != NAIVE_TOO_LARGE) {
        fuzz_read_specimen(run, specimen, &got);
        if (oracle_compare(run, &want, &got) && want.verdict == NAIVE_OK) {
            compare_bytes(run, &want, &got, 0);
            compare_bytes(run, &want, &got, 1);
        }
        fuzz_note_reading(run, &got);
        fuzz_reading_deinit(&got);
    }
    naive_close(stream);
}

const fuzz_harness fuzz_this = {
    .name = "differential",
    .property = "The codec and a naive decoder that shares nothing with it say the same of any bytes.",
    .max_len = 4096,
    .tokens = tokens,
    .self_test = "VARINT_OVERFLOW_IGNORED",
    .check = check,
};
