/* The one layout of vector files: what it looks like, that it is stable, and that nothing is lost; by hand and
 * over the real files, which are found by $ASSAY_VECTORS, or at conformance/vectors. */
#include "suite/vector/files.h"
#include "suite/vector/format.h"
#include "suite/vector/format_text.h"
#include "suite/vector/test/golden.h"

#include "wire/test/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void parse(const char *text, assay_vector_file *file)
{
    assay_vector_error error;
    size_t len = strlen(text);
    char *exact = malloc(len ? len : 1);
    memcpy(exact, text, len);
    if (!assay_vector_file_parse(tw_bytes_of(exact, len), file, &error)) fail_msg("%s", error.text);
    free(exact);
}

static char *print(const assay_vector_file *file)
{
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    assert_true(assay_vector_file_print(file, &to));
    assert_true(tw_buffer_append_byte(&to, 0));
    return (char *)to.data;
}

static void expect(const char *text, const char *layout)
{
    assay_vector_file file;
    parse(text, &file);
    char *once = print(&file);
    assay_vector_file_deinit(&file);
    assert_string_equal(once, layout);
    parse(once, &file);
    char *twice = print(&file);
    assay_vector_file_deinit(&file);
    assert_string_equal(twice, layout);
    free(once);
    free(twice);
}

static void entries_look_one_way(void **state)
{
    (void)state;
    expect("{\"tests\": []}", "{\"tests\": []}\n");
    expect("{\"tests\":[{\"wire\":[\"00\"],\"mine\":{\"b\":1,\"a\":[1.5,null]},\"id\":\"a/"
           "b\"}],\"x\":true,\"about\":\"o\","
           "\"topic\":\"t\",\"format\":1}",
           "{\"format\": 1, \"topic\": \"t\",\n \"about\": \"o\",\n \"x\": true,\n \"tests\": [\n"
           "  {\"id\": \"a/b\",\n   \"wire\": [\n    \"00\"],\n   \"mine\": {\"b\": 1, \"a\": [1.5, "
           "null]}}\n ]}\n");
    expect("{\"tests\":[{\"error\":{\"rule\":\"r\",\"offset\":1,\"class\":\"limit\"},\"refs\":[\"a\",\"b\"],"
           "\"outcomes\":[{\"accept\":true,\"name\":\"n\"},{}],\"messages\":[\"m\"]},{\"messages\":[\"m\","
           "\"n\"],"
           "\"before\":[]}]}",
           "{\"tests\": [\n"
           "  {\"refs\": [\"a\", \"b\"],\n   \"messages\": [\"m\"],\n   \"outcomes\": [\n    {\"name\": "
           "\"n\", \"accept\": true},\n"
           "    {}],\n   \"error\": {\"class\": \"limit\", \"offset\": 1, \"rule\": \"r\"}},\n"
           "  {\"before\": [],\n   \"messages\": [\n    \"m\",\n    \"n\"]}\n ]}\n");
}

static void words_stand_in_one_column(void **state)
{
    (void)state;
    expect("{\"tests\":[{\"wire\":[\"00|stop\",\"\\t01  02   03 |  a | b \",\"04 |\",\"| none\",\"\","
           "\"00112233445566778899aabbccddeeff00112233445566778899 | long\",\"05\"]}]}",
           "{\"tests\": [\n  {\"wire\": [\n"
           "    \"00       | stop\",\n"
           "    \"01 02 03 | a | b\",\n"
           "    \"04\",\n"
           "    \"         | none\",\n"
           "    \"\",\n"
           "    \"00112233445566778899aabbccddeeff00112233445566778899 | long\",\n"
           "    \"05\"]}\n ]}\n");
}

static void what_cannot_be_seen_is_escaped(void **state)
{
    static const struct {
        const char *text, *written;
    } rows[] = {{"a\"b\\c/", "\"a\\\"b\\\\c/\""},
                {"\b\f\n\r\t\x01\x7f", "\"\\b\\f\\n\\r\\t\\u0001\\u007f\""},
                {"\u00e9\u20ac\U0001f600", "\"\u00e9\u20ac\U0001f600\""},
                {"\xc2\x85\u200b\u2028\ufeff\uffff", "\"\\u0085\\u200b\\u2028\\ufeff\\uffff\""},
                {"\U000e0001\U0010ffff", "\"\\udb40\\udc01\\udbff\\udfff\""}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tw_buffer to;
        tw_buffer_init(&to, NULL);
        assay_format_string(&to, rows[i].text, strlen(rows[i].text));
        assert_true(tw_buffer_append_byte(&to, 0));
        assert_string_equal((const char *)to.data, rows[i].written);
        json_t *back = json_loads((const char *)to.data, JSON_DECODE_ANY, NULL);
        assert_string_equal(json_string_value(back), rows[i].text);
        json_decref(back);
        tw_buffer_deinit(&to);
    }
}

static void what_is_no_vector_file_is_refused(void **state)
{
    static const struct {
        const char *text, *error;
    } rows[] = {{"", "1: "},
                {"{\n\n oops}", "3: "},
                {"{\"tests\": [], \"tests\": []}", "1: duplicate object key"},
                {"[]", "1: /: is not an object"},
                {"{}", "1: /tests: is not a list"},
                {"{\"tests\": {}}", "1: /tests: is not a list"},
                {"{\"tests\": [{}, 1]}", "1: /tests/1: is not an object"},
                {"{\"tests\": []} x", "1: end of file expected"}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assay_vector_file file;
        assay_vector_error error;
        assert_false(assay_vector_file_parse(tw_bytes_of(rows[i].text, strlen(rows[i].text)), &file, &error));
        if (strncmp(error.text, rows[i].error, strlen(rows[i].error)) != 0)
            fail_msg("%s: %s", rows[i].text, error.text);
        assert_null(file.root);
    }
}

