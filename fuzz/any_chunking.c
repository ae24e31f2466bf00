/* A stream that comes in any pieces gives the same units, errors and counts as when it comes at once. */
#include "fuzz/harness/reading.h"

#include "wire/text/notation.h"

#include <string.h>

/* Units of one stream that are compared. */
enum { UNITS = 16 };

static const char *const tokens[] = {"units", "end",  "error",      "consumed", "open-rules",
                                     "value", "leak", "wrong-size", NULL};

typedef struct unit {
    tw_next next;
    tw_error error;
    size_t consumed, taken;
    tw_ruleset open;
    uint64_t digest;
} unit;

typedef struct telling {
    unit units[UNITS];
    size_t count;
} telling;

/* How the pieces are cut. */
typedef struct cutter {
    const assay_specimen *specimen;
    size_t at;
    unsigned piece;
    bool whole;
} cutter;

static bool feed(cutter *c, tw_input *input)
{
    tw_bytes bytes = c->specimen->payload;
    size_t left = bytes.len - c->at, n = left;
    if (left == 0) return false;
    unsigned way = c->specimen->flags & 3;
    if (!c->whole && way == 0)
        n = 1;
    else if (!c->whole && way == 1)
        n = c->specimen->parameter % 64 + 1u;
    else if (!c->whole)
        n = fuzz_pick(c->specimen, c->piece, way == 2 ? 8 : 256) + 1;
    if (n > left) n = left;
    c->piece++;
    tw_input_feed(input, tw_bytes_of(bytes.data + c->at, n));
    c->at += n;
    return true;
}

static uint64_t digest_of(fuzz_run *run, const tw_envelope *envelope, const tw_node *root)
{
    tw_buffer bytes;
    fuzz_run sum = {.digest = {1, 1}};
    tw_buffer_init(&bytes, run->alloc);
    tw_stack_encode(fuzz_plain(0), envelope, root, &bytes);
    prop_note(&sum, bytes.data, bytes.len);
    tw_buffer_deinit(&bytes);
    return sum.digest[0] ^ sum.digest[1];
}

static void read_all(fuzz_run *run, const assay_specimen *specimen, bool whole, telling *t)
{
    tw_input *input = tw_input_new(assay_specimen_stack(specimen->stack), NULL, run->alloc);
    cutter c = {.specimen = specimen, .whole = whole};
    tw_envelope envelope;
    tw_outcome out;
    tw_tree tree;
    tw_tree_init(&tree, run->alloc, SIZE_MAX);
    t->count = 0;
    tw_next next = TW_NEXT_READY;
    while (input && t->count < UNITS && next != TW_NEXT_END && next != TW_NEXT_ERROR) {
        next = tw_input_next(input, specimen->unit, &envelope, &tree, &out);
        if (next == TW_NEXT_MORE) {
            if (!feed(&c, input)) tw_input_end(input);
            continue;
        }
        unit *u = &t->units[t->count++];
        *u = (unit){.next = next, .consumed = tw_input_consumed(input)};
        if (next == TW_NEXT_ERROR) u->error = out.error;
        if (next == TW_NEXT_READY) {
            u->taken = out.consumed;
            u->digest =
                digest_of(run, specimen->unit == TW_UNIT_MESSAGE ? &envelope : NULL, tw_tree_root(&tree));
        }
        if (next != TW_NEXT_END) u->open = out.open;
    }
    tw_tree_deinit(&tree);
    tw_input_free(input);
}

static void compare(fuzz_run *run, size_t n, const unit *a, const unit *b)
{
    char text[2][FUZZ_ERROR_TEXT];
    if (a->next != b->next)
        prop_fail(run, "end", a->error.rule ? a->error.rule : b->error.rule,
                  "unit %zu: at once %s, in pieces %s", n,
                  a->next == TW_NEXT_END ? "the end" : fuzz_error(&a->error, text[0]),
                  b->next == TW_NEXT_END ? "the end" : fuzz_error(&b->error, text[1]));
    else if (!fuzz_same_error(&a->error, &b->error))
        prop_fail(run, "error", a->error.rule, "unit %zu: at once %s, in pieces %s", n,
                  fuzz_error(&a->error, text[0]), fuzz_error(&b->error, text[1]));
    else if (a->digest != b->digest)
        prop_fail(run, "value", TW_RULE_NONE, "unit %zu is another value in pieces", n);
    else if (a->taken != b->taken || (a->next != TW_NEXT_ERROR && a->consumed != b->consumed))
        prop_fail(run, "consumed", TW_RULE_NONE,
                  "unit %zu takes %zu bytes (%zu of the stream) at once, in pieces %zu (%zu)", n, a->taken,
                  a->consumed, b->taken, b->consumed);
    else if (memcmp(&a->open, &b->open, sizeof a->open) != 0)
        prop_fail(run, "open-rules", TW_RULE_NONE, "unit %zu rests on other open rules in pieces", n);
}

static void check(fuzz_run *run, const assay_specimen *specimen)
{
    telling whole, pieces;
    read_all(run, specimen, true, &whole);
    read_all(run, specimen, false, &pieces);
    if (whole.count != pieces.count && !run->token)
        prop_fail(run, "units", TW_RULE_NONE, "%zu units at once, %zu in pieces", whole.count, pieces.count);
    for (size_t i = 0; i < whole.count; i++) {
        if (i < pieces.count) compare(run, i, &whole.units[i], &pieces.units[i]);
        prop_note(run, &whole.units[i].digest, sizeof whole.units[i].digest);
        prop_note(run, &whole.units[i].next, sizeof whole.units[i].next);
        prop_note(run, &whole.units[i].error.offset, sizeof whole.units[i].error.offset);
    }
}

const fuzz_harness fuzz_this = {
    .name = "any_chunking",
    .property = "A stream gives the same units, errors and counts in whatever pieces it comes.",
    .max_len = 2048,
    .tokens = tokens,
    .self_test = "FRAMED_PARTIAL_DELIVERED",
    .check = check,
};
