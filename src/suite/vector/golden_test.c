/* Every vector, and every case derived from one, against the library in process. Where no transport is in the
 * way the codec's functions read a heap block of exactly the input's size. */
#include "suite/typed/read.h"
#include "suite/vector/complete.h"
#include "suite/vector/test/golden.h"
#include "suite/vector/vector.h"

#include "wire/test/support.h"
#include "wire/text/notation.h"
#include "wire/value/equal.h"

#include <stdio.h>
#include <string.h>

/* What came of one reading. */
typedef struct seen {
    bool accepted;
    tw_error error;
    size_t consumed;
} seen;

typedef struct checker {
    const assay_case *c;
    tw_stack stack;
    tw_bytes bytes; /* of exact size */
    tw_tree tree;
    tw_tree typed; /* what a typed reader keeps of it */
    size_t wrong;
} checker;

__attribute__((format(printf, 2, 3))) static void wrong(checker *k, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (k->wrong++ < 20) print_error("%s: %s\n", k->c->id, text);
}

static bool same_value(const assay_case *c, const assay_value *want, const tw_envelope *envelope,
                       const tw_node *root)
{
    if (want->envelope &&
        (!envelope || !tw_bytes_equal(want->envelope->name, envelope->name) ||
         want->envelope->kind != envelope->kind || want->envelope->sequence_id != envelope->sequence_id))
        return false;
    unsigned flags = c->ordered ? TW_EQUAL_EMPTY_MAP : TW_EQUAL_VALUES;
    if (c->verb == ASSAY_TYPED) flags |= TW_EQUAL_FIELDS_BY_ID | TW_EQUAL_NAN;
    return tw_equal(want->root, root, flags, NULL);
}

/* Writing the value on OUT gives the canonical bytes where they are demanded, and in any case bytes that read
 * as the value. */
static void check_written(checker *k, const tw_envelope *envelope, const tw_node *root)
{
    const assay_case *c = k->c;
    tw_stack out;
    tw_buffer wire;
    tw_tree again;
    tw_envelope envelope_again;
    tw_outcome outcome;
    if (!c->out || !tw_stack_parse(c->out, &out, NULL)) return;
    tw_buffer_init(&wire, NULL);
    tw_tree_init(&again, NULL, SIZE_MAX);
    tw_decode_options options = tw_decode_defaults();
    options.limits = tw_limits_generous();
    if (tw_stack_encode(&out, envelope, root, &wire) != TW_OK)
        wrong(k, "cannot be written to %s", c->out);
    else if (c->canonical.data && !tw_bytes_equal(c->canonical, tw_buffer_view(&wire)))
        wrong(k, "written to %s in other bytes than the canonical ones", c->out);
    else if (tw_stack_decode(&out, tw_buffer_view(&wire), envelope ? TW_UNIT_MESSAGE : TW_UNIT_STRUCT,
                             &options, &envelope_again, &again, &outcome, NULL) != TW_OK)
        wrong(k, "what was written to %s cannot be read", c->out);
    else if (!same_value(c, &(assay_value){envelope, root}, &envelope_again, tw_tree_root(&again)))
        wrong(k, "what was written to %s reads as another value", c->out);
    tw_tree_deinit(&again);
    tw_buffer_deinit(&wire);
}

static void check_accepted_value(checker *k, size_t at, const tw_envelope *envelope, const tw_node *root)
{
    const assay_case *c = k->c;
    if (c->expect != ASSAY_ACCEPT) return;
    if (at >= c->value_count)
        wrong(k, "reads a value too many");
    else if (!same_value(c, &c->values[at], envelope, root))
        wrong(k, "reads another value");
    else if (c->verb != ASSAY_SESSION)
        check_written(k, envelope, root);
}

static void check_either(checker *k, const seen *s, const tw_envelope *envelope, const tw_node *root)
{
    for (size_t i = 0; i < k->c->outcome_count; i++) {
        const assay_named_outcome *o = &k->c->outcomes[i];
        if (o->accepts != s->accepted) continue;
        if (!s->accepted || !o->value || !root || same_value(k->c, o->value, envelope, root)) return;
    }
    wrong(k, "shows no outcome of those listed");
}

static void check_refusal(checker *k, const tw_error *error)
{
    const tw_error *want = &k->c->error;
    if (want->cls == TW_OK) return;
    if (error->cls != want->cls || error->offset != want->offset || error->rule != want->rule ||
        strcmp(error->layer, want->layer) != 0)
        wrong(k, "refused as %s at %llu of %s by %s", tw_class_name(error->cls),
              (unsigned long long)error->offset, error->layer ? error->layer : "nothing",
              tw_rule_info_of(error->rule)->id);
}

