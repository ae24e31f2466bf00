#include "suite/corpus/corpus.h"

#include "suite/case/test/heard.h"
#include "suite/corpus/facts.h"
#include "suite/corpus/lint.h"
#include "suite/corpus/sidecar.h"
#include "suite/corpus/story.h"
#include "suite/corpus/sum.h"
#include "wire/test/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct scene {
    char root[64];
    assay_test_heard heard;
} scene;

static void put(const scene *s, const char *path, const void *data, size_t len)
{
    char full[256];
    snprintf(full, sizeof full, "%s/%s", s->root, path);
    for (char *slash = full + strlen(s->root) + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = 0;
        mkdir(full, 0777);
        *slash = '/';
    }
    FILE *file = fopen(full, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, len, file), len);
    fclose(file);
}

static void remove_file(const scene *s, const char *path)
{
    char full[256];
    snprintf(full, sizeof full, "%s/%s", s->root, path);
    assert_int_equal(unlink(full), 0);
}

static void scene_init(scene *s)
{
    snprintf(s->root, sizeof s->root, "/tmp/assay-corpus-XXXXXX");
    assert_non_null(mkdtemp(s->root));
}

static void scene_deinit(const scene *s)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", s->root);
    assert_int_equal(system(command), 0); /* NOLINT: a path of mkdtemp */
}

static size_t lint(scene *s)
{
    assay_corpus corpus;
    char why[512];
    s->heard = (assay_test_heard){.count = 0};
    assert_true(assay_corpus_load(s->root, &corpus, why));
    size_t problems = assay_corpus_lint(&corpus, assay_test_hear, &s->heard);
    assay_corpus_deinit(&corpus);
    return problems;
}

static void expect_problem(scene *s, const char *part)
{
    if (lint(s) != 1 || !strstr(s->heard.all, part)) fail_msg("wanted \"%s\", got: %s", part, s->heard.all);
}

static const uint8_t input[] = {1, 0, 0x15, 0x0a, 0};
static const uint8_t bad[] = {1, 0, 0x15};

static void put_regression(const scene *s, const char *slug, const void *data, size_t len)
{
    assay_sidecar sidecar = {"A number is lost.", "round_trip", "bytes-differ",
                             "compact.integer",   "a person",   "1.0"};
    tw_buffer text;
    char path[128];
    tw_buffer_init(&text, NULL);
    assert_int_equal(assay_sidecar_write(&sidecar, tw_bytes_of(data, len), &text), TW_OK);
    snprintf(path, sizeof path, "regressions/%s.bin", slug);
    put(s, path, data, len);
    snprintf(path, sizeof path, "regressions/%s.txt", slug);
    put(s, path, text.data, text.len);
    tw_buffer_deinit(&text);
}

static void a_good_corpus(const scene *s)
{
    char sum[ASSAY_SUM_TEXT], path[128], digest[64];
    assay_sum(tw_bytes_of(input, sizeof input), sum);
    snprintf(path, sizeof path, "round_trip/%s", sum);
    put(s, path, input, sizeof input);
    snprintf(digest, sizeof digest, "%.12s 0123456789abcdef\n", sum);
    put(s, "round_trip.digest", digest, strlen(digest));
    put(s, "README.md", "x", 1);
    put_regression(s, "lost-number", input, sizeof input);
}

static void sums_are_those_of_the_standard(void **state)
{
    char sum[ASSAY_SUM_TEXT], letters[1001];
    (void)state;
    assay_sum(tw_bytes_of("", 0), sum);
    assert_string_equal(sum, "da39a3ee5e6b4b0d3255bfef95601890afd80709");
    assay_sum(tw_bytes_of("abc", 3), sum);
    assert_string_equal(sum, "a9993e364706816aba3e25717850c26c9cd0d89d");
    assay_sum(tw_bytes_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56), sum);
    assert_string_equal(sum, "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
    memset(letters, 'a', sizeof letters);
    assay_sum(tw_bytes_of(letters, 1000), sum);
    assert_string_equal(sum, "291e9a6c66994949b57ba5e650361e98fc36b1ba");
}

static void lint_finds_nothing_in_a_good_one(void **state)
{
    scene s;
    (void)state;
    scene_init(&s);
    a_good_corpus(&s);
    if (lint(&s) != 0) fail_msg("%s", s.heard.all);
    scene_deinit(&s);
}

