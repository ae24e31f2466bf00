/* Drafts: the annotated lines spell the bytes that they were made from, whatever these are, and entries made of
 * real vectors' bytes say what the vectors say. Vectors are found by $ASSAY_VECTORS, or at conformance/vectors. */
#include "suite/vector/draft.h"
#include "suite/vector/test/golden.h"

#include "wire/test/support.h"
#include "wire/text/hex.h"

#include <string.h>

static bool can_be_drafted(const assay_case *c)
{
    return assay_draft_verb_ok(c->verb);
}

static void expect_lines_spell(const assay_case *c)
{
    tw_stack stack;
    tw_buffer back;
    json_t *lines = json_array();
    tw_bytes exact = tw_test_exact(c->bytes.data, c->bytes.len);
    tw_buffer_init(&back, NULL);
    assert_true(tw_stack_parse(c->in, &stack, NULL));
    assert_true(assay_draft_wire(&stack, c->verb, exact, lines));
    for (size_t i = 0; i < json_array_size(lines); i++) {
        const char *line = json_string_value(json_array_get(lines, i));
        assert_int_equal(tw_hex_read_annotated(line, strlen(line), NULL, &back, NULL, NULL), TW_OK);
    }
    if (!tw_bytes_equal(tw_buffer_view(&back), c->bytes)) fail_msg("%s: the lines spell other bytes", c->id);
    tw_buffer_deinit(&back);
    json_decref(lines);
    tw_test_free(exact);
}

static void lines_spell_the_bytes(void **state)
{
    assay_vector_set *set = *state;
    size_t spelt = 0;
    for (size_t i = 0; i < set->count; i++) {
        assay_cases cases = {0};
        const assay_vector *vector = &set->vectors[i];
        bool large = vector->base.bytes.len > 4096;
        if (!large && i % 4 == 0) assert_true(assay_derive(set, vector, NULL, &cases));
        if (can_be_drafted(&vector->base) && vector->base.bytes.len < 1000000)
            expect_lines_spell(&vector->base), spelt++;
        for (size_t j = 0; j < cases.count; j++)
            if (can_be_drafted(cases.items[j])) expect_lines_spell(cases.items[j]), spelt++;
        assay_cases_deinit(&cases);
    }
    assert_in_range(spelt, 1000, 1000000);
}

static void hear(void *context, const char *text)
{
    print_error("%s\n", text);
    ++*(size_t *)context;
}

/* An entry made of a vector's bytes, rule and level expects what the vector does, and the linter has nothing
 * against it. */
static void expect_same(const assay_vector *vector, size_t *wrong)
{
    const assay_case *c = &vector->base;
    const char *twin = vector->twin ? vector->twin : "compact/no/twin";
    assay_draft draft = {.id = c->id,
                         .title = c->title,
                         .why = c->why,
                         .rule = tw_rule_info_of(c->rule)->id,
                         .twin = twin,
                         .level = c->level == ASSAY_MUST ? NULL : assay_level_name(c->level),
                         .verb = c->verb,
                         .stack = c->in,
                         .out = c->out && strcmp(c->out, c->in) != 0 ? c->out : NULL,
                         .bytes = c->bytes};
    json_t *entry = assay_draft_entry(&draft);
    assert_non_null(entry);
    const char *expect = json_string_value(json_object_get(entry, "expect"));
    if (strcmp(expect, assay_expect_name(c->expect)) != 0) {
        print_error("%s: drafted as %s\n", c->id, expect);
        ++*wrong;
    }
    *wrong += assay_draft_check(entry, c->id, vector->topic, hear, wrong) > 0;
    bool canonical = json_is_true(json_object_get(entry, "canonical"));
    if (vector->canonical && !canonical) {
        print_error("%s: drafted as not canonical\n", c->id);
        ++*wrong;
    }
    json_decref(entry);
}

static void real_vectors_are_drafted_as_they_are(void **state)
{
    assay_vector_set *set = *state;
    size_t wrong = 0, drafted = 0;
    for (size_t i = 0; i < set->count; i++) {
        const assay_vector *vector = &set->vectors[i];
        /* An `either` by advice, and one whose level is may, are a person's decision. */
        bool decided = vector->base.expect == ASSAY_EITHER || vector->base.level == ASSAY_MAY;
        if (!can_be_drafted(&vector->base) || decided || vector->base.bytes.len > 65536) continue;
        expect_same(vector, &wrong);
        drafted++;
    }
    assert_int_equal(wrong, 0);
    assert_in_range(drafted, 500, 1000000);
}