static void a_file_can_be_changed(void **state)
{
    assay_vector_file file;
    (void)state;
    parse("{\"tests\": [{\"id\": \"a/b\"}, {\"title\": \"t\"}]}", &file);
    assert_null(assay_vector_file_find(&file, "a/c"));
    json_t *entry = assay_vector_file_find(&file, "a/b");
    assert_non_null(entry);
    json_object_set_new(entry, "confirmed_by", json_pack("[s]", "lib-1"));
    assert_true(assay_vector_file_append(&file, json_pack("{s:s}", "id", "a/c")));
    assert_false(assay_vector_file_append(&file, json_integer(1)));
    assert_false(assay_vector_file_append(&file, NULL));
    assert_non_null(assay_vector_file_find(&file, "a/c"));
    char *text = print(&file);
    assert_string_equal(text, "{\"tests\": [\n  {\"id\": \"a/b\",\n   \"confirmed_by\": [\"lib-1\"]},\n"
                              "  {\"title\": \"t\"},\n  {\"id\": \"a/c\"}\n ]}\n");
    free(text);
    assay_vector_file_deinit(&file);
}

static void a_path_says_the_topic(void **state)
{
    static const struct {
        const char *path, *topic;
    } rows[] = {{"compact/list.json", "compact/list"},
                {"some/where/compact/list.json", "compact/list"},
                {"/compact/list.json", "compact/list"},
                {"a/b.c.json", "a/b.c"},
                {"list.json", NULL},
                {"compact/list.txt", NULL},
                {"compact/list", NULL},
                {"compact/json", NULL},
                {".json", NULL},
                {"/", NULL},
                {"", NULL}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t len = 0;
        tw_bytes exact = tw_test_exact(rows[i].path, strlen(rows[i].path) + 1);
        const char *topic = assay_vector_file_topic((const char *)exact.data, &len);
        assert_true(!topic == !rows[i].topic);
        if (topic) assert_int_equal(len, strlen(rows[i].topic));
        if (topic) assert_memory_equal(topic, rows[i].topic, len);
        tw_test_free(exact);
    }
}

static void a_new_file_has_a_topic_and_no_entries(void **state)
{
    assay_vector_file file;
    (void)state;
    tw_bytes topic = tw_test_exact("compact/list", 12);
    assert_true(assay_vector_file_init((const char *)topic.data, topic.len, &file));
    tw_test_free(topic);
    char *text = print(&file);
    assert_string_equal(
        text, "{\"format\": 1, \"topic\": \"compact/list\", \"license\": \"CC0-1.0\",\n \"tests\": []}\n");
    free(text);
    assert_true(assay_vector_file_append(&file, json_pack("{s:s}", "id", "compact/list/a")));
    assert_non_null(assay_vector_file_find(&file, "compact/list/a"));
    assay_vector_file_deinit(&file);
    assert_false(assay_vector_file_init("\xff/list", 6, &file));
    assert_null(file.root);
    assert_null(file.tests);
}

/* The lines of wire without their white space, which alone may change. */
static void squeeze(json_t *entry, const char *key)
{
    json_t *lines = json_object_get(entry, key);
    for (size_t i = 0; i < json_array_size(lines); i++) {
        char *text = strdup(json_string_value(json_array_get(lines, i))), *to = text;
        for (const char *from = text; *from; from++)
            if (!strchr(" \t", *from)) *to++ = *from;
        *to = 0;
        json_array_set_new(lines, i, json_string(text));
        free(text);
    }
}

static void squeeze_all(const assay_vector_file *file)
{
    for (size_t i = 0; i < json_array_size(file->tests); i++) {
        squeeze(json_array_get(file->tests, i), "wire");
        squeeze(json_array_get(file->tests, i), "before");
    }
}

static void keeps_all(void *context, const char *path, const char *text, size_t len, const char *why)
{
    assay_vector_file before, after;
    size_t *files = context;
    if (why) fail_msg("%s: %s", path, why);
    parse(text, &before);
    char *laid_out = print(&before);
    if (strlen(laid_out) != len || strcmp(laid_out, text) != 0)
        print_error("%s: not laid out\n", path), *files = SIZE_MAX / 2;
    /* Read anew from a text without any layout at all, so that all of it is put back. */
    char *packed = json_dumps(before.root, JSON_COMPACT | JSON_SORT_KEYS);
    parse(packed, &after);
    char *again = print(&after);
    assay_vector_file_deinit(&after);
    parse(again, &after);
    squeeze_all(&before);
    squeeze_all(&after);
    if (!json_equal(before.root, after.root)) fail_msg("%s: something is lost", path);
    free(packed);
    free(again);
    free(laid_out);
    assay_vector_file_deinit(&before);
    assay_vector_file_deinit(&after);
    ++*files;
}

static void the_real_files_lose_nothing(void **state)
{
    size_t files = 0;
    (void)state;
    assay_files_walk(assay_test_golden_folder(), keeps_all, &files);
    assert_in_range(files, 10, 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(entries_look_one_way),
                                       cmocka_unit_test(words_stand_in_one_column),
                                       cmocka_unit_test(what_cannot_be_seen_is_escaped),
                                       cmocka_unit_test(what_is_no_vector_file_is_refused),
                                       cmocka_unit_test(a_file_can_be_changed),
                                       cmocka_unit_test(the_real_files_lose_nothing),
                                       cmocka_unit_test(a_path_says_the_topic),
                                       cmocka_unit_test(a_new_file_has_a_topic_and_no_entries)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
