#include "suite/mutate/specimen.h"

#include "wire/test/support.h"

#include <string.h>

static void the_table_holds_what_the_names_say(void **state)
{
    (void)state;
    for (unsigned i = 0; i < ASSAY_SPECIMEN_STACKS; i++) {
        tw_stack parsed;
        const tw_stack *row = assay_specimen_stack(i);
        assert_true(tw_stack_parse(assay_specimen_stack_name(i), &parsed, NULL));
        assert_int_equal(row->transport_count, parsed.transport_count);
        for (size_t t = 0; t < TW_STACK_TRANSPORTS; t++)
            assert_ptr_equal(row->transports[t], parsed.transports[t]);
        assert_ptr_equal(row->protocol, parsed.protocol);
        assert_ptr_equal(row->envelope, parsed.envelope);
        assert_string_equal(row->protocol_name, parsed.protocol_name);
        assert_int_equal(row->strict_only, parsed.strict_only);
        assert_int_equal(row->form, parsed.form);
        assert_int_equal(assay_specimen_stack_find(assay_specimen_stack_name(i)), i);
        assert_ptr_equal(assay_specimen_stack(i + ASSAY_SPECIMEN_STACKS), row);
    }
    assert_int_equal(assay_specimen_stack_find("binary-old"), ASSAY_SPECIMEN_STACKS);
    assert_int_equal(assay_specimen_stack_find(""), ASSAY_SPECIMEN_STACKS);
}

static assay_specimen read_hex(const char *hex, tw_bytes *input)
{
    *input = tw_test_hex(hex);
    return assay_specimen_read(*input);
}

static void bits_mean_what_the_header_says(void **state)
{
    tw_bytes input;
    (void)state;
    assay_specimen s = read_hex("ab 07 15 00", &input);
    assert_false(s.text);
    assert_int_equal(s.stack, 3);
    assert_int_equal(s.unit, TW_UNIT_MESSAGE);
    assert_int_equal(s.flags, 10);
    assert_int_equal(s.parameter, 7);
    assert_int_equal(s.payload.len, 2);
    assert_ptr_equal(s.payload.data, input.data + 2);
    tw_test_free(input);
    s = read_hex("ff 01 61", &input);
    assert_true(s.text);
    assert_int_equal(s.payload.len, 1);
    tw_test_free(input);
}

static void missing_bytes_are_zero(void **state)
{
    tw_bytes input;
    (void)state;
    assay_specimen s = read_hex("", &input);
    assert_int_equal(s.stack, 0);
    assert_int_equal(s.unit, TW_UNIT_STRUCT);
    assert_int_equal(s.parameter, 0);
    assert_int_equal(s.payload.len, 0);
    tw_test_free(input);
    s = read_hex("01", &input);
    assert_int_equal(s.stack, 1);
    assert_int_equal(s.parameter, 0);
    assert_int_equal(s.payload.len, 0);
    tw_test_free(input);
}

static void every_head_is_written_as_it_was_read(void **state)
{
    (void)state;
    for (unsigned head = 0; head < 256; head++) {
        uint8_t bytes[] = {(uint8_t)head, 9, 0x15, 0};
        tw_bytes input = tw_test_exact(bytes, sizeof bytes);
        assay_specimen s = assay_specimen_read(input);
        tw_buffer to;
        tw_buffer_init(&to, NULL);
        assert_int_equal(assay_specimen_write(&s, &to), TW_OK);
        assert_true(tw_bytes_equal(tw_buffer_view(&to), input));
        tw_buffer_deinit(&to);
        tw_test_free(input);
    }
}

/* Bytes that would be the head of a text lose the lowest of the harness's bits. */
static void only_texts_have_the_head_of_texts(void **state)
{
    assay_specimen s = {.stack = 7, .unit = TW_UNIT_MESSAGE, .flags = 15};
    tw_buffer to;
    (void)state;
    tw_buffer_init(&to, NULL);
    assert_int_equal(assay_specimen_write(&s, &to), TW_OK);
    assert_int_equal(to.len, 2);
    assert_int_equal(to.data[0], 0xef);
    tw_buffer_deinit(&to);
}

static void refused_memory_is_told(void **state)
{
    tw_test_alloc alloc;
    assay_specimen s = {.stack = 1, .payload = tw_bytes_of("abc", 3)};
    tw_buffer to;
    (void)state;
    tw_test_alloc_init(&alloc, 1);
    tw_buffer_init(&to, &alloc.alloc);
    assert_int_equal(assay_specimen_write(&s, &to), TW_MEMORY);
    tw_buffer_deinit(&to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_holds_what_the_names_say),
        cmocka_unit_test(bits_mean_what_the_header_says),
        cmocka_unit_test(missing_bytes_are_zero),
        cmocka_unit_test(every_head_is_written_as_it_was_read),
        cmocka_unit_test(only_texts_have_the_head_of_texts),
        cmocka_unit_test(refused_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
