/* What a typed reader keeps, drops and refuses. */
#include "suite/typed/read.h"

#include "wire/text/notation.h"
#include "wire/value/builder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct row {
    const char *table, *value;
    const char *kept; /* NULL: refused */
    tw_rule rule;     /* refused: by which rule; kept: the open rule relied on, or NONE */
    const char *path; /* refused: where */
} row;

static const row rows[] = {
    {"assay.Pair", "struct{1: i32 7, 2: string \"b\"}", "struct{1: i32 7, 2: string \"b\"}", TW_RULE_NONE,
     NULL},
    {"assay.Pair", "struct{}", "struct{}", TW_RULE_NONE, NULL},
    {"assay.Pair", "struct{2: string \"b\", 1: i32 7}", "struct{1: i32 7, 2: string \"b\"}", TW_RULE_NONE,
     NULL},
    {"assay.Empty", "struct{1: i32 7}", "struct{}", TW_RULE_NONE, NULL},
    /* unknown fields */
    {"assay.Pair",
     "struct{-1: i8 1, 0: map{}, 1: i32 7, 3: list<struct>[struct{1: bool true}], 9: string h'ff'}",
     "struct{1: i32 7}", TW_RULE_NONE, NULL},
    {"assay.Lists", "struct{10: list<struct>[struct{7: i8 1, 1: i32 2}]}",
     "struct{10: list<struct>[struct{1: i32 2}]}", TW_RULE_NONE, NULL},
    /* other types */
    {"assay.Pair", "struct{1: i64 7, 2: string \"b\"}", "struct{2: string \"b\"}", TW_RULE_TYPED_FIELD_TYPE,
     NULL},
    {"assay.Everything", "struct{41: set<i32>[1]}", "struct{}", TW_RULE_TYPED_FIELD_TYPE, NULL},
    {"assay.Everything", "struct{41: list<i64>[1]}", "struct{}", TW_RULE_TYPED_ELEMENT_TYPE, NULL},
    {"assay.Everything", "struct{41: list<i64>[]}", "struct{41: list<i32>[]}", TW_RULE_TYPED_ELEMENT_TYPE,
     NULL},
    {"assay.Everything", "struct{43: map{}}", "struct{43: map<string, i32>{}}", TW_RULE_NONE, NULL},
    {"assay.Everything", "struct{43: map<i32, i32>{}}", "struct{43: map<string, i32>{}}",
     TW_RULE_TYPED_ELEMENT_TYPE, NULL},
    {"assay.Everything", "struct{43: map<string, string>{\"a\": \"b\"}}", "struct{}",
     TW_RULE_TYPED_ELEMENT_TYPE, NULL},
    {"assay.Everything", "struct{44: list<list>[list<bool>[true], list<i8>[1]]}", "struct{}",
     TW_RULE_TYPED_ELEMENT_TYPE, NULL},
    {"assay.Everything", "struct{300: map<i32, list>{1: list<i32>[1]}}", "struct{}",
     TW_RULE_TYPED_ELEMENT_TYPE, NULL},
    /* containers */
    {"assay.Everything", "struct{44: list<list>[list<bool>[true, false], list<bool>[]]}",
     "struct{44: list<list>[list<bool>[true, false], list<bool>[]]}", TW_RULE_NONE, NULL},
    {"assay.Maps", "struct{10: map<string, map>{\"a\": map<string, bool>{\"x\": true}, \"b\": map{}}}",
     "struct{10: map<string, map>{\"a\": map<string, bool>{\"x\": true}, \"b\": map<string, bool>{}}}",
     TW_RULE_NONE, NULL},
    {"assay.Sets", "struct{5: set<i64>[-9223372036854775808, 1], 6: set<double>[-0.0]}",
     "struct{5: set<i64>[-9223372036854775808, 1], 6: set<double>[-0.0]}", TW_RULE_NONE, NULL},
    /* fields that stand twice */
    {"assay.Pair", "struct{1: i32 1, 1: i32 2}", "struct{1: i32 2}", TW_RULE_TYPED_DUPLICATE, NULL},
    {"assay.Pair", "struct{1: i32 1, 1: string \"2\"}", "struct{1: i32 1}", TW_RULE_TYPED_FIELD_TYPE, NULL},
    /* enums */
    {"assay.Everything", "struct{23: i32 -3}", "struct{23: i32 -3}", TW_RULE_NONE, NULL},
    {"assay.Everything", "struct{23: i32 2}", "struct{23: i32 2}", TW_RULE_TYPED_ENUM, NULL},
    {"assay.Lists", "struct{9: list<i32>[1, 99]}", "struct{9: list<i32>[1, 99]}", TW_RULE_TYPED_ENUM, NULL},
    /* required fields */
    {"assay.Strict", "struct{2: string \"a\", 1: i32 1}", "struct{1: i32 1, 2: string \"a\"}", TW_RULE_NONE,
     NULL},
    {"assay.Strict", "struct{1: i32 1, 3: i32 1}", NULL, TW_RULE_TYPED_REQUIRED, "2"},
    {"assay.Strict", "struct{1: i64 1, 2: string \"a\"}", NULL, TW_RULE_TYPED_REQUIRED, "1"},
    {"assay.StrictInside", "struct{2: list<struct>[struct{1: i32 1, 2: string \"\"}, struct{1: i32 1}]}",
     NULL, TW_RULE_TYPED_REQUIRED, "2[1].2"},
    {"assay.StrictInside", "struct{3: map<i32, struct>{5: struct{}}}", NULL, TW_RULE_TYPED_REQUIRED,
     "3{0}.1"},
    {"assay.StrictDefault", "struct{}", NULL, TW_RULE_TYPED_REQUIRED, "1"},
    /* defaults */
    {"assay.Defaults", "struct{6: list<i32>[], 1: i32 0}",
     "struct{1: i32 0, 2: string \"none\", 3: bool true, 4: double 2.5, 5: i32 7, 6: list<i32>[], "
     "7: map<string, i32>{\"a\": 1}, 8: set<string>[\"w\"]}",
     TW_RULE_TYPED_OPTIONAL_DEFAULT, NULL},
    {"assay.Plain", "struct{1: i32 1, 2: string \"\", 3: bool false, 4: list<i32>[], 6: struct{}}",
     "struct{1: i32 1, 2: string \"\", 3: bool false, 4: list<i32>[], 5: i32 7, 6: struct{}}", TW_RULE_NONE,
     NULL},
    {"assay.Plain", "struct{}", "struct{5: i32 7}", TW_RULE_TYPED_ABSENT, NULL},
    /* unions */
    {"assay.Choice", "struct{5: bool false}", "struct{5: bool false}", TW_RULE_NONE, NULL},
    {"assay.Choice", "struct{9: i32 1}", "struct{}", TW_RULE_TYPED_UNION_EMPTY, NULL},
    {"assay.Choice", "struct{1: i32 1, 2: string \"b\"}", NULL, TW_RULE_TYPED_UNION_MANY, ""},
    {"assay.Chooser", "struct{2: list<struct>[struct{1: i32 1}, struct{1: i32 1, 5: bool true}]}", NULL,
     TW_RULE_TYPED_UNION_MANY, "2[1]"},
    {"assay.Choice", "struct{1: i32 1, 1: i32 2}", "struct{1: i32 2}", TW_RULE_TYPED_DUPLICATE, NULL},
    /* others */
    {"assay.Failure", "struct{1: i32 4, 2: string \"no\"}", "struct{1: i32 4, 2: string \"no\"}",
     TW_RULE_NONE, NULL},
    {"assay.Tree", "struct{2: list<struct>[struct{1: i32 1}, struct{2: list<struct>[]}]}",
     "struct{2: list<struct>[struct{1: i32 1}, struct{2: list<struct>[]}]}", TW_RULE_NONE, NULL},
};

