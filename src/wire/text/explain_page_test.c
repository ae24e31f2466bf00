#include "wire/text/explain_page.h"

#include "wire/test/support.h"

#include <stdio.h>
#include <string.h>

static const uint8_t bytes[] = {0x15, 0x0a};

static void expect_text(tw_buffer *to, const char *want)
{
    tw_buffer_append_byte(to, 0);
    assert_string_equal((const char *)to->data, want);
    tw_buffer_clear(to);
}

static void offsets_have_the_width_they_need(void **state)
{
    (void)state;
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    tw_page page;
    tw_row row = {.hex_at = 3, .at = 4, .bytes = {bytes, 2}, .role = TW_ROLE_VALUE, .gutter = ' '};
    tw_page_init(&page, &to, false, 0xffff);
    tw_page_say(&page, "x");
    tw_page_row(&page, &row);
    expect_text(&to, "  0003      4  15 0a                       x\n");
    tw_page_deinit(&page);
    tw_page_init(&page, &to, false, 0x123456);
    tw_page_say(&page, "x");
    tw_page_row(&page, &row);
    expect_text(&to, "  000003        4  15 0a                       x\n");
    tw_page_deinit(&page);
    tw_buffer_deinit(&to);
}

static void there_is_always_room_for_words(void **state)
{
    (void)state;
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    tw_page page;
    tw_page_init(&page, &to, false, SIZE_MAX);
    assert_int_equal(tw_page_room(&page, 1000), 16);
    tw_page_say(&page, "%s", "one two three four");
    tw_page_note(&page, 1000, TW_ROLE_PLAIN);
    char want[256];
    snprintf(want, sizeof want, "%*sone two three\n%*sfour\n", 98, "", 98, "");
    expect_text(&to, want);
    tw_page_say(&page, "%s", "abcdefghijklmnopqrstuvwxyz");
    tw_page_note(&page, 1000, TW_ROLE_PLAIN);
    snprintf(want, sizeof want, "%*sabcdefghijklmnop\n%*sqrstuvwxyz\n", 98, "", 98, "");
    expect_text(&to, want);
    tw_page_deinit(&page);
    tw_page_init(&page, &to, false, 0);
    size_t room = tw_page_room(&page, 4);
    tw_page_say(&page, "%s", "12345");
    assert_int_equal(tw_page_room(&page, 4), room - 5);
    assert_int_equal(tw_page_room(&page, 0), room - 1);
    tw_page_deinit(&page);
    tw_buffer_deinit(&to);
}

static void words_longer_than_any_are_cut(void **state)
{
    (void)state;
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    tw_page page;
    tw_page_init(&page, &to, false, 0);
    tw_page_say(&page, "%s", "");
    tw_page_say(&page, "%*s", 600, "x");
    assert_int_equal(page.words.len, 511);
    tw_page_line(&page, TW_ROLE_PLAIN);
    assert_int_equal(to.len, 512);
    tw_buffer_clear(&to);
    char title[300];
    memset(title, 't', sizeof title - 1);
    title[sizeof title - 1] = 0;
    tw_page_head(&page, title);
    assert_int_equal(to.len, 160);
    assert_int_equal(to.data[159], '\n');
    tw_page_deinit(&page);
    tw_buffer_deinit(&to);
}

static void nothing_is_not_coloured(void **state)
{
    (void)state;
    tw_buffer to;
    tw_buffer_init(&to, NULL);
    tw_page page;
    tw_page_init(&page, &to, true, 0);
    tw_page_line(&page, TW_ROLE_ERROR);
    expect_text(&to, "\n");
    tw_page_say(&page, "x");
    tw_page_line(&page, TW_ROLE_ERROR);
    expect_text(&to, "\033[1;31mx\033[0m\n");
    tw_page_say(&page, "x");
    tw_page_line(&page, TW_ROLE_PLAIN);
    expect_text(&to, "x\n");
    tw_page_deinit(&page);
    tw_buffer_deinit(&to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offsets_have_the_width_they_need),
        cmocka_unit_test(there_is_always_room_for_words),
        cmocka_unit_test(words_longer_than_any_are_cut),
        cmocka_unit_test(nothing_is_not_coloured),
    };
    return cmocka_run_group_tests_name("wire/text/explain_page", tests, NULL, NULL);
}
