/* The tables say what the Thrift compiler says of conformance/idl: its JSON is compared with them, row by row. Where there
 * is no compiler (program `thrift`, or $THRIFT) the comparison is skipped; what can be looked at without it is not. The
 * JSON does not name the enum of a field, so that this alone is not compared. */
#include "suite/typed/idl.h"

#include "wire/text/notation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

/* What is wrong with a table, or "". */
static char wrong[256];

__attribute__((format(printf, 1, 2))) static bool differ(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(wrong, sizeof wrong, format, args);
    va_end(args);
    return false;
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static bool same_wire(tw_type wire, const char *name)
{
    return strcmp(tw_type_name(wire), strcmp(name, "binary") == 0 ? "string" : name) == 0 ||
           (wire == TW_STRUCT && (strcmp(name, "union") == 0 || strcmp(name, "exception") == 0));
}

/* The type that the JSON spells with `prefix` before "typeId" and "type" ("", "elem", "key", "value"). */
static bool same_type(const assay_idl_type *type, const json_t *json, const char *prefix)
{
    char key[16];
    snprintf(key, sizeof key, "%s%s", prefix, *prefix ? "TypeId" : "typeId");
    const char *name = text_of(json, key);
    if (!same_wire(type->wire, name)) return differ("is %s, not %s", name, tw_type_name(type->wire));
    snprintf(key, sizeof key, "%s%s", prefix, *prefix ? "Type" : "type");
    const json_t *inner = json_object_get(json, key);
    if (type->wire == TW_STRUCT)
        return strcmp(text_of(inner, "class"), type->structure->name) == 0 ||
               differ("is a %s, not a %s", text_of(inner, "class"), type->structure->name);
    if (type->wire == TW_MAP)
        return same_type(type->key, inner, "key") && same_type(type->element, inner, "value");
    return !type->element || same_type(type->element, inner, "elem");
}

/* A default value in JSON as notation spells it. */
static void spell(const assay_idl_type *type, const json_t *json, char *to, size_t size)
{
    char inner[2][128] = {"", ""};
    size_t i;
    const char *key;
    json_t *item;
    switch (type->wire) {
    case TW_BOOL: snprintf(to, size, "%s", json_integer_value(json) ? "true" : "false"); return;
    case TW_DOUBLE: snprintf(to, size, "%.17g", json_number_value(json)); return;
    case TW_STRING: snprintf(to, size, "\"%s\"", json_string_value(json)); return;
    case TW_LIST:
    case TW_SET:
        json_array_foreach(json, i, item)
        {
            spell(type->element, item, inner[1], sizeof inner[1]);
            size_t len = strlen(inner[0]);
            snprintf(inner[0] + len, sizeof inner[0] - len, "%s%s", len ? ", " : "", inner[1]);
        }
        snprintf(to, size, "%s<%s>[%s]", tw_type_name(type->wire), tw_type_name(type->element->wire),
                 inner[0]);
        return;
    case TW_MAP: /* one pair, with a string for a key, is all that the IDL holds */
        json_object_foreach((json_t *)json, key, item) spell(type->element, item, inner[1], sizeof inner[1]);
        snprintf(to, size, "map<string, %s>{\"%s\": %s}", tw_type_name(type->element->wire),
                 json_object_iter_key(json_object_iter((json_t *)json)), inner[1]);
        return;
    default: snprintf(to, size, "%lld", (long long)json_integer_value(json));
    }
}

/* The default value of a field, in notation with its type; "" where it has none. */
static void default_of(const assay_idl_struct *table, int16_t id, char *to, size_t size)
{
    tw_tree tree;
    tw_notation_error error;
    tw_buffer text;
    *to = 0;
    if (!table->defaults) return;
    tw_tree_init(&tree, NULL, SIZE_MAX);
    tw_buffer_init(&text, NULL);
    assert_int_equal(tw_notation_read(table->defaults, strlen(table->defaults), &tree, &error), TW_OK);
    const tw_node *root = tw_tree_root(&tree);
    for (const tw_node *at = tw_node_first(root); at < tw_node_next(root); at = tw_node_next(at)) {
        if (at->id != id) continue;
        assert_int_equal(tw_notation_write(at, TW_NOTATION_LINE, &text), TW_OK);
        snprintf(to, size, "%.*s", (int)text.len, (const char *)text.data);
    }
    tw_buffer_deinit(&text);
    tw_tree_deinit(&tree);
}

static bool same_default(const assay_idl_struct *table, const assay_idl_field *row, const json_t *json)
{
    char ours[256], theirs[300] = "", spelled[256];
    const json_t *value = json_object_get(json, "default");
    default_of(table, row->id, ours, sizeof ours);
    if (value) {
        spell(&row->type, value, spelled, sizeof spelled);
        bool named = strchr(spelled, '<') != NULL;
        snprintf(theirs, sizeof theirs, "%s%s%s", named ? "" : tw_type_name(row->type.wire), named ? "" : " ",
                 spelled);
    }
    return strcmp(ours, theirs) == 0 || differ("has the default '%s', not '%s'", theirs, ours);
}

static bool same_field(const assay_idl_struct *table, const assay_idl_field *row, const json_t *json)
{
    static const char *const needs[] = {"req_out", "required", "optional"};
    const char *need = text_of(json, "required");
    if (strcmp(need, needs[row->need]) != 0) return differ("is %s, not %s", need, needs[row->need]);
    return same_type(&row->type, json, "") && same_default(table, row, json);
}

static bool same_struct(const assay_idl_struct *table, const json_t *json)
{
    const json_t *fields = json_object_get(json, "fields"), *field;
    size_t i;
    bool is_union = json_is_true(json_object_get(json, "isUnion"));
    bool is_exception = json_is_true(json_object_get(json, "isException"));
    if (is_union != (table->kind == ASSAY_IDL_UNION) || is_exception != (table->kind == ASSAY_IDL_EXCEPTION))
        return differ("%s is of another kind", table->name);
    if (json_array_size(fields) != table->count)
        return differ("%s has %zu fields, not %zu", table->name, json_array_size(fields), table->count);
    json_array_foreach(fields, i, field)
    {
        json_int_t id = json_integer_value(json_object_get(field, "key"));
        size_t row = 0;
        while (row < table->count && table->fields[row].id != id) row++;
        if (row == table->count) return differ("%s.%lld is missing", table->name, (long long)id);
        char before[sizeof wrong];
        if (same_field(table, &table->fields[row], field)) continue;
        memcpy(before, wrong, sizeof before);
        return differ("%s.%lld %.200s", table->name, (long long)id, before);
    }
    return true;
}

static bool same_enum(const assay_idl_enum *table, const json_t *json)
{
    const json_t *members = json_object_get(json, "members"), *member;
    size_t i;
    if (json_array_size(members) != table->count)
        return differ("%s has another count of values", table->name);
    json_array_foreach(members, i, member)
    {
        json_int_t value = json_integer_value(json_object_get(member, "value"));
        size_t at = 0;
        while (at < table->count && table->values[at] != value) at++;
        if (at == table->count) return differ("%s: %lld is missing", table->name, (long long)value);
    }
    return true;
}

static bool same_file(const assay_idl_file *file, const json_t *json)
{
    const json_t *structs = json_object_get(json, "structs"), *enums = json_object_get(json, "enums"), *item;
    size_t i;
    wrong[0] = 0;
    if (json_array_size(structs) != file->count || json_array_size(enums) != file->enum_count)
        return differ("%s has another count of structs or enums", file->name);
    json_array_foreach(structs, i, item)
    {
        size_t at = 0;
        while (at < file->count && strcmp(file->structs[at]->name, text_of(item, "name")) != 0) at++;
        if (at == file->count) return differ("no table for %s", text_of(item, "name"));
        if (!same_struct(file->structs[at], item)) return false;
    }
    json_array_foreach(enums, i, item)
    {
        size_t at = 0;
        while (at < file->enum_count && strcmp(file->enums[at]->name, text_of(item, "name")) != 0) at++;
        if (at == file->enum_count) return differ("no table for %s", text_of(item, "name"));
        if (!same_enum(file->enums[at], item)) return false;
    }
    return true;
}

/* What the compiler says of a file; NULL where there is no compiler. */
static json_t *compiled(const char *name)
{
    char folder[] = "/tmp/assay-idl-XXXXXX", command[512], path[128];
    const char *compiler = getenv("THRIFT");
    json_error_t error;
    if (!compiler || !*compiler) compiler = "thrift";
    snprintf(command, sizeof command, "command -v '%s' >/dev/null 2>&1", compiler);
    if (system(command) != 0) return NULL; /* NOLINT(cert-env33-c): a test, and its own words */
    assert_non_null(mkdtemp(folder));
    snprintf(command, sizeof command, "'%s' -nowarn --gen json -out %s conformance/idl/%s.thrift", compiler,
             folder, name);
    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c) */
    snprintf(path, sizeof path, "%s/%s.json", folder, name);
    json_t *json = json_load_file(path, 0, &error);
    if (!json) print_error("%s: %s\n", path, error.text);
    assert_non_null(json);
    unlink(path);
    rmdir(folder);
    return json;
}

