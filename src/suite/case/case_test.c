#include "suite/case/case.h"
#include "suite/case/observation.h"
#include "suite/case/value.h"

#include "wire/test/support.h"
#include "wire/text/notation.h"
#include "wire/value/equal.h"

#include <stdlib.h>
#include <string.h>

static void names_go_both_ways(void **state)
{
    assay_verb verb;
    assay_level level;
    assay_expect expect;
    (void)state;
    for (unsigned i = 0; i < ASSAY_VERB_COUNT; i++) {
        assert_true(assay_verb_find(assay_verb_name((assay_verb)i), &verb));
        assert_int_equal(verb, i);
    }
    assert_true(assay_level_find("should", &level) && level == ASSAY_SHOULD);
    assert_true(assay_expect_find("either", &expect) && expect == ASSAY_EITHER);
    assert_false(assay_verb_find("bye", &verb));
    assert_false(assay_level_find("", &level));
    assert_false(assay_expect_find("accepted", &expect));
    assert_string_equal(assay_act_name(ASSAY_ACT_HANDED_UP), "handed-up");
    assert_string_equal(assay_act_name(ASSAY_ACT_NOT_RUN), "not-run");
}

static void expect_request(const assay_case *c, const char *line)
{
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    assert_int_equal(assay_case_request(c, &text), TW_OK);
    assert_int_equal(text.len, strlen(line));
    assert_memory_equal(text.data, line, text.len);
    tw_buffer_deinit(&text);
}

static void requests_are_lines(void **state)
{
    static const uint8_t bytes[] = {0x0b, 0x00, 0xff};
    static const size_t splits[] = {1, 2};
    assay_case c = {.verb = ASSAY_TRANSCODE, .in = "compact", .out = "framed/binary", .bytes = {bytes, 3}};
    (void)state;
    expect_request(&c, "transcode compact framed/binary 0b00ff");
    c.splits = splits;
    c.split_count = 2;
    expect_request(&c, "transcode compact framed/binary 0b,00,ff");
    c.split_count = 0;
    c.verb = ASSAY_READ;
    expect_request(&c, "read compact 0b00ff");
    c.verb = ASSAY_SKIP;
    c.bytes.len = 0;
    expect_request(&c, "skip compact -");
    c.verb = ASSAY_MESSAGE;
    expect_request(&c, "message compact framed/binary -");
    c.verb = ASSAY_SESSION;
    c.count = 105;
    expect_request(&c, "session 105 compact framed/binary -");
    c.verb = ASSAY_REUSE;
    c.before = tw_bytes_of(bytes, 2);
    c.bytes.len = 1;
    expect_request(&c, "reuse compact framed/binary 0b00 0b");
    c.verb = ASSAY_TYPED;
    c.typed = "Everything";
    expect_request(&c, "typed Everything compact framed/binary 0b");
    c.verb = ASSAY_ECHO;
    expect_request(&c, "echo 0b");
}

static const char *const text = "struct{1: list<i32>[1, 2], 2: map<string, list>{\"ab\": list<bool>[true]}, "
                                "3: uuid 00112233-4455-6677-8899-aabbccddeeff, 4: "
                                "set<uuid>[00112233-4455-6677-8899-aabbccddeeff], 5: string \"\"}";

static void copies_stand_alone(void **state)
{
    tw_tree tree, again;
    tw_notation_error error;
    tw_arena arena;
    (void)state;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_tree_init(&again, NULL, SIZE_MAX);
    tw_arena_init(&arena, NULL, SIZE_MAX);
    assert_int_equal(tw_notation_read(text, strlen(text), &tree, &error), TW_OK);
    char *name = strdup("ping");
    tw_envelope envelope = {tw_bytes_of(name, 4), TW_CALL, -1, TW_HEADER_STRICT};
    const assay_value *value = assay_value_copy(&arena, &envelope, tw_tree_root(&tree));
    assert_non_null(value);
    tw_tree_deinit(&tree);
    free(name);
    assert_int_equal(tw_notation_read(text, strlen(text), &again, &error), TW_OK);
    assert_true(tw_equal(value->root, tw_tree_root(&again), TW_EQUAL_EXACT, NULL));
    assert_memory_equal(value->envelope->name.data, "ping", 4);
    assert_int_equal(value->envelope->sequence_id, -1);
    assay_case c = {.values = value, .value_count = 1};
    assert_int_equal(assay_case_types(&c), 1u << TW_STRUCT | 1u << TW_LIST | 1u << TW_I32 | 1u << TW_MAP |
                                               1u << TW_STRING | 1u << TW_BOOL | 1u << TW_UUID |
                                               1u << TW_SET);
    c.types = 1u << TW_I8;
    assert_int_equal(assay_case_types(&c), 1u << TW_I8);
    tw_tree_deinit(&again);
    tw_arena_deinit(&arena);
}

static void memory_that_is_refused_is_told(void **state)
{
    tw_test_alloc alloc;
    tw_buffer to;
    assay_case c = {.verb = ASSAY_ECHO, .bytes = {(const uint8_t *)"abc", 3}};
    (void)state;
    tw_test_alloc_init(&alloc, 1);
    tw_buffer_init(&to, &alloc.alloc);
    assert_int_equal(assay_case_request(&c, &to), TW_MEMORY);
    tw_buffer_deinit(&to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_go_both_ways),
        cmocka_unit_test(requests_are_lines),
        cmocka_unit_test(copies_stand_alone),
        cmocka_unit_test(memory_that_is_refused_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