static void lint_finds_each_mistake(void **state)
{
    static const struct mistake {
        const char *path, *content, *said;
    } mistakes[] = {
        {"round_trip/0123", "x", "wants the name 11f6ad8ec52a2984abaafd7c3b516503785c2072"},
        {"round_trip/deep/file", "x", "no deeper"},
        {"stray.bin", "x", "stray.bin: it does not belong here"},
        {"other.digest", "x", "it does not belong here"},
        {"regressions/alone.bin", "x", "alone.txt is missing"},
        {"regressions/lonely.txt", "x", "lonely.bin is missing"},
        {"regressions/blob", "x", "neither an input"},
        {"regressions/lost-number.txt", "what: x\n", "\"harness\" is missing"},
        {"regressions/lost-number.txt", "what: x\nhow: y\n", "\"how\" is no key"},
        {"regressions/lost-number.txt", "what:\n", "\"what\" is empty"},
        {"regressions/lost-number.txt", "what: x\nwhat: y\n", "\"what\" stands twice"},
        {"regressions/lost-number.txt",
         "what: x\nharness: a\ntoken: b\nrule: -\nexpected: refused\nfound by: c\nfixed in: d\n\n",
         "does not say what the bytes are"},
        {"regressions/lost-number.txt",
         "what: x\nharness: a\ntoken: b\nrule: no.rule\nfound by: c\nfixed in: d\n",
         "there is no rule no.rule"},
        {"round_trip.digest", "ffff 00\n", "round_trip.digest:1: there is no input ffff"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        scene s;
        scene_init(&s);
        a_good_corpus(&s);
        put(&s, mistakes[i].path, mistakes[i].content, strlen(mistakes[i].content));
        expect_problem(&s, mistakes[i].said);
        scene_deinit(&s);
    }
}

/* The bytes change and the text stays: it is not true any more. */
static void lint_reads_the_bytes(void **state)
{
    scene s;
    (void)state;
    scene_init(&s);
    a_good_corpus(&s);
    put(&s, "regressions/lost-number.bin", bad, sizeof bad);
    expect_problem(&s, "does not say what the bytes are");
    remove_file(&s, "regressions/lost-number.bin");
    expect_problem(&s, "lost-number.bin is missing");
    scene_deinit(&s);
}

static void lint_counts(void **state)
{
    scene s;
    uint8_t *large = calloc(1, ASSAY_CORPUS_BYTES + 1);
    char sum[ASSAY_SUM_TEXT], path[128];
    (void)state;
    assert_non_null(large);
    scene_init(&s);
    for (size_t i = 0; i <= ASSAY_CORPUS_FILES; i++) {
        assay_sum(tw_bytes_of(large, i), sum);
        snprintf(path, sizeof path, "many/%s", sum);
        put(&s, path, large, i);
    }
    expect_problem(&s, "many: 201 files");
    scene_deinit(&s);
    scene_init(&s);
    assay_sum(tw_bytes_of(large, ASSAY_CORPUS_BYTES + 1), sum);
    snprintf(path, sizeof path, "big/%s", sum);
    put(&s, path, large, ASSAY_CORPUS_BYTES + 1);
    expect_problem(&s, "big: 262145 bytes");
    scene_deinit(&s);
    free(large);
}

static void facts_tell_inputs_apart(void **state)
{
    static const char *const hexes[] = {"01 00 15 0a 00",       "01 00 15 0a", "00 00 08 0001 00000005 00",
                                        "01 00 19 22 01 02 00", "ff 00 61",    "03 00 00000001 00"};
    assay_features known = {{0}};
    (void)state;
    for (size_t i = 0; i < 6; i++) {
        assay_facts facts;
        tw_bytes exact = tw_test_hex(hexes[i]);
        assert_true(assay_facts_of(exact, &facts));
        assert_int_equal(facts.error.cls, i == 1 ? TW_TRUNCATED : TW_OK);
        assert_true(assay_features_add(&known, &facts.features) > 0);
        assert_int_equal(assay_features_add(&known, &facts.features), 0);
        if (i == 3) assert_true(tw_ruleset_has(&facts.rules, TW_RULE_COMPACT_BOOL_ELEMENT));
        tw_test_free(exact);
    }
}

static void expect_story(const char *hex, const char *part)
{
    tw_buffer to;
    tw_bytes exact = tw_test_hex(hex);
    tw_buffer_init(&to, NULL);
    assert_int_equal(assay_story_write(exact, false, &to), TW_OK);
    tw_buffer_append_byte(&to, 0);
    if (!strstr((char *)to.data, part)) fail_msg("no \"%s\" in:\n%s", part, (char *)to.data);
    tw_buffer_deinit(&to);
    tw_test_free(exact);
}

static void stories_tell_all(void **state)
{
    (void)state;
    expect_story("01 07 15 0a 00", "stack 1, compact: the compact protocol");
    expect_story("01 07 15 0a 00", "07  the harness's parameter, 7");
    expect_story("01 07 15 0a 00", "by the rules: accepted: struct{1: i32 5}");
    expect_story("01 07 15 0a 00", "field 1: i32");
    expect_story("0a 00 00000002 1e00", "refused: ");
    expect_story("ff 00 61 0a 1b 62", "a\n    \\x1bb\n");
    expect_story("", "missing count as 00");
    expect_story("01", "no payload");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_those_of_the_standard),
        cmocka_unit_test(lint_finds_nothing_in_a_good_one),
        cmocka_unit_test(lint_finds_each_mistake),
        cmocka_unit_test(lint_reads_the_bytes),
        cmocka_unit_test(lint_counts),
        cmocka_unit_test(facts_tell_inputs_apart),
        cmocka_unit_test(stories_tell_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