static void the_compiler_says_the_same(void **state)
{
    const assay_idl_file *file;
    (void)state;
    for (size_t i = 0; (file = assay_idl_file_at(i)); i++) {
        json_t *json = compiled(file->name);
        if (!json) skip();
        if (!same_file(file, json)) fail_msg("%s: %s", file->name, wrong);
        json_decref(json);
    }
}

/* Each difference that is planted into what the compiler says is found. */
static void a_difference_is_found(void **state)
{
    static const struct {
        const char *name, *key, *value, *found;
        int field;
    } plants[] = {
        {"Pair", "key", "3", "Pair.3 is missing", 1},
        {"Pair", "required", "\"required\"", "Pair.1 is required, not optional", 0},
        {"Pair", "typeId", "\"i64\"", "Pair.1 is i64, not i32", 0},
        {"Pair", "default", "1", "Pair.1 has the default 'i32 1', not ''", 0},
        {"Pair", "isUnion", "true", "Pair is of another kind", -1},
        {"Pair", "name", "\"Pear\"", "no table for Pear", -1},
        {"Defaults", "default", "6", "Defaults.1 has the default 'i32 6', not 'i32 5'", 0},
        {"Defaults", "default", "[1]", "Defaults.6 has the default 'list<i32>[1]', not 'list<i32>[1, 2]'", 5},
        {"Chooser", "type", "{\"typeId\": \"struct\", \"class\": \"Pair\"}",
         "Chooser.1 is a Pair, not a Choice", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof plants / sizeof *plants; i++) {
        json_t *json = compiled("assay"), *table;
        size_t at;
        if (!json) skip();
        json_array_foreach(json_object_get(json, "structs"), at, table)
        {
            if (strcmp(text_of(table, "name"), plants[i].name) != 0) continue;
            json_t *value = json_loads(plants[i].value, JSON_DECODE_ANY, NULL);
            json_t *field = json_array_get(json_object_get(table, "fields"), (size_t)plants[i].field);
            json_object_set_new(plants[i].field < 0 ? table : field, plants[i].key, value);
            break;
        }
        assert_false(same_file(&assay_idl_assay, json));
        assert_string_equal(wrong, plants[i].found);
        json_decref(json);
    }
}

static void fields_stand_in_order_of_id(void **state)
{
    const assay_idl_file *file;
    (void)state;
    for (size_t i = 0; (file = assay_idl_file_at(i)); i++)
        for (size_t j = 0; j < file->count; j++)
            for (size_t k = 1; k < file->structs[j]->count; k++)
                assert_true(file->structs[j]->fields[k - 1].id < file->structs[j]->fields[k].id);
}

static void structs_are_found_by_name(void **state)
{
    (void)state;
    const assay_idl_struct *pair = assay_idl_find("assay.Pair binary", 10);
    assert_non_null(pair);
    assert_string_equal(pair->name, "Pair");
    assert_non_null(assay_idl_find("parquet.FileMetaData", 20));
    static const char *const none[] = {"Pair",        "assay.",       ".Pair", "assay.Pai",
                                       "assay.Pairs", "parquet.Pair", "",      "."};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_null(assay_idl_find(none[i], strlen(none[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_compiler_says_the_same),
        cmocka_unit_test(a_difference_is_found),
        cmocka_unit_test(fields_stand_in_order_of_id),
        cmocka_unit_test(structs_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
