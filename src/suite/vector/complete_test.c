#include "suite/vector/complete.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Two messages, the second with a field of type 5 or 8. */
static bool unknown_in_second(uint8_t type, assay_verb verb, assay_end end, tw_rule rule)
{
    static const char first[] = "\x80\x01\x00\x01\0\0\0\1a\0\0\0\1\0",
                      second[] = "\x80\x01\x00\x01\0\0\0\1b\0\0\0\2?\0\1\0\0\0\7\0";
    size_t len = sizeof first - 1 + sizeof second - 1;
    uint8_t *exact = malloc(len);
    assert_non_null(exact);
    memcpy(exact, first, sizeof first - 1);
    memcpy(exact + sizeof first - 1, second, sizeof second - 1);
    *(uint8_t *)memchr(exact, '?', len) = type;
    assay_case c = {.id = "t/t",
                    .parent_id = "t/t",
                    .kind = "",
                    .rule = rule,
                    .verb = verb,
                    .in = "binary",
                    .out = "binary",
                    .count = 3,
                    .bytes = {exact, len},
                    .expect = ASSAY_ACCEPT,
                    .end = end};
    tw_stack stack;
    assert_true(tw_stack_parse("binary", &stack, NULL));
    assert_true(assay_case_complete(&stack, &c));
    free(exact);
    return c.unknown_type;
}

static void test_unknown_type_in_a_later_message(void **state)
{
    (void)state;
    assert_true(unknown_in_second(5, ASSAY_SESSION, ASSAY_END_REJECT, TW_RULE_BINARY_FIELD_TYPE));
    assert_false(unknown_in_second(8, ASSAY_SESSION, ASSAY_END_REJECT, TW_RULE_BINARY_FIELD));
    assert_false(unknown_in_second(8, ASSAY_SESSION, ASSAY_END_OK, TW_RULE_BINARY_FIELD_TYPE));
    assert_false(unknown_in_second(5, ASSAY_MESSAGE, ASSAY_END_OK, TW_RULE_BINARY_FIELD));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_unknown_type_in_a_later_message)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
