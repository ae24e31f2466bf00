#include "suite/judge/known_update.h"

#include "suite/case/test/heard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool parse(const char *text, assay_known *known, assay_known_error *error)
{
    size_t len = strlen(text);
    uint8_t *exact = malloc(len ? len : 1);
    memcpy(exact, text, len);
    bool ok = assay_known_parse("k.txt", tw_bytes_of(exact, len), known, error);
    free(exact);
    return ok;
}

static void test_entry(void **state)
{
    (void)state;
    assay_known k;
    assay_known_error error;
    assert_true(parse("# comment\n\n a/b*  fail:crash versions=>=0.17,<0.20 until=2026-12-31\tpartial "
                      "issue=https://x/y#1  #  it dies # really \r\nc warn:unclean issue=unreported",
                      &k, &error));
    assert_int_equal(k.count, 2);
    const assay_known_entry *e = &k.entries[0];
    assert_int_equal(e->line, 3);
    assert_string_equal(e->pattern, "a/b*");
    assert_int_equal(e->verdict, ASSAY_FAIL);
    assert_string_equal(e->detail, "crash");
    assert_string_equal(e->versions, ">=0.17,<0.20");
    assert_string_equal(e->until, "2026-12-31");
    assert_true(e->partial);
    assert_string_equal(e->issue, "https://x/y#1");
    assert_string_equal(e->reason, "it dies # really");
    assert_int_equal(k.entries[1].verdict, ASSAY_WARN);
    assert_string_equal(k.entries[1].reason, "");
    assert_int_equal(k.entries[1].line, 4);
    assay_known_deinit(&k);
}

static void test_errors_name_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } wrong[] = {
        {"\na", "k.txt:2: the verdict is missing"},
        {"a fail issue=x", "k.txt:1: \"fail\" is no verdict"},
        {"a pass issue=x", "\"pass\" is no verdict"},
        {"a fail:wrong issue=x", "\"fail:wrong\" is no verdict"},
        {"a fail:unclean issue=x", "\"fail:unclean\" is no verdict"},
        {"a warn:crash issue=x", "\"warn:crash\" is no verdict"},
        {"a fail:crash", "issue= is missing"},
        {"a fail:crash issue= # x", "issue= is empty"},
        {"a fail:crash issue=x issue=y", "issue= stands twice"},
        {"a fail:crash issue=x until=2026-13-01", "until= wants a date"},
        {"a fail:crash issue=x until=soon", "until= wants a date"},
        {"a fail:crash issue=x versions=0.17", "versions= wants a range"},
        {"a fail:crash issue=x versions=>=0.17,", "versions= wants a range"},
        {"a fail:crash issue=x versions=>=0.17.", "versions= wants a range"},
        {"a fail:crash issue=x version=>=0.17", "\"version=>=0.17\" is none of"},
        {"a fail:crash issue=x\n\na fail:crash issue=y", "k.txt:3: the same entry as in line 1"},
        {"# suite-version: 1\n", "k.txt:1: \"1\" is no version of the vectors such as 1.0"},
        {"# suite-version:\n", "k.txt:1: \"\" is no version of the vectors"},
        {"# suite-version: 123456789012345678901234567890\n", "k.txt:1: \"123456789012345\" is no version"},
        {"# suite-version: 1.0\n\n# suite-version: 1.0", "k.txt:3: the suite-version stands twice"},
        {"\xc3\xa9 fail:crash issue=x", "printable ASCII"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assay_known k;
        assay_known_error error;
        assert_false(parse(wrong[i].text, &k, &error));
        if (!strstr(error.text, wrong[i].message)) fail_msg("\"%s\" gives \"%s\"", wrong[i].text, error.text);
        assert_int_equal(k.count, 0);
    }
}

static void test_the_version_of_the_vectors(void **state)
{
    (void)state;
    assay_known k;
    assay_known_error error;
    assert_true(parse("# a\n# suite-version:  1.12 \r\n#suite-version: 3.0\n", &k, &error));
    assert_string_equal(k.suite_version, "1.12");
    assay_known_deinit(&k);
    assert_true(parse("# suite-versions\n", &k, &error));
    assert_string_equal(k.suite_version, "");
    assay_known_deinit(&k);
}

