#include "suite/evidence/outcomes.h"

#include "suite/result/test/row.h"
#include "wire/test/support.h"

#include <stdio.h>
#include <string.h>

static void make(assay_result *r, assay_result_case rows[5])
{
    rows[0] = assay_test_row("v/a", "v/a", "note", "refused");
    rows[1] = assay_test_row("v/a@cut:1", "v/a", "note", "taken");
    rows[2] = assay_test_row("v/b", "v/b", "pass", "");
    rows[3] = assay_test_row("v/c", "v/c", "fail", "changed"); /* by a pinned profile */
    rows[3].changed_from = "refused";
    rows[3].changed_to = "taken";
    rows[4] = assay_test_row("v/d", "v/d", "fail", "crash");
    assay_test_result(r, "lib", "1.0", rows, 5);
    r->suite_version = "0.1";
    r->vectors_digest = "abc";
    r->started = "2026-03-01T10:00:00Z";
}

static void test_notes_are_outcomes(void **state)
{
    (void)state;
    assay_result r;
    assay_result_case rows[5];
    assay_outcomes o;
    make(&r, rows);
    assert_true(assay_outcomes_init(&o, &r));
    assert_int_equal(o.count, 3);
    static const char *const want[][4] = {
        {"v/a", "v/a", "", "refused"}, {"v/a@cut:1", "v/a", "cut", "taken"}, {"v/c", "v/c", "", "taken"}};
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(o.cases[i].id, want[i][0]);
        assert_string_equal(o.cases[i].parent_id, want[i][1]);
        assert_string_equal(o.cases[i].kind, want[i][2]);
        assert_string_equal(o.cases[i].outcome, want[i][3]);
    }
    assert_string_equal(o.about.testee, "lib");
    assert_string_equal(o.about.version, "1.0");
    assert_string_equal(o.about.suite, "0.1");
    assert_string_equal(o.about.vectors, "abc");
    assert_string_equal(o.about.date, "2026-03-01");
    assay_outcomes_deinit(&o);
    assay_result_deinit(&r);
}

static void test_nothing(void **state)
{
    (void)state;
    assay_result r;
    assay_outcomes o;
    assay_test_result(&r, "lib", "1.0", NULL, 0);
    assert_true(assay_outcomes_init(&o, &r));
    assert_int_equal(o.count, 0);
    assert_string_equal(o.about.date, "");
    assay_outcomes_deinit(&o);
    assay_result_deinit(&r);
}

static void hear(void *context, const assay_profile_case *now, const assay_profile_entry *was)
{
    char *to = context;
    size_t len = strlen(to);
    snprintf(to + len, 256 - len, "%s: %s, was %s (%zu); ", now->id, now->outcome, was->outcome, was->line);
}

static void test_comparing(void **state)
{
    (void)state;
    static const char text[] = "testee: lib\nv/a  refused\nv/c  refused\nv/d  refused\n";
    assay_result r;
    assay_result_case rows[5];
    assay_outcomes o;
    assay_profile profile;
    assay_profile_error error;
    char heard[256] = "";
    size_t counts[ASSAY_PROFILE_MATCHES] = {0};
    make(&r, rows);
    assert_true(assay_outcomes_init(&o, &r));
    tw_bytes exact = tw_test_exact(text, sizeof text - 1);
    if (!assay_profile_parse("p.txt", exact, &profile, &error)) fail_msg("%s", error.text);
    tw_test_free(exact);
    assay_outcomes_compare(&o, &profile, counts, hear, heard);
    assert_string_equal(heard, "v/c: taken, was refused (3); ");
    assert_int_equal(counts[ASSAY_PROFILE_SAME], 1);
    assert_int_equal(counts[ASSAY_PROFILE_CHANGED], 1);
    assert_int_equal(counts[ASSAY_PROFILE_UNNAMED], 1);
    assert_int_equal(counts[ASSAY_PROFILE_SILENT], 0);
    assay_profile_deinit(&profile);
    assay_outcomes_deinit(&o);
    assay_result_deinit(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_notes_are_outcomes),
                                       cmocka_unit_test(test_nothing), cmocka_unit_test(test_comparing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
