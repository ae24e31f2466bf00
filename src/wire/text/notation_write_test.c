#include "wire/text/notation.h"

#include "wire/value/builder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct text {
    tw_tree tree;
    tw_buffer out;
} text;

static void text_init(text *t)
{
    tw_tree_init(&t->tree, NULL, SIZE_MAX);
    tw_buffer_init(&t->out, NULL);
}

static void text_deinit(text *t)
{
    tw_tree_deinit(&t->tree);
    tw_buffer_deinit(&t->out);
}

static void read_into(text *t, const char *source)
{
    size_t len = strlen(source);
    char *copy = malloc(len ? len : 1);
    assert_non_null(copy);
    memcpy(copy, source, len);
    tw_notation_error error;
    tw_class cls = tw_notation_read(copy, len, &t->tree, &error);
    if (cls != TW_OK) fail_msg("%zu:%zu: %s in %s", error.line, error.column, error.text, source);
    free(copy); /* the tree owns all that it holds */
}

static void assert_text(const tw_buffer *out, const char *want)
{
    if (out->len != strlen(want) || memcmp(out->data, want, out->len) != 0)
        fail_msg("got  %.*s\nwant %s", (int)out->len, (const char *)out->data, want);
}

/* Reads `source` and expects `want` when written in one line; that must then be its own spelling. */
static void expect_spelling(const char *source, const char *want)
{
    text t;
    text_init(&t);
    read_into(&t, source);
    assert_int_equal(tw_notation_write(tw_tree_root(&t.tree), TW_NOTATION_LINE, &t.out), TW_OK);
    assert_text(&t.out, want);
    tw_buffer_clear(&t.out);
    read_into(&t, want);
    assert_int_equal(tw_notation_write(tw_tree_root(&t.tree), TW_NOTATION_LINE, &t.out), TW_OK);
    assert_text(&t.out, want);
    text_deinit(&t);
}

static void expect_same(const char *source)
{
    expect_spelling(source, source);
}

static void canonical_text_is_kept(void **state)
{
    (void)state;
    expect_same("struct{}");
    expect_same("struct{1: bool true, 2: bool false}");
    expect_same("struct{-32768: i8 -128, 32767: i8 127, 0: i16 -32768, 0: i16 32767}");
    expect_same("struct{1: i32 -2147483648, 1: i32 2147483647, 1: i32 0}");
    expect_same("struct{1: i64 -9223372036854775808, 2: i64 9223372036854775807}");
    expect_same("struct{1: double 1.5, 2: double -0.0, 3: double inf, 4: double -inf, 5: double 1e+300}");
    expect_same("struct{1: double nan(0x7ff8000000000000), 2: double nan(0xfff0000000000001)}");
    expect_same(
        "struct{1: string \"\", 2: string \"caf\xc3\xa9\\n\", 3: string h'ff00fe', 4: string \"a\"*16384}");
    expect_same("struct{1: uuid 00112233-4455-6677-8899-aabbccddeeff}");
    expect_same(
        "struct{1: list<i32>[1, 2, 3], 2: list<bool>[true, false], 3: list<i8>[-1], 4: list<i16>[300]}");
    expect_same("struct{1: list<i64>[5], 2: list<double>[0.5, nan(0x7ff0000000000001), -inf]}");
    expect_same("struct{1: set<string>[\"a\", h'80'], 2: set<i32>[]}");
    expect_same(
        "struct{1: list<uuid>[00112233-4455-6677-8899-aabbccddeeff, 00000000-0000-0000-0000-000000000000]}");
    expect_same("struct{10: map<string, list>{\"a\": list<bool>[true, false], \"b\": list<i32>[]}}");
    expect_same("struct{1: map<struct, map>{struct{}: map{}, struct{1: i8 1}: map<i8, uuid>{}}}");
    expect_same(
        "struct{1: list<struct>[struct{1: i32 7}, struct{}], 2: list<set>[set<list>[list<map>[map{}]]]}");
    expect_same("struct{11: struct{1: struct{1: struct{}}}, 12: map{}}");
    expect_same("struct{1: map<double, bool>{1.0: true, -0.0: false}}");
}

