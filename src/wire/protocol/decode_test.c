/* Bytes written from the specification, and what is wrong with others. The golden vectors hold the rules one by one. */
#include "wire/protocol/protocol.h"
#include "wire/protocol/test/encoded.h"

#include <stdlib.h>
#include <string.h>

static void compact_struct_by_hand(void **state)
{
    (void)state;
    tw_bytes in =
        tw_test_hex("11 052202 00 ff"); /* 1: true; 17 by the long form: i32 1; stop; a byte behind */
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_outcome out;
    assert_int_equal(tw_decode(&tw_compact, in, NULL, &tree, &out), TW_OK);
    assert_int_equal(out.consumed, 5);
    assert_int_equal(out.depth, 1);
    const tw_node *root = tw_tree_root(&tree), *field = tw_node_first(root);
    assert_int_equal(root->count, 2);
    assert_int_equal(field->type, TW_BOOL);
    assert_int_equal(field->id, 1);
    assert_int_equal(field->u.i, 1);
    field = tw_node_next(field);
    assert_int_equal(field->type, TW_I32);
    assert_int_equal(field->id, 17);
    assert_int_equal(field->u.i, 1);
    assert_ptr_equal(tw_node_next(field), tw_node_next(root));
    tw_bytes again = tw_test_encoded(&tw_compact, &tree);
    assert_int_equal(again.len, 5);
    assert_memory_equal(again.data, in.data, 5);
    tw_test_free(again);
    tw_test_free(in);
    tw_tree_deinit(&tree);
}

static void binary_struct_by_hand(void **state)
{
    (void)state;
    tw_bytes in =
        tw_test_hex("02 0001 01  08 ffff fffffffb  04 0002 3ff0000000000000  0f 0003 06 00000002 0001 fffe"
                    " 0b 0004 00000002 6869  0d 0005 00 00 00000000  00");
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_outcome out;
    assert_int_equal(tw_decode(&tw_binary, in, NULL, &tree, &out), TW_OK);
    assert_int_equal(out.consumed, in.len);
    const tw_node *f = tw_node_first(tw_tree_root(&tree));
    assert_int_equal(f->u.i, 1);
    f = tw_node_next(f);
    assert_int_equal(f->id, -1);
    assert_int_equal(f->u.i, -5);
    f = tw_node_next(f);
    assert_true(f->u.bits == UINT64_C(0x3ff0000000000000));
    f = tw_node_next(f);
    assert_true(tw_node_packed(f));
    assert_int_equal(tw_node_item(f, 0).u.i, 1);
    assert_int_equal(tw_node_item(f, 1).u.i, -2);
    f = tw_node_next(f);
    assert_memory_equal(f->u.bytes, "hi", 2);
    assert_true(f->u.bytes >= in.data && f->u.bytes < in.data + in.len); /* by reference */
    f = tw_node_next(f);
    assert_int_equal(f->type, TW_MAP);
    assert_int_equal(f->inside, 0);
    tw_bytes again = tw_test_encoded(&tw_binary, &tree);
    assert_int_equal(again.len, in.len);
    assert_memory_equal(again.data, in.data, in.len);
    tw_test_free(again);
    tw_test_free(in);
    tw_tree_deinit(&tree);
}

/* Errors. */

typedef struct error_row {
    const tw_protocol *protocol;
    const char *hex;
    tw_class cls;
    tw_rule rule;
    size_t offset;
    const char *path;
} error_row;

static const error_row error_rows[] = {
    {&tw_binary, "", TW_TRUNCATED, TW_RULE_BINARY_STOP, 0, ""},
    {&tw_binary, "05 0001", TW_MALFORMED, TW_RULE_BINARY_FIELD_TYPE, 0, ""},
    {&tw_binary, "08 00", TW_TRUNCATED, TW_RULE_BINARY_FIELD, 0, ""},
    {&tw_binary, "08 0001 000000", TW_TRUNCATED, TW_RULE_BINARY_INTEGER, 3, "1"},
    {&tw_binary, "0b 0001 7fffffff", TW_TRUNCATED, TW_RULE_BINARY_STRING_SIZE, 3, "1"},
    {&tw_binary, "0b 0001 ffffffff 00", TW_MALFORMED, TW_RULE_BINARY_STRING_SIZE_NEGATIVE, 3, "1"},
    {&tw_binary, "0f 0002 0a 20000001 00", TW_TRUNCATED, TW_RULE_BINARY_LIST_SIZE, 4, "2"},
    {&tw_binary, "0f 0002 00 00000001 00", TW_MALFORMED, TW_RULE_BINARY_LIST_TYPE, 3, "2"},
    {&tw_binary, "0e 0002 05 00000000 00", TW_MALFORMED, TW_RULE_BINARY_SET_TYPE_EMPTY, 3, "2"},
    {&tw_binary, "0d 0002 0a 00 15555556 00", TW_MALFORMED, TW_RULE_BINARY_MAP_TYPE, 4, "2"},
    {&tw_binary, "0d 0002 00 03 00000000 00", TW_MALFORMED, TW_RULE_BINARY_MAP_TYPE_EMPTY, 3, "2"},
    {&tw_binary, "0d 0002 03 0c 00000002 01 02 0003 07 00 01 05", TW_MALFORMED, TW_RULE_BINARY_FIELD_TYPE, 16,
     "2{1}"},
    {&tw_compact, "1e", TW_MALFORMED, TW_RULE_COMPACT_FIELD_TYPE, 0, ""},
    {&tw_compact, "03 feff03 05 13 01", TW_MALFORMED, TW_RULE_COMPACT_FIELD_OVERFLOW, 5, ""},
    {&tw_compact, "05 80 80 04 00", TW_MALFORMED, TW_RULE_COMPACT_FIELD_OVERFLOW, 0, ""},
    {&tw_compact, "15 80", TW_TRUNCATED, TW_RULE_COMPACT_INTEGER, 1, "1"},
    {&tw_compact, "19 f5 ffffffff0f", TW_MALFORMED, TW_RULE_COMPACT_LIST_SIZE_NEGATIVE, 2, "1"},
    {&tw_compact, "19 55 01 02", TW_TRUNCATED, TW_RULE_COMPACT_LIST_SIZE, 1, "1"},
    {&tw_compact, "19 35 01 80 80", TW_TRUNCATED, TW_RULE_COMPACT_INTEGER, 3, "1[1]"},
    {&tw_compact, "1a 31 01 03 02", TW_MALFORMED, TW_RULE_COMPACT_BOOL_ELEMENT_VALUE, 3, "1[1]"},
    {&tw_compact, "1b 01 e8 00", TW_MALFORMED, TW_RULE_COMPACT_MAP_TYPE, 2, "1"},
    {&tw_compact, "1b 02 3c 01 00 02 1f", TW_MALFORMED, TW_RULE_COMPACT_FIELD_TYPE, 6, "1{1}"},
    {&tw_compact, "1c 19 2c 00 1f", TW_MALFORMED, TW_RULE_COMPACT_FIELD_TYPE, 4, "1.1[1]"},
    {&tw_compact, "18 ffffffff07", TW_TRUNCATED, TW_RULE_COMPACT_STRING_SIZE, 1, "1"},
};

