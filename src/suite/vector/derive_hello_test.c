/* Which cases are derived for a testee that declares only some verbs or protocols. */
#include "suite/vector/test/derived.h"
#include "suite/vector/test/folder.h"

#include "wire/test/support.h"

#include <string.h>

/* The cases of a set's first vector for the testee of one hello. */
typedef struct asked {
    assay_hello hello;
    assay_cases cases;
} asked;

static void ask(asked *a, assay_vector_set *set, const char *json)
{
    char why[128];
    a->cases = (assay_cases){NULL, 0, 0};
    assert_true(assay_hello_parse(json, strlen(json), &a->hello, why, sizeof why));
    assert_true(assay_derive(set, &set->vectors[0], &a->hello, &a->cases));
}

static void asked_deinit(asked *a)
{
    assay_cases_deinit(&a->cases);
    assay_hello_deinit(&a->hello);
}

static void who_only_reads_is_asked_to_read(void **state)
{
    derived *d = *state;
    asked a;
    static const char json[] =
        "{\"name\": \"x\", \"verbs\": [\"read\"], \"protocols\": [\"compact\", \"json\"]}";
    ask(&a, &d->set, json);
    assert_int_equal(a.cases.items[0]->verb, ASSAY_READ);
    assert_null(a.cases.items[0]->out);
    for (size_t i = 0; i < a.cases.count; i++) {
        assert_true(a.cases.items[i]->verb == ASSAY_READ || a.cases.items[i]->verb == ASSAY_SKIP);
        assert_string_not_equal(a.cases.items[i]->kind, "to");
        assert_string_not_equal(a.cases.items[i]->kind, "reuse");
    }
    asked_deinit(&a);
}

/* A `read` vector is for those that read; who only transcodes is asked to transcode. Its cases end with those of both. */
static void who_only_transcodes_is_asked_to_transcode(void **state)
{
    static const char *const hellos[] = {"{\"name\": \"x\", \"verbs\": [\"transcode\", \"skip\"]}",
                                         "{\"name\": \"x\", \"verbs\": [\"read\"]}",
                                         "{\"name\": \"x\", \"verbs\": [\"read\", \"transcode\"]}",
                                         "{\"name\": \"x\", \"verbs\": [\"skip\"]}"};
    static const assay_verb verbs[] = {ASSAY_TRANSCODE, ASSAY_READ, ASSAY_READ, ASSAY_READ};
    assay_vector_set set;
    (void)state;
    assay_test_load(
        DERIVED_ENTRY("x", "compact.integer",
                      "\"verb\": \"read\", \"stack\": \"compact\", \"wire\": [\"15 0e 00\"], \"expect\": "
                      "\"accept\", \"value\": \"struct{1: i32 7}\""),
        &set);
    for (size_t i = 0; i < sizeof hellos / sizeof *hellos; i++) {
        asked a;
        bool skips = false, trails = false;
        ask(&a, &set, hellos[i]);
        assert_int_equal(a.cases.items[0]->verb, verbs[i]);
        if (verbs[i] == ASSAY_TRANSCODE)
            assert_string_equal(a.cases.items[0]->out, "compact");
        else
            assert_null(a.cases.items[0]->out);
        for (size_t j = 0; j < a.cases.count; j++) {
            skips |= strcmp(a.cases.items[j]->kind, "skip") == 0;
            trails |= strcmp(a.cases.items[j]->kind, "trail") == 0;
        }
        assert_true(skips && trails);
        asked_deinit(&a);
    }
    assay_vectors_deinit(&set);
}

static void only_declared_protocols_are_gone_through(void **state)
{
    derived *d = *state;
    asked a;
    size_t to = 0;
    static const char json[] = "{\"name\": \"x\", \"protocols\": [\"compact\", \"json\", \"binary-strict\"]}";
    ask(&a, &d->set, json);
    for (size_t i = 0; i < a.cases.count; i++) {
        if (strcmp(a.cases.items[i]->kind, "to") != 0) continue;
        assert_string_equal(a.cases.items[i]->id, "compact/plain@to:binary-strict");
        to++;
    }
    assert_int_equal(to, 1);
    asked_deinit(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_only_reads_is_asked_to_read),
        cmocka_unit_test(who_only_transcodes_is_asked_to_transcode),
        cmocka_unit_test(only_declared_protocols_are_gone_through),
    };
    return cmocka_run_group_tests(tests, derived_setup, derived_teardown);
}