/* Judges how one unit was read; root NULL where it was refused or skipped. */
static void check_unit(checker *k, const seen *s, const tw_envelope *envelope, const tw_node *root)
{
    const assay_case *c = k->c;
    if (c->expect == ASSAY_EITHER) {
        check_either(k, s, envelope, root);
    } else if (s->accepted != (c->expect == ASSAY_ACCEPT)) {
        wrong(k, s->accepted ? "accepted" : "refused");
    } else if (s->accepted) {
        if (root) check_accepted_value(k, 0, envelope, root);
        if (s->consumed != c->consumed) wrong(k, "takes %zu bytes, not %zu", s->consumed, c->consumed);
    } else {
        check_refusal(k, &s->error);
        if (strcmp(c->kind, "prefix") == 0 && s->error.cls != TW_TRUNCATED)
            wrong(k, "a cut is not called truncated");
    }
}

/* The value that was read, or for typed what is kept of it; NULL, and *s says why, where that is refused. */
static const tw_node *value_of(checker *k, seen *s)
{
    tw_ruleset open;
    if (!s->accepted || k->c->verb == ASSAY_SKIP) return NULL;
    if (k->c->verb != ASSAY_TYPED) return tw_tree_root(&k->tree);
    const assay_idl_struct *table = assay_idl_find(k->c->typed, strlen(k->c->typed));
    s->accepted = assay_typed_read(table, tw_tree_root(&k->tree), &k->typed, &open, &s->error) == TW_OK;
    return tw_tree_root(&k->typed);
}

/* The codec without streams: decode, skip and a scanner fed byte by byte must agree. */
static void check_directly(checker *k)
{
    if (k->stack.transport_count || assay_verb_unit(k->c->verb) != TW_UNIT_STRUCT) return;
    tw_outcome out, skipped, scanned = {.error = {.cls = TW_OK}};
    tw_class cls = tw_decode(k->stack.protocol, k->bytes, NULL, &k->tree, &out);
    seen s = {cls == TW_OK, out.error, out.consumed};
    const tw_node *root = value_of(k, &s);
    check_unit(k, &s, NULL, root);
    tw_class skipping = tw_skip(k->stack.protocol, k->bytes, NULL, &skipped);
    if (skipping != cls || skipped.consumed != out.consumed ||
        (cls != TW_OK && (skipped.error.offset != out.error.offset || skipped.error.rule != out.error.rule)))
        wrong(k, "skipping and decoding differ");
    tw_scanner *scanner = tw_scanner_new(k->stack.protocol, NULL, NULL);
    assert_non_null(scanner);
    tw_class advanced = TW_TRUNCATED;
    for (size_t n = 1; n <= k->bytes.len && advanced == TW_TRUNCATED && k->bytes.len < 512; n++)
        advanced = tw_scanner_advance(scanner, tw_bytes_of(k->bytes.data, n), &scanned);
    if (k->bytes.len && k->bytes.len < 512 &&
        (advanced != cls || (cls == TW_OK && scanned.consumed != out.consumed)))
        wrong(k, "scanning byte by byte and decoding differ");
    tw_scanner_free(scanner);
}

/* Feeds what lies before the next split; false at the end of the bytes. */
static bool feed_next(checker *k, tw_input *input, size_t *fed, size_t *split)
{
    if (*fed == k->bytes.len) return false;
    size_t to = *split < k->c->split_count ? k->c->splits[(*split)++] : k->bytes.len;
    assert_int_equal(tw_input_feed(input, tw_bytes_of(k->bytes.data + *fed, to - *fed)), TW_OK);
    *fed = to;
    if (to == k->bytes.len) tw_input_end(input);
    return true;
}

/* Nothing there is no error of a stream; who wanted one unit is told so. */
static tw_error error_at_end(checker *k, tw_unit unit)
{
    tw_envelope envelope;
    tw_outcome out;
    if (tw_stack_decode(&k->stack, k->bytes, unit, NULL, &envelope, &k->tree, &out, NULL) == TW_OK)
        wrong(k, "read at once, and not in pieces");
    return out.error;
}

