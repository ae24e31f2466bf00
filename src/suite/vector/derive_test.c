/* Which cases are derived from a vector, and what is expected of them. */
#include "suite/vector/test/folder.h"

#include "wire/test/support.h"
#include "wire/value/equal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ENTRY(id, rule, rest)                                                                                \
    "{\"id\": \"compact/" id "\", \"title\": \"t\", \"why\": \"w\", \"rule\": \"" rule "\", " rest "}"

static const char vectors[] = ENTRY(
    "plain", "compact.list",
    "\"stack\": \"compact\", \"wire\": [\"19 21 01 02 00\"], \"expect\": "
    "\"accept\", "
    "\"value\": \"struct{1: list<bool>[true, false]}\", \"canonical\": true, "
    "\"sweep\": [\"size-fields\", \"type-nibbles\"], \"budget\": "
    "{\"cpu_ms\": 5}") ","
                       " " ENTRY(
                           "framed", "framed.header",
                           "\"stack\": \"framed/binary\", \"wire\": "
                           "[\"00000008 08 0001 00000007 00\"], "
                           "\"expect\": \"accept\", "
                           "\"value\": \"struct{1: i32 7}\", "
                           "\"sweep\": [\"size-fields\"]") ", " ENTRY("cut", "compact.struct.stop",
                                                                      "\"stack\": \"compact\", "
                                                                      "\"wire\": [\"11\"], "
                                                                      "\"expect\": \"reject\", "
                                                                      "\"twin\": "
                                                                      "\"compact/plain\", "
                                                                      "\"error\": {\"class\": "
                                                                      "\"truncated\", \"offset\": "
                                                                      "1}") ", " ENTRY("bad",
                                                                                       "compact."
                                                                                       "field.type",
                                                                                       "\"stack\": "
                                                                                       "\"compact\""
                                                                                       ", "
                                                                                       "\"wire\": "
                                                                                       "[\"1e "
                                                                                       "00\"], "
                                                                                       "\"expect\":"
                                                                                       " \"reject\""
                                                                                       ", "
                                                                                       "\"twin\": "
                                                                                       "\"compact/"
                                                                                       "plain\", "
                                                                                       "\"error\": "
                                                                                       "{\"class\":"
                                                                                       " \"malforme"
                                                                                       "d\", "
                                                                                       "\"offset\":"
                                                                                       " 0}") ","
                                                                                              " " ENTRY(
                                                                                                  "open",
                                                                                                  "compac"
                                                                                                  "t."
                                                                                                  "bool."
                                                                                                  "elemen"
                                                                                                  "t-"
                                                                                                  "zero",
                                                                                                  "\"stac"
                                                                                                  "k\": "
                                                                                                  "\"comp"
                                                                                                  "act\","
                                                                                                  " \"wir"
                                                                                                  "e\": "
                                                                                                  "[\"19 "
                                                                                                  "11 00 "
                                                                                                  "00\"],"
                                                                                                  " \"exp"
                                                                                                  "ect\":"
                                                                                                  " \"eit"
                                                                                                  "her\","
                                                                                                  " \"lev"
                                                                                                  "el\": "
                                                                                                  "\"may"
                                                                                                  "\", "
                                                                                                  "\"outc"
                                                                                                  "omes\""
                                                                                                  ": ["
                                                                                                  "{\"nam"
                                                                                                  "e\": "
                                                                                                  "\"fals"
                                                                                                  "e\", "
                                                                                                  "\"acce"
                                                                                                  "pt\": "
                                                                                                  "true, "
                                                                                                  "\"valu"
                                                                                                  "e\": "
                                                                                                  "\"stru"
                                                                                                  "ct{1: "
                                                                                                  "list<"
                                                                                                  "bool>["
                                                                                                  "false]"
                                                                                                  "}\"}, "
                                                                                                  "{\"nam"
                                                                                                  "e\": "
                                                                                                  "\"true"
                                                                                                  "\", "
                                                                                                  "\"acce"
                                                                                                  "pt\": "
                                                                                                  "true, "
                                                                                                  "\"valu"
                                                                                                  "e\": "
                                                                                                  "\"stru"
                                                                                                  "ct{1: "
                                                                                                  "list<"
                                                                                                  "bool>["
                                                                                                  "true]}"
                                                                                                  "\"}, "
                                                                                                  "{\"nam"
                                                                                                  "e\": "
                                                                                                  "\"refu"
                                                                                                  "sed\","
                                                                                                  " \"acc"
                                                                                                  "ept\":"
                                                                                                  " false"
                                                                                                  "}]") ","
                                                                                                        " " ENTRY(
                                                                                                            "session",
                                                                                                            "compact.message",
                                                                                                            "\"verb\": \"session\", \"count\": 2, \"stack\": \"zlib/compact\", \"wire\": [\"789c\"], \"expect\": \"accept\", "
                                                                                                            "\"messages\": [], \"end\": \"reject\", \"twin\": \"compact/plain\"") ", " ENTRY("map",
                                                                                                                                                                                             "compact.map.empty",
                                                                                                                                                                                             "\"stack\": \"binary\", \"wire\": [\"0d 0001 08 0b 00000000 00\"], \"expect\": \"accept\", "
                                                                                                                                                                                             "\"value\": \"struct{1: map<i32, string>{}}\", \"canonical\": true");