static void test_missing_file(void **state)
{
    (void)state;
    assay_known k;
    assay_known_error error;
    assert_false(assay_known_load("/nonexistent/k.txt", &k, &error));
    assert_string_equal(error.text, "/nonexistent/k.txt: No such file or directory");
    assert_false(assay_known_load("/", &k, &error));
    assert_string_equal(error.text, "/: Is a directory");
}

static void test_versions(void **state)
{
    (void)state;
    static const struct {
        const char *version, *range;
        bool in;
    } rows[] = {{"0.17.0", ">=0.17,<0.20", true},
                {"0.9", ">=0.17", false},
                {"0.20.0", ">=0.17,<0.20", false},
                {"0.20", "<=0.20.0", true},
                {"0.20.1", "<=0.20", false},
                {"1.0", ">0.99.99", true},
                {"0.17", "=0.17.0", true},
                {"0.17.1", "=0.17", false},
                {"0.17.0-rc1", "=0.17.0", true},
                {"v3.12.0", ">=3.2", true},
                {"HEAD", ">=0", false},
                {"", "<1", false},
                {NULL, "<1", false},
                {NULL, NULL, true},
                {"0.17.0 (Debian)", "<0.17.1", true},
                {"0.17+git5", ">0.17", false}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (assay_known_version_in(rows[i].version, rows[i].range) != rows[i].in)
            fail_msg("%s in %s", rows[i].version ? rows[i].version : "NULL",
                     rows[i].range ? rows[i].range : "NULL");
}

static const assay_known_entry *see(assay_known *k, const char *id, assay_verdict verdict, const char *detail)
{
    assay_judgement judgement = {verdict, detail, "", NULL};
    return assay_known_see(k, id, &judgement);
}

/* Parses, shows one case, and gives the first finding or "". */
static void finding(const char *list, const char *id, assay_verdict verdict, const char *detail,
                    bool narrowed, const char *want)
{
    assay_known k;
    assay_known_error error;
    tw_arena arena;
    tw_arena_init(&arena, NULL, SIZE_MAX);
    assert_true(parse(list, &k, &error));
    assay_known_apply(&k, "0.17.0");
    if (id) see(&k, id, verdict, detail);
    const char *const *lines = assay_known_findings(&k, "2026-06-01", narrowed, &arena);
    assert_non_null(lines);
    const char *line = lines[0] ? lines[0] : "";
    if (want[0] ? !strstr(line, want) : line[0] != '\0')
        fail_msg("%s with %s: \"%s\"", list, id ? id : "nothing", line);
    tw_arena_deinit(&arena);
    assay_known_deinit(&k);
}

static void test_findings(void **state)
{
    (void)state;
    static const char plain[] = "a/b* fail:crash issue=x", partial[] = "a/b* fail:crash partial issue=x",
                      varies[] = "a/b* fail:crash varies issue=x";
    finding(plain, "a/b", ASSAY_FAIL, "crash", false, "");
    finding(plain, NULL, ASSAY_PASS, "", false, "");
    finding(plain, "a/c", ASSAY_PASS, "", false, "");
    finding(plain, "a/b", ASSAY_PASS, "", false,
            "k.txt:1: stale: a/b*: none of 1 matching cases shows fail:crash");
    finding(plain, "a/b", ASSAY_NOTE, "x", false, "stale");
    finding(plain, "a/b", ASSAY_WARN, "unclean", false, "stale");
    finding(plain, "a/b", ASSAY_FAIL, "hang", false, "stale");
    finding(plain, "a/b", ASSAY_SKIPPED, "uuid", false, "");
    finding(plain, "a/b", ASSAY_NOT_VERIFIED, "budget", false, "");
    finding(plain, "a/b", ASSAY_BROKEN, "not-run", false, "");
    finding(partial, "a/b", ASSAY_PASS, "", false, "stale");
    finding(partial, "a/b", ASSAY_PASS, "", true, "");
    finding(plain, "a/b", ASSAY_PASS, "", true, "stale");
    finding(varies, "a/b", ASSAY_PASS, "", false, "");
    finding(varies, "a/b", ASSAY_FAIL, "hang", false, "");
    finding("a/b fail:crash until=2026-05-31 issue=x", "a/b", ASSAY_FAIL, "crash", false, "expired: a/b");
    finding("a/b fail:crash until=2026-06-01 issue=x", "a/b", ASSAY_FAIL, "crash", false, "");
    finding("a/b fail:crash versions=<0.17 issue=x", "a/b", ASSAY_PASS, "", false, "");
    finding("a/b warn:unclean issue=x", "a/b", ASSAY_FAIL, "unclean", false, "");
    finding("a/b warn:unclean issue=x", "a/b", ASSAY_PASS, "", false, "stale");
}

static void test_partial_and_passing(void **state)
{
    (void)state;
    static const char *const lists[] = {"a/b* fail:crash issue=x", "a/b* fail:crash partial issue=x",
                                        "a/b* fail:crash varies issue=x"};
    for (size_t i = 0; i < 3; i++) {
        assay_known k;
        assay_known_error error;
        tw_arena arena;
        tw_arena_init(&arena, NULL, SIZE_MAX);
        assert_true(parse(lists[i], &k, &error));
        assert_non_null(see(&k, "a/b@prefix:1", ASSAY_FAIL, "crash"));
        assert_null(see(&k, "a/b@prefix:2", ASSAY_PASS, ""));
        const char *const *lines = assay_known_findings(&k, "2026-06-01", false, &arena);
        if (i == 0)
            assert_string_equal(lines[0],
                                "k.txt:1: stale: a/b*: 1 of 2 matching cases pass (a/b@prefix:2); narrow the "
                                "pattern, or say partial");
        else
            assert_null(lines[0]);
        tw_arena_deinit(&arena);
        assay_known_deinit(&k);
    }
}

static void test_first_match_wins_and_both_are_used(void **state)
{
    (void)state;
    assay_known k;
    assay_known_error error;
    assert_true(parse("a/** fail:crash partial issue=1\na/b fail:crash issue=2\na/b fail:hang issue=3\n"
                      "a/b fail:crash versions=<0.1 issue=4",
                      &k, &error));
    assay_known_apply(&k, "0.17");
    const assay_known_entry *e = see(&k, "a/b", ASSAY_FAIL, "crash");
    assert_non_null(e);
    assert_string_equal(e->issue, "1");
    assert_int_equal(k.entries[0].shown, 1);
    assert_int_equal(k.entries[1].shown, 1);
    assert_int_equal(k.entries[2].shown, 0);
    assert_int_equal(k.entries[2].other, 1);
    assert_int_equal(k.entries[3].other, 0);
    assert_null(see(&k, "a/b", ASSAY_FAIL, "wrong-value"));
    assert_null(see(&k, "b", ASSAY_FAIL, "crash"));
    assay_known_deinit(&k);
}

static void test_lint(void **state)
{
    (void)state;
    assay_known k;
    assay_known_error error;
    assay_test_heard h = {.count = 0};
    assert_true(
        parse("b fail:crash issue=x # good\na fail:crash issue=x\nc fail:hang issue=x # unexplained: t\n", &k,
              &error));
    assert_int_equal(assay_known_lint(&k, false, assay_test_hear, &h), 1);
    assert_int_equal(assay_known_lint(&k, true, assay_test_hear, &h), 3);
    assert_string_equal(h.all, "k.txt:2: out of order: a belongs before b\n"
                               "k.txt:2: out of order: a belongs before b\n"
                               "k.txt:2: a: the reason is missing\n"
                               "k.txt:3: c: the reason is still to be written by a person\n");
    assay_known_deinit(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_entry),
                                       cmocka_unit_test(test_errors_name_their_line),
                                       cmocka_unit_test(test_the_version_of_the_vectors),
                                       cmocka_unit_test(test_missing_file),
                                       cmocka_unit_test(test_versions),
                                       cmocka_unit_test(test_findings),
                                       cmocka_unit_test(test_partial_and_passing),
                                       cmocka_unit_test(test_first_match_wins_and_both_are_used),
                                       cmocka_unit_test(test_lint)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
