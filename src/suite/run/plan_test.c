#include "suite/run/plan.h"
#include "suite/run/test/tiny.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const char *const derived_only[] = {"**/*@*"};

static void build(tiny_set *tiny, const assay_selection *selection, const assay_hello *hello,
                  assay_plan *plan)
{
    assert_true(assay_plan_build(&tiny->set, selection, hello, plan));
}

static void test_shards_partition(void **state)
{
    (void)state;
    tiny_set tiny;
    unsigned seen[100] = {0};
    tiny_init(&tiny, 100);
    for (unsigned shard = 1; shard <= 7; shard++) {
        assay_selection selection = {
            .level = ASSAY_MAY, .shard = shard, .shards = 7, .skip = derived_only, .skip_count = 1};
        assay_plan plan;
        build(&tiny, &selection, NULL, &plan);
        assert_true(plan.narrowed);
        assert_true(plan.count > 3 && plan.count < 40); /* no shard takes all, none is empty */
        for (size_t i = 0; i < plan.count; i++) seen[strtoul(plan.items[i].c->id + 5, NULL, 10)]++;
        assay_plan_deinit(&plan);
    }
    for (size_t i = 0; i < 100; i++) assert_int_equal(seen[i], 1);
    tiny_deinit(&tiny);
}

static void test_shard_of_a_vector_does_not_move(void **state)
{
    (void)state;
    assay_selection selection = {.level = ASSAY_MAY, .shards = 3};
    unsigned sum = 0;
    for (selection.shard = 1; selection.shard <= 3; selection.shard++)
        sum += assay_selection_has_vector(&selection, "compact/list/bool", ASSAY_MUST) ? selection.shard : 0;
    assert_int_equal(sum, 1); /* written down: a change would break everyone's sharded baselines */
}

static void test_parse_shard(void **state)
{
    (void)state;
    assay_selection selection = {0};
    assert_true(assay_selection_parse_shard("2/3", &selection));
    assert_int_equal(selection.shard, 2);
    assert_int_equal(selection.shards, 3);
    static const char *const bad[] = {"",     "1",    "1/",       "/2",   "0/2", "3/2",
                                      "1/2x", "-1/2", "1/100001", " 1/2", "1 /2"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(assay_selection_parse_shard(bad[i], &selection));
        assert_int_equal(selection.shards, 3);
    }
}

static void test_globs(void **state)
{
    (void)state;
    tiny_set tiny;
    tiny_init(&tiny, 12);
    const char *const run[] = {"tiny/1*"}, *const skip[] = {"tiny/11", "**/*@*"};
    assay_selection selection = {
        .level = ASSAY_MAY, .run = run, .run_count = 1, .skip = skip, .skip_count = 2};
    assay_plan plan;
    build(&tiny, &selection, NULL, &plan);
    assert_int_equal(plan.count, 2);
    assert_string_equal(plan.items[0].c->id, "tiny/1");
    assert_string_equal(plan.items[1].c->id, "tiny/10");
    assert_int_equal(plan.vectors, 2);
    assay_plan_deinit(&plan);
    tiny_deinit(&tiny);
}

static void test_named_pattern_takes_derived_and_derived_pattern_takes_itself(void **state)
{
    (void)state;
    tiny_set tiny;
    tiny_init(&tiny, 3);
    const char *const named[] = {"tiny/1"}, *const prefix[] = {"tiny/1@prefix:3"};
    assay_selection selection = {.level = ASSAY_MAY, .run = named, .run_count = 1};
    assay_plan plan;
    build(&tiny, &selection, NULL, &plan);
    assert_true(plan.count > 8); /* eight prefixes at the least */
    for (size_t i = 0; i < plan.count; i++) assert_string_equal(plan.items[i].c->parent_id, "tiny/1");
    assay_plan_deinit(&plan);
    selection.run = prefix;
    build(&tiny, &selection, NULL, &plan);
    assert_int_equal(plan.count, 1);
    assert_string_equal(plan.items[0].c->id, "tiny/1@prefix:3");
    assay_plan_deinit(&plan);
    selection = (assay_selection){.level = ASSAY_MAY, .only = "tiny/1"};
    build(&tiny, &selection, NULL, &plan);
    assert_int_equal(plan.count, 1);
    assert_string_equal(plan.items[0].c->id, "tiny/1");
    assay_plan_deinit(&plan);
    tiny_deinit(&tiny);
}