typedef struct fixture {
    assay_vector_set set;
    assay_cases cases;
} fixture;

static int setup(void **state)
{
    static fixture f;
    f = (fixture){.cases = {NULL, 0, 0}};
    assay_test_load(vectors, &f.set);
    for (size_t i = 0; i < f.set.count; i++)
        assert_true(assay_derive(&f.set, &f.set.vectors[i], NULL, &f.cases));
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;
    assay_cases_deinit(&f->cases);
    assay_vectors_deinit(&f->set);
    return 0;
}

static const assay_case *find(const fixture *f, const char *id)
{
    for (size_t i = 0; i < f->cases.count; i++)
        if (strcmp(f->cases.items[i]->id, id) == 0) return f->cases.items[i];
    return NULL;
}

static const assay_case *get(const fixture *f, const char *id)
{
    const assay_case *c = find(f, id);
    if (!c) fail_msg("no case %s", id);
    return c;
}

static size_t count(const fixture *f, const char *glob)
{
    size_t n = 0;
    for (size_t i = 0; i < f->cases.count; i++) n += assay_glob_match(glob, f->cases.items[i]->id);
    return n;
}

static void expect_bytes(const assay_case *c, const char *hex)
{
    tw_bytes want = tw_test_hex(hex);
    if (!tw_bytes_equal(c->bytes, want)) fail_msg("%s: other bytes than %s", c->id, hex);
    free((void *)want.data);
}

static void the_vector_itself_comes_first(void **state)
{
    const fixture *f = *state;
    assert_string_equal(f->cases.items[0]->id, "compact/plain");
    assert_string_equal(f->cases.items[0]->kind, "");
    assert_int_equal(f->cases.items[0]->budget.cpu_ms, 5);
    assert_string_equal(f->cases.items[1]->id, "compact/plain@prefix:0");
}

static void every_prefix_is_refused(void **state)
{
    const fixture *f = *state;
    assert_int_equal(count(f, "compact/plain@prefix:*"), 5);
    assert_int_equal(count(f, "compact/framed@prefix:*"), 12);
    assert_int_equal(count(f, "compact/cut@prefix:*"), 0);
    assert_int_equal(count(f, "compact/session@prefix:*"), 0);
    const assay_case *c = get(f, "compact/plain@prefix:3");
    expect_bytes(c, "192101");
    assert_int_equal(c->expect, ASSAY_REJECT);
    assert_string_equal(c->parent_id, "compact/plain");
    assert_string_equal(c->kind, "prefix");
    assert_null(c->canonical.data);
    assert_int_equal(c->budget.cpu_ms, -1);
    assert_int_equal(get(f, "compact/plain@prefix:0")->bytes.len, 0);
}

