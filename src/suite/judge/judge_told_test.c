/* What is said beside a verdict, and that a pass has nothing to say and takes no memory. */
#include "suite/judge/test/judge_bench.h"

#include "wire/test/support.h"

/* A pass by bytes alone must not take memory: it is the way of nearly all cases. */
static void test_pass_allocates_nothing(void **state)
{
    (void)state;
    static const judge_row passing = {.values = {I32_5}, .canonical = I32_5_COMPACT, .reply = I32_5_COMPACT};
    tw_test_alloc none; /* refuses all */
    judge_bench b;
    judge_bench_init(&b, &passing);
    tw_arena arena;
    tw_test_alloc_init(&none, 1);
    tw_arena_init(&arena, &none.alloc, SIZE_MAX);
    assay_judgement judgement;
    assay_judge_options options = {false};
    assert_true(assay_judge(&b.c, &b.hello, &b.seen, &options, &arena, &judgement));
    assert_int_equal(judgement.verdict, ASSAY_PASS);
    assert_int_equal(arena.held, 0);
    b.seen.act = ASSAY_ACT_CRASH; /* has something to say, and nowhere to say it */
    assert_false(assay_judge(&b.c, &b.hello, &b.seen, &options, &arena, &judgement));
    judge_bench_deinit(&b);
}

static void test_got_is_shown(void **state)
{
    (void)state;
    static const judge_row failing = {.values = {I32_5}, .reply = "150c00"};
    judge_bench b;
    judge_bench_init(&b, &failing);
    tw_arena arena;
    tw_arena_init(&arena, NULL, SIZE_MAX);
    assay_judgement judgement;
    assay_judge_options options = {false};
    assert_true(assay_judge(&b.c, &b.hello, &b.seen, &options, &arena, &judgement));
    assert_string_equal(judgement.got, "struct{1: i32 6}");
    assert_string_equal(judgement.difference, "at 1: expected i32 5, got i32 6");
    tw_arena_deinit(&arena);
    judge_bench_deinit(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pass_allocates_nothing),
        cmocka_unit_test(test_got_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
