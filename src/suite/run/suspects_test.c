#include "suite/run/suspects.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

/* Plays a testee whose behaviour is a rule: fails when `last` comes, and, unless alone, only with `before`
 * ahead of it. */
typedef struct world {
    size_t last, before;
    bool alone, at_bye;
    unsigned trials;
} world;

static bool fails(const world *w, const size_t *tags, size_t count)
{
    bool seen = false;
    if (w->at_bye) return true;
    for (size_t i = 0; i < count; i++) {
        if (tags[i] == w->before) seen = true;
        if (tags[i] == w->last && (w->alone || seen)) return true;
    }
    return false;
}

static void play(assay_suspects *suspects, world *w)
{
    const size_t *tags;
    size_t count;
    while ((tags = assay_suspects_trial(suspects, &count)) != NULL) {
        assert_true(++w->trials < 100);
        bool failed = fails(w, tags, count);
        assay_suspects_tell(suspects, failed, failed && count ? w->last : ASSAY_NOBODY);
    }
}

static const size_t open_tags[] = {7, 8, 9};
static const size_t history[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
static const assay_incident incident = {
    .open = open_tags, .open_count = 3, .last_answered = 6, .history = history, .history_count = 9};

static void test_alone(void **state)
{
    (void)state;
    static const struct {
        size_t guilty;
        unsigned trials;
    } rows[] = {{7, 1}, {8, 2}, {9, 3}, {6, 4}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assay_suspects suspects;
        world w = {.last = rows[i].guilty, .alone = true};
        assert_true(assay_suspects_init(&suspects, &incident));
        play(&suspects, &w);
        assert_int_equal(suspects.blame, ASSAY_BLAME_ALONE);
        assert_int_equal(suspects.blamed, rows[i].guilty);
        assert_int_equal(w.trials, rows[i].trials);
        assay_suspects_deinit(&suspects);
    }
}

static void test_stateful_is_cut(void **state)
{
    (void)state;
    for (size_t before = 1; before <= 6; before++) {
        assay_suspects suspects;
        world w = {.last = 8, .before = before};
        assert_true(assay_suspects_init(&suspects, &incident));
        play(&suspects, &w);
        assert_int_equal(suspects.blame, ASSAY_BLAME_STATEFUL);
        assert_int_equal(suspects.blamed, 8);
        assert_int_equal(suspects.sequence, 9 - before + 1);
        assay_suspects_deinit(&suspects);
    }
}

static void test_unconfirmed(void **state)
{
    (void)state;
    assay_suspects suspects;
    world w = {.last = 100, .alone = true};
    assert_true(assay_suspects_init(&suspects, &incident));
    play(&suspects, &w);
    assert_int_equal(suspects.blame, ASSAY_BLAME_UNCONFIRMED);
    assert_int_equal(suspects.blamed, 7);
    assert_int_equal(w.trials, 5); /* four alone, one in a row */
    assay_suspects_deinit(&suspects);
}

static void test_hang_suspects_the_oldest_only(void **state)
{
    (void)state;
    assay_suspects suspects;
    assay_incident hang = incident;
    hang.oldest_only = true;
    world w = {.last = 8, .alone = true};
    assert_true(assay_suspects_init(&suspects, &hang));
    assert_int_equal(suspects.alone_count, 1);
    play(&suspects, &w);
    assert_int_equal(suspects.blame, ASSAY_BLAME_STATEFUL); /* found in the row, not alone */
    assert_int_equal(suspects.blamed, 8);
    assay_suspects_deinit(&suspects);
}

static void test_what_is_sure_needs_no_trial(void **state)
{
    (void)state;
    assay_suspects suspects;
    assay_incident sure = incident;
    size_t count;
    sure.sure = sure.empty_first = true;
    assert_true(assay_suspects_init(&suspects, &sure));
    assert_int_equal(suspects.blame, ASSAY_BLAME_ALONE);
    assert_int_equal(suspects.blamed, 7);
    assert_null(assay_suspects_trial(&suspects, &count));
    assay_suspects_deinit(&suspects);
}

static void test_always(void **state)
{
    (void)state;
    assay_suspects suspects;
    assay_incident after_bye = {
        .last_answered = 9, .history = history, .history_count = 9, .empty_first = true};
    world w = {.at_bye = true};
    assert_true(assay_suspects_init(&suspects, &after_bye));
    play(&suspects, &w);
    assert_int_equal(suspects.blame, ASSAY_BLAME_ALWAYS);
    assert_int_equal(w.trials, 1);
    assay_suspects_deinit(&suspects);
}

static void test_nothing_to_blame(void **state)
{
    (void)state;
    assay_suspects suspects;
    assay_incident nothing = {.last_answered = ASSAY_NOBODY};
    world w = {0};
    assert_true(assay_suspects_init(&suspects, &nothing));
    play(&suspects, &w);
    assert_int_equal(suspects.blame, ASSAY_BLAME_UNCONFIRMED);
    assert_true(suspects.blamed == ASSAY_NOBODY);
    assert_int_equal(w.trials, 0);
    assay_suspects_deinit(&suspects);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alone),
        cmocka_unit_test(test_stateful_is_cut),
        cmocka_unit_test(test_unconfirmed),
        cmocka_unit_test(test_hang_suspects_the_oldest_only),
        cmocka_unit_test(test_what_is_sure_needs_no_trial),
        cmocka_unit_test(test_always),
        cmocka_unit_test(test_nothing_to_blame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