static void test_named_takes_nothing_derived(void **state)
{
    (void)state;
    tiny_set tiny;
    tiny_init(&tiny, 3);
    assay_selection selection = {.level = ASSAY_MAY, .named = true};
    assay_plan plan;
    build(&tiny, &selection, NULL, &plan);
    assert_int_equal(plan.count, 3);
    for (size_t i = 0; i < plan.count; i++)
        assert_string_equal(plan.items[i].c->id, plan.items[i].c->parent_id);
    assert_true(plan.narrowed);
    assay_plan_deinit(&plan);
    tiny_deinit(&tiny);
}

static void test_level(void **state)
{
    (void)state;
    tiny_set tiny;
    tiny_init(&tiny, 3);
    tiny.set.vectors[1].base.level = ASSAY_SHOULD;
    tiny.set.vectors[2].base.level = ASSAY_MAY;
    for (int level = ASSAY_MUST; level <= ASSAY_MAY; level++) {
        assay_selection selection = {.level = (assay_level)level, .skip = derived_only, .skip_count = 1};
        assay_plan plan;
        build(&tiny, &selection, NULL, &plan);
        assert_int_equal(plan.count, (size_t)level + 1);
        assay_plan_deinit(&plan);
    }
    tiny_deinit(&tiny);
}

static void test_routes(void **state)
{
    (void)state;
    static const char json[] = "{\"name\": \"x\", \"protocols\": [\"binary\"]}";
    tiny_set tiny;
    assay_hello hello;
    char why[100];
    tiny_init(&tiny, 4);
    tiny.set.vectors[0].base.in = "compact";
    tiny.set.vectors[1].base.budget = (assay_budget){100, -1};
    assert_true(assay_hello_parse(json, sizeof json - 1, &hello, why, sizeof why));
    assay_selection selection = {.level = ASSAY_MAY, .skip = derived_only, .skip_count = 1};
    assay_plan plan;
    build(&tiny, &selection, &hello, &plan);
    assert_int_equal(plan.count, 4);
    assert_int_equal(plan.items[0].route, ASSAY_ROUTE_SKIP);
    assert_string_equal(plan.items[0].missing, "compact");
    assert_int_equal(plan.items[1].route, ASSAY_ROUTE_BUDGET);
    assert_int_equal(plan.items[2].route, ASSAY_ROUTE_STREAM);
    static const size_t order[] = {2, 3, 1};
    assert_int_equal(plan.order_count, 3);
    assert_int_equal(plan.budget_from, 2);
    assert_memory_equal(plan.order, order, sizeof order);
    assay_plan_deinit(&plan);
    assay_hello_deinit(&hello);
    tiny_deinit(&tiny);
}

static void test_shuffle(void **state)
{
    (void)state;
    tiny_set tiny;
    tiny_init(&tiny, 50);
    assay_selection selection = {
        .level = ASSAY_MAY, .skip = derived_only, .skip_count = 1, .shuffle = true, .seed = 7};
    assay_plan a, b, c;
    build(&tiny, &selection, NULL, &a);
    build(&tiny, &selection, NULL, &b);
    selection.seed = 8;
    build(&tiny, &selection, NULL, &c);
    size_t bytes = 50 * sizeof *a.order, sum = 0;
    assert_int_equal(a.order_count, 50);
    assert_memory_equal(a.order, b.order, bytes);
    assert_memory_not_equal(a.order, c.order, bytes);
    for (size_t i = 0; i < 50; i++) sum += a.order[i];
    assert_int_equal(sum, 49 * 50 / 2);
    for (size_t i = 0; i < 50; i++) assert_string_equal(a.items[i].c->id, tiny.set.vectors[i].base.id);
    assay_plan_deinit(&a);
    assay_plan_deinit(&b);
    assay_plan_deinit(&c);
    tiny_deinit(&tiny);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shards_partition),
        cmocka_unit_test(test_shard_of_a_vector_does_not_move),
        cmocka_unit_test(test_parse_shard),
        cmocka_unit_test(test_globs),
        cmocka_unit_test(test_named_takes_nothing_derived),
        cmocka_unit_test(test_named_pattern_takes_derived_and_derived_pattern_takes_itself),
        cmocka_unit_test(test_level),
        cmocka_unit_test(test_routes),
        cmocka_unit_test(test_shuffle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