static void bytes_behind_are_left(void **state)
{
    const fixture *f = *state;
    const assay_case *c = get(f, "compact/plain@skip");
    assert_int_equal(c->verb, ASSAY_SKIP);
    assert_null(c->out);
    assert_in_range(c->bytes.len, 6, 13);
    assert_memory_equal(c->bytes.data, "\x19\x21\1\2\0", 5);
    assert_int_equal(c->consumed, 5);
    assert_int_equal(c->budget.cpu_ms, 5);
    assert_null(find(f, "compact/cut@skip"));
    assert_int_equal(get(f, "compact/bad@skip")->expect, ASSAY_REJECT);
    c = get(f, "compact/plain@trail");
    assert_int_equal(c->bytes.len, 6);
    assert_int_equal(c->consumed, 5);
    assert_int_equal(c->expect, ASSAY_ACCEPT);
    assert_null(find(f, "compact/bad@trail"));
}

static void skipping_sees_no_values(void **state)
{
    const assay_case *c = get(*state, "compact/open@skip");
    assert_int_equal(c->expect, ASSAY_EITHER);
    assert_int_equal(c->outcome_count, 2);
    assert_true(c->outcomes[0].accepts && !c->outcomes[0].value);
    assert_false(c->outcomes[1].accepts);
}

static void other_protocols_are_gone_through(void **state)
{
    const fixture *f = *state;
    const assay_case *c = get(f, "compact/plain@to:binary-old");
    assert_string_equal(c->in, "compact");
    assert_string_equal(c->out, "binary-old");
    assert_null(c->canonical.data);
    assert_string_equal(get(f, "compact/framed@to:compact")->out, "framed/compact");
    assert_null(find(f, "compact/framed@to:binary"));
    c = get(f, "compact/plain@from:binary");
    expect_bytes(c, "0f0001 02 00000002 01 00 00");
    assert_string_equal(c->in, "binary");
    assert_string_equal(c->out, "compact");
    assert_int_equal(c->consumed, 11);
    assert_true(tw_bytes_equal(c->canonical, get(f, "compact/plain")->bytes));
    assert_null(find(f, "compact/framed@from:compact")); /* not canonical */
}

static void compact_cannot_carry_the_types_of_an_empty_map(void **state)
{
    const fixture *f = *state;
    const assay_case *c = get(f, "compact/map@from:compact");
    expect_bytes(c, "1b 00 00");
    assert_null(c->canonical.data);
    assert_non_null(get(f, "compact/map@from:binary-old")->canonical.data);
}

static void a_refused_request_goes_before(void **state)
{
    const fixture *f = *state;
    const assay_case *c = get(f, "compact/framed@after-reject");
    assert_true(c->alone_after_reject);
    assert_non_null(c->refused);
    expect_bytes(c->refused, "0000000e 0c0001 020005 01 0b0006 ffffffff");
    assert_int_equal(c->refused->expect, ASSAY_REJECT);
    assert_int_equal(c->expect, ASSAY_ACCEPT);
    c = get(f, "compact/session@after-reject");
    assert_int_equal(c->refused->end, ASSAY_END_REJECT);
    assert_null(find(f, "compact/open@after-reject"));
}

static void objects_are_used_again(void **state)
{
    const fixture *f = *state;
    size_t frames_cut = 0, frames_whole = 0;
    assert_int_equal(count(f, "compact/plain@reuse:*"), 16);
    for (size_t i = 0; i < f->cases.count; i++) {
        const assay_case *c = f->cases.items[i];
        if (!assay_glob_match("compact/framed@reuse:*", c->id)) continue;
        assert_int_equal(c->verb, ASSAY_REUSE);
        assert_true(tw_bytes_equal(c->bytes, get(f, "compact/framed")->bytes));
        assert_true(c->before.len > 4);
        *(c->before.data[3] == c->before.len - 4 ? &frames_whole : &frames_cut) += 1;
    }
    assert_int_equal(frames_cut, 8);
    assert_int_equal(frames_whole, 8);
    assert_int_equal(count(f, "compact/open@reuse:*"), 0);
}

