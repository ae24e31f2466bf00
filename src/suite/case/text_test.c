#include "suite/case/text.h"

#include "wire/test/support.h"

#include <stdlib.h>
#include <string.h>

#define BAD "\xef\xbf\xbd"

static void bytes_become_text(void **state)
{
    static const struct {
        const char *from;
        size_t len;
        const char *to;
    } rows[] = {
        {"", 0, ""},
        {"abc", 3, "abc"},
        {"a\0b", 3, "a" BAD "b"},
        {"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", 9, "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"},
        {"\xff", 1, BAD},
        {"a\xff", 2, "a" BAD},
        {"\xff"
         "b",
         2, BAD "b"},
        {"\xc3", 1, BAD},                         /* cut */
        {"\xc0\xaf", 2, BAD BAD},                 /* overlong */
        {"\xe0\x9f\xbf", 3, BAD BAD BAD},         /* overlong */
        {"\xed\xa0\x80", 3, BAD BAD BAD},         /* surrogate */
        {"\xf4\x90\x80\x80", 4, BAD BAD BAD BAD}, /* above U+10FFFF */
        {"\xf0\x8f\xbf\xbf", 4, BAD BAD BAD BAD}, /* overlong */
        {"\xe2\x82z", 3, BAD BAD "z"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tw_bytes from = tw_test_exact(rows[i].from, rows[i].len);
        char *text = assay_text_clean_copy((const char *)from.data, from.len);
        assert_non_null(text);
        assert_string_equal(text, rows[i].to);
        free(text);
        free((void *)from.data);
    }
}

static void words_are_quoted_for_a_shell(void **state)
{
    static const struct {
        const char *word, *quoted;
    } rows[] = {
        {"plain-word_1./:=,+@%", "plain-word_1./:=,+@%"},
        {"", "''"},
        {"two words", "'two words'"},
        {"it's", "'it'\\''s'"},
        {"$(x) `y` \"z\" *", "'$(x) `y` \"z\" *'"},
        {"~", "'~'"},
        {"a\nb", "'a\nb'"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tw_buffer text;
        tw_buffer_init(&text, NULL);
        assert_true(assay_text_shell_word(rows[i].word, &text));
        assert_int_equal(text.len, strlen(rows[i].quoted));
        assert_memory_equal(text.data, rows[i].quoted, text.len);
        tw_buffer_deinit(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(bytes_become_text),
                                       cmocka_unit_test(words_are_quoted_for_a_shell)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
