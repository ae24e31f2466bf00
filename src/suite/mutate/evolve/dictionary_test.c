#include "suite/mutate/evolve/dictionary.h"

#include "wire/test/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Tests run in the tree's root. */
#define COMMITTED "fuzz/dict/thrift.dict"

static void the_committed_one_is_up_to_date(void **state)
{
    char *text = calloc(1, 1 << 20);
    tw_buffer made;
    FILE *file = fopen(COMMITTED, "rb");
    (void)state;
    if (!file) fail_msg("no %s", COMMITTED);
    assert_non_null(text);
    size_t len = fread(text, 1, 1 << 20, file);
    fclose(file);
    tw_buffer_init(&made, NULL);
    assert_int_equal(assay_dictionary_write(&made), TW_OK);
    if (!tw_bytes_equal(tw_bytes_of(text, len), tw_buffer_view(&made)))
        fail_msg("%s: run `make dict`", COMMITTED);
    tw_buffer_deinit(&made);
    free(text);
}

static void the_lines_are_what_engines_read(void **state)
{
    tw_buffer made;
    size_t lines = 0;
    (void)state;
    tw_buffer_init(&made, NULL);
    assert_int_equal(assay_dictionary_write(&made), TW_OK);
    tw_buffer_append_byte(&made, 0);
    for (char *line = strtok((char *)made.data, "\n"); line; line = strtok(NULL, "\n")) {
        if (*line == '#') continue;
        size_t name = strspn(line, "abcdefghijklmnopqrstuvwxyz0123456789_");
        assert_true(name > 0 && line[name] == '=' && line[name + 1] == '"');
        const char *at = line + name + 2;
        for (; *at == '\\'; at += 4) assert_true(at[1] == 'x' && strspn(at + 2, "0123456789abcdef") >= 2);
        assert_string_equal(at, "\"");
        lines++;
    }
    assert_in_range(lines, 150, 400);
    tw_buffer_deinit(&made);
}

static void refused_memory_is_told(void **state)
{
    tw_test_alloc alloc;
    tw_buffer made;
    (void)state;
    tw_test_alloc_init(&alloc, 2);
    tw_buffer_init(&made, &alloc.alloc);
    assert_int_equal(assay_dictionary_write(&made), TW_MEMORY);
    tw_buffer_deinit(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_committed_one_is_up_to_date),
        cmocka_unit_test(the_lines_are_what_engines_read),
        cmocka_unit_test(refused_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