static void other_spellings_become_canonical(void **state)
{
    (void)state;
    expect_spelling(" \t\r\nstruct {\n1:i32\t5\n2 : bool true }\n", "struct{1: i32 5, 2: bool true}");
    expect_spelling("struct{1: i32 5,\n2: i32 6\n}", "struct{1: i32 5, 2: i32 6}");
    expect_spelling("struct{1: list < i32 > [ 1,2\n3 ]}", "struct{1: list<i32>[1, 2, 3]}");
    expect_spelling("struct{1: map<i8,i8>{1 :2,3:4}}", "struct{1: map<i8, i8>{1: 2, 3: 4}}");
    expect_spelling("struct{1: map {}}", "struct{1: map{}}");
    expect_spelling(
        "struct{1: string \"\\u0041\\u00e9\\u20ac\\ud83d\\ude00\\/\\\"\\\\\\b\\f\\n\\r\\t\\u0000\"}",
        "struct{1: string \"A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80/\\\"\\\\\\b\\f\\n\\r\\t\\u0000\"}");
    expect_spelling("struct{1: string \"\\u007F\\u0085\\uFFFF\\uDBFF\\uDFFF\"}",
                    "struct{1: string \"\\u007f\\u0085\xef\xbf\xbf\xf4\x8f\xbf\xbf\"}");
    expect_spelling("struct{1: string h'', 2: string h'6162', 3: string h'FFfe'}",
                    "struct{1: string \"\", 2: string \"ab\", 3: string h'fffe'}");
    expect_spelling("struct{1: string \"ab\"*3, 2: string h'00ff'*2, 3: string \"\"*9, 4: string \"x\"*1}",
                    "struct{1: string \"ababab\", 2: string h'00ff00ff', 3: string \"\", 4: string \"x\"}");
    expect_spelling(
        "struct{1: double 5, 2: double 2.50, 3: double 1E3, 4: double -0, 5: double 10000}",
        "struct{1: double 5.0, 2: double 2.5, 3: double 1000.0, 4: double -0.0, 5: double 10000.0}");
    expect_spelling("struct{1: double nan(0x7FF8000000000001)}", "struct{1: double nan(0x7ff8000000000001)}");
    expect_spelling("struct{1: uuid 00112233-4455-6677-8899-AABBCCDDEEFF}",
                    "struct{1: uuid 00112233-4455-6677-8899-aabbccddeeff}");
}

static void numbers_keep_their_bits(void **state)
{
    (void)state;
    text t;
    text_init(&t);
    read_into(
        &t, "struct{1: double nan(0xfff8dead00c0ffee), 2: i64 -9223372036854775808, 3: list<double>[-0.0]}");
    const tw_node *field = tw_node_first(tw_tree_root(&t.tree));
    assert_true(field->u.bits == UINT64_C(0xfff8dead00c0ffee));
    field = tw_node_next(field);
    assert_true(field->u.i == INT64_MIN);
    field = tw_node_next(field);
    assert_true(tw_node_item(field, 0).u.bits == UINT64_C(0x8000000000000000));
    text_deinit(&t);
}

static void repeats_are_written_out(void **state)
{
    (void)state;
    text t;
    text_init(&t);
    read_into(&t, "struct{1: string \"a\"*16384}");
    const tw_node *field = tw_node_first(tw_tree_root(&t.tree));
    assert_int_equal(field->count, 16384);
    for (size_t i = 0; i < 16384; i++) assert_int_equal(field->u.bytes[i], 'a');
    text_deinit(&t);
}

static void expect_indented(const char *source, const char *want)
{
    text t;
    text_init(&t);
    read_into(&t, source);
    assert_int_equal(tw_notation_write(tw_tree_root(&t.tree), TW_NOTATION_INDENTED, &t.out), TW_OK);
    assert_text(&t.out, want);
    tw_buffer_clear(&t.out);
    read_into(&t, want);
    assert_int_equal(tw_notation_write(tw_tree_root(&t.tree), TW_NOTATION_INDENTED, &t.out), TW_OK);
    assert_text(&t.out, want);
    text_deinit(&t);
}

