/* Bytes behind an accepted unit change neither the value nor how much of the stream it takes. */
#include "fuzz/harness/reading.h"

#include <stdlib.h>
#include <string.h>

static const char *const tokens[] = {"refused", "value-differs", "consumed", "open-rules",
                                     "leak",    "wrong-size",    NULL};

static void fill(const assay_specimen *specimen, uint8_t *to, size_t n)
{
    static const uint8_t kinds[] = {0x00, 0xff, 0x80, 0x0c, 0x01};
    unsigned way = specimen->parameter % 8;
    for (size_t i = 0; i < n; i++)
        to[i] = way < sizeof kinds ? kinds[way] : (uint8_t)fuzz_pick(specimen, (unsigned)i, 256);
}

static void compare(fuzz_run *run, const fuzz_reading *alone, const fuzz_reading *more)
{
    char text[FUZZ_ERROR_TEXT];
    tw_ruleset open = more->out.open;
    unsigned rule = TW_RULE_STRUCT_TRAILING;
    if (!tw_ruleset_has(&alone->out.open, TW_RULE_STRUCT_TRAILING))
        open.bits[rule / 64] &= ~(UINT64_C(1) << (rule % 64));
    if (more->out.error.cls != TW_OK)
        prop_fail(run, "refused", more->out.error.rule, "with bytes behind it: %s",
                  fuzz_error(&more->out.error, text));
    else if (!fuzz_same_value(alone, more))
        prop_fail(run, "value-differs", TW_RULE_STRUCT_TRAILING, "another value with bytes behind it");
    else if (alone->consumed != more->consumed || alone->out.consumed != more->out.consumed)
        prop_fail(run, "consumed", TW_RULE_STRUCT_TRAILING, "takes %zu bytes, with others behind it %zu",
                  alone->consumed, more->consumed);
    else if (memcmp(&alone->out.open, &open, sizeof open) != 0)
        prop_fail(run, "open-rules", TW_RULE_STRUCT_TRAILING,
                  "rests on other open rules with bytes behind it");
}

static void check(fuzz_run *run, const assay_specimen *specimen)
{
    fuzz_reading alone, more;
    if (fuzz_read_specimen(run, specimen, &alone) == TW_OK) {
        size_t len = specimen->payload.len, extra = specimen->flags + 1u;
        uint8_t *longer = malloc(len + extra);
        if (longer) {
            if (len) memcpy(longer, specimen->payload.data, len);
            fill(specimen, longer + len, extra);
            fuzz_read(run, alone.stack, alone.unit, tw_bytes_of(longer, len + extra), NULL, &more);
            compare(run, &alone, &more);
            fuzz_reading_deinit(&more);
        }
        free(longer);
    }
    fuzz_note_reading(run, &alone);
    fuzz_reading_deinit(&alone);
}

const fuzz_harness fuzz_this = {
    .name = "garbage_behind",
    .property = "Bytes behind an accepted unit change neither its value nor the bytes that it takes.",
    .max_len = 4096,
    .tokens = tokens,
    .self_test = "FRAMED_PARTIAL_DELIVERED",
    .check = check,
};
