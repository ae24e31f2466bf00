/* Planted faults are switched on by name, one at a time; in other builds they are nothing. */
#include "wire/base/fault.h"
#include "wire/base/type.h"
#include "wire/base/varint.h"
#include "wire/test/support.h"

#include <string.h>

#ifdef TW_FAULTS

static void one_is_on(void **state)
{
    (void)state;
    assert_int_equal(tw_zigzag_decode(3), -2);
    assert_true(tw_fault_select("ZIGZAG_OFF"));
    assert_int_equal(tw_zigzag_decode(3), 3);
    assert_string_equal(tw_fault_name(tw_fault_active), "ZIGZAG_OFF");
    assert_string_equal(tw_fault_rule(tw_fault_active), "compact.integer");
    assert_true(tw_fault_select("VARINT_ENDLESS"));
    assert_int_equal(tw_zigzag_decode(3), -2);
    assert_false(tw_fault_select("ZIGZAG"));
    assert_int_equal(tw_fault_active, TW_FAULT_NONE);
    assert_true(tw_fault_select("NONE"));
    assert_true(tw_fault_select(NULL));
    assert_null(tw_fault_name(TW_FAULT_COUNT));
}

static void names_differ(void **state)
{
    (void)state;
    for (unsigned i = 0; i < TW_FAULT_COUNT; i++) {
        for (unsigned j = 0; j < i; j++) {
            if (strcmp(tw_fault_name((tw_fault)i), tw_fault_name((tw_fault)j)) == 0)
                fail_msg("%s", tw_fault_name((tw_fault)i));
        }
    }
}

/* A family has a row for each type, in the order of tw_type. */
static void families_are_in_order(void **state)
{
    (void)state;
    assert_int_equal(TW_FAULT_SKIP_BOOL_SHORT + tw_fault_row(TW_UUID), TW_FAULT_SKIP_UUID_SHORT);
    assert_int_equal(TW_FAULT_SKIP_BOOL_SHORT + tw_fault_row(TW_STRING), TW_FAULT_SKIP_STRING_SHORT);
    assert_int_equal(TW_FAULT_BINARY_BOOL_UNKNOWN + tw_fault_row(TW_LIST), TW_FAULT_BINARY_LIST_UNKNOWN);
    assert_int_equal(TW_FAULT_COMPACT_BOOL_UNKNOWN + tw_fault_row(TW_I8), TW_FAULT_COMPACT_I8_UNKNOWN);
    assert_true(tw_fault_row(TW_STOP) >= TW_FAULT_COUNT);
    assert_true(tw_fault_row(2) >= TW_FAULT_COUNT);
    assert_true(tw_fault_row(14) >= TW_FAULT_COUNT);
}

#define TESTS                                                                                                \
    cmocka_unit_test(one_is_on), cmocka_unit_test(names_differ), cmocka_unit_test(families_are_in_order)

#else

static void there_are_none(void **state)
{
    (void)state;
    int value = 1;
    _Static_assert(!TW_FAULT(ZIGZAG_OFF), "a constant");
    _Static_assert(!TW_FAULT_AND(ZIGZAG_OFF, no_such_name), "a constant");
    TW_WHEN_FAULT(ZIGZAG_OFF, value = no_such_name;);
    TW_WHEN_FAULT_ROW(SKIP_BOOL_SHORT, no_such_type, value = 2;);
    tw_fault_forget();
    assert_int_equal(value, 1);
    assert_int_equal(tw_zigzag_decode(3), -2);
}

#define TESTS cmocka_unit_test(there_are_none)

#endif

int main(void)
{
    const struct CMUnitTest tests[] = {TESTS};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
