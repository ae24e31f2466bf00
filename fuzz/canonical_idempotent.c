/* The canonical form of a canonical form is itself; reading it rests on no open rule of encoding; and it is the shortest. */
#include "fuzz/harness/reading.h"

static const char *const tokens[] = {"not-written",  "not-read", "not-strict", "value-differs",
                                     "bytes-differ", "longer",   "open-rules", "leak",
                                     "wrong-size",   NULL};

/* What only a spelling that is not canonical can touch. */
static const tw_rule spellings[] = {
    TW_RULE_BINARY_BOOL_VALUE,   TW_RULE_COMPACT_VARINT_MINIMAL, TW_RULE_COMPACT_BOOL_ELEMENT_ZERO,
    TW_RULE_COMPACT_STOP_NIBBLE, TW_RULE_STRUCT_TRAILING,
};

static void judge(fuzz_run *run, const fuzz_reading *first, const fuzz_reading *again, tw_bytes canonical)
{
    tw_buffer second;
    char a[FUZZ_HEX_TEXT], b[FUZZ_HEX_TEXT];
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
        if (tw_ruleset_has(&again->out.open, spellings[i]))
            prop_fail(run, "open-rules", spellings[i], "the canonical form %s rests on it",
                      fuzz_hex(canonical, a));
    if (!fuzz_same_value(first, again))
        prop_fail(run, "value-differs", TW_RULE_NONE, "the canonical form %s is another value",
                  fuzz_hex(canonical, a));
    tw_class cls = fuzz_write(run, again->stack, again, &second);
    if (cls != TW_OK || !tw_bytes_equal(canonical, tw_buffer_view(&second)))
        prop_fail(run, "bytes-differ", TW_RULE_NONE, "%s, then %s", fuzz_hex(canonical, a),
                  fuzz_hex(tw_buffer_view(&second), b));
    tw_buffer_deinit(&second);
    /* Binary has one spelling but for headers; compact's is the shortest. Empty maps of binary differ in nothing. */
    bool old = fuzz_envelope(first) && first->envelope.form == TW_HEADER_OLD;
    if (canonical.len > first->out.consumed && !old)
        prop_fail(run, "longer", TW_RULE_NONE, "%zu bytes are canonical, %zu were read: %s", canonical.len,
                  first->out.consumed, fuzz_hex(canonical, a));
}

/* A strict reader accepts what a lenient one does, but for the old header; and canonical headers are strict. */
static void check_strict(fuzz_run *run, const fuzz_reading *first, tw_bytes bytes, bool old)
{
    tw_stack stack;
    fuzz_reading strict;
    char text[FUZZ_ERROR_TEXT];
    if (!tw_stack_parse("binary-strict", &stack, NULL)) return;
    tw_class cls = fuzz_read(run, &stack, first->unit, bytes, NULL, &strict);
    if (!old && cls != TW_OK)
        prop_fail(run, "not-strict", strict.out.error.rule, "a strict reader: %s",
                  fuzz_error(&strict.out.error, text));
    if (old && strict.out.error.rule != TW_RULE_BINARY_MESSAGE_OLD_REFUSED)
        prop_fail(run, "not-strict", TW_RULE_BINARY_MESSAGE_OLD_REFUSED,
                  "a strict reader takes the old header: %s", fuzz_error(&strict.out.error, text));
    fuzz_reading_deinit(&strict);
}

static void check(fuzz_run *run, const assay_specimen *specimen)
{
    fuzz_reading first, again;
    if (fuzz_read_specimen(run, specimen, &first) == TW_OK) {
        const tw_stack *plain = fuzz_plain_of(specimen);
        char text[FUZZ_ERROR_TEXT], hex[FUZZ_HEX_TEXT];
        tw_buffer canonical;
        if (fuzz_write(run, plain, &first, &canonical) != TW_OK) {
            prop_fail(run, "not-written", TW_RULE_NONE, "what was read has no canonical form");
        } else {
            if (fuzz_read(run, plain, first.unit, tw_buffer_view(&canonical), NULL, &again) == TW_OK)
                judge(run, &first, &again, tw_buffer_view(&canonical));
            else
                prop_fail(run, "not-read", again.out.error.rule, "the canonical form %s is %s",
                          fuzz_hex(tw_buffer_view(&canonical), hex), fuzz_error(&again.out.error, text));
            fuzz_reading_deinit(&again);
            if (specimen->stack == 0 && fuzz_envelope(&first)) {
                check_strict(run, &first, specimen->payload, first.envelope.form == TW_HEADER_OLD);
                check_strict(run, &first, tw_buffer_view(&canonical), false);
            }
        }
        tw_buffer_deinit(&canonical);
    }
    fuzz_note_reading(run, &first);
    fuzz_reading_deinit(&first);
}

const fuzz_harness fuzz_this = {
    .name = "canonical_idempotent",
    .property =
        "A canonical form reads as the same value, is its own canonical form, and is the shortest spelling.",
    .max_len = 4096,
    .tokens = tokens,
    .self_test = "COMPACT_LIST_FIFTEEN_SHORT",
    .check = check,
};
