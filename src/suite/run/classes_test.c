#include "suite/run/classes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static assay_case make(assay_verb verb, const char *in, const char *kind, assay_expect expect, tw_class cls)
{
    return (assay_case){
        .id = "x", .kind = kind, .verb = verb, .in = in, .expect = expect, .error = {.cls = cls}};
}

static void test_three_make_a_class(void **state)
{
    (void)state;
    assay_classes classes = {0};
    assay_case c = make(ASSAY_TRANSCODE, "binary", "prefix", ASSAY_REJECT, TW_TRUNCATED);
    for (size_t i = 0; i < 3; i++) {
        assert_true(assay_classes_assumed(&classes, &c) == SIZE_MAX);
        assert_true(assay_classes_add(&classes, &c, 10 + i, false));
    }
    assert_int_equal(assay_classes_assumed(&classes, &c), 12);
    assay_classes_deinit(&classes);
}

static void test_others_are_not_assumed(void **state)
{
    (void)state;
    assay_classes classes = {0};
    assay_case c = make(ASSAY_TRANSCODE, "binary", "prefix", ASSAY_REJECT, TW_TRUNCATED);
    for (size_t i = 0; i < 3; i++) assert_true(assay_classes_add(&classes, &c, i, false));
    const assay_case others[] = {
        make(ASSAY_SKIP, "binary", "prefix", ASSAY_REJECT, TW_TRUNCATED),
        make(ASSAY_TRANSCODE, "compact", "prefix", ASSAY_REJECT, TW_TRUNCATED),
        make(ASSAY_TRANSCODE, "binary", "size", ASSAY_REJECT, TW_TRUNCATED),
        make(ASSAY_TRANSCODE, "binary", "prefix", ASSAY_ACCEPT, TW_OK),
        make(ASSAY_TRANSCODE, "binary", "prefix", ASSAY_REJECT, TW_MALFORMED),
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_true(assay_classes_assumed(&classes, &others[i]) == SIZE_MAX);
    assay_classes_deinit(&classes);
}

static void test_named_accepts_are_always_run(void **state)
{
    (void)state;
    assay_classes classes = {0};
    assay_case named = make(ASSAY_TRANSCODE, "binary", "", ASSAY_ACCEPT, TW_OK);
    assay_case refused = make(ASSAY_TRANSCODE, "binary", "", ASSAY_REJECT, TW_MALFORMED);
    for (size_t i = 0; i < 3; i++) {
        assert_true(assay_classes_add(&classes, &named, i, false));
        assert_true(assay_classes_add(&classes, &refused, i, false));
    }
    assert_true(assay_classes_assumed(&classes, &named) == SIZE_MAX);
    assert_int_equal(assay_classes_assumed(&classes, &refused), 2);
    assay_classes_deinit(&classes);
}

static void test_a_narrow_class_is_of_one_vector(void **state)
{
    (void)state;
    assay_classes classes = {0};
    assay_case here = make(ASSAY_TRANSCODE, "binary", "chunk", ASSAY_REJECT, TW_MALFORMED);
    assay_case there = here;
    here.parent_id = "a/b";
    there.parent_id = "a/c";
    for (size_t i = 0; i < 3; i++) assert_true(assay_classes_add(&classes, &here, i, true));
    assert_int_equal(assay_classes_assumed(&classes, &here), 2);
    assert_true(assay_classes_assumed(&classes, &there) == SIZE_MAX);
    assert_int_equal(assay_classes_shown(&classes, &here, true), 2);
    assert_true(assay_classes_shown(&classes, &here, false) == SIZE_MAX);
    assay_classes_deinit(&classes);
}

static void test_a_size_is_of_the_class_of_its_lie(void **state)
{
    (void)state;
    assay_classes classes = {0};
    assay_case most = make(ASSAY_TRANSCODE, "binary", "size", ASSAY_REJECT, TW_TRUNCATED);
    assay_case more = most, other = most;
    most.id = "a/b@size:1=max";
    more.id = "a/b@size:1=rest+1";
    other.id = "a/c@size:2[0]=max";
    for (size_t i = 0; i < 3; i++) assert_true(assay_classes_add(&classes, &most, i, false));
    assert_true(assay_classes_assumed(&classes, &more) == SIZE_MAX);
    assert_int_equal(assay_classes_assumed(&classes, &other), 2);
    assay_classes_deinit(&classes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_three_make_a_class),
        cmocka_unit_test(test_others_are_not_assumed),
        cmocka_unit_test(test_named_accepts_are_always_run),
        cmocka_unit_test(test_a_narrow_class_is_of_one_vector),
        cmocka_unit_test(test_a_size_is_of_the_class_of_its_lie),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
