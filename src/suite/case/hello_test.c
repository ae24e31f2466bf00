#include "suite/case/hello.h"

#include "wire/test/support.h"

#include <stdlib.h>
#include <string.h>

static bool parse(const char *json, assay_hello *hello, char *why, size_t size)
{
    tw_bytes text = tw_test_exact(json, strlen(json)); /* not terminated */
    bool ok = assay_hello_parse((const char *)text.data, text.len, hello, why, size);
    free((void *)text.data);
    return ok;
}

static void what_is_absent_has_defaults(void **state)
{
    assay_hello h;
    char why[128] = "";
    (void)state;
    assert_true(parse("{\"name\": \"x\", \"later\": [1]}", &h, why, sizeof why));
    assert_string_equal(h.name, "x");
    assert_null(h.version);
    assert_int_equal(h.protocols.count, 2);
    assert_string_equal(h.protocols.items[1], "compact");
    assert_int_equal(h.transports.count, 0);
    assert_int_equal(h.types.count, 11);
    assert_int_equal(h.verbs, 1u << ASSAY_TRANSCODE | 1u << ASSAY_ECHO);
    assert_int_equal(h.window, 1);
    assert_false(h.chunks || h.consumed);
    assert_int_equal(h.depth_limit, -1);
    assay_hello_deinit(&h);
}

static void all_keys_are_read(void **state)
{
    assay_hello h;
    char why[128] = "";
    (void)state;
    assert_true(parse(
        "{\"name\": \"x\", \"version\": \"1\", \"language\": \"C\", \"homepage\": \"h\", \"issues\": \"i\", "
        "\"protocols\": [\"binary-old\"], \"transports\": [\"framed/zlib\"], \"verbs\": [\"read\", \"fly\"], "
        "\"types\": [\"uuid\"], \"window\": 1000, \"chunks\": true, \"consumed\": true, "
        "\"limits\": {\"depth\": 64, \"frame\": 5, \"message\": 6}}",
        &h, why, sizeof why));
    assert_string_equal(h.issues, "i");
    assert_string_equal(h.protocols.items[0], "binary-old");
    assert_string_equal(h.transports.items[0], "framed/zlib");
    assert_int_equal(h.verbs, 1u << ASSAY_READ | 1u << ASSAY_ECHO);
    assert_int_equal(h.window, 64);
    assert_true(h.chunks && h.consumed);
    assert_int_equal(h.depth_limit + h.frame_limit + h.message_limit, 75);
    assay_hello_deinit(&h);
}

static void mistakes_are_told(void **state)
{
    static const char *const rows[][2] = {
        {"[]", "not a JSON object"},
        {"{}", "\"name\" is missing"},
        {"{\"name\": 5}", "\"name\" is not a string"},
        {"{\"name\": \"x\", \"protocols\": \"binary\"}", "\"protocols\" is not a list"},
        {"{\"name\": \"x\", \"types\": [5]}", "\"types\" holds something that is not a string"},
        {"{\"name\": \"x\", \"verbs\": 5}", "\"verbs\" is not a list"},
        {"{\"name\": \"x\", \"window\": 0}", "\"window\" is too small"},
        {"{\"name\": \"x\", \"window\": 1.5}", "\"window\" is not a whole number"},
        {"{\"name\": \"x\", \"chunks\": 1}", "\"chunks\" is not true or false"},
        {"{\"name\": \"x\", \"limits\": []}", "\"limits\" is not an object"},
        {"{\"name\": \"x\", \"limits\": {\"depth\": -1}}", "\"depth\" is too small"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assay_hello h;
        char why[128] = "";
        assert_false(parse(rows[i][0], &h, why, sizeof why));
        assert_string_equal(why, rows[i][1]);
        assert_null(h.name);
        assert_null(h.json);
    }
    assay_hello h;
    char why[8] = "";
    assert_false(parse("{\"name\"", &h, why, sizeof why));
    assert_string_equal(why, "not JSO");
}

static void sizes_are_limited(void **state)
{
    assay_hello h;
    char why[128] = "";
    char *long_name = malloc(2 << 20);
    (void)state;
    assert_non_null(long_name);
    memset(long_name, ' ', 2 << 20);
    assert_false(assay_hello_parse(long_name, 2 << 20, &h, why, sizeof why));
    assert_string_equal(why, "longer than 1 MiB");
    memset(long_name, 'x', 6000);
    memcpy(long_name, "{\"name\": \"", 10);
    memcpy(long_name + 5010, "\"}", 2);
    assert_false(assay_hello_parse(long_name, 5012, &h, why, sizeof why));
    assert_string_equal(why, "\"name\" is longer than 4096 bytes");
    free(long_name);
}

static void foreign_bytes_become_valid_text(void **state)
{
    assay_hello h;
    char why[128] = "";
    (void)state;
    assert_true(parse("{\"name\": \"a\xff\xc3\xa9\xe2\x82\"}", &h, why, sizeof why));
    assert_string_equal(h.name, "a\xef\xbf\xbd\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd");
    assay_hello_deinit(&h);
}

static void equal_is_by_value(void **state)
{
    assay_hello a, b, c;
    char why[128] = "";
    (void)state;
    assert_true(parse("{\"name\": \"x\", \"window\": 2}", &a, why, sizeof why));
    assert_true(parse("{ \"window\":2,\"name\":\"x\"}", &b, why, sizeof why));
    assert_true(parse("{\"name\": \"x\"}", &c, why, sizeof why));
    assert_true(assay_hello_equal(&a, &b));
    assert_false(assay_hello_equal(&a, &c));
    assay_hello_deinit(&a);
    assay_hello_deinit(&b);
    assay_hello_deinit(&c);
}

static void what_was_not_declared_is_named(void **state)
{
    assay_hello h;
    char why[128] = "";
    const char *missing = "";
    const size_t splits[] = {1};
    assay_case c = {.verb = ASSAY_TRANSCODE, .in = "compact", .out = "binary"};
    (void)state;
    assert_true(parse("{\"name\": \"x\", \"transports\": [\"framed\"]}", &h, why, sizeof why));
    assert_true(assay_hello_covers(&h, &c, &missing));
    assert_null(missing);
    c.verb = ASSAY_MESSAGE;
    assert_false(assay_hello_covers(&h, &c, &missing));
    assert_string_equal(missing, "message");
    c.verb = ASSAY_TRANSCODE;
    c.out = "binary-old";
    assert_false(assay_hello_covers(&h, &c, &missing));
    assert_string_equal(missing, "binary-old");
    c.out = "framed/binary";
    assert_true(assay_hello_covers(&h, &c, NULL));
    c.in = "framed/zlib/compact";
    assert_false(assay_hello_covers(&h, &c, &missing));
    assert_string_equal(missing, "framed/zlib");
    c.in = "compact";
    c.types = 1u << TW_UUID | 1u << TW_I32;
    assert_false(assay_hello_covers(&h, &c, &missing));
    assert_string_equal(missing, "uuid");
    c.types = 1u << TW_I32;
    c.splits = splits;
    c.split_count = 1;
    assert_false(assay_hello_covers(&h, &c, &missing));
    assert_string_equal(missing, "chunks");
    assay_hello_deinit(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_absent_has_defaults),
        cmocka_unit_test(all_keys_are_read),
        cmocka_unit_test(mistakes_are_told),
        cmocka_unit_test(sizes_are_limited),
        cmocka_unit_test(foreign_bytes_become_valid_text),
        cmocka_unit_test(equal_is_by_value),
        cmocka_unit_test(what_was_not_declared_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