static void frames_are_told_apart(void **state)
{
    static const uint8_t bytes[] = {0, 0, 0, 2, 0x15, 0x0a, 0, 0, 0, 0, 0, 0, 0, 1, 0x00, 0, 0, 0, 9, 1};
    static const char *const wanted[] = {"00000002 | frame of 2 bytes",
                                         "15 | field 1: i32",
                                         "0a | i32 5",
                                         "00000000 | frame of 0 bytes",
                                         "00000001 | frame of 1 byte",
                                         "00 | stop",
                                         "00000009 | frame of 9 bytes",
                                         "01 | not read"};
    tw_stack stack;
    json_t *lines = json_array();
    (void)state;
    assert_true(tw_stack_parse("framed/compact", &stack, NULL));
    assert_true(assay_draft_wire(&stack, ASSAY_TRANSCODE, tw_bytes_of(bytes, sizeof bytes), lines));
    assert_int_equal(json_array_size(lines), sizeof wanted / sizeof *wanted);
    for (size_t i = 0; i < json_array_size(lines); i++)
        assert_string_equal(json_string_value(json_array_get(lines, i)), wanted[i]);
    json_decref(lines);
}

static void some_verbs_can_be_drafted(void **state)
{
    (void)state;
    assert_true(assay_draft_verb_ok(ASSAY_TRANSCODE));
    assert_true(assay_draft_verb_ok(ASSAY_SKIP));
    assert_true(assay_draft_verb_ok(ASSAY_MESSAGE));
    assert_false(assay_draft_verb_ok(ASSAY_SESSION));
    assert_false(assay_draft_verb_ok(ASSAY_REUSE));
    assert_false(assay_draft_verb_ok(ASSAY_TYPED));
}

/* An input of a harness: head, then payload. */
static void an_input_becomes_a_draft(void **state)
{
    (void)state;
    char id[ASSAY_DRAFT_ID_SIZE];
    assay_draft draft;
    unsigned framed = assay_specimen_stack_find("framed/compact");
    for (int message = 0; message < 2; message++) {
        const uint8_t bytes[] = {(uint8_t)(framed | (unsigned)message << 3), 9, 0x00, 0x01};
        tw_bytes exact = tw_test_exact(bytes, sizeof bytes);
        assay_specimen s = assay_specimen_read(exact);
        assert_true(assay_draft_of_specimen(&s, "lost-sign", "A sign is lost.", "framed.header", id, &draft));
        assert_string_equal(draft.id, "compact/lost-sign");
        assert_string_equal(draft.stack, "framed/compact");
        assert_string_equal(draft.title, "A sign is lost.");
        assert_string_equal(draft.why, "A sign is lost.");
        assert_string_equal(draft.rule, "framed.header");
        assert_int_equal(draft.verb, message ? ASSAY_MESSAGE : ASSAY_TRANSCODE);
        assert_int_equal(draft.bytes.len, 2);
        assert_ptr_equal(draft.bytes.data, exact.data + ASSAY_SPECIMEN_HEAD);
        assert_null(draft.out);
        assert_false(assay_draft_of_specimen(&s, "lost-sign", "A sign is lost.", "-", id, &draft));
        tw_test_free(exact);
    }
    const uint8_t words[] = {ASSAY_SPECIMEN_TEXT, 0, 'x'};
    assay_specimen text = assay_specimen_read(tw_bytes_of(words, sizeof words));
    assert_false(assay_draft_of_specimen(&text, "lost-sign", "why", "framed.header", id, &draft));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_spell_the_bytes), cmocka_unit_test(real_vectors_are_drafted_as_they_are),
        cmocka_unit_test(frames_are_told_apart), cmocka_unit_test(some_verbs_can_be_drafted),
        cmocka_unit_test(an_input_becomes_a_draft)};
    return cmocka_run_group_tests(tests, assay_test_golden_load, assay_test_golden_unload);
}
