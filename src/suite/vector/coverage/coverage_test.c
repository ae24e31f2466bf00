/* What bytes show is what the grammar says of them; holes, stale reasons and strays are told. */
#include "suite/case/test/heard.h"
#include "suite/vector/coverage/coverage.h"
#include "suite/vector/test/folder.h"

#include "wire/test/support.h"

#include <stdio.h>
#include <string.h>

#define ENTRY(id, rest)                                                                                      \
    "{\"id\": \"compact/" id "\", \"title\": \"t\", \"why\": \"w\", \"rule\": \"struct.nesting\", " rest "}"
#define GOOD                                                                                                 \
    ENTRY("good",                                                                                            \
          "\"stack\": \"compact\", \"wire\": [\"00\"], \"expect\": \"accept\", \"value\": \"struct{}\"")
#define TAKEN(stack, wire)                                                                                   \
    "\"stack\": \"" stack "\", \"wire\": [\"" wire "\"], \"verb\": \"skip\", \"expect\": \"accept\""
#define MESSAGE(stack, wire)                                                                                 \
    "\"stack\": \"" stack "\", \"wire\": [\"" wire                                                           \
    "\"], \"verb\": \"session\", \"count\": 1, \"expect\": \"accept\", \"messages\": []"
#define REFUSED(stack, verb, wire)                                                                           \
    "\"stack\": \"" stack "\", \"wire\": [\"" wire "\"], \"verb\": \"" verb                                  \
    "\", \"expect\": \"reject\", \"twin\": \"compact/good\", \"error\": {\"class\": \"malformed\", "         \
    "\"offset\": 0}"
#define SESSION(stack, wire)                                                                                 \
    "\"stack\": \"" stack "\", \"wire\": [\"" wire                                                           \
    "\"], \"verb\": \"session\", \"count\": 3, \"expect\": \"accept\", \"messages\": []"

/* The coverage of one entry (and, where that is wanted for a twin, of a good one). */
static void cover(const char *entry, const assay_grammar_row *rows, assay_vector_set *set,
                  assay_coverage *coverage)
{
    char entries[2048];
    bool twin = strstr(entry, "twin") != NULL;
    snprintf(entries, sizeof entries, "%s%s%s", entry, twin ? ", " : "", twin ? GOOD : "");
    assay_test_load(entries, set);
    set->count = 1; /* the twin shows nothing */
    assert_true(assay_coverage_init(coverage, rows, set));
}

static bool shows(const assay_coverage *coverage, const char *id, size_t len)
{
    for (size_t i = 0; i < coverage->count; i++)
        if (strlen(coverage->items[i].id) == len && strncmp(coverage->items[i].id, id, len) == 0)
            return coverage->items[i].first != NULL;
    fail_msg("the grammar does not hold %.*s", (int)len, id);
    return false;
}

