/* When memory ends at any allocation, the call says so or succeeds all the same; nothing leaks and nothing breaks. */
#include "fuzz/harness/meter.h"
#include "fuzz/harness/reading.h"

#include "wire/text/notation.h"
#include "wire/value/equal.h"

#include <string.h>

enum { TRIES = 48 };

static const char *const tokens[] = {"unasked", "other-outcome", "leak", "wrong-size", NULL};

/* Reads, writes, compares and spells the specimen; TW_MEMORY where any of that says so. */
static tw_class use(fuzz_run *run, const assay_specimen *specimen, fuzz_run *sum)
{
    fuzz_reading got;
    tw_buffer text, wire;
    bool equal = false;
    tw_class cls = fuzz_read_specimen(run, specimen, &got);
    tw_buffer_init(&text, run->alloc);
    tw_buffer_init(&wire, run->alloc);
    uint64_t verdict[2] = {cls, cls == TW_OK ? 0 : got.out.error.offset};
    prop_note(sum, verdict, sizeof verdict);
    if (cls == TW_OK) {
        const tw_node *root = tw_tree_root(&got.tree);
        if (tw_stack_encode(got.stack, fuzz_envelope(&got), root, &wire) == TW_MEMORY ||
            tw_notation_write(root, TW_NOTATION_LINE, &text) == TW_MEMORY ||
            tw_compare(root, root, TW_EQUAL_VALUES | TW_EQUAL_FIELDS_BY_ID, run->alloc, &equal, NULL) ==
                TW_MEMORY)
            cls = TW_MEMORY;
        prop_note(sum, wire.data, wire.len);
        prop_note(sum, text.data, text.len);
    }
    tw_buffer_deinit(&wire);
    tw_buffer_deinit(&text);
    fuzz_reading_deinit(&got);
    return cls;
}

static void check(fuzz_run *run, const assay_specimen *specimen)
{
    fuzz_meter *meter = fuzz_meter_of(run);
    fuzz_run want = {.digest = {1, 1}};
    tw_class cls = use(run, specimen, &want);
    if (cls == TW_MEMORY) {
        prop_fail(run, "unasked", TW_RULE_NONE, "memory for %zu bytes is asked at once", meter->largest);
        return;
    }
    prop_note(run, want.digest, sizeof want.digest);
    uint64_t calls = meter->calls, step = calls > TRIES ? calls / TRIES : 1;
    for (uint64_t n = 1 + specimen->parameter % step; n <= calls && !run->token; n += step) {
        fuzz_run sum = {.digest = {1, 1}};
        meter->refuse_at = meter->calls + n;
        meter->refused = false;
        tw_class got = use(run, specimen, &sum);
        meter->refuse_at = 0;
        if (got != TW_MEMORY && (got != cls || memcmp(sum.digest, want.digest, sizeof sum.digest) != 0))
            prop_fail(run, "other-outcome", TW_RULE_NONE, "without its allocation %llu of %llu it ends as %s",
                      (unsigned long long)n, (unsigned long long)calls, tw_class_name(got));
    }
}

const fuzz_harness fuzz_this = {
    .name = "failing_alloc",
    .property =
        "When memory ends at any allocation, the call says so or succeeds all the same, and nothing leaks.",
    .max_len = 1024,
    .tokens = tokens,
    .self_test = "SIZE_UNCHECKED",
    .check = check,
};
