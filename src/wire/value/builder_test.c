#include "wire/value/builder.h"
#include "wire/test/support.h"

#include <string.h>

static void build_everything(tw_builder *b)
{
    static const uint8_t uuid[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    tw_build_struct(b);
    tw_build_field(b, 1);
    tw_build_bool(b, true);
    tw_build_field(b, -2);
    tw_build_i8(b, -8);
    tw_build_field(b, 3);
    tw_build_uuid(b, uuid);
    tw_build_field(b, 4);
    tw_build_list(b, TW_I16);
    for (int16_t i = 0; i < 100; i++) tw_build_i16(b, i);
    tw_build_end(b);
    tw_build_field(b, 5);
    tw_build_map(b, TW_STRING, TW_SET);
    tw_build_string(b, tw_bytes_of("key", 3));
    tw_build_set(b, TW_UUID);
    tw_build_uuid(b, uuid);
    tw_build_end(b);
    tw_build_end(b);
    tw_build_field(b, 6);
    tw_build_map(b, TW_STOP, TW_STOP);
    tw_build_end(b);
    tw_build_field(b, 7);
    tw_build_list(b, TW_STRUCT);
    tw_build_struct(b);
    tw_build_end(b);
    tw_build_end(b);
    tw_build_end(b);
}

static void builds_a_tape(void **state)
{
    (void)state;
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_builder b;
    tw_builder_init(&b, &tree);
    build_everything(&b);
    assert_true(tw_builder_finish(&b));
    const tw_node *root = tw_tree_root(&tree), *f = tw_node_first(root);
    assert_int_equal(root->count, 7);
    assert_int_equal(tw_node_span(root), tree.count);
    f = tw_node_next(tw_node_next(f));
    assert_int_equal(f->u.bytes[15], 16);
    f = tw_node_next(f);
    assert_int_equal(f->count, 100);
    assert_int_equal(tw_node_item(f, 99).u.i, 99);
    f = tw_node_next(f);
    assert_int_equal(f->count, 1);
    assert_int_equal(tw_node_key_type(f), TW_STRING);
    assert_int_equal(tw_node_element_type(f), TW_SET);
    const tw_node *set = tw_node_next(tw_node_first(f));
    assert_int_equal(tw_node_item(set, 0).u.bytes[0], 1);
    f = tw_node_next(tw_node_next(f));
    assert_int_equal(f->id, 7);
    assert_int_equal(tw_node_span(f), 2);
    tw_tree_deinit(&tree);
}

/* Each of these calls is one too many or of the wrong kind. */
static void wrong_struct_value(tw_builder *b)
{
    tw_build_struct(b);
    tw_build_i32(b, 1);
}
static void wrong_element(tw_builder *b)
{
    tw_build_struct(b);
    tw_build_field(b, 1);
    tw_build_list(b, TW_I32);
    tw_build_i16(b, 1);
}
static void field_in_list(tw_builder *b)
{
    tw_build_struct(b);
    tw_build_field(b, 1);
    tw_build_list(b, TW_I32);
    tw_build_field(b, 1);
}
static void map_without_value(tw_builder *b)
{
    tw_build_struct(b);
    tw_build_field(b, 1);
    tw_build_map(b, TW_I8, TW_I8);
    tw_build_i8(b, 1);
    tw_build_end(b);
    tw_build_end(b);
}
static void field_without_value(tw_builder *b)
{
    tw_build_struct(b);
    tw_build_field(b, 1);
    tw_build_end(b);
}
static void never_ended(tw_builder *b)
{
    tw_build_struct(b);
}
static void nothing(tw_builder *b)
{
    (void)b;
}
static void two_roots(tw_builder *b)
{
    tw_build_struct(b);
    tw_build_end(b);
    tw_build_struct(b);
    tw_build_end(b);
}
static void one_end_too_many(tw_builder *b)
{
    tw_build_struct(b);
    tw_build_end(b);
    tw_build_end(b);
}
static void list_of_nothing(tw_builder *b)
{
    tw_build_struct(b);
    tw_build_field(b, 1);
    tw_build_list(b, TW_STOP);
    tw_build_end(b);
    tw_build_end(b);
}
static void half_typed_map(tw_builder *b)
{
    tw_build_struct(b);
    tw_build_field(b, 1);
    tw_build_map(b, TW_I8, TW_STOP);
    tw_build_end(b);
    tw_build_end(b);
}
static void untyped_map_with_key(tw_builder *b)
{
    tw_build_struct(b);
    tw_build_field(b, 1);
    tw_build_map(b, TW_STOP, TW_STOP);
    tw_build_i8(b, 1);
}
static void field_outside_of_all(tw_builder *b)
{
    tw_build_field(b, 1);
}
static void two_fields_for_one_value(tw_builder *b)
{
    tw_build_struct(b);
    tw_build_field(b, 1);
    tw_build_field(b, 2);
}
static void string_beyond_the_formats(tw_builder *b)
{
    tw_build_struct(b);
    tw_build_field(b, 1);
    tw_build_string(b, tw_bytes_of("", (size_t)INT32_MAX + 1)); /* never looked at */
}
static void set_of_no_type(tw_builder *b)
{
    tw_build_struct(b);
    tw_build_field(b, 1);
    tw_build_set(b, (tw_type)14);
}
static void map_of_no_types(tw_builder *b)
{
    tw_build_struct(b);
    tw_build_field(b, 1);
    tw_build_map(b, (tw_type)2, TW_STOP);
}
static void map_to_no_type(tw_builder *b)
{
    tw_build_struct(b);
    tw_build_field(b, 1);
    tw_build_map(b, TW_STOP, (tw_type)14);
}

static void any_value_may_be_the_root(void **state)
{
    (void)state;
    static const uint8_t uuid[16] = {[15] = 16};
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_builder b;
    tw_builder_init(&b, &tree);
    tw_build_uuid(&b, uuid);
    assert_true(tw_builder_finish(&b));
    assert_int_equal(tw_tree_root(&tree)->type, TW_UUID);
    assert_memory_equal(tw_tree_root(&tree)->u.bytes, uuid, 16);
    tw_builder_init(&b, &tree);
    tw_build_i16(&b, -7);
    assert_true(tw_builder_finish(&b));
    assert_int_equal(tw_tree_root(&tree)->u.i, -7);
    tw_tree_deinit(&tree);
}

static void misuse_sticks(void **state)
{
    (void)state;
    static void (*const wrongs[])(tw_builder *) = {wrong_struct_value,
                                                   wrong_element,
                                                   field_in_list,
                                                   map_without_value,
                                                   field_without_value,
                                                   never_ended,
                                                   nothing,
                                                   two_roots,
                                                   one_end_too_many,
                                                   list_of_nothing,
                                                   half_typed_map,
                                                   untyped_map_with_key,
                                                   field_outside_of_all,
                                                   two_fields_for_one_value,
                                                   string_beyond_the_formats,
                                                   set_of_no_type,
                                                   map_of_no_types,
                                                   map_to_no_type};
    for (size_t i = 0; i < sizeof wrongs / sizeof wrongs[0]; i++) {
        tw_test_alloc mem;
        tw_test_alloc_init(&mem, 0);
        tw_tree tree;
        tw_tree_init(&tree, &mem.alloc, SIZE_MAX);
        tw_builder b;
        tw_builder_init(&b, &tree);
        wrongs[i](&b);
        assert_false(tw_builder_finish(&b));
        assert_int_equal(b.cls, TW_USAGE);
        assert_null(tw_tree_root(&tree));
        tw_tree_deinit(&tree);
        assert_int_equal(mem.now, 0);
    }
}

static void every_allocation_can_fail(void **state)
{
    (void)state;
    for (size_t n = 1;; n++) {
        tw_test_alloc mem;
        tw_test_alloc_init(&mem, n);
        tw_tree tree;
        tw_tree_init(&tree, &mem.alloc, SIZE_MAX);
        tw_builder b;
        tw_builder_init(&b, &tree);
        build_everything(&b);
        bool ok = tw_builder_finish(&b);
        assert_int_equal(b.cls, ok ? TW_OK : TW_MEMORY);
        tw_tree_deinit(&tree);
        assert_int_equal(mem.now, 0);
        if (ok) break;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(builds_a_tape), cmocka_unit_test(misuse_sticks),
                                       cmocka_unit_test(any_value_may_be_the_root),
                                       cmocka_unit_test(every_allocation_can_fail)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
