#include "wire/stack/stack.h"

#include "wire/test/support.h"

#include <string.h>

static void parses_stacks(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t count;
        const tw_transport *first, *last;
        const tw_protocol *protocol;
        const char *protocol_name;
        bool strict_only;
        tw_header_form form;
    } cases[] = {
        {"binary", 0, NULL, NULL, &tw_binary, "binary", false, TW_HEADER_STRICT},
        {"binary-old", 0, NULL, NULL, &tw_binary, "binary-old", false, TW_HEADER_OLD},
        {"binary-strict", 0, NULL, NULL, &tw_binary, "binary-strict", true, TW_HEADER_STRICT},
        {"compact", 0, NULL, NULL, &tw_compact, "compact", false, TW_HEADER_STRICT},
        {"framed/compact", 1, &tw_framed, &tw_framed, &tw_compact, "compact", false, TW_HEADER_STRICT},
        {"framed/zlib/binary", 2, &tw_framed, &tw_zlib, &tw_binary, "binary", false, TW_HEADER_STRICT},
        {"zlib/framed/zlib/framed/binary-old", 4, &tw_zlib, &tw_framed, &tw_binary, "binary-old", false,
         TW_HEADER_OLD},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tw_stack stack;
        const char *why = "nothing";
        assert_true(tw_stack_parse(cases[i].name, &stack, &why));
        assert_string_equal(why, "nothing");
        assert_int_equal(stack.transport_count, cases[i].count);
        if (cases[i].count) {
            assert_ptr_equal(stack.transports[0], cases[i].first);
            assert_ptr_equal(stack.transports[cases[i].count - 1], cases[i].last);
        }
        assert_ptr_equal(stack.protocol, cases[i].protocol);
        assert_string_equal(stack.envelope->protocol, tw_protocol_name(cases[i].protocol));
        assert_string_equal(stack.protocol_name, cases[i].protocol_name);
        assert_int_equal(stack.strict_only, cases[i].strict_only);
        assert_int_equal(stack.form, cases[i].form);
    }
}

static void says_what_is_wrong(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", "unknown protocol"},
        {"json", "unknown protocol"},
        {"framed", "unknown protocol"},
        {"binary/", "unknown transport"},
        {"framed/", "unknown protocol"},
        {"/binary", "unknown transport"},
        {"frame/binary", "unknown transport"},
        {"binary/framed", "unknown transport"},
        {"framed//binary", "unknown transport"},
        {"framed/framed/framed/framed/framed/binary", "more than 4"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tw_stack stack;
        const char *why = NULL;
        assert_false(tw_stack_parse(cases[i][0], &stack, NULL));
        assert_false(tw_stack_parse(cases[i][0], &stack, &why));
        assert_memory_equal(why, cases[i][1], strlen(cases[i][1]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parses_stacks),
        cmocka_unit_test(says_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
