#include "report/json.h"
#include "report/test/output.h"
#include "report/test/sample.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static json_t *rendered(const assay_result *r)
{
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    assert_true(assay_json_render(r, &text));
    assert_int_equal(text.data[text.len - 1], '\n');
    json_error_t error;
    json_t *document = json_loadb((const char *)text.data, text.len, JSON_REJECT_DUPLICATES, &error);
    if (!document) fail_msg("line %d: %s", error.line, error.text);
    tw_buffer_deinit(&text);
    return document;
}

static void test_members(void **state)
{
    (void)state;
    assay_result r;
    sample_result(&r);
    json_t *o = rendered(&r);
    int format;
    json_int_t fail, known, derived_pass;
    const char *version, *digest, *name, *verdict, *id, *outcome, *expected, *got, *detail;
    json_t *rss;
    assert_int_equal(json_unpack(o, "{s:i, s:{s:s, s:s}, s:{s:s}, s:s, s:{s:I, s:I}}", "format", &format,
                                 "suite", "version", &version, "vectors_digest", &digest, "testee", "name",
                                 &name, "verdict", &verdict, "counts", "fail", &fail, "known", &known),
                     0);
    assert_int_equal(format, 1);
    assert_string_equal(version, "0.1.0");
    assert_string_equal(digest, "0123456789abcdef");
    assert_string_equal(name, "apache-cpp");
    assert_string_equal(verdict, "NON-CONFORMANT");
    assert_int_equal(fail, 5);
    assert_int_equal(known, 1);
    json_t *cases = json_object_get(o, "cases");
    assert_int_equal(json_array_size(cases), 10);
    assert_int_equal(json_unpack(json_array_get(cases, 3), "{s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:{s:I}}",
                                 "id", &id, "verdict", &verdict, "detail", &detail, "outcome", &outcome,
                                 "expected", &expected, "got", &got, "rss_kib", &rss, "derived", "pass",
                                 &derived_pass),
                     0);
    assert_string_equal(id, "compact/list/bool/nibble-2");
    assert_string_equal(verdict, "fail");
    assert_string_equal(detail, "wrong-value");
    assert_string_equal(outcome, "accept");
    assert_string_equal(expected, "struct{1: list<bool>[true, false]}");
    assert_string_equal(got, "struct{1: list<bool>[false, false]}");
    assert_true(json_is_null(rss));
    assert_int_equal(derived_pass, 9);
    json_decref(o);
    assay_result_deinit(&r);
}

static void test_foreign_bytes_become_utf8(void **state)
{
    (void)state;
    assay_result r;
    sample_result(&r);
    r.cases[7].said = "a\xff\x01"
                      "b\xed\xa0\x80"
                      "c\xc3\xa9";
    r.hello_json = "not json \xff";
    json_t *o = rendered(&r);
    const char *said =
        json_string_value(json_object_get(json_array_get(json_object_get(o, "cases"), 7), "said"));
    assert_string_equal(said, "a\xef\xbf\xbd\x01"
                              "b\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
                              "c\xc3\xa9");
    assert_int_equal(json_object_size(json_object_get(o, "testee")), 0);
    json_decref(o);
    assay_result_deinit(&r);
}

static void test_read_back(void **state)
{
    (void)state;
    assay_result r, back;
    tw_buffer text, again;
    char why[256];
    sample_result(&r);
    r.seed = UINT64_MAX;
    r.seconds = 0.1;
    tw_buffer_init(&text, NULL);
    tw_buffer_init(&again, NULL);
    assert_true(assay_json_render(&r, &text));
    assert_true(assay_json_read("r.json", tw_buffer_view(&text), &back, why, sizeof why));
    assert_true(back.seed == UINT64_MAX);
    assert_int_equal(back.case_count, 10);
    assert_string_equal(back.cases[5].parent_id, "compact/list/bool/nibble-2");
    assert_string_equal(back.cases[5].kind, "prefix");
    assert_true(back.cases[8].known);
    assert_string_equal(back.stale[0], r.stale[0]);
    assert_null(back.stale[1]);
    assert_true(assay_json_render(&back, &again));
    assert_string_equal(output_text(&again), output_text(&text));
    tw_buffer_deinit(&text);
    tw_buffer_deinit(&again);
    assay_result_deinit(&back);
    assay_result_deinit(&r);
}

static void test_what_cannot_be_read_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } wrong[] = {
        {"", "r.json: line "},
        {"{\n\"format\": 1,\n]", "r.json: line 3: "},
        {"[]", "r.json: this is no result of assay run --json"},
        {"{\"format\": 2}", "r.json: format 2 is not known"},
        {"{\"format\": 1, \"verdict\": \"GREEN\"}", "r.json: \"verdict\" is \"GREEN\""},
        {"{\"format\": 1, \"verdict\": \"CONFORMANT\"}", "r.json: \"cases\" is no list"},
        {"{\"format\": 1, \"verdict\": \"CONFORMANT\", \"cases\": [7]}", "r.json: case 0 is no object"},
        {"{\"format\": 1, \"verdict\": \"CONFORMANT\", \"cases\": [{\"id\": \"a\"}]}",
         "case 0 has no \"verdict\""},
        {"{\"format\": 1, \"verdict\": \"CONFORMANT\", \"cases\": [{\"id\": 1}]}", "\"id\" is no string"},
        {"{\"format\": 1, \"verdict\": \"CONFORMANT\", \"counts\": {\"fail\": -1}}", "\"fail\" is no count"}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assay_result r;
        char why[256];
        size_t len = strlen(wrong[i].text);
        uint8_t *exact = malloc(len ? len : 1);
        memcpy(exact, wrong[i].text, len);
        assert_false(assay_json_read("r.json", tw_bytes_of(exact, len), &r, why, sizeof why));
        if (!strstr(why, wrong[i].message)) fail_msg("%s gives %s", wrong[i].text, why);
        free(exact);
    }
}

static void test_missing_file(void **state)
{
    (void)state;
    assay_result r;
    char why[256];
    assert_false(assay_json_load("/nonexistent/r.json", &r, why, sizeof why));
    assert_string_equal(why, "/nonexistent/r.json: No such file or directory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_members), cmocka_unit_test(test_foreign_bytes_become_utf8),
        cmocka_unit_test(test_read_back), cmocka_unit_test(test_what_cannot_be_read_is_named),
        cmocka_unit_test(test_missing_file)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