static void bytes_come_in_pieces(void **state)
{
    const fixture *f = *state;
    assert_int_equal(count(f, "compact/plain@chunk:*"), 5);
    assert_int_equal(count(f, "compact/bad@chunk:*"), 1);
    assert_int_equal(count(f, "compact/cut@chunk:*"), 0);
    const assay_case *c = get(f, "compact/plain@chunk:3");
    assert_int_equal(c->split_count, 1);
    assert_int_equal(c->splits[0], 3);
    c = get(f, "compact/plain@chunk:each");
    assert_int_equal(c->split_count, 4);
    assert_int_equal(c->splits[0], 1);
    assert_int_equal(c->splits[3], 4);
}

static void one_size_is_changed_at_a_time(void **state)
{
    const fixture *f = *state;
    assert_int_equal(count(f, "compact/plain@size:*"), 4);
    const assay_case *c = get(f, "compact/plain@size:1=-1");
    expect_bytes(c, "19 f1 ffffffff0f 01 02 00");
    assert_int_equal(c->expect, ASSAY_REJECT);
    assert_int_equal(c->error.rule, TW_RULE_COMPACT_LIST_SIZE_NEGATIVE);
    assert_int_equal(c->error.offset, 2);
    c = get(f, "compact/plain@size:1=0");
    expect_bytes(c, "19 01 01 02 00");
    expect_bytes(get(f, "compact/plain@size:1=rest+1"), "19 41 01 02 00");
    expect_bytes(get(f, "compact/plain@size:1=max"), "19 f1 ffffffff07 01 02 00");
    assert_int_equal(get(f, "compact/plain@size:1=max")->error.cls, TW_TRUNCATED);
    c = get(f, "compact/framed@size:frame=0");
    expect_bytes(c, "00000000 08 0001 00000007 00");
    assert_int_equal(c->expect, ASSAY_REJECT);
    assert_int_equal(get(f, "compact/framed@size:frame=-1")->error.rule, TW_RULE_FRAMED_NEGATIVE);
}

static void one_type_is_changed_at_a_time(void **state)
{
    const fixture *f = *state;
    assert_int_equal(count(f, "compact/plain@type:1=*"), 15);
    assert_int_equal(count(f, "compact/plain@type:1[]=*"), 15);
    const assay_case *c = get(f, "compact/plain@type:1[]=3");
    expect_bytes(c, "19 23 01 02 00");
    assert_int_equal(c->expect, ASSAY_ACCEPT);
    assert_int_equal(c->values[0].root[1].inside, TW_I8);
    assert_int_equal(get(f, "compact/plain@type:1[]=2")->expect, ASSAY_ACCEPT);
    c = get(f, "compact/plain@type:1[]=14");
    assert_int_equal(c->expect, ASSAY_REJECT);
    assert_true(c->unknown_type);
    c = get(f, "compact/plain@type:1=0"); /* a stop whose high nibble is not 0 */
    assert_int_equal(c->expect, ASSAY_EITHER);
    assert_string_equal(c->outcomes[0].name, "accepted");
    assert_string_equal(c->outcomes[1].name, "refused");
}

static void ids_are_unique_and_the_same_each_time(void **state)
{
    fixture *f = *state;
    assay_cases again = {NULL, 0, 0};
    for (size_t i = 0; i < f->set.count; i++)
        assert_true(assay_derive(&f->set, &f->set.vectors[i], NULL, &again));
    assert_int_equal(again.count, f->cases.count);
    for (size_t i = 0; i < again.count; i++) {
        assert_string_equal(again.items[i]->id, f->cases.items[i]->id);
        assert_true(tw_bytes_equal(again.items[i]->bytes, f->cases.items[i]->bytes));
        for (size_t j = 0; j < i; j++) assert_string_not_equal(again.items[i]->id, again.items[j]->id);
    }
    assay_cases_deinit(&again);
}