/* Words parted by spaces; a leading - wants it not to be shown. */
static const struct {
    const char *entry, *wanted;
} rows[] = {
    {ENTRY("x", TAKEN("binary", "08 0001 ffffffff 03 0001 05 00")),
     "binary/field/i32/whole binary/i32/value/-1 binary/field-id/id/1 binary/field-id/id/repeated "
     "binary/field/i8/whole binary/stop/outermost/there -binary/field-id/id/next "
     "stack/binary/plain+skip/taken"},
    {ENTRY("x", TAKEN("binary", "0f 0001 02 00000002 00 02 00")),
     "binary/list/bool/more binary/bool/list/0 binary/bool/list/2-127 -binary/bool/set/0"},
    {ENTRY("x", TAKEN("binary", "0d 0001 0c 0b 00000001 00 00000003 efbbbf 00")),
     "binary/map/struct+string/some binary/map/any/one binary/stop/key/there binary/string/bytes/bom"},
    {ENTRY("x", TAKEN("compact", "11 02 03 19 f3 01 05 00")),
     "compact/field-short/true/1 compact/field-long/false/back compact/field-after/true/long"},
    {ENTRY("x", TAKEN("compact", "f9 f2 01 02 19 12 01 9b 00 00")),
     "compact/field-short/list/15 compact/list/bool-2/long compact/bool/list/2 compact/list-long/size/1 "
     "compact/varint/list-size/shortest compact/list/bool-2/short compact/map/any/none"},
    {ENTRY("x", TAKEN("compact", "14 8001 07 02 000000000000f07f 00")),
     "compact/i16/value/64 compact/field-long/double/repeated compact/double/value/inf"},
    {ENTRY("x", TAKEN("compact", "16 8100 00")), "compact/varint/i64/padded compact/i64/value/-1"},
    {ENTRY("x", TAKEN("compact", "1c 53 07 00 13 07 00 ff")),
     "compact/stop/field/00 compact/field-after/struct/short compact/behind/struct/one"},
    /* refused: the token at fault alone */
    {ENTRY("x", REFUSED("binary", "skip", "08 0001 00000007 0b 0002 ffffffff")),
     "binary/string-size/size/-1 -binary/field/i32/whole -binary/field/string/whole "
     "stack/binary/plain+skip/refused"},
    {ENTRY("x", REFUSED("binary", "skip", "0f 0001 0a 20000001 0000000000000000 00")),
     "binary/list/i64/wraps-32 -binary/list/i64/last-short"},
    {ENTRY("x", REFUSED("binary", "skip", "0f 0001 0a 00000001 00000000000000")),
     "binary/list/i64/last-short -binary/list/i64/wraps-32"},
    {ENTRY("x", REFUSED("binary", "skip", "0f 0001 0b 00000001 00000003 61")),
     "binary/list/string/cut -binary/string-size/size/rest+1"},
    {ENTRY("x", REFUSED("binary", "skip", "0f 0001 09 00000000 00")),
     "binary/list/9/none -binary/list/9/some"},
    {ENTRY("x", REFUSED("binary", "skip", "0d 0001 03 00 00000001 05 00")), "binary/map-value/stop/some"},
    {ENTRY("x", REFUSED("binary", "skip", "06 0001")), "binary/field/i16/absent binary/i16/value/absent"},
    {ENTRY("x", REFUSED("binary", "skip", "06 0001 00")), "binary/i16/value/cut -binary/field/i16/absent"},
    {ENTRY("x", REFUSED("binary", "skip", "06 00")), "binary/field-id/id/cut"},
    {ENTRY("x", REFUSED("compact", "skip", "19 f3 8080808010")), "compact/varint/list-size/overflow"},
    {ENTRY("x", REFUSED("compact", "skip", "19 f3 ffffffff0f")), "compact/list-long/size/-1"},
    {ENTRY("x", REFUSED("compact", "skip", "03 feff03 07 13 08 00")), "compact/field-id/id/passed"},
    {ENTRY("x", REFUSED("compact", "skip", "1e 00")), "compact/field-short/14/refused"},
    {ENTRY("x", REFUSED("compact", "skip", "1b 01 3e 00")), "compact/map-value/14/some"},
    {ENTRY("x", REFUSED("compact", "skip", "15 808080808080808080808000")), "compact/varint/i32/endless"},
    {ENTRY("x", REFUSED("compact", "skip", "(1c)*64 00*65")), "compact/depth/struct/65"},
    /* messages, transports, sessions */
    {ENTRY("x", MESSAGE("binary", "8001ff01 00000000 00000001 00")),
     "message/strict/unused/128-255 message/strict/name/empty message/strict/body/empty"},
    {ENTRY("x", MESSAGE("binary", "00000001 61 02 80000000 03 0001 07 00")),
     "message/old/kind/2 message/old/sequence-id/-2147483648 message/old/body/fields "
     "message/old/reader/binary"},
    {ENTRY("x", REFUSED("binary-strict", "message", "00000001 61 02 80000000 00")),
     "message/old/reader/refused"},
    {ENTRY("x", REFUSED("compact", "message", "82 21 07 05 61626364")),
     "message/compact/name-size/rest+1 message/compact/cut/name"},
    {ENTRY("x", TAKEN("framed/compact", "00000000 00000001 13 00000002 07 00")),
     "framed/empty/frame/before framed/unit/struct/split framed/length/bytes/1 -framed/empty/frame/behind"},
    {ENTRY("x", REFUSED("framed/compact", "skip", "00000003 1307")),
     "framed/length/bytes/rest+1 framed/cut/payload/last-byte -framed/cut/payload/part"},
    {ENTRY("x", TAKEN("zlib/compact", "78 9c 01 0300 fcff 13 07 00 004a001b")),
     "zlib/header/window/15 zlib/header/level/2 zlib/block/stored/final zlib/flush/marker/finish "
     "zlib/behind/end/nothing zlib/checksum/adler/right"},
    {ENTRY("x", TAKEN("zlib/compact", "78 9c 00 0300 fcff 13 07 00 00 0000ffff")),
     "zlib/block/stored/open zlib/flush/marker/sync -zlib/flush/marker/finish"},
    {ENTRY("x", REFUSED("zlib/compact", "skip", "1f 8b 08 00")), "zlib/header/fault/gzip"},
    {ENTRY("x", REFUSED("zlib/compact", "skip", "78 9c 07")), "zlib/block/reserved/refused"},
    {ENTRY("x", SESSION("compact", "82 21 01 00 11 00 82 21 02 00 11 00 83")),
     "session/compact/plain/refused-later session/compact/left-behind/bool "
     "message/compact/protocol-id/83-ff"},
    {ENTRY("x", "\"stack\": \"binary\", \"wire\": [\"00\"], \"verb\": \"reuse\", \"before\": [\"0b 0001 "
                "00000004 61\"], "
                "\"expect\": \"accept\", \"value\": \"struct{}\""),
     "reuse/binary/before/string stack/binary/plain+reuse/taken"},
};

