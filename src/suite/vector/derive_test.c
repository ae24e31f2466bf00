/* Which cases are derived from a vector, and what is expected of them. What a hello changes: derive_hello_test.c. */
#include "suite/vector/test/derived.h"

#include "wire/test/support.h"

#include <string.h>

static void the_vector_itself_comes_first(void **state)
{
    const derived *f = *state;
    assert_string_equal(f->cases.items[0]->id, "compact/plain");
    assert_string_equal(f->cases.items[0]->kind, "");
    assert_int_equal(f->cases.items[0]->budget.cpu_ms, 5);
    assert_string_equal(f->cases.items[1]->id, "compact/plain@prefix:0");
}

static void every_prefix_is_refused(void **state)
{
    const derived *f = *state;
    assert_int_equal(derived_count(f, "compact/plain@prefix:*"), 5);
    assert_int_equal(derived_count(f, "compact/framed@prefix:*"), 12);
    assert_int_equal(derived_count(f, "compact/cut@prefix:*"), 0);
    assert_int_equal(derived_count(f, "compact/session@prefix:*"), 0);
    const assay_case *c = derived_get(f, "compact/plain@prefix:3");
    derived_expect_bytes(c, "192101");
    assert_int_equal(c->expect, ASSAY_REJECT);
    assert_string_equal(c->parent_id, "compact/plain");
    assert_string_equal(c->kind, "prefix");
    assert_null(c->canonical.data);
    assert_int_equal(c->budget.cpu_ms, -1);
    assert_int_equal(derived_get(f, "compact/plain@prefix:0")->bytes.len, 0);
}

static void bytes_behind_are_left(void **state)
{
    const derived *f = *state;
    const assay_case *c = derived_get(f, "compact/plain@skip");
    assert_int_equal(c->verb, ASSAY_SKIP);
    assert_null(c->out);
    assert_in_range(c->bytes.len, 6, 13);
    assert_memory_equal(c->bytes.data, "\x19\x21\1\2\0", 5);
    assert_int_equal(c->consumed, 5);
    assert_int_equal(c->budget.cpu_ms, 5);
    assert_null(derived_find(f, "compact/cut@skip"));
    assert_int_equal(derived_get(f, "compact/bad@skip")->expect, ASSAY_REJECT);
    c = derived_get(f, "compact/plain@trail");
    assert_int_equal(c->bytes.len, 6);
    assert_int_equal(c->consumed, 5);
    assert_int_equal(c->expect, ASSAY_ACCEPT);
    assert_null(derived_find(f, "compact/bad@trail"));
}

static void skipping_sees_no_values(void **state)
{
    const assay_case *c = derived_get(*state, "compact/open@skip");
    assert_int_equal(c->expect, ASSAY_EITHER);
    assert_int_equal(c->outcome_count, 2);
    assert_true(c->outcomes[0].accepts && !c->outcomes[0].value);
    assert_false(c->outcomes[1].accepts);
}

static void other_protocols_are_gone_through(void **state)
{
    const derived *f = *state;
    const assay_case *c = derived_get(f, "compact/plain@to:binary-old");
    assert_string_equal(c->in, "compact");
    assert_string_equal(c->out, "binary-old");
    assert_null(c->canonical.data);
    assert_string_equal(derived_get(f, "compact/framed@to:compact")->out, "framed/compact");
    assert_null(derived_find(f, "compact/framed@to:binary"));
    c = derived_get(f, "compact/plain@from:binary");
    derived_expect_bytes(c, "0f0001 02 00000002 01 00 00");
    assert_string_equal(c->in, "binary");
    assert_string_equal(c->out, "compact");
    assert_int_equal(c->consumed, 11);
    assert_true(tw_bytes_equal(c->canonical, derived_get(f, "compact/plain")->bytes));
    assert_null(derived_find(f, "compact/framed@from:compact")); /* not canonical */
}

static void compact_cannot_carry_the_types_of_an_empty_map(void **state)
{
    const derived *f = *state;
    const assay_case *c = derived_get(f, "compact/map@from:compact");
    derived_expect_bytes(c, "1b 00 00");
    assert_null(c->canonical.data);
    assert_non_null(derived_get(f, "compact/map@from:binary-old")->canonical.data);
}

