#include "suite/judge/profile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool parse(const char *text, assay_profile *profile, assay_profile_error *error)
{
    size_t len = strlen(text);
    uint8_t *exact = malloc(len ? len : 1);
    memcpy(exact, text, len);
    bool ok = assay_profile_parse("p.txt", tw_bytes_of(exact, len), profile, error);
    free(exact);
    return ok;
}

static void test_reads_what_it_says(void **state)
{
    (void)state;
    assay_profile p;
    assay_profile_error error;
    assert_true(parse("# words\ntestee: lib\r\nversion:  1.2 beta \n\n  a/b*   cut   #  why  \nc/d handed-up",
                      &p, &error));
    assert_string_equal(p.about.testee, "lib");
    assert_string_equal(p.about.version, "1.2 beta");
    assert_string_equal(p.about.date, "");
    assert_int_equal(p.count, 2);
    assert_int_equal(p.entries[0].line, 5);
    assert_string_equal(p.entries[0].pattern, "a/b*");
    assert_string_equal(p.entries[0].outcome, "cut");
    assert_string_equal(p.entries[0].reason, "why");
    assert_string_equal(p.entries[1].reason, "");
    assay_profile_deinit(&p);
}

static void refused(const char *text, const char *why)
{
    assay_profile p;
    assay_profile_error error;
    assert_false(parse(text, &p, &error));
    assert_string_equal(error.text, why);
}

static void test_refuses_with_the_line(void **state)
{
    (void)state;
    refused("", "p.txt:0: testee: is missing: whose profile is this?");
    refused("a/b cut\n", "p.txt:1: testee: is missing: whose profile is this?");
    refused("testee: a\ntestee: b\n", "p.txt:2: testee: stands twice");
    refused("testee: a\na/b cut\ndate: b\n", "p.txt:3: date: belongs before the first pattern");
    refused("maker: a\n", "p.txt:1: \"maker:\" is none of testee:, version:, suite:, vectors:, date:");
    refused("testee: a\na/b\n",
            "p.txt:2: the name of an outcome is missing; a line is PATTERN OUTCOME # reason");
    refused("testee: a\na/b note:cut\n",
            "p.txt:2: the name of an outcome is missing; a line is PATTERN OUTCOME # reason");
    refused("testee: a\na/b cut off\n", "p.txt:2: the reason begins with #");
    refused("testee: a\na/\x01 cut\n", "p.txt:2: a pattern is printable ASCII without spaces");
    refused("testee: a\na/b cut\na/c cut\na/b kept\n", "p.txt:4: the same pattern as in line 2");
}

static void check(const assay_profile *p, const char *id, assay_verdict verdict, const char *detail,
                  assay_profile_match want, const char *was)
{
    const assay_profile_entry *entry;
    assay_judgement judged = {verdict, detail, "", NULL};
    assert_int_equal(assay_profile_compare(p, id, &judged, &entry), want);
    if (was)
        assert_string_equal(entry->outcome, was);
    else
        assert_null(entry);
}

static void test_compares_notes_only(void **state)
{
    (void)state;
    assay_profile p;
    assay_profile_error error;
    assert_true(parse("testee: lib\na/b* cut\na/b@skip kept\n", &p, &error));
    check(&p, "a/b", ASSAY_NOTE, "cut", ASSAY_PROFILE_SAME, NULL);
    check(&p, "a/b", ASSAY_NOTE, "kept", ASSAY_PROFILE_CHANGED, "cut");
    check(&p, "a/b@skip", ASSAY_NOTE, "kept", ASSAY_PROFILE_SAME, NULL); /* one of two lines is enough */
    check(&p, "a/c", ASSAY_NOTE, "kept", ASSAY_PROFILE_UNNAMED, NULL);
    check(&p, "a/b", ASSAY_FAIL, "crash", ASSAY_PROFILE_SILENT, NULL);
    check(&p, "a/b", ASSAY_NOT_VERIFIED, "", ASSAY_PROFILE_SILENT, NULL);
    assay_profile_deinit(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_reads_what_it_says),
                                       cmocka_unit_test(test_refuses_with_the_line),
                                       cmocka_unit_test(test_compares_notes_only)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
