/* The history wall: each mistake in the file, and each claim that the vectors do not bear out, is told. */
#include "suite/case/test/heard.h"
#include "suite/vector/history/history.h"
#include "suite/vector/test/folder.h"

#include "wire/test/support.h"

#include <stdlib.h>
#include <string.h>

#define VECTOR(id, refs)                                                                                     \
    "{\"id\": \"compact/" id "\", \"title\": \"t\", \"why\": \"w\", \"rule\": \"compact.struct.stop\", "     \
    "\"refs\": [" refs "], \"stack\": \"compact\", \"wire\": [\"00\"], \"expect\": \"accept\", "             \
    "\"value\": \"struct{}\"}"
#define BUG(id, rest)                                                                                        \
    "{\"id\": \"" id "\", \"title\": \"t\", \"effect\": \"e\", \"affects\": \"a\", " rest "}"
#define FILE_OF(entries) "{\"format\": 1, \"entries\": [" entries "]}"

/* The vectors: compact/a/one names CVE-1, compact/a/two nothing that has a number. */
static const struct {
    const char *file, *problem; /* "" for none */
} rows[] = {
    {FILE_OF(BUG("CVE-1", "\"vectors\": [\"compact/a/*\"]")), ""},
    {FILE_OF(BUG("CVE-1", "\"fixed\": \"1.0\", \"vectors\": [\"compact/a/one\"], \"covers\": [\"**/two\"], "
                          "\"derived\": [\"prefix\", \"reuse\"]")),
     ""},
    {FILE_OF(BUG("CVE-1", "\"covers\": [\"compact/a/one\"]") ", " BUG("CVE-2", "\"not_covered\": \"TLS\"")),
     ""},
    /* the file */
    {"{", "h:1: /: "},
    {"[]", "h:1: /: is not an object"},
    {"{\"format\": 2, \"entries\": []}", "h:1: /format: 1 is wanted"},
    {"{\"format\": 1}", "h:1: /: \"entries\" is missing"},
    {"{\"format\": 1, \"entries\": 3}", "h:1: /entries: is not a list"},
    {"{\"format\": 1, \"more\": 1, \"entries\": []}", "no such key"},
    {FILE_OF("7"), "h:1: /entries/0: is not an object"},
    {"{\"format\": 1, \"entries\": [\n\n" BUG("CVE-1", "\"vectors\": []") ", {\"id\": \"CVE-9\"}]}",
     "h:3: /entries/1: \"title\" is missing"},
    {FILE_OF(BUG("CVE-1", "\"fixed\": \"1\"")),
     "h:1: /entries/0: vectors, covers, derived or not_covered is wanted"},
    {FILE_OF(BUG("CVE-1", "\"vectors\": [\"**\"], \"not_covered\": \"x\"")),
     "/entries/0/not_covered: goes with neither vectors, covers nor derived"},
    {FILE_OF(BUG("CVE-1", "\"vectors\": [\"**\"], \"seen\": 1")), "/entries/0/seen: no such key"},
    /* its claims */
    {FILE_OF(BUG("CVE-1", "\"vectors\": [\"compact/a/one\", \"compact/b/*\"]")),
     "h:1: /entries/0/vectors/1: no vector matches \"compact/b/*\""},
    {FILE_OF(BUG("CVE-1", "\"vectors\": [\"compact/a/one\", \"compact/a/two\"]")),
     "/entries/0/vectors/1: no vector that \"compact/a/two\" matches names CVE-1 in its refs"},
    {FILE_OF(BUG("CVE-1", "\"covers\": [\"compact/a/one\", \"binary/**\"]")),
     "/entries/0/covers/1: no vector matches \"binary/**\""},
    {FILE_OF(BUG("CVE-1", "\"covers\": [\"**\"], \"derived\": [\"sufix\"]")),
     "/entries/0/derived: there is no kind \"sufix\""},
    {FILE_OF(BUG("CVE-1", "\"covers\": [\"**\"]") ", " BUG("CVE-1", "\"covers\": [\"**\"]")),
     "/entries/1/id: \"CVE-1\" stands twice"},
    {FILE_OF(BUG("CVE-2", "\"covers\": [\"**\"]")), "compact/a.json:1: /tests/0/refs: CVE-1 is not in h"},
    {FILE_OF(BUG("CVE-1", "\"covers\": [\"compact/a/two\"]")),
     "compact/a.json:1: /tests/0/refs: no pattern of CVE-1 in h matches this vector"},
};

static void each_problem_is_told(void **state)
{
    assay_vector_set set;
    (void)state;
    assay_test_load(VECTOR("a/one", "\"CVE-1\"") ", " VECTOR("a/two", "\"commit 1234\""), &set);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assay_history history;
        assay_test_heard h = {.count = 0};
        const char *want = rows[i].problem;
        size_t len = strlen(rows[i].file);
        char *text = malloc(len + 1);
        assert_non_null(text);
        memcpy(text, rows[i].file, len + 1);
        size_t told = assay_history_read(&history, "h", text, len, assay_test_hear, &h);
        if (told == 0) told = assay_history_lint(&history, "h", &set, assay_test_hear, &h);
        free(text);
        assert_int_equal(told, h.count);
        if (*want == 0 && told) fail_msg("row %zu: %s", i, h.first);
        if (*want && (told == 0 || !strstr(h.first, want)))
            fail_msg("row %zu: \"%s\" is not \"%s\"", i, h.first, want);
        assay_history_deinit(&history);
    }
    assay_vectors_deinit(&set);
}

static void vectors_are_counted_once(void **state)
{
    static const char file[] =
        FILE_OF(BUG("CVE-1", "\"vectors\": [\"compact/a/*\", \"**\"], \"covers\": [\"compact/a/two\"]"));
    assay_vector_set set;
    assay_history history;
    assay_test_heard h = {.count = 0};
    (void)state;
    assay_test_load(VECTOR("a/one", "\"CVE-1\"") ", " VECTOR("a/two", "") ", " VECTOR("a/three", ""), &set);
    assert_int_equal(assay_history_read(&history, "h", file, sizeof file - 1, assay_test_hear, &h), 0);
    assert_int_equal(assay_history_lint(&history, "h", &set, assay_test_hear, &h), 0);
    assert_int_equal(history.entries[0].vector_count, 2);
    assay_history_deinit(&history);
    assay_vectors_deinit(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_problem_is_told),
        cmocka_unit_test(vectors_are_counted_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