static void a_refused_request_goes_before(void **state)
{
    const derived *f = *state;
    const assay_case *c = derived_get(f, "compact/framed@after-reject");
    assert_true(c->alone_after_reject);
    assert_non_null(c->refused);
    derived_expect_bytes(c->refused, "0000000e 0c0001 020005 01 0b0006 ffffffff");
    assert_int_equal(c->refused->expect, ASSAY_REJECT);
    assert_int_equal(c->expect, ASSAY_ACCEPT);
    c = derived_get(f, "compact/session@after-reject");
    assert_int_equal(c->refused->end, ASSAY_END_REJECT);
    assert_null(derived_find(f, "compact/open@after-reject"));
}

static void objects_are_used_again(void **state)
{
    const derived *f = *state;
    size_t frames_cut = 0, frames_whole = 0;
    assert_int_equal(derived_count(f, "compact/plain@reuse:*"), 16);
    for (size_t i = 0; i < f->cases.count; i++) {
        const assay_case *c = f->cases.items[i];
        if (!assay_glob_match("compact/framed@reuse:*", c->id)) continue;
        assert_int_equal(c->verb, ASSAY_REUSE);
        assert_true(tw_bytes_equal(c->bytes, derived_get(f, "compact/framed")->bytes));
        assert_true(c->before.len > 4);
        *(c->before.data[3] == c->before.len - 4 ? &frames_whole : &frames_cut) += 1;
    }
    assert_int_equal(frames_cut, 8);
    assert_int_equal(frames_whole, 8);
    assert_int_equal(derived_count(f, "compact/open@reuse:*"), 0);
}

static void bytes_come_in_pieces(void **state)
{
    const derived *f = *state;
    assert_int_equal(derived_count(f, "compact/plain@chunk:*"), 5);
    assert_int_equal(derived_count(f, "compact/bad@chunk:*"), 1);
    assert_int_equal(derived_count(f, "compact/cut@chunk:*"), 0);
    const assay_case *c = derived_get(f, "compact/plain@chunk:3");
    assert_int_equal(c->split_count, 1);
    assert_int_equal(c->splits[0], 3);
    c = derived_get(f, "compact/plain@chunk:each");
    assert_int_equal(c->split_count, 4);
    assert_int_equal(c->splits[0], 1);
    assert_int_equal(c->splits[3], 4);
}

static void one_size_is_changed_at_a_time(void **state)
{
    const derived *f = *state;
    assert_int_equal(derived_count(f, "compact/plain@size:*"), 4);
    const assay_case *c = derived_get(f, "compact/plain@size:1=-1");
    derived_expect_bytes(c, "19 f1 ffffffff0f 01 02 00");
    assert_int_equal(c->expect, ASSAY_REJECT);
    assert_int_equal(c->error.rule, TW_RULE_COMPACT_LIST_SIZE_NEGATIVE);
    assert_int_equal(c->error.offset, 2);
    c = derived_get(f, "compact/plain@size:1=0");
    derived_expect_bytes(c, "19 01 01 02 00");
    derived_expect_bytes(derived_get(f, "compact/plain@size:1=rest+1"), "19 41 01 02 00");
    derived_expect_bytes(derived_get(f, "compact/plain@size:1=max"), "19 f1 ffffffff07 01 02 00");
    assert_int_equal(derived_get(f, "compact/plain@size:1=max")->error.cls, TW_TRUNCATED);
    c = derived_get(f, "compact/framed@size:frame=0");
    derived_expect_bytes(c, "00000000 08 0001 00000007 00");
    assert_int_equal(c->expect, ASSAY_REJECT);
    assert_int_equal(derived_get(f, "compact/framed@size:frame=-1")->error.rule, TW_RULE_FRAMED_NEGATIVE);
}

