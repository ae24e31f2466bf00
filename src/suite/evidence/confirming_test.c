#include "suite/evidence/confirming.h"

#include "suite/result/test/row.h"
#include "wire/test/support.h"

#include <stdio.h>
#include <string.h>

static const char *const nobody[] = {NULL}, *const a_old[] = {"a-1", NULL}, *const b_alone[] = {"b-1", NULL},
                         *const both[] = {"a-2", "b-1", NULL};

#define REQUEST .verb = ASSAY_TRANSCODE, .in = "compact", .out = "compact"

static assay_vector vectors[] = {
    {.base = {.id = "t/new", .expect = ASSAY_ACCEPT, REQUEST}},
    {.base = {.id = "t/right", .expect = ASSAY_ACCEPT, REQUEST}, .confirmed_by = both},
    {.base = {.id = "t/wrong", .expect = ASSAY_ACCEPT, REQUEST}, .confirmed_by = a_old},
    {.base = {.id = "t/one", .expect = ASSAY_ACCEPT, REQUEST}, .confirmed_by = b_alone},
    {.base = {.id = "t/refused", .expect = ASSAY_REJECT, REQUEST}, .confirmed_by = nobody},
    {.base = {.id = "t/open", .expect = ASSAY_EITHER, REQUEST}, .confirmed_by = nobody}};

static const char entries[] =
    "{\"tests\": [{\"id\": \"t/new\", \"title\": \"new\"},\n"
    "{\"id\": \"t/right\", \"confirmed_by\": [\"a-2\", \"b-1\"]},\n"
    "{\"id\": \"t/wrong\", \"confirmed_by\": [\"a-1\"]}, {\"id\": \"t/one\", \"confirmed_by\": [\"b-1\"]},\n"
    "{\"id\": \"t/refused\"}, {\"id\": \"t/open\"}, {\"id\": \"t/elsewhere\"}, {\"title\": \"no id\"}]}";

typedef struct heard {
    char text[512];
    size_t len;
} heard;

static void add(heard *h, const char *text)
{
    h->len += (size_t)snprintf(h->text + h->len, sizeof h->text - h->len, "%s ", text);
    assert_true(h->len < sizeof h->text);
}

static void hear(void *context, const char *id, const char *const *was, const char *const *is)
{
    add(context, id);
    while (*was) add(context, *was++);
    add(context, "->");
    while (*is) add(context, *is++);
}

static assay_vector_file read_entries(void)
{
    assay_vector_file file;
    assay_vector_error error;
    tw_bytes text = tw_test_exact(entries, sizeof entries - 1);
    if (!assay_vector_file_parse(text, &file, &error)) fail_msg("%s", error.text);
    tw_test_free(text);
    return file;
}

/* The list of an entry as text; NULL where there is none. */
static char *list_of(const assay_vector_file *file, const char *id)
{
    return json_dumps(json_object_get(assay_vector_file_find(file, id), "confirmed_by"), JSON_COMPACT);
}

static void expect_list(const assay_vector_file *file, const char *id, const char *want)
{
    char *got = list_of(file, id);
    if (want)
        assert_string_equal(got, want);
    else
        assert_null(got);
    free(got);
}

static void test_a_file(void **state)
{
    (void)state;
    const assay_vector_set set = {.vectors = vectors, .count = sizeof vectors / sizeof *vectors};
    assay_result_case of_a[] = {
        assay_test_row("t/new", "t/new", "pass", ""), assay_test_row("t/right", "t/right", "pass", ""),
        assay_test_row("t/wrong", "t/wrong", "fail", "wrong-value"),
        assay_test_row("t/refused", "t/refused", "pass", ""), assay_test_row("t/open", "t/open", "pass", "")};
    assay_result_case of_b[] = {assay_test_row("t/right", "t/right", "pass", ""),
                                assay_test_row("t/new", "t/new", "pass", "")};
    assay_witness witnesses[2] = {{.confirmed = 0}};
    assay_test_result(&witnesses[0].result, "a", "2", of_a, 5);
    assay_test_result(&witnesses[1].result, "b", "1", of_b, 2);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(assay_witness_admit(witnesses, i), ASSAY_WITNESS_ADMITTED);
    assay_confirming c = {.set = &set, .witnesses = witnesses, .witness_count = 2};
    assay_vector_file file = read_entries();
    heard h = {.len = 0};
    assert_true(assay_confirming_file(&c, &file, hear, &h));
    assert_string_equal(h.text, "t/new -> a-2 b-1 t/wrong a-1 -> ");
    expect_list(&file, "t/new", "[\"a-2\",\"b-1\"]");
    expect_list(&file, "t/right", "[\"a-2\",\"b-1\"]");
    expect_list(&file, "t/wrong", NULL);
    expect_list(&file, "t/one", "[\"b-1\"]");
    expect_list(&file, "t/refused", NULL);
    expect_list(&file, "t/open", NULL);
    assert_int_equal(c.changed, 2);
    assert_int_equal(c.short_of[0], 1);
    assert_int_equal(c.short_of[1], 1);
    assert_int_equal(c.short_of[2], 2);
    assert_int_equal(witnesses[0].confirmed, 2);
    assay_vector_file_deinit(&file);
    for (size_t i = 0; i < 2; i++) assay_witness_deinit(&witnesses[i]);
}

/* Nothing is said: nothing changes, and two that share code count as one. */
static void test_no_witness_and_kin(void **state)
{
    (void)state;
    const assay_vector_set set = {.vectors = vectors, .count = sizeof vectors / sizeof *vectors};
    static const char *const of_a[] = {"a", NULL};
    static const assay_kin kin[] = {{"b", of_a}};
    assay_confirming c = {.set = &set, .kin = kin, .kin_count = 1};
    assay_vector_file file = read_entries();
    heard h = {.len = 0};
    assert_true(assay_confirming_file(&c, &file, hear, &h));
    assert_int_equal(h.len, 0);
    assert_int_equal(c.changed, 0);
    assert_int_equal(c.short_of[0], 1);
    assert_int_equal(c.short_of[1], 3);
    assert_int_equal(c.short_of[2], 0);
    expect_list(&file, "t/wrong", "[\"a-1\"]");
    assay_vector_file_deinit(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_a_file),
                                       cmocka_unit_test(test_no_witness_and_kin)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
