/* The naive decoder and every golden vector say the same, without the codec between them; and the codec agrees with it about every
 * one of them, in all that an error says. */
#include "fuzz/harness/meter.h"
#include "fuzz/harness/oracle.h"

#include "suite/vector/complete.h"
#include "suite/vector/test/golden.h"
#include "suite/vector/vector.h"
#include "wire/test/support.h"

#include <stdio.h>
#include <string.h>

static bool same(const assay_case *c, const assay_value *want, const naive_reading *got)
{
    tw_envelope envelope = {.form = got->old ? TW_HEADER_OLD : TW_HEADER_STRICT};
    if (want->envelope) {
        envelope = *want->envelope;
        envelope.form = got->old ? TW_HEADER_OLD : TW_HEADER_STRICT;
    }
    return c->verb == ASSAY_TYPED || oracle_same_value(got, want->envelope ? &envelope : NULL, want->root);
}

static const char *wrong_error(const tw_error *want, const naive_reading *got)
{
    if (want->cls == TW_OK || got->verdict == NAIVE_END) return NULL;
    if (oracle_class(got->verdict) != want->cls) return "another class";
    if (strcmp(tw_rule_info_of(want->rule)->id, got->rule) != 0) return "another rule";
    if (strcmp(want->layer, got->layer) != 0 || want->offset != got->offset) return "another place";
    return NULL;
}

static const char *wrong_one(const assay_case *c, const naive_reading *got)
{
    bool accepted = got->verdict == NAIVE_OK;
    if (c->expect == ASSAY_EITHER) {
        for (size_t i = 0; i < c->outcome_count; i++) {
            const assay_named_outcome *o = &c->outcomes[i];
            if (o->accepts == accepted && (!accepted || !o->value || same(c, o->value, got))) return NULL;
        }
        return "no outcome of those listed";
    }
    if (accepted != (c->expect == ASSAY_ACCEPT))
        return c->verb == ASSAY_TYPED ? NULL : accepted ? "accepted" : "refused";
    if (!accepted) return wrong_error(&c->error, got);
    if (c->value_count && !same(c, &c->values[0], got)) return "another value";
    return c->consumed != got->consumed ? "another number of bytes" : NULL;
}

/* Messages of a session up to its end. */
static const char *wrong_session(const assay_case *c, naive_stream *stream)
{
    for (size_t n = 0; n < c->count; n++) {
        naive_reading got;
        naive_next(stream, true, &got);
        if (c->expect == ASSAY_EITHER) {
            if (got.verdict != NAIVE_OK) return NULL;
            continue;
        }
        if (got.verdict != NAIVE_OK) {
            if (n != c->value_count) return "another number of messages";
            if ((got.verdict == NAIVE_END) != (c->end == ASSAY_END_OK)) return "another end";
            return got.verdict == NAIVE_END ? NULL : wrong_error(&c->error, &got);
        }
        if (n >= c->value_count || !same(c, &c->values[n], &got)) return "another message";
    }
    return NULL;
}

static const char *wrong(const assay_case *c)
{
    naive_stream *stream = naive_open(c->in, c->bytes.data, c->bytes.len, SIZE_MAX);
    if (!stream) return "no such stack";
    const char *what;
    if (c->verb == ASSAY_SESSION) {
        what = wrong_session(c, stream);
    } else {
        naive_reading got;
        naive_next(stream, assay_verb_unit(c->verb) == TW_UNIT_MESSAGE, &got);
        what = wrong_one(c, &got);
    }
    naive_close(stream);
    return what;
}

/* The two decoders over the same bytes. */
static bool agrees(const assay_case *c, char *text, size_t size)
{
    fuzz_meter meter;
    fuzz_reading got;
    naive_reading want;
    tw_stack stack;
    fuzz_meter_init(&meter);
    fuzz_run run = {.alloc = &meter.alloc};
    assert_true(tw_stack_parse(c->in, &stack, NULL));
    naive_stream *stream = naive_open(c->in, c->bytes.data, c->bytes.len, SIZE_MAX);
    naive_next(stream, assay_verb_unit(c->verb) == TW_UNIT_MESSAGE, &want);
    fuzz_read(&run, &stack, assay_verb_unit(c->verb), c->bytes, NULL, &got);
    bool ok = oracle_compare(&run, &want, &got);
    snprintf(text, size, "%s: %s", ok ? "" : run.token, run.detail);
    fuzz_reading_deinit(&got);
    naive_close(stream);
    fuzz_meter_deinit(&meter);
    return ok;
}

static void it_agrees_with_every_vector(void **state)
{
    const assay_vector_set *set = *state;
    size_t bad = 0;
    for (size_t i = 0; i < set->count; i++) {
        const char *what = wrong(&set->vectors[i].base);
        if (!what) continue;
        if (bad++ < 20) print_error("%s: %s\n", set->vectors[i].base.id, what);
    }
    print_message("%zu vectors\n", set->count);
    assert_int_equal(bad, 0);
}

static void the_codec_agrees_with_it(void **state)
{
    const assay_vector_set *set = *state;
    size_t bad = 0;
    for (size_t i = 0; i < set->count; i++) {
        char text[600];
        if (agrees(&set->vectors[i].base, text, sizeof text)) continue;
        if (bad++ < 20) print_error("%s: %s\n", set->vectors[i].base.id, text);
    }
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_agrees_with_every_vector),
        cmocka_unit_test(the_codec_agrees_with_it),
    };
    return cmocka_run_group_tests(tests, assay_test_golden_load, assay_test_golden_unload);
}
