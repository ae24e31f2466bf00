/* Versions of the collection, sets frozen at one, and collections held against older ones. */
#include "suite/case/test/heard.h"
#include "suite/vector/against.h"
#include "suite/vector/test/folder.h"
#include "suite/vector/version.h"

#include "wire/test/support.h"

#include <string.h>

#define NAMES(id)                                                                                            \
    "{\"id\": \"compact/x/" id "\", \"title\": \"t\", \"why\": \"w\", \"rule\": \"compact.struct.stop\", "
#define EMPTY "\"stack\": \"compact\", \"wire\": [\"00\"], "
#define ACCEPT "\"expect\": \"accept\", \"value\": \"struct{}\"}"

static void versions_are_two_numbers(void **state)
{
    static const char *const good[] = {"0.0", "1.0", "1.10", "9999.9999"};
    static const char *const bad[] = {"",     "1",    "1.",   ".1",   "1.0.0", "01.0",
                                      "1.00", "v1.0", "1.0 ", "-1.0", "1,0",   "10000.0"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) assert_true(assay_vectors_version_valid(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (assay_vectors_version_valid(bad[i])) fail_msg("\"%s\" is taken", bad[i]);
    assert_true(assay_vectors_version_valid(ASSAY_VECTORS_VERSION));
    assert_int_equal(assay_vectors_version_compare("1.0", "1.0"), 0);
    assert_true(assay_vectors_version_compare("1.9", "1.10") < 0);
    assert_true(assay_vectors_version_compare("2.0", "1.10") > 0);
}

static void a_set_is_frozen_at_a_version(void **state)
{
    assay_vector_set set;
    (void)state;
    assay_test_load(NAMES("a") EMPTY ACCEPT
                    ", " NAMES("b") "\"since\": \"1.1\", " EMPTY ACCEPT
                                    ", " NAMES("c") "\"since\": \"0.9\", " EMPTY ACCEPT,
                    &set);
    assert_string_equal(set.version, ASSAY_VECTORS_VERSION);
    assert_int_equal(assay_vectors_warn_after(&set, "1.0"), 1);
    assert_false(set.vectors[0].base.warns);
    assert_true(set.vectors[1].base.warns);
    assay_cases cases = {0};
    assert_true(assay_derive(&set, &set.vectors[1], NULL, &cases));
    assert_true(cases.count > 1);
    for (size_t i = 0; i < cases.count; i++) assert_true(cases.items[i]->warns);
    assay_cases_deinit(&cases);
    assert_int_equal(assay_vectors_freeze(&set, "1.0"), 1);
    assert_int_equal(set.count, 2);
    assert_string_equal(set.vectors[1].base.id, "compact/x/c");
    assert_int_equal(assay_vectors_freeze(&set, "0.9"), 1);
    assert_string_equal(set.version, "0.9");
    assert_int_equal(assay_vectors_freeze(&set, "0.1"), 1);
    assert_int_equal(set.count, 0);
    assay_vectors_deinit(&set);
}

#define SESSION                                                                                              \
    "\"verb\": \"session\", \"count\": 2, \"stack\": \"compact\", \"wire\": [\"82 21 07 01 61 00\"], "       \
    "\"expect\": \"accept\", "
#define EITHER(name, value)                                                                                  \
    "\"stack\": \"compact\", \"wire\": [\"00\"], \"expect\": \"either\", \"outcomes\": [{\"name\": \"" name  \
    "\", \"accept\": true, \"value\": \"" value "\"}, {\"name\": \"refused\", \"accept\": false}]}"
#define REJECT(error)                                                                                        \
    "\"stack\": \"compact\", \"wire\": [\"11\"], \"expect\": \"reject\", \"twin\": \"compact/x/b\", "        \
    "\"error\": {\"class\": \"" error "\", \"offset\": 1}}"

static const struct {
    const char *old, *new, *problem; /* NULL for none */
} rows[] = {
    {NAMES("a") EMPTY ACCEPT, NAMES("b") EMPTY ACCEPT,
     "compact/a.json:1: /tests/0/id: \"compact/x/a\" is no more"},
    {NAMES("a") EMPTY ACCEPT, NAMES("b") EMPTY ACCEPT ", " NAMES("a") EMPTY ACCEPT, NULL},
    {NAMES("a") EMPTY ACCEPT,
     NAMES("a") "\"refs\": [\"x\"], \"wire\": [\"00 | stop\"], \"stack\": \"compact\", " ACCEPT, NULL},
    {NAMES("a") EMPTY ACCEPT, NAMES("a") "\"since\": \"1.1\", " EMPTY ACCEPT,
     "/tests/0/since: \"compact/x/a\" was something else"},
    {NAMES("a") EMPTY ACCEPT, NAMES("a") "\"level\": \"may\", " EMPTY ACCEPT, "/level: "},
    {NAMES("a") EMPTY ACCEPT, NAMES("a") "\"ordered\": true, " EMPTY ACCEPT, "/ordered: "},
    {NAMES("a") EMPTY ACCEPT, NAMES("a") "\"canonical\": true, " EMPTY ACCEPT, "/canonical: "},
    {NAMES("a") EMPTY ACCEPT, NAMES("a") "\"out\": \"binary\", " EMPTY ACCEPT, "/out: "},
    {NAMES("a") EMPTY ACCEPT, NAMES("a") "\"verb\": \"skip\", " EMPTY ACCEPT, "/verb: "},
    {NAMES("a") EMPTY ACCEPT, NAMES("a") "\"stack\": \"binary\", \"wire\": [\"00\"], " ACCEPT, "/stack: "},
    {NAMES("a") EMPTY ACCEPT, NAMES("a") "\"stack\": \"compact\", \"wire\": [\"01\"], " ACCEPT, "/wire: "},
    {NAMES("a") EMPTY ACCEPT, NAMES("a") EMPTY "\"expect\": \"accept\", \"value\": \"struct{1: bool true}\"}",
     "/value: "},
    {NAMES("a") EMPTY ACCEPT,
     NAMES("a") "\"stack\": \"compact\", \"wire\": [\"00\"], \"consumed\": 0, " ACCEPT, "/consumed: "},
    {NAMES("a") EMPTY ACCEPT, NAMES("a") EITHER("x", "struct{}"), "/expect: "},
    {NAMES("a") EITHER("x", "struct{}"), NAMES("a") EITHER("x", "struct{}"), NULL},
    {NAMES("a") EITHER("x", "struct{}"), NAMES("a") EITHER("y", "struct{}"), "/outcomes: "},
    {NAMES("a") EITHER("x", "struct{}"), NAMES("a") EITHER("x", "struct{1: i8 1}"), "/outcomes: "},
    {NAMES("a") REJECT("truncated"), NAMES("a") REJECT("malformed"), NULL},
    {NAMES("a") "\"verb\": \"skip\", " EMPTY "\"expect\": \"accept\"}",
     NAMES("a") "\"verb\": \"skip\", " EMPTY ACCEPT, NULL},
    {NAMES("a") "\"verb\": \"reuse\", \"before\": [\"1c\"], " EMPTY ACCEPT,
     NAMES("a") "\"verb\": \"reuse\", \"before\": [\"1d\"], " EMPTY ACCEPT, "/before: "},
    {NAMES("a") SESSION "\"messages\": [\"call \\\"a\\\" #7 struct{}\"]}",
     NAMES("a") SESSION "\"messages\": [\"call \\\"a\\\" #8 struct{}\"]}", "/messages: "},
    {NAMES("a") SESSION "\"messages\": []}",
     NAMES("a") SESSION "\"messages\": [], \"end\": \"reject\", \"twin\": \"x\"}", "/end: "},
};

static void an_id_keeps_its_meaning(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assay_vector_set old, set;
        assay_test_heard h = {.count = 0};
        assay_test_load(rows[i].old, &old);
        assay_test_load(rows[i].new, &set);
        size_t told = assay_vectors_against(&set, &old, assay_test_hear, &h);
        assert_int_equal(told, h.count);
        if (h.count != (rows[i].problem ? 1 : 0))
            fail_msg("row %zu: %zu told, first \"%s\"", i, h.count, h.first);
        if (rows[i].problem && !strstr(h.first, rows[i].problem))
            fail_msg("row %zu: \"%s\" instead of \"%s\"", i, h.first, rows[i].problem);
        assay_vectors_deinit(&old);
        assay_vectors_deinit(&set);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(versions_are_two_numbers),
                                       cmocka_unit_test(a_set_is_frozen_at_a_version),
                                       cmocka_unit_test(an_id_keeps_its_meaning)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
