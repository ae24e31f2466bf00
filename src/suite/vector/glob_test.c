#include "suite/vector/vector.h"

#include "wire/test/support.h"

#include <stdlib.h>
#include <string.h>

static void patterns_match_ids(void **state)
{
    static const struct {
        const char *pattern, *id;
        bool matches;
    } rows[] = {
        {"a/b", "a/b", true},
        {"a/b", "a/bc", false},
        {"a/b", "a/b@prefix:3", false},
        {"", "a", false},
        {"a/*", "a/b", true},
        {"a/*", "a/b/c", false},
        {"a/*", "a", false},
        {"a/b*", "a/b@prefix:3", true},
        {"a/*@prefix:*", "a/b@prefix:3", true},
        {"a/*@prefix:*", "a/b@skip", false},
        {"*/b", "a/b", true},
        {"*", "a/b", false},
        {"**", "a/b/c@x:1", true},
        {"a/**", "a/b/c@x:1", true},
        {"a/**", "a", true},
        {"a/**", "ab/c", false},
        {"a/**/d", "a/d", true},
        {"a/**/d", "a/b/c/d", true},
        {"a/**/d", "a/bd", false},
        {"a/**/d", "a/b/cd", false},
        {"**/d", "d", true},
        {"**/d", "a/d", true},
        {"**/d", "a/bd", false},
        {"**@skip", "a/b@skip", true},
        {"**@skip", "a/b@skips", false},
        {"**/b/**/b/*", "a/b/x/b/y", true},
        {"**/b/**/b/*", "a/b/x/y", false},
        {"a*c*e", "abcde", true},
        {"a*c*e", "abcdf", false},
        {"*b*/c", "ab/b/c", false},
        {"**b/c", "ab/b/c", true},
        {"a/b**", "a/b/c/d", true},
        {"***", "a/b", true},
        {"a/*/c", "a//c", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *pattern = strdup(rows[i].pattern), *id = strdup(rows[i].id);
        assert_true(pattern && id);
        if (assay_glob_match(pattern, id) != rows[i].matches) fail_msg("%s against %s", pattern, id);
        free(pattern);
        free(id);
    }
}

static void a_hostile_pattern_ends_in_time(void **state)
{
    char pattern[401], id[301];
    (void)state;
    for (size_t i = 0; i < 400; i++) pattern[i] = "*a"[i % 2];
    memset(id, 'a', 150);
    memset(id + 150, 'b', 150);
    pattern[400] = id[300] = 0;
    assert_false(assay_glob_match(pattern, id));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_match_ids),
        cmocka_unit_test(a_hostile_pattern_ends_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
