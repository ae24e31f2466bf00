/* Exports as a receiver sees them: which files, what is left out, and that a receiver can end them. */
#include "suite/vector/export.h"
#include "suite/vector/test/folder.h"

#include "wire/test/support.h"

#include <stdio.h>
#include <string.h>

#define NAMES(id)                                                                                            \
    "{\"id\": \"compact/" id                                                                                 \
    "\", \"title\": \"t\", \"why\": \"w\", \"rule\": \"compact.struct.stop\", \"stack\": \"compact\", "
#define VECTORS                                                                                              \
    NAMES("a")                                                                                               \
    "\"wire\": [\"00 | stop\"], \"expect\": \"accept\", \"value\": \"struct{}\"}, " NAMES(                   \
        "b") "\"wire\": [\"00 | stop\"], \"verb\": \"reuse\", \"before\": [\"1c\"], \"expect\": "            \
             "\"accept\", \"value\": \"struct{}\"}, " NAMES("c") "\"wire\": [\"15\"], \"expect\": "          \
                                                                 "\"reject\", \"twin\": \"compact/a\", "     \
                                                                 "\"error\": {\"class\": \"truncated\", "    \
                                                                 "\"offset\": 1}}, " NAMES("d") "\"wire\": " \
                                                                                                "[\"18 05 "  \
                                                                                                "3f3f3d 22 " \
                                                                                                "5c 00\"], " \
                                                                                                "\"expect\"" \
                                                                                                ": "         \
                                                                                                "\"accept\"" \
                                                                                                ", "         \
                                                                                                "\"value\":" \
                                                                                                " \"struct{" \
                                                                                                "1: string " \
                                                                                                "\\\"?\?="   \
                                                                                                "\\\\\\\"\\" \
                                                                                                "\\\\\\\\\"" \
                                                                                                "}\"}"

typedef struct seen {
    char text[65536];
    size_t len, puts, stop_at;
} seen;

static bool put(void *context, const char *path, tw_bytes bytes)
{
    seen *s = context;
    if (++s->puts == s->stop_at) return false;
    int n = snprintf(s->text + s->len, sizeof s->text - s->len, "<%s:%zu>", path, bytes.len);
    s->len += (size_t)n;
    assert_true(s->len + bytes.len < sizeof s->text);
    if (bytes.len) memcpy(s->text + s->len, bytes.data, bytes.len);
    s->len += bytes.len;
    s->text[s->len] = 0;
    return true;
}

static assay_export_end export(const assay_export_options *options, seen *s, assay_export_counts *counts)
{
    assay_vector_set set;
    assay_test_load(VECTORS, &set);
    s->len = s->puts = 0;
    s->text[0] = 0;
    assay_export_end end = assay_export(&set, options, put, s, counts);
    assay_vectors_deinit(&set);
    return end;
}

static void has(const seen *s, const char *text)
{
    if (!memmem(s->text, s->len, text, strlen(text))) fail_msg("there is no \"%s\" in \"%s\"", text, s->text);
}

static void each_format_gives_its_files(void **state)
{
    static seen s;
    assay_export_counts counts;
    assay_export_options options = {.format = ASSAY_EXPORT_FOLDER, .max_bytes = 100};
    (void)state;
    assert_int_equal(export(&options, &s, &counts), ASSAY_EXPORT_DONE);
    assert_int_equal(counts.cases, 4);
    assert_int_equal(counts.files, 9);
    has(&s, "<accept/compact/b.before.bin:1>\x1c");
    has(&s, "<reject/compact/c.bin:1>\x15");
    has(&s, "<reject/compact/c.txt:");
    has(&s, "\nerror\n    truncated at byte 1 of compact, by compact.struct.stop\n");
    options.format = ASSAY_EXPORT_C;
    assert_int_equal(export(&options, &s, &counts), ASSAY_EXPORT_DONE);
    assert_int_equal(counts.files, 2);
    has(&s, "before_2[] = {28};\n");
    has(&s, "\"struct{1: string \\042\\077\\077=\\134\\042\\134\\134\\042}\"");
    has(&s, "assay_vectors_count = 4;");
    options.format = ASSAY_EXPORT_JSONL;
    assert_int_equal(export(&options, &s, &counts), ASSAY_EXPORT_DONE);
    assert_int_equal(counts.files, 1);
    has(&s,
        "\"bytes\":\"00\",\"before\":\"1c\",\"expect\":\"accept\",\"value\":\"struct{}\",\"consumed\":1}\n");
    options.format = ASSAY_EXPORT_SEEDS;
    assert_int_equal(export(&options, &s, &counts), ASSAY_EXPORT_DONE);
    assert_int_equal(counts.cases, 4);
    assert_int_equal(counts.files, 3);
    has(&s, "<compact/6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d:1>");
}

static void some_are_left_out(void **state)
{
    static seen s;
    static const char *const patterns[] = {"compact/c*", "x/**", "compact/**"};
    assay_export_counts counts;
    assay_export_options options = {
        .format = ASSAY_EXPORT_JSONL, .patterns = patterns, .pattern_count = 3, .max_bytes = 5};
    (void)state;
    assert_int_equal(export(&options, &s, &counts), ASSAY_EXPORT_DONE);
    assert_int_equal(counts.cases, 3);
    assert_int_equal(counts.too_long, 1);
    assert_int_equal(counts.unmatched, 1);
    options.pattern_count = 1;
    options.derived = true;
    assert_int_equal(export(&options, &s, &counts), ASSAY_EXPORT_DONE);
    assert_int_equal(counts.unmatched, 1);
    has(&s, "\"id\":\"compact/c\"");
    assert_null(strstr(s.text, "@chunk"));
    options.patterns = patterns + 2;
    assert_int_equal(export(&options, &s, &counts), ASSAY_EXPORT_DONE);
    has(&s, "\"id\":\"compact/a@trail\"");
    assert_null(strstr(s.text, "@after-reject"));
}

static void a_receiver_can_end_it(void **state)
{
    static seen s;
    assay_export_counts counts;
    (void)state;
    for (unsigned format = 0; format < 4; format++) {
        assay_export_options options = {.format = (assay_export_format)format, .max_bytes = 100};
        s.stop_at = 0;
        assert_int_equal(export(&options, &s, &counts), ASSAY_EXPORT_DONE);
        size_t puts = s.puts;
        for (s.stop_at = 1; s.stop_at <= puts; s.stop_at++) {
            assert_int_equal(export(&options, &s, &counts), ASSAY_EXPORT_STOPPED);
            assert_int_equal(s.puts, s.stop_at);
        }
    }
}

static void formats_have_names(void **state)
{
    assay_export_format format;
    (void)state;
    assert_true(assay_export_format_find("seeds", &format));
    assert_int_equal(format, ASSAY_EXPORT_SEEDS);
    assert_false(assay_export_format_find("", &format));
    assert_false(assay_export_format_find("C", &format));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_format_gives_its_files), cmocka_unit_test(some_are_left_out),
        cmocka_unit_test(a_receiver_can_end_it), cmocka_unit_test(formats_have_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