static void bytes_show_what_they_hold(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assay_vector_set set;
        assay_coverage coverage;
        cover(rows[i].entry, NULL, &set, &coverage);
        for (const char *at = rows[i].wanted; *at;) {
            bool absent = *at == '-';
            size_t len = strcspn(at += absent, " ");
            if (shows(&coverage, at, len) == absent)
                fail_msg("row %zu: %.*s is %sshown", i, (int)len, at, absent ? "" : "not ");
            at += len + (at[len] == ' ');
        }
        if (coverage.stray_count) fail_msg("row %zu: the grammar lacks %s", i, coverage.strays[0]);
        assay_coverage_deinit(&coverage);
        assay_vectors_deinit(&set);
    }
}

static const assay_grammar_row small[] = {{"compact/stop", "outermost field", NULL, "00 nibble"},
                                          {"stack/compact", "plain", "skip", "taken"},
                                          {NULL, NULL, NULL, NULL}};

static void lint_small(const char *reasons, const char *wire, assay_test_heard *h)
{
    assay_vector_set set;
    assay_coverage coverage;
    char entry[512];
    snprintf(entry, sizeof entry,
             ENTRY("x", "\"stack\": \"compact\", \"wire\": [\"%s\"], \"verb\": \"skip\", "
                        "\"expect\": \"accept\""),
             wire);
    cover(entry, small, &set, &coverage);
    *h = (assay_test_heard){.count = 0};
    size_t told = assay_coverage_explain(&coverage, "r", reasons, assay_test_hear, h);
    told += assay_coverage_lint(&coverage, "r", assay_test_hear, h);
    assert_int_equal(told, h->count);
    assay_coverage_deinit(&coverage);
    assay_vectors_deinit(&set);
}

static void a_hole_is_told(void **state)
{
    assay_test_heard h;
    (void)state;
    lint_small("compact/stop/field/*  # not here\n", "00", &h);
    assert_string_equal(h.all, "r: no vector shows compact/stop/outermost/nibble\n");
}

static void reasons_close_holes(void **state)
{
    assay_test_heard h;
    (void)state;
    lint_small("# of all\n\ncompact/stop/*/nibble # never\r\ncompact/stop/field/00 # nor this", "00", &h);
    assert_string_equal(h.all, "");
}

static void stale_reasons_are_told(void **state)
{
    assay_test_heard h;
    (void)state;
    lint_small("compact/stop/** # all of it\nbinary/** # not there\n", "00", &h);
    assert_string_equal(h.all,
                        "r:1: \"compact/stop/**\" is stale: compact/x shows compact/stop/outermost/00\n"
                        "r:2: \"binary/**\" names nothing of the grammar\n");
}

static void lines_that_are_no_reason_are_told(void **state)
{
    assay_test_heard h;
    (void)state;
    lint_small("compact/stop/**\n", "00", &h);
    assert_non_null(strstr(h.all, "r:1: a pattern, blanks, # and a reason are wanted"));
    lint_small("compact/stop/** #\n", "00", &h);
    assert_non_null(strstr(h.all, "r:1: a pattern, blanks, # and a reason are wanted"));
    lint_small("a b # two\n", "00", &h);
    assert_non_null(strstr(h.all, "r:1: one pattern is wanted in front of the #"));
}

static void what_the_grammar_lacks_is_told(void **state)
{
    assay_test_heard h;
    (void)state;
    lint_small("compact/stop/** # x\n", "13 07 00", &h);
    assert_non_null(strstr(h.all, "r: the grammar lacks compact/field-short/i8/1 (compact/x)"));
}

static bool count_repeats(void *context, const char *id)
{
    static const char *const parts[] = {"/"};
    size_t slashes = 0;
    for (const char *at = id; (at = strstr(at, parts[0])); at++) slashes++;
    assert_int_equal(slashes, 3);
    ++*(size_t *)context;
    return true;
}

static void combinations_are_unique(void **state)
{
    assay_vector_set set;
    assay_coverage coverage;
    size_t count = 0;
    (void)state;
    assert_true(assay_grammar_walk(assay_grammar, count_repeats, &count));
    cover(ENTRY("x", TAKEN("compact", "00")), NULL, &set, &coverage);
    assert_int_equal(coverage.count, count);
    for (size_t i = 1; i < count; i++)
        if (strcmp(coverage.by_id[i - 1]->id, coverage.by_id[i]->id) == 0)
            fail_msg("%s stands twice", coverage.by_id[i]->id);
    assay_coverage_total total = assay_coverage_count(&coverage, NULL),
                         stop = assay_coverage_count(&coverage, "compact/stop");
    assert_int_equal(total.all, count);
    assert_int_equal(stop.all, 18);
    assert_int_equal(stop.shown, 1);
    assay_coverage_deinit(&coverage);
    assay_vectors_deinit(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_show_what_they_hold),
        cmocka_unit_test(a_hole_is_told),
        cmocka_unit_test(reasons_close_holes),
        cmocka_unit_test(stale_reasons_are_told),
        cmocka_unit_test(lines_that_are_no_reason_are_told),
        cmocka_unit_test(what_the_grammar_lacks_is_told),
        cmocka_unit_test(combinations_are_unique),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