static void errors_say_where_and_why(void **state)
{
    (void)state;
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    for (size_t i = 0; i < sizeof error_rows / sizeof error_rows[0]; i++) {
        const error_row *w = &error_rows[i];
        tw_bytes in = tw_test_hex(w->hex);
        tw_outcome out;
        char path[100];
        assert_int_equal(tw_decode(w->protocol, in, NULL, &tree, &out), w->cls);
        tw_path_format(&out.error.path, path, sizeof path);
        assert_string_equal(tw_rule_info_of(out.error.rule)->id, tw_rule_info_of(w->rule)->id);
        assert_int_equal(out.error.offset, w->offset);
        assert_string_equal(path, w->path);
        assert_null(tw_tree_root(&tree));
        assert_int_equal(tw_skip(w->protocol, in, NULL, &out), w->cls);
        assert_int_equal(out.error.offset, w->offset);
        assert_int_equal(out.error.rule, w->rule);
        tw_path_format(&out.error.path, path, sizeof path);
        assert_string_equal(path, w->path);
        tw_test_free(in);
    }
    tw_tree_deinit(&tree);
}

static void open_rules_are_reported(void **state)
{
    (void)state;
    static const struct {
        const tw_protocol *protocol;
        const char *hex;
        tw_rule rule;
    } rows[] = {{&tw_binary, "02 0001 02 00", TW_RULE_BINARY_BOOL_VALUE},
                {&tw_binary, "0f 0001 02 00000002 01 ff 00", TW_RULE_BINARY_BOOL_VALUE},
                {&tw_compact, "19 21 01 00 00", TW_RULE_COMPACT_BOOL_ELEMENT_ZERO},
                {&tw_compact, "15 80 00 00", TW_RULE_COMPACT_VARINT_MINIMAL},
                {&tw_compact, "15 02 f0", TW_RULE_COMPACT_STOP_NIBBLE}};
    tw_tree tree;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        tw_bytes in = tw_test_hex(rows[i].hex);
        tw_outcome out;
        assert_int_equal(tw_decode(rows[i].protocol, in, NULL, &tree, &out), TW_OK);
        assert_true(tw_ruleset_has(&out.open, rows[i].rule));
        tw_ruleset only = {{0}};
        tw_ruleset_add(&only, rows[i].rule);
        assert_memory_equal(&only, &out.open, sizeof only);
        tw_outcome skipped;
        assert_int_equal(tw_skip(rows[i].protocol, in, NULL, &skipped), TW_OK);
        assert_memory_equal(&only, &skipped.open, sizeof only);
        tw_test_free(in);
    }
    tw_tree_deinit(&tree);
}

static void misuse_is_told(void **state)
{
    (void)state;
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    tw_node scalar = {.type = TW_I32};
    assert_int_equal(tw_encode(&tw_binary, NULL, &to), TW_USAGE);
    assert_int_equal(tw_encode(&tw_binary, &scalar, &to), TW_USAGE);
    tw_node list[2] = {{.type = TW_STRUCT, .count = 1, .u.span = 2},
                       {.type = TW_STRING, .id = 1, .count = UINT32_MAX}};
    assert_int_equal(tw_encode(&tw_compact, list, &to), TW_USAGE);
    assert_int_equal(to.len, 0);
    tw_buffer_deinit(&to);
    assert_null(tw_protocol_find("json"));
    assert_ptr_equal(tw_protocol_find("compact"), &tw_compact);
    assert_string_equal(tw_protocol_name(&tw_binary), "binary");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compact_struct_by_hand),   cmocka_unit_test(binary_struct_by_hand),
        cmocka_unit_test(errors_say_where_and_why), cmocka_unit_test(open_rules_are_reported),
        cmocka_unit_test(misuse_is_told),
    };
    return cmocka_run_group_tests_name("wire/protocol/decode", tests, NULL, NULL);
}
