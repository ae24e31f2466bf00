#include "suite/run/groups.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* Two classes, alternating: cases 0, 2, 4 ... transcode and 1, 3, 5 ... skip. */
enum { CASES = 6 };

typedef struct scene {
    assay_case cases[CASES];
    assay_planned items[CASES];
    size_t order[CASES];
    assay_plan plan;
    assay_groups groups;
} scene;

static void begin(scene *s, size_t from, bool mixed)
{
    *s = (scene){0};
    for (size_t i = 0; i < CASES; i++) {
        s->cases[i] = (assay_case){.id = "x",
                                   .parent_id = "x",
                                   .kind = "",
                                   .in = "binary",
                                   .verb = i % 2 ? ASSAY_SKIP : ASSAY_TRANSCODE};
        s->items[i].c = &s->cases[i];
        s->order[i] = i;
    }
    s->plan = (assay_plan){.items = s->items, .count = CASES, .order = s->order, .order_count = CASES};
    assert_true(assay_groups_init(&s->groups, &s->plan, from, CASES, mixed));
}

static size_t take(scene *s, size_t *held)
{
    size_t index;
    return assay_groups_take(&s->groups, held, &index) ? index : SIZE_MAX;
}

static void test_a_taker_stays_with_its_class(void **state)
{
    (void)state;
    static const size_t want[] = {0, 2, 4, 1, 3, 5, SIZE_MAX};
    scene s;
    size_t held = ASSAY_NO_GROUP;
    begin(&s, 0, false);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) assert_true(take(&s, &held) == want[i]);
    assert_false(assay_groups_waiting(&s.groups, held));
    assay_groups_deinit(&s.groups);
}

static void test_two_takers_share_no_class(void **state)
{
    (void)state;
    scene s;
    size_t one = ASSAY_NO_GROUP, other = ASSAY_NO_GROUP, third = ASSAY_NO_GROUP;
    begin(&s, 0, false);
    assert_int_equal(take(&s, &one), 0);
    assert_int_equal(take(&s, &other), 1);
    assert_false(assay_groups_waiting(&s.groups, third));
    assert_true(take(&s, &third) == SIZE_MAX);
    assert_int_equal(take(&s, &one), 2);
    assert_int_equal(take(&s, &other), 3);
    assay_groups_deinit(&s.groups);
}

static void test_what_comes_back_goes_out_first(void **state)
{
    (void)state;
    scene s;
    size_t held = ASSAY_NO_GROUP;
    begin(&s, 0, false);
    for (size_t i = 0; i < 2; i++) take(&s, &held);
    assert_true(assay_groups_return(&s.groups, 2));
    assert_true(assay_groups_return(&s.groups, 0));
    assert_int_equal(take(&s, &held), 0);
    assert_int_equal(take(&s, &held), 2);
    assert_int_equal(take(&s, &held), 4);
    assay_groups_deinit(&s.groups);
}

/* The first taker goes on to the second class while a case of the first class is out: it may still come back,
 * and then goes before what follows, so nobody else begins with that class meanwhile. */
static void test_a_class_with_a_case_out_is_not_free(void **state)
{
    (void)state;
    scene s;
    size_t one = ASSAY_NO_GROUP, other = ASSAY_NO_GROUP;
    begin(&s, 0, false);
    for (size_t i = 0; i < 4; i++) take(&s, &one); /* 0 2 4 1 */
    assay_groups_done(&s.groups, 0);
    assert_true(assay_groups_return(&s.groups, 2));
    assert_false(assay_groups_waiting(&s.groups, other));
    assay_groups_done(&s.groups, 4);
    assert_true(assay_groups_waiting(&s.groups, other));
    assert_int_equal(take(&s, &other), 2);
    assay_groups_deinit(&s.groups);
}

static void test_mixed_keeps_the_order(void **state)
{
    (void)state;
    scene s;
    size_t held = ASSAY_NO_GROUP;
    begin(&s, 1, true);
    for (size_t i = 1; i < CASES; i++) assert_int_equal(take(&s, &held), i);
    assert_true(take(&s, &held) == SIZE_MAX);
    assert_true(s.groups.group_of[0] == ASSAY_NO_GROUP);
    assay_groups_deinit(&s.groups);
}

static void test_nothing(void **state)
{
    (void)state;
    scene s;
    size_t held = ASSAY_NO_GROUP;
    begin(&s, CASES, false);
    assert_false(assay_groups_waiting(&s.groups, held));
    assert_true(take(&s, &held) == SIZE_MAX);
    assay_groups_deinit(&s.groups);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_taker_stays_with_its_class),
        cmocka_unit_test(test_two_takers_share_no_class),
        cmocka_unit_test(test_what_comes_back_goes_out_first),
        cmocka_unit_test(test_a_class_with_a_case_out_is_not_free),
        cmocka_unit_test(test_mixed_keeps_the_order),
        cmocka_unit_test(test_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
