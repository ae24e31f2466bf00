#include "wire/text/test/dump.h"

#include "wire/stack/test/follow.h"

#include <string.h>

tw_explain_options tw_test_dump_options(tw_unit unit, size_t count)
{
    return (tw_explain_options){
        .decode = tw_decode_defaults(), .unit = unit, .count = count, .mark = SIZE_MAX};
}

void tw_test_expect_text(const tw_buffer *got, const char *want)
{
    if (got->len != strlen(want) || memcmp(got->data, want, got->len) != 0)
        fail_msg("got\n%.*swant\n%s", (int)got->len, (const char *)got->data, want);
}

void tw_test_expect_dump(const char *name, tw_unit unit, size_t count, const char *hex, tw_class cls,
                         const char *want)
{
    tw_stack stack = tw_test_stack(name);
    tw_bytes in = tw_test_hex(hex);
    tw_explain_options options = tw_test_dump_options(unit, count);
    tw_error error;
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    assert_int_equal(tw_explain(&stack, in, &options, &to, &error), cls);
    assert_int_equal(error.cls, cls);
    tw_test_expect_text(&to, want);
    tw_buffer_deinit(&to);
    tw_test_free(in);
}