/* Reads the stream as it comes, unit by unit. */
static void check_stream(checker *k)
{
    const assay_case *c = k->c;
    tw_input *input = tw_input_new(&k->stack, NULL, NULL);
    size_t fed = 0, split = 0, units = 0, most = c->verb == ASSAY_SESSION ? c->count : 1;
    tw_unit unit = assay_verb_unit(c->verb);
    assert_non_null(input);
    if (k->bytes.len == 0) tw_input_end(input);
    tw_next next = TW_NEXT_MORE;
    tw_outcome out = {.error = {.cls = TW_OK}};
    tw_envelope envelope;
    while (units < most) {
        next = c->verb == ASSAY_SKIP ? tw_input_skip(input, &out)
                                     : tw_input_next(input, unit, &envelope, &k->tree, &out);
        if (next == TW_NEXT_MORE && feed_next(k, input, &fed, &split)) continue;
        if (next != TW_NEXT_READY) break;
        units++;
        if (c->verb == ASSAY_SESSION) check_accepted_value(k, units - 1, &envelope, tw_tree_root(&k->tree));
    }
    if (next == TW_NEXT_MORE) wrong(k, "wants more after the end");
    seen s = {next == TW_NEXT_READY, out.error, tw_input_consumed(input)};
    if (c->verb != ASSAY_SESSION) {
        if (next == TW_NEXT_END) s.error = error_at_end(k, unit);
        const tw_node *root = value_of(k, &s);
        check_unit(k, &s, root && unit == TW_UNIT_MESSAGE ? &envelope : NULL, root);
    } else if (c->expect == ASSAY_EITHER) {
        s.accepted = next != TW_NEXT_ERROR;
        check_either(k, &s, NULL, NULL);
    } else {
        if (units != c->value_count) wrong(k, "reads %zu messages", units);
        if ((next == TW_NEXT_ERROR) != (c->end == ASSAY_END_REJECT)) wrong(k, "ends in another way");
        if (next == TW_NEXT_ERROR) check_refusal(k, &out.error);
        if (next != TW_NEXT_ERROR && c->end == ASSAY_END_OK && s.consumed != c->consumed)
            wrong(k, "takes %zu bytes, not %zu", s.consumed, c->consumed);
    }
    tw_input_free(input);
}

static size_t check_case(const assay_case *c)
{
    checker k = {.c = c};
    assert_true(tw_stack_parse(c->in, &k.stack, NULL));
    k.bytes = tw_test_exact(c->bytes.data, c->bytes.len);
    tw_tree_init(&k.tree, NULL, SIZE_MAX);
    tw_tree_init(&k.typed, NULL, SIZE_MAX);
    if (c->verb == ASSAY_REUSE) { /* what the struct before leaves in the tree must not matter */
        tw_outcome ignored;
        tw_bytes before = tw_test_exact(c->before.data, c->before.len);
        tw_stack_decode(&k.stack, before, TW_UNIT_STRUCT, NULL, NULL, &k.tree, &ignored, NULL);
        tw_test_free(before);
    }
    check_directly(&k);
    check_stream(&k);
    tw_tree_deinit(&k.tree);
    tw_tree_deinit(&k.typed);
    tw_test_free(k.bytes);
    return k.wrong;
}

static void every_case_agrees_with_the_codec(void **state)
{
    assay_vector_set *set = *state;
    assay_cases cases = {0};
    size_t bad = 0, total = 0;
    for (size_t i = 0; i < set->count; i++) {
        cases.count = 0;
        assert_true(assay_derive(set, &set->vectors[i], NULL, &cases));
        for (size_t j = 0; j < cases.count; j++) {
            bad += check_case(cases.items[j]) != 0;
            if (cases.items[j]->refused && check_case(cases.items[j]->refused)) bad++;
        }
        total += cases.count;
    }
    assay_cases_deinit(&cases);
    print_message("%zu vectors, %zu cases\n", set->count, total);
    assert_int_equal(bad, 0);
    assert_true(total > set->count);
}

static void print_problem(void *context, const char *text)
{
    (void)context;
    print_error("%s\n", text);
}

static void the_linter_finds_nothing(void **state)
{
    assert_int_equal(assay_vectors_lint(*state, print_problem, NULL), 0);
}

static void every_value_is_spelled_so_that_it_reads_back(void **state)
{
    const assay_vector_set *set = *state;
    size_t bad = 0;
    for (size_t i = 0; i < set->count; i++) {
        const assay_case *base = &set->vectors[i].base;
        for (size_t j = 0; j < base->value_count; j++) {
            tw_buffer text;
            tw_tree tree;
            tw_notation_error error;
            tw_buffer_init(&text, NULL);
            tw_tree_init(&tree, NULL, SIZE_MAX);
            assert_int_equal(tw_notation_write(base->values[j].root, TW_NOTATION_INDENTED, &text), TW_OK);
            if (tw_notation_read((const char *)text.data, text.len, &tree, &error) != TW_OK ||
                !tw_equal(base->values[j].root, tw_tree_root(&tree), TW_EQUAL_EXACT, NULL)) {
                print_error("%s: value %zu\n", base->id, j);
                bad++;
            }
            tw_tree_deinit(&tree);
            tw_buffer_deinit(&text);
        }
    }
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_agrees_with_the_codec),
        cmocka_unit_test(the_linter_finds_nothing),
        cmocka_unit_test(every_value_is_spelled_so_that_it_reads_back),
    };
    return cmocka_run_group_tests(tests, assay_test_golden_load, assay_test_golden_unload);
}
