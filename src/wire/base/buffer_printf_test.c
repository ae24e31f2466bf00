/* tw_buffer_printf: texts around the size that it makes at the first try, and memory that is refused. */
#include "wire/base/bytes.h"
#include "wire/test/support.h"

static void texts_of_every_length(void **state)
{
    (void)state;
    tw_buffer b;
    tw_buffer_init(&b, NULL);
    for (int len = 0; len < 600; len++) {
        tw_buffer_clear(&b);
        assert_true(tw_buffer_append(&b, "head", 4));
        assert_true(tw_buffer_printf(&b, "%0*d", len, 7));
        size_t made = len > 1 ? (size_t)len : 1;
        assert_int_equal(b.len, 4 + made);
        assert_memory_equal(b.data, "head", 4);
        for (size_t i = 4; i + 1 < b.len; i++) assert_int_equal(b.data[i], '0');
        assert_int_equal(b.data[b.len - 1], '7');
    }
    assert_true(tw_buffer_printf(&b, "%s", ""));
    tw_buffer_deinit(&b);
}

static void refused_memory_sticks(void **state)
{
    (void)state;
    static const int lengths[] = {100, 1000};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        tw_test_alloc mem;
        tw_test_alloc_init(&mem, 2);
        tw_buffer b;
        tw_buffer_init(&b, &mem.alloc);
        assert_true(tw_buffer_printf(&b, "%s", "abc"));
        assert_false(tw_buffer_printf(&b, "%*d", lengths[i], 7));
        assert_true(b.failed);
        assert_int_equal(b.len, 3);
        assert_false(tw_buffer_printf(&b, "d"));
        assert_int_equal(b.len, 3);
        tw_buffer_deinit(&b);
        assert_int_equal(mem.now, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_of_every_length),
        cmocka_unit_test(refused_memory_sticks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
