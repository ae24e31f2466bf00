/* Skipping, tracing, scanning and decoding are four walks over the same bytes: they end alike. */
#include "fuzz/harness/reading.h"

#include <string.h>

static const char *const tokens[] = {"verdict", "place", "consumed",   "open-rules", "tokens",
                                     "stream",  "leak",  "wrong-size", NULL};

static void compare(fuzz_run *run, const char *walk, const tw_outcome *want, const tw_outcome *got)
{
    char a[FUZZ_ERROR_TEXT], b[FUZZ_ERROR_TEXT];
    if (want->error.cls != got->error.cls)
        prop_fail(run, "verdict", want->error.rule, "decoding: %s; %s: %s", fuzz_error(&want->error, a), walk,
                  fuzz_error(&got->error, b));
    else if (!fuzz_same_error(&want->error, &got->error))
        prop_fail(run, "place", want->error.rule, "decoding: %s; %s: %s", fuzz_error(&want->error, a), walk,
                  fuzz_error(&got->error, b));
    else if (want->error.cls == TW_OK && want->consumed != got->consumed)
        prop_fail(run, "consumed", TW_RULE_NONE, "decoding takes %zu bytes, %s %zu", want->consumed, walk,
                  got->consumed);
    else if (memcmp(&want->open, &got->open, sizeof want->open) != 0)
        prop_fail(run, "open-rules", TW_RULE_NONE, "decoding and %s rest on different open rules", walk);
}

/* Tokens follow one another without a gap and end where the struct does. */
typedef struct trail {
    size_t at;
    bool gap;
} trail;

static bool follow(void *context, const tw_token *token)
{
    trail *t = context;
    if (token->offset != t->at) t->gap = true;
    t->at = token->offset + token->len;
    return true;
}

static void check_trace(fuzz_run *run, const tw_protocol *protocol, tw_bytes bytes,
                        const tw_decode_options *options, const tw_outcome *want)
{
    tw_outcome traced;
    trail t = {0, false};
    tw_tracer tracer = {follow, &t};
    tw_trace(protocol, bytes, options, &tracer, &traced);
    compare(run, "tracing", want, &traced);
    if (t.gap || (want->error.cls == TW_OK && t.at != want->consumed))
        prop_fail(run, "tokens", TW_RULE_NONE, "the tokens do not cover the struct: the last ends at %zu",
                  t.at);
}

static void check_scan(fuzz_run *run, const tw_protocol *protocol, tw_bytes bytes,
                       const tw_decode_options *options, const tw_outcome *want, size_t step)
{
    tw_scanner *scanner = tw_scanner_new(protocol, options, run->alloc);
    tw_outcome scanned = *want;
    tw_class cls = TW_TRUNCATED;
    for (size_t n = step; scanner && cls == TW_TRUNCATED; n += step) {
        size_t len = n < bytes.len ? n : bytes.len;
        cls = tw_scanner_advance(scanner, tw_bytes_of(bytes.data, len), &scanned);
        if (len == bytes.len) break;
    }
    if (scanner) compare(run, "scanning", want, &scanned);
    tw_scanner_free(scanner);
}

/* The same through transports: the value is passed over as it is read. */
static void check_stream(fuzz_run *run, const assay_specimen *specimen)
{
    const tw_stack *stack = assay_specimen_stack(specimen->stack);
    tw_input *inputs[2] = {tw_input_new(stack, NULL, run->alloc), tw_input_new(stack, NULL, run->alloc)};
    tw_outcome read, skipped;
    tw_tree tree;
    tw_tree_init(&tree, run->alloc, SIZE_MAX);
    for (int i = 0; i < 2; i++) {
        tw_input_feed(inputs[i], specimen->payload);
        tw_input_end(inputs[i]);
    }
    for (tw_next next = TW_NEXT_READY; next == TW_NEXT_READY && !run->token;) {
        next = tw_input_next(inputs[0], TW_UNIT_STRUCT, NULL, &tree, &read);
        if (tw_input_skip(inputs[1], &skipped) != next)
            prop_fail(run, "stream", TW_RULE_NONE,
                      "a unit of a stream is read and not skipped, or the other way");
        else if (tw_input_consumed(inputs[0]) != tw_input_consumed(inputs[1]))
            prop_fail(run, "stream", TW_RULE_NONE, "skipping takes %zu bytes of the stream, reading %zu",
                      tw_input_consumed(inputs[1]), tw_input_consumed(inputs[0]));
        else if (next == TW_NEXT_READY || next == TW_NEXT_ERROR)
            compare(run, "skipping in a stream", &read, &skipped);
    }
    for (int i = 0; i < 2; i++) tw_input_free(inputs[i]);
    tw_tree_deinit(&tree);
}

static void check(fuzz_run *run, const assay_specimen *specimen)
{
    const tw_protocol *protocol = fuzz_plain_of(specimen)->protocol;
    tw_decode_options options = tw_decode_defaults();
    tw_outcome want, skipped;
    tw_tree tree;
    options.alloc = run->alloc;
    tw_tree_init(&tree, run->alloc, SIZE_MAX);
    tw_decode(protocol, specimen->payload, &options, &tree, &want);
    tw_tree_deinit(&tree);
    tw_skip(protocol, specimen->payload, &options, &skipped);
    compare(run, "skipping", &want, &skipped);
    check_trace(run, protocol, specimen->payload, &options, &want);
    check_scan(run, protocol, specimen->payload, &options, &want, specimen->parameter % 16 + 1u);
    if (assay_specimen_stack(specimen->stack)->transport_count) check_stream(run, specimen);
    uint64_t numbers[2] = {want.error.cls, want.error.cls == TW_OK ? want.consumed : want.error.offset};
    prop_note(run, numbers, sizeof numbers);
}

const fuzz_harness fuzz_this = {
    .name = "skip_equals_decode",
    .property = "Skipping, tracing and scanning a struct end as decoding it does, at the same byte.",
    .max_len = 2048,
    .tokens = tokens,
    .self_test = "SIZE_UNCHECKED",
    .check = check,
};
