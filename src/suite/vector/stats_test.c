/* The numbers of a set are those of its vectors, and no derived case goes uncounted. */
#include "suite/vector/stats.h"
#include "suite/vector/derive.h"
#include "suite/vector/test/folder.h"

#include "wire/test/support.h"

#define VECTOR(id, rest)                                                                                     \
    "{\"id\": \"compact/" id "\", \"title\": \"t\", \"why\": \"w\", \"stack\": \"compact\", " rest "}"

static const char entries[] = VECTOR(
    "one",
    "\"rule\": \"compact.integer\", \"wire\": [\"15 0e 00\"], \"expect\": "
    "\"accept\", \"value\": "
    "\"struct{1: i32 7}\", \"canonical\": true, \"sweep\": "
    "[\"type-nibbles\"]") ", " VECTOR("list",
                                      "\"rule\": \"compact.list\", "
                                      "\"wire\": [\"19 13 05 00\"], "
                                      "\"expect\": \"accept\", \"value\": "
                                      "\"struct{1: list<i8>[5]}\", "
                                      "\"sweep\": [\"size-fields\"]") ","
                                                                      " " VECTOR("cut",
                                                                                 "\"rule\": "
                                                                                 "\"compact.integer\", "
                                                                                 "\"verb\": \"skip\", "
                                                                                 "\"wire\": [\"15\"], "
                                                                                 "\"expect\": \"reject\", "
                                                                                 "\"twin\": \"compact/one\", "
                                                                                 "\"error\": {\"class\": "
                                                                                 "\"truncated\", \"offset\": "
                                                                                 "1}") ", " VECTOR("open",
                                                                                                   "\"rule\":"
                                                                                                   " \"compac"
                                                                                                   "t.struct."
                                                                                                   "stop-"
                                                                                                   "nibble\","
                                                                                                   " \"level"
                                                                                                   "\": "
                                                                                                   "\"may\", "
                                                                                                   "\"wire\":"
                                                                                                   " [\"10\"]"
                                                                                                   ", "
                                                                                                   "\"expect"
                                                                                                   "\": "
                                                                                                   "\"either"
                                                                                                   "\", "
                                                                                                   "\"outcome"
                                                                                                   "s\": "
                                                                                                   "[{"
                                                                                                   "\"name\":"
                                                                                                   " \"a\", "
                                                                                                   "\"accept"
                                                                                                   "\": "
                                                                                                   "true}, "
                                                                                                   "{\"name\""
                                                                                                   ": \"b\", "
                                                                                                   "\"accept"
                                                                                                   "\": "
                                                                                                   "false}]");

static void vectors_are_counted(void **state)
{
    assay_vector_set set;
    assay_stats stats;
    (void)state;
    assay_test_load(entries, &set);
    assay_stats_count(&set, &stats);
    assert_int_equal(stats.folder_count, 1);
    assert_string_equal(stats.folders[0].name, "compact");
    assert_memory_equal(&stats.folders[0].counts, &stats.total, sizeof stats.total);
    assert_int_equal(stats.total.all, 4);
    assert_int_equal(stats.total.expects[ASSAY_ACCEPT], 2);
    assert_int_equal(stats.total.expects[ASSAY_REJECT], 1);
    assert_int_equal(stats.total.levels[ASSAY_MAY], 1);
    assert_int_equal(stats.total.verbs[ASSAY_SKIP], 1);
    assert_int_equal(stats.rules[TW_RULE_COMPACT_INTEGER].all, 2);
    assert_int_equal(stats.rules[TW_RULE_COMPACT_INTEGER].expects[ASSAY_REJECT], 1);
    assert_int_equal(stats.rules[TW_RULE_COMPACT_MAP].all, 0);
    assay_vectors_deinit(&set);
}

static void count_step(void *context, size_t done, size_t of)
{
    assert_true(done < of);
    ++*(size_t *)context;
}

static void derived_cases_are_counted(void **state)
{
    assay_vector_set set;
    assay_stats stats;
    size_t steps = 0, sum = 0;
    (void)state;
    assay_test_load(entries, &set);
    assay_stats_count(&set, &stats);
    assert_true(assay_stats_derive(&set, &stats, count_step, &steps));
    assert_true(steps > 0);
    for (size_t i = 0; assay_derived_kinds[i]; i++) {
        if (stats.derived[i] == 0) fail_msg("no @%s", assay_derived_kinds[i]);
        sum += stats.derived[i];
    }
    assert_int_equal(sum, stats.derived_total);
    assay_vectors_deinit(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_are_counted),
        cmocka_unit_test(derived_cases_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