static void people_get_lines(void **state)
{
    (void)state;
    expect_indented("struct{}", "struct{}");
    expect_indented("struct{1: i32 5, 2: list<i32>[1, 2], 3: struct{1: bool true}}",
                    "struct{\n"
                    "  1: i32 5\n"
                    "  2: list<i32>[1, 2]\n"
                    "  3: struct{1: bool true}\n"
                    "}");
    expect_indented("struct{1: map<string, string>{\"the first key of the map\": \"the first value\", "
                    "\"the second key of the map\": \"the second value\"}}",
                    "struct{\n"
                    "  1: map<string, string>{\n"
                    "    \"the first key of the map\": \"the first value\"\n"
                    "    \"the second key of the map\": \"the second value\"\n"
                    "  }\n"
                    "}");
}

static void long_lists_fill_their_lines(void **state)
{
    (void)state;
    text t;
    text_init(&t);
    tw_builder b;
    tw_builder_init(&b, &t.tree);
    tw_build_struct(&b);
    tw_build_field(&b, 1);
    tw_build_list(&b, TW_I32);
    for (int i = 0; i < 60; i++) tw_build_i32(&b, 1000 + i);
    tw_build_end(&b);
    tw_build_end(&b);
    assert_true(tw_builder_finish(&b));
    assert_int_equal(tw_notation_write(tw_tree_root(&t.tree), TW_NOTATION_INDENTED, &t.out), TW_OK);
    static const char head[] = "struct{\n  1: list<i32>[\n    1000, 1001, 1002, ";
    assert_memory_equal(t.out.data, head, sizeof head - 1);
    size_t lines = 0, column = 0;
    for (size_t i = 0; i < t.out.len; i++) {
        if (t.out.data[i] == '\n') {
            lines++;
            column = 0;
        } else {
            assert_true(++column <= 100);
        }
    }
    assert_int_equal(lines, 7); /* behind struct{, list[, three full lines, the last line, and ] */
    text_deinit(&t);
}

static void expect_brief(const char *source, size_t room, const char *want)
{
    text t;
    text_init(&t);
    read_into(&t, source);
    tw_buffer_append(&t.out, "> ", 2);
    assert_int_equal(tw_notation_write_brief(tw_tree_root(&t.tree), room, &t.out), TW_OK);
    assert_text(&t.out, want);
    text_deinit(&t);
}

static void brief_text_is_cut(void **state)
{
    (void)state;
    expect_brief("struct{1: i32 5}", 100, "> struct{1: i32 5}");
    expect_brief("struct{1: i32 5, 2: i32 6, 3: i32 7}", 20, "> struct{1: i32 5, 2: i32 6...");
    expect_brief("struct{1: string \"abcdefghijklmnopqrstuvwxyz\"}", 25, "> struct{1: string \"abcdefgh...");
    expect_brief("struct{1: list<struct>[struct{}, struct{}]}", 10, "> struct{1: list<struct>[...");
}

static void single_values_are_typed(void **state)
{
    (void)state;
    text t;
    text_init(&t);
    read_into(&t, "struct{1: i32 5}");
    assert_int_equal(tw_notation_write(tw_node_first(tw_tree_root(&t.tree)), TW_NOTATION_LINE, &t.out),
                     TW_OK);
    assert_text(&t.out, "i32 5");
    text_deinit(&t);
}

static void messages_have_a_head(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "call \"ping\" #7 struct{1: i32 5}",
        "reply \"\" #-2147483648 struct{}",
        "exception \"a\\\"b\" #2147483647 struct{}",
        "oneway h'ff' #0 struct{}",
        "type(0) \"x\" #1 struct{}",
        "type(7) \"x\" #1 struct{}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        text t;
        text_init(&t);
        tw_envelope envelope;
        tw_notation_error error;
        char *copy = strdup(texts[i]);
        assert_int_equal(tw_notation_read_message(copy, strlen(copy), &envelope, &t.tree, &error), TW_OK);
        free(copy);
        assert_int_equal(envelope.form, TW_HEADER_STRICT);
        assert_int_equal(
            tw_notation_write_message(&envelope, tw_tree_root(&t.tree), TW_NOTATION_LINE, &t.out), TW_OK);
        assert_text(&t.out, texts[i]);
        text_deinit(&t);
    }
}

/* A million levels: neither reading nor writing may use the C stack for them, nor take more than linear time.
 */