static void who_only_reads_is_asked_to_read(void **state)
{
    fixture *f = *state;
    assay_hello hello;
    assay_cases cases = {NULL, 0, 0};
    char why[128];
    static const char json[] =
        "{\"name\": \"x\", \"verbs\": [\"read\"], \"protocols\": [\"compact\", \"json\"]}";
    assert_true(assay_hello_parse(json, sizeof json - 1, &hello, why, sizeof why));
    assert_true(assay_derive(&f->set, &f->set.vectors[0], &hello, &cases));
    assert_int_equal(cases.items[0]->verb, ASSAY_READ);
    assert_null(cases.items[0]->out);
    for (size_t i = 0; i < cases.count; i++) {
        assert_true(cases.items[i]->verb == ASSAY_READ || cases.items[i]->verb == ASSAY_SKIP);
        assert_string_not_equal(cases.items[i]->kind, "to");
        assert_string_not_equal(cases.items[i]->kind, "reuse");
    }
    assay_cases_deinit(&cases);
    assay_hello_deinit(&hello);
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
    assay_test_load(ENTRY("x", "compact.integer",
                          "\"verb\": \"read\", \"stack\": \"compact\", \"wire\": [\"15 0e 00\"], \"expect\": "
                          "\"accept\", \"value\": \"struct{1: i32 7}\""),
                    &set);
    for (size_t i = 0; i < sizeof hellos / sizeof *hellos; i++) {
        assay_hello hello;
        assay_cases cases = {NULL, 0, 0};
        char why[128];
        bool skips = false, trails = false;
        assert_true(assay_hello_parse(hellos[i], strlen(hellos[i]), &hello, why, sizeof why));
        assert_true(assay_derive(&set, &set.vectors[0], &hello, &cases));
        assert_int_equal(cases.items[0]->verb, verbs[i]);
        if (verbs[i] == ASSAY_TRANSCODE)
            assert_string_equal(cases.items[0]->out, "compact");
        else
            assert_null(cases.items[0]->out);
        for (size_t j = 0; j < cases.count; j++) {
            skips |= strcmp(cases.items[j]->kind, "skip") == 0;
            trails |= strcmp(cases.items[j]->kind, "trail") == 0;
        }
        assert_true(skips && trails);
        assay_cases_deinit(&cases);
        assay_hello_deinit(&hello);
    }
    assay_vectors_deinit(&set);
}

/* Of a typed vector: cuts are refused, other protocols and pieces give its value; there is no other verb. */
static void typed_cases_stay_typed(void **state)
{
    assay_vector_set set;
    assay_cases cases = {NULL, 0, 0};
    size_t prefixes = 0, tos = 0, froms = 0, chunks = 0;
    (void)state;
    assay_test_load(ENTRY("x", "typed.value",
                          "\"verb\": \"typed\", \"typed\": \"assay.Pair\", \"stack\": \"compact\", \"wire\": "
                          "[\"15 0e 00\"], \"expect\": \"accept\", \"value\": \"struct{1: i32 7}\", "
                          "\"canonical\": true"),
                    &set);
    assert_true(assay_derive(&set, &set.vectors[0], NULL, &cases));
    for (size_t i = 0; i < cases.count; i++) {
        const assay_case *c = cases.items[i];
        assert_int_equal(c->verb, ASSAY_TYPED);
        assert_string_equal(c->typed, "assay.Pair");
        bool prefix = strcmp(c->kind, "prefix") == 0;
        assert_int_equal(c->expect, prefix ? ASSAY_REJECT : ASSAY_ACCEPT);
        prefixes += prefix;
        tos += strcmp(c->kind, "to") == 0;
        froms += strcmp(c->kind, "from") == 0;
        chunks += strcmp(c->kind, "chunk") == 0;
    }
    assert_int_equal(prefixes, 3);
    assert_int_equal(tos, 3);
    assert_int_equal(froms, 3);
    assert_int_equal(chunks, 3);
    assay_cases_deinit(&cases);
    assay_vectors_deinit(&set);
}

