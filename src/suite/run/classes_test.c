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
        assert_true(assay_classes_add(&classes, &c, 10 + i));
    }
    assert_int_equal(assay_classes_assumed(&classes, &c), 12);
    assay_classes_deinit(&classes);
}

static void test_others_are_not_assumed(void **state)
{
    (void)state;
    assay_classes classes = {0};
    assay_case c = make(ASSAY_TRANSCODE, "binary", "prefix", ASSAY_REJECT, TW_TRUNCATED);
    for (size_t i = 0; i < 3; i++) assert_true(assay_classes_add(&classes, &c, i));
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
        assert_true(assay_classes_add(&classes, &named, i));
        assert_true(assay_classes_add(&classes, &refused, i));
    }
    assert_true(assay_classes_assumed(&classes, &named) == SIZE_MAX);
    assert_int_equal(assay_classes_assumed(&classes, &refused), 2);
    assay_classes_deinit(&classes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_three_make_a_class),
        cmocka_unit_test(test_others_are_not_assumed),
        cmocka_unit_test(test_named_accepts_are_always_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