static void depth_costs_no_stack(void **state)
{
    (void)state;
    enum { LEVELS = 1000000 };
    static const char open[] = "struct{1: ";
    size_t unit = sizeof open - 1, len = (LEVELS - 1) * unit + 8 + LEVELS - 1;
    char *source = malloc(len);
    assert_non_null(source);
    for (size_t i = 0; i < LEVELS - 1; i++) memcpy(source + i * unit, open, unit);
    memcpy(source + (LEVELS - 1) * unit, "struct{}", 8);
    memset(source + (LEVELS - 1) * unit + 8, '}', LEVELS - 1);
    text t;
    text_init(&t);
    tw_notation_error error;
    assert_int_equal(tw_notation_read(source, len, &t.tree, &error), TW_OK);
    assert_int_equal(t.tree.count, LEVELS);
    assert_int_equal(tw_notation_write(tw_tree_root(&t.tree), TW_NOTATION_LINE, &t.out), TW_OK);
    assert_int_equal(t.out.len, len);
    assert_memory_equal(t.out.data, source, len);
    tw_buffer_clear(&t.out);
    assert_int_equal(tw_notation_write(tw_tree_root(&t.tree), TW_NOTATION_INDENTED, &t.out), TW_OK);
    assert_true(t.out.len < (size_t)LEVELS * 200);
    tw_buffer_clear(&t.out);
    assert_int_equal(tw_notation_write_brief(tw_tree_root(&t.tree), 40, &t.out), TW_OK);
    assert_text(&t.out, "struct{1: struct{1: struct{1: struct{1: struct{...");
    text_deinit(&t);
    free(source);
}

/* Refuses the n-th request for memory. */
typedef struct refusal {
    size_t left, live;
} refusal;

static void *refusing(void *context, void *block, size_t old_size, size_t new_size)
{
    refusal *r = context;
    (void)old_size;
    if (new_size == 0) {
        if (block) r->live--;
        free(block);
        return NULL;
    }
    if (r->left == 0) return NULL;
    r->left--;
    void *grown = realloc(block, new_size);
    if (grown && !block) r->live++;
    return grown;
}

static void refused_memory_is_told(void **state)
{
    (void)state;
    static const char source[] =
        "call \"n\" #1 struct{1: string \"abc\"*50, 2: map<string, list>{\"a\": list<i32>[1, 2]}, "
        "3: list<struct>[struct{1: struct{1: struct{1: struct{}}}}]}";
    bool passed = false;
    for (size_t n = 0; n < 200 && !passed; n++) {
        refusal r = {n, 0};
        tw_alloc alloc = {refusing, &r};
        tw_tree tree;
        tw_tree_init(&tree, &alloc, SIZE_MAX);
        tw_buffer out;
        tw_buffer_init(&out, &alloc);
        tw_envelope envelope;
        tw_notation_error error;
        tw_class cls = tw_notation_read_message(source, sizeof source - 1, &envelope, &tree, &error);
        if (cls == TW_OK) {
            cls = tw_notation_write_message(&envelope, tw_tree_root(&tree), TW_NOTATION_INDENTED, &out);
            passed = cls == TW_OK;
        } else {
            assert_string_equal(error.text, "out of memory");
            assert_null(tw_tree_root(&tree));
        }
        if (!passed) assert_int_equal(cls, TW_MEMORY);
        tw_buffer_deinit(&out);
        tw_tree_deinit(&tree);
        assert_int_equal(r.live, 0);
    }
    assert_true(passed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(canonical_text_is_kept),  cmocka_unit_test(other_spellings_become_canonical),
        cmocka_unit_test(numbers_keep_their_bits), cmocka_unit_test(repeats_are_written_out),
        cmocka_unit_test(people_get_lines),        cmocka_unit_test(long_lists_fill_their_lines),
        cmocka_unit_test(brief_text_is_cut),       cmocka_unit_test(single_values_are_typed),
        cmocka_unit_test(messages_have_a_head),    cmocka_unit_test(depth_costs_no_stack),
        cmocka_unit_test(refused_memory_is_told),
    };
    return cmocka_run_group_tests_name("wire/text/notation_write", tests, NULL, NULL);
}