static void only_declared_protocols_are_gone_through(void **state)
{
    fixture *f = *state;
    assay_hello hello;
    assay_cases cases = {NULL, 0, 0};
    char why[128];
    size_t to = 0;
    static const char json[] = "{\"name\": \"x\", \"protocols\": [\"compact\", \"json\", \"binary-strict\"]}";
    assert_true(assay_hello_parse(json, sizeof json - 1, &hello, why, sizeof why));
    assert_true(assay_derive(&f->set, &f->set.vectors[0], &hello, &cases));
    for (size_t i = 0; i < cases.count; i++) {
        if (strcmp(cases.items[i]->kind, "to") != 0) continue;
        assert_string_equal(cases.items[i]->id, "compact/plain@to:binary-strict");
        to++;
    }
    assert_int_equal(to, 1);
    assay_cases_deinit(&cases);
    assay_hello_deinit(&hello);
}

static void long_bytes_are_cut_where_tokens_end(void **state)
{
    assay_vector_set set;
    assay_cases cases = {NULL, 0, 0};
    size_t bytes = 0, prefixes = 0;
    (void)state;
    assay_test_load(
        ENTRY("long", "compact.string.size",
              "\"stack\": \"compact\", \"wire\": [\"18 80 80 04\", \"61*65536\", \"15 0e 00\"], "
              "\"expect\": \"accept\", \"value\": \"struct{1: string \\\"a\\\"*65536, 2: i32 7}\""),
        &set);
    assert_true(assay_derive(&set, &set.vectors[0], NULL, &cases));
    fixture f = {.cases = cases};
    for (size_t i = 0; i < cases.count; i++) {
        if (strcmp(cases.items[i]->kind, "prefix") != 0) continue;
        bytes += cases.items[i]->bytes.len;
        prefixes++;
    }
    assert_int_equal(prefixes, 65 + 4);
    assert_true(bytes <= 1 << 20);
    get(&f, "compact/long@prefix:64");
    assert_null(find(&f, "compact/long@prefix:65"));
    get(&f, "compact/long@prefix:65539");
    get(&f, "compact/long@prefix:65540");
    get(&f, "compact/long@prefix:65542");
    assert_null(find(&f, "compact/long@chunk:each"));
    assay_cases_deinit(&cases);
    assay_vectors_deinit(&set);
}

static void memory_that_is_refused_is_told(void **state)
{
    assay_vector_set set;
    assay_test_load(vectors, &set);
    bool all = false;
    for (size_t cap = 0; !all; cap += 4096) {
        assay_cases cases = {NULL, 0, 0};
        assert_true(cap < 1 << 26);
        tw_arena_deinit(&set.derived);
        tw_arena_init(&set.derived, NULL, cap);
        set.preludes = NULL;
        all = true;
        for (size_t i = 0; i < set.count && all; i++) all = assay_derive(&set, &set.vectors[i], NULL, &cases);
        assert_int_equal(all, cases.count == ((fixture *)*state)->cases.count);
        assay_cases_deinit(&cases);
    }
    assay_vectors_deinit(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_vector_itself_comes_first),
        cmocka_unit_test(every_prefix_is_refused),
        cmocka_unit_test(bytes_behind_are_left),
        cmocka_unit_test(skipping_sees_no_values),
        cmocka_unit_test(other_protocols_are_gone_through),
        cmocka_unit_test(compact_cannot_carry_the_types_of_an_empty_map),
        cmocka_unit_test(a_refused_request_goes_before),
        cmocka_unit_test(objects_are_used_again),
        cmocka_unit_test(bytes_come_in_pieces),
        cmocka_unit_test(one_size_is_changed_at_a_time),
        cmocka_unit_test(one_type_is_changed_at_a_time),
        cmocka_unit_test(ids_are_unique_and_the_same_each_time),
        cmocka_unit_test(who_only_reads_is_asked_to_read),
        cmocka_unit_test(who_only_transcodes_is_asked_to_transcode),
        cmocka_unit_test(typed_cases_stay_typed),
        cmocka_unit_test(only_declared_protocols_are_gone_through),
        cmocka_unit_test(long_bytes_are_cut_where_tokens_end),
        cmocka_unit_test(memory_that_is_refused_is_told),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