static void check_row(const row *r)
{
    tw_tree value, got;
    tw_buffer text;
    tw_notation_error bad;
    tw_ruleset open, want = {{0}};
    tw_error error;
    char path[128];
    tw_tree_init(&value, NULL, SIZE_MAX);
    tw_tree_init(&got, NULL, SIZE_MAX);
    tw_buffer_init(&text, NULL);
    assert_int_equal(tw_notation_read(r->value, strlen(r->value), &value, &bad), TW_OK);
    tw_class cls = assay_typed_read(assay_idl_find(r->table, strlen(r->table)), tw_tree_root(&value), &got,
                                    &open, &error);
    assert_int_equal(cls, error.cls);
    if (r->kept) {
        assert_int_equal(cls, TW_OK);
        assert_int_equal(tw_notation_write(tw_tree_root(&got), TW_NOTATION_LINE, &text), TW_OK);
        assert_true(tw_buffer_append_byte(&text, 0));
        assert_string_equal((const char *)text.data, r->kept);
        if (r->rule != TW_RULE_NONE) tw_ruleset_add(&want, r->rule);
        assert_memory_equal(&open, &want, sizeof open);
    } else {
        assert_int_equal(cls, TW_MALFORMED);
        assert_int_equal(error.rule, r->rule);
        assert_null(tw_tree_root(&got));
        tw_path_format(&error.path, path, sizeof path);
        assert_string_equal(path, r->path);
    }
    tw_buffer_deinit(&text);
    tw_tree_deinit(&got);
    tw_tree_deinit(&value);
}