static void one_type_is_changed_at_a_time(void **state)
{
    const derived *f = *state;
    assert_int_equal(derived_count(f, "compact/plain@type:1=*"), 15);
    assert_int_equal(derived_count(f, "compact/plain@type:1[]=*"), 15);
    const assay_case *c = derived_get(f, "compact/plain@type:1[]=3");
    derived_expect_bytes(c, "19 23 01 02 00");
    assert_int_equal(c->expect, ASSAY_ACCEPT);
    assert_int_equal(c->values[0].root[1].inside, TW_I8);
    assert_int_equal(derived_get(f, "compact/plain@type:1[]=2")->expect, ASSAY_ACCEPT);
    c = derived_get(f, "compact/plain@type:1[]=14");
    assert_int_equal(c->expect, ASSAY_REJECT);
    assert_true(c->unknown_type);
    c = derived_get(f, "compact/plain@type:1=0"); /* a stop whose high nibble is not 0 */
    assert_int_equal(c->expect, ASSAY_EITHER);
    assert_string_equal(c->outcomes[0].name, "accepted");
    assert_string_equal(c->outcomes[1].name, "refused");
}

static void ids_are_unique_and_the_same_each_time(void **state)
{
    derived *f = *state;
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

/* Of a typed vector: cuts are refused, other protocols and pieces give its value; there is no other verb. */
static void typed_cases_stay_typed(void **state)
{
    derived d;
    size_t prefixes = 0, tos = 0, froms = 0, chunks = 0;
    (void)state;
    derived_init(&d, DERIVED_ENTRY("x", "typed.value",
                                   "\"verb\": \"typed\", \"typed\": \"assay.Pair\", \"stack\": \"compact\", "
                                   "\"wire\": [\"15 0e 00\"], \"expect\": \"accept\", "
                                   "\"value\": \"struct{1: i32 7}\", \"canonical\": true"));
    for (size_t i = 0; i < d.cases.count; i++) {
        const assay_case *c = d.cases.items[i];
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
    derived_deinit(&d);
}

static void long_bytes_are_cut_where_tokens_end(void **state)
{
    derived d;
    size_t bytes = 0, prefixes = 0;
    (void)state;
    derived_init(
        &d,
        DERIVED_ENTRY("long", "compact.string.size",
                      "\"stack\": \"compact\", \"wire\": [\"18 80 80 04\", \"61*65536\", \"15 0e 00\"], "
                      "\"expect\": \"accept\", \"value\": \"struct{1: string \\\"a\\\"*65536, 2: i32 7}\""));
    for (size_t i = 0; i < d.cases.count; i++) {
        if (strcmp(d.cases.items[i]->kind, "prefix") != 0) continue;
        bytes += d.cases.items[i]->bytes.len;
        prefixes++;
    }
    assert_int_equal(prefixes, 65 + 4);
    assert_true(bytes <= 1 << 20);
    derived_get(&d, "compact/long@prefix:64");
    assert_null(derived_find(&d, "compact/long@prefix:65"));
    derived_get(&d, "compact/long@prefix:65539");
    derived_get(&d, "compact/long@prefix:65540");
    derived_get(&d, "compact/long@prefix:65542");
    assert_null(derived_find(&d, "compact/long@chunk:each"));
    derived_deinit(&d);
}

static void memory_that_is_refused_is_told(void **state)
{
    assay_vector_set set;
    derived_load(&set);
    bool all = false;
    for (size_t cap = 0; !all; cap += 4096) {
        assay_cases cases = {NULL, 0, 0};
        assert_true(cap < 1 << 26);
        tw_arena_deinit(&set.derived);
        tw_arena_init(&set.derived, NULL, cap);
        set.preludes = NULL;
        all = true;
        for (size_t i = 0; i < set.count && all; i++) all = assay_derive(&set, &set.vectors[i], NULL, &cases);
        assert_int_equal(all, cases.count == ((derived *)*state)->cases.count);
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
        cmocka_unit_test(typed_cases_stay_typed),
        cmocka_unit_test(long_bytes_are_cut_where_tokens_end),
        cmocka_unit_test(memory_that_is_refused_is_told),
    };
    return cmocka_run_group_tests(tests, derived_setup, derived_teardown);
}
