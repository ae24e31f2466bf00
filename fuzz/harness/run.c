#include "fuzz/harness/meter.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool prop_fail(fuzz_run *run, const char *token, tw_rule rule, const char *format, ...)
{
    if (run->token) return false;
    run->token = token;
    run->rule = rule;
    va_list args;
    va_start(args, format);
    vsnprintf(run->detail, sizeof run->detail, format, args);
    va_end(args);
    return false;
}

/* Two sums of FNV-1a's kind, with different primes: enough to see a change, no more is asked. */
void prop_note(fuzz_run *run, const void *bytes, size_t len)
{
    const uint8_t *at = bytes;
    for (size_t i = 0; i < len; i++) {
        run->digest[0] = (run->digest[0] ^ at[i]) * UINT64_C(0x100000001b3);
        run->digest[1] = (run->digest[1] + at[i] + 1) * UINT64_C(0x9e3779b97f4a7c15);
    }
}

static void judge_memory(fuzz_run *run, fuzz_meter *meter)
{
    bool wrong = meter->wrong_size;
    size_t held = meter->held, blocks = fuzz_meter_deinit(meter);
    if (blocks)
        prop_fail(run, "leak", TW_RULE_NONE, "%zu blocks of %zu bytes were not given back", blocks, held);
    if (wrong) prop_fail(run, "wrong-size", TW_RULE_NONE, "a block was given back as one of another size");
}

void fuzz_run_one(const fuzz_harness *harness, tw_bytes input, fuzz_run *run)
{
    fuzz_meter meter;
    *run = (fuzz_run){.digest = {UINT64_C(0xcbf29ce484222325), 1}};
    if (input.len > harness->max_len) return;
    /* malloc(0) has no bytes behind which an over-read would show; one byte too many would hide one. */
    uint8_t *copy = malloc(input.len);
    if (!copy && input.len) return;
    if (input.len) memcpy(copy, input.data, input.len);
    fuzz_meter_init(&meter);
    run->alloc = &meter.alloc;
    assay_specimen specimen = assay_specimen_read(tw_bytes_of(copy, input.len));
    if (specimen.text == harness->text) harness->check(run, &specimen);
    judge_memory(run, &meter);
    run->alloc = NULL;
    free(copy);
}