static void every_row(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        check_row(&rows[i]);
    }
}

static tw_class read_chain(size_t levels, tw_error *error)
{
    tw_tree value, got;
    tw_builder b;
    tw_ruleset open;
    tw_tree_init(&value, NULL, SIZE_MAX);
    tw_tree_init(&got, NULL, SIZE_MAX);
    tw_builder_init(&b, &value);
    for (size_t i = 0; i < levels; i++) {
        if (i) tw_build_field(&b, 2);
        tw_build_struct(&b);
    }
    for (size_t i = 0; i < levels; i++) tw_build_end(&b);
    assert_true(tw_builder_finish(&b));
    tw_class cls =
        assay_typed_read(assay_idl_find("assay.Chain", 11), tw_tree_root(&value), &got, &open, error);
    tw_tree_deinit(&got);
    tw_tree_deinit(&value);
    return cls;
}

/* A value may nest deeper than the stack is long. */
static void depth_has_an_end(void **state)
{
    tw_error error;
    (void)state;
    assert_int_equal(read_chain(ASSAY_TYPED_DEPTH_MOST + 1, &error), TW_OK);
    assert_int_equal(read_chain(ASSAY_TYPED_DEPTH_MOST + 2, &error), TW_LIMIT);
    assert_int_equal(error.rule, TW_RULE_LIMIT_DEPTH);
    assert_int_equal(read_chain(1000000, &error), TW_LIMIT);
}

/* Every refused allocation is told, and leaves nothing behind. */
static void refused_memory_is_told(void **state)
{
    static const char text[] = "struct{6: list<i32>[1, 2, 3], 2: string \"some text\"}";
    tw_tree value;
    tw_notation_error bad;
    (void)state;
    tw_tree_init(&value, NULL, SIZE_MAX);
    assert_int_equal(tw_notation_read(text, sizeof text - 1, &value, &bad), TW_OK);
    bool refused = false, read = false;
    for (size_t cap = 0; cap < 100000 && !read; cap += 16) {
        tw_tree got;
        tw_ruleset open;
        tw_error error;
        tw_tree_init(&got, NULL, cap);
        tw_class cls =
            assay_typed_read(assay_idl_find("assay.Defaults", 14), tw_tree_root(&value), &got, &open, &error);
        assert_true(cls == TW_OK || cls == TW_MEMORY);
        refused |= cls == TW_MEMORY;
        read = cls == TW_OK;
        assert_true(read == (tw_tree_root(&got) != NULL));
        tw_tree_deinit(&got);
    }
    assert_true(refused && read);
    tw_tree_deinit(&value);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row),
        cmocka_unit_test(depth_has_an_end),
        cmocka_unit_test(refused_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
