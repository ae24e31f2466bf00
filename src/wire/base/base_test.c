/* The small parts: bytes, arena, errors, rules, types. */
#include "wire/base/arena.h"
#include "wire/base/error.h"
#include "wire/base/reader.h"
#include "wire/base/type.h"
#include "wire/base/utf8.h"
#include "wire/test/support.h"

#include <stdlib.h>
#include <string.h>

static void buffer_grows_and_drops(void **state)
{
    (void)state;
    tw_test_alloc mem;
    tw_test_alloc_init(&mem, 0);
    tw_buffer b;
    tw_buffer_init(&b, &mem.alloc);
    for (unsigned i = 0; i < 1000; i++) assert_true(tw_buffer_append_byte(&b, (uint8_t)i));
    assert_int_equal(b.len, 1000);
    tw_buffer_drop(&b, 300);
    assert_int_equal(b.len, 700);
    assert_int_equal(b.data[0], 300 & 255);
    assert_int_equal(b.data[699], 999 & 255);
    tw_buffer_deinit(&b);
    assert_int_equal(mem.now, 0);
}

static void buffer_failure_sticks(void **state)
{
    (void)state;
    tw_test_alloc mem;
    tw_test_alloc_init(&mem, 2);
    tw_buffer b;
    tw_buffer_init(&b, &mem.alloc);
    assert_true(tw_buffer_append(&b, "abc", 3));
    assert_null(tw_buffer_reserve(&b, 1000));
    assert_true(b.failed);
    assert_false(tw_buffer_append(&b, "d", 1));
    assert_int_equal(b.len, 3);
    tw_buffer_clear(&b);
    assert_false(b.failed);
    assert_null(tw_buffer_reserve(&b, SIZE_MAX)); /* a sum that would overflow */
    tw_buffer_deinit(&b);
    assert_int_equal(mem.now, 0);
}

static void arena_keeps_its_cap(void **state)
{
    (void)state;
    tw_test_alloc mem;
    tw_test_alloc_init(&mem, 0);
    tw_arena a;
    tw_arena_init(&a, &mem.alloc, 10000);
    size_t taken = 0;
    for (void *p; (p = tw_arena_take(&a, 100)) != NULL; taken++) {
        assert_int_equal((uintptr_t)p % 16, 0);
        memset(p, 0xa5, 100);
    }
    assert_in_range(taken, 60, 89);
    assert_true(mem.peak <= 10000);
    assert_null(tw_arena_take(&a, SIZE_MAX));
    tw_arena_reset(&a);
    size_t held = mem.now;
    assert_non_null(tw_arena_take(&a, 100));
    assert_int_equal(mem.now, held); /* the kept chunk serves */
    char *text = tw_arena_printf(&a, "%s-%d", "x", 7);
    assert_string_equal(text, "x-7");
    tw_arena_deinit(&a);
    assert_int_equal(mem.now, 0);
}

static void arena_allocation_can_fail(void **state)
{
    (void)state;
    tw_test_alloc mem;
    tw_test_alloc_init(&mem, 1);
    tw_arena a;
    tw_arena_init(&a, &mem.alloc, SIZE_MAX);
    assert_null(tw_arena_take(&a, 1));
    assert_null(tw_arena_copy(&a, "x", 1));
    assert_null(tw_arena_printf(&a, "x"));
    tw_arena_deinit(&a);
    assert_int_equal(mem.now, 0);
}

static void errors_read_well(void **state)
{
    (void)state;
    tw_error e = {.cls = TW_MALFORMED,
                  .rule = TW_RULE_COMPACT_LIST_TYPE,
                  .layer = "compact",
                  .offset = 3,
                  .path = {5,
                           {{TW_STEP_FIELD, 2},
                            {TW_STEP_ELEMENT, 17},
                            {TW_STEP_FIELD, -1},
                            {TW_STEP_KEY, 4},
                            {TW_STEP_VALUE, 5}}}};
    char text[200];
    size_t n = tw_error_format(&e, text, sizeof text);
    assert_string_equal(text, "compact: malformed at byte 3, field 2[17].-1{k:4}{5}: compact.list.type: "
                              "The element type of a list with elements must be 1 to 13.");
    assert_int_equal(n, strlen(text));
    char cut[10];
    assert_int_equal(tw_error_format(&e, cut, sizeof cut), n);
    assert_string_equal(cut, "compact: ");
    e.path.depth = TW_PATH_KEPT + 1;
    for (unsigned i = 0; i < TW_PATH_KEPT; i++) e.path.steps[i] = (tw_step){TW_STEP_FIELD, 1};
    assert_int_equal(tw_path_format(&e.path, text, sizeof text), 2 * TW_PATH_KEPT - 1 + 3);
    assert_non_null(strstr(text, "1.1..."));
    tw_error none = {.cls = TW_MEMORY};
    tw_error_format(&none, text, sizeof text);
    assert_string_equal(text, "memory");
    tw_path empty = {0};
    assert_int_equal(tw_path_format(&empty, text, sizeof text), 0);
    assert_string_equal(text, "");
}

static void names_go_both_ways(void **state)
{
    (void)state;
    for (unsigned c = TW_OK; c <= TW_USAGE; c++) {
        tw_class back = TW_OK;
        assert_true(tw_class_find(tw_class_name((tw_class)c), &back));
        assert_int_equal(back, c);
    }
    tw_class cls;
    assert_false(tw_class_find("fine", &cls));
    for (unsigned t = 1; t < TW_TYPE_COUNT; t++) {
        const char *name = tw_type_name((tw_type)t);
        if (*name == '?') continue;
        assert_int_equal(tw_type_find(name, strlen(name)), t);
    }
    assert_string_equal(tw_type_name((tw_type)99), "?");
    assert_int_equal(tw_type_find("bin", 3), TW_STOP);
    assert_string_equal(tw_strength_name(TW_STRENGTH_OPEN), "open");
}

/* Ids are what everything else speaks in: unique, well-formed, complete. */
static void rules_are_sound(void **state)
{
    (void)state;
    for (unsigned i = 1; i < TW_RULE_COUNT; i++) {
        const tw_rule_info *rule = tw_rule_info_of((tw_rule)i);
        assert_int_equal(tw_rule_find(rule->id, strlen(rule->id)), i);
        assert_int_equal(strspn(rule->id, "abcdefghijklmnopqrstuvwxyz0123456789.-"), strlen(rule->id));
        assert_true(strlen(rule->section) > 0);
        assert_int_equal(rule->sentence[strlen(rule->sentence) - 1], '.');
    }
    assert_int_equal(tw_rule_find("no.such", 7), TW_RULE_NONE);
    assert_string_equal(tw_rule_info_of((tw_rule)9999)->id, "");
}

static void rulesets_hold_rules(void **state)
{
    (void)state;
    tw_ruleset a = {{0}}, b = {{0}};
    assert_true(tw_ruleset_empty(&a));
    tw_ruleset_add(&a, (tw_rule)(TW_RULE_COUNT - 1));
    assert_false(tw_ruleset_empty(&a));
    tw_ruleset_add(&b, (tw_rule)1);
    tw_ruleset_merge(&b, &a);
    assert_true(tw_ruleset_has(&b, (tw_rule)1) && tw_ruleset_has(&b, (tw_rule)(TW_RULE_COUNT - 1)));
    assert_false(tw_ruleset_has(&b, (tw_rule)2));
}

static void bytes_compare(void **state)
{
    (void)state;
    assert_true(tw_bytes_equal(tw_bytes_of(NULL, 0), tw_bytes_of("x", 0)));
    assert_true(tw_bytes_equal(tw_bytes_of("ab", 2), tw_bytes_of("ab", 2)));
    assert_false(tw_bytes_equal(tw_bytes_of("ab", 2), tw_bytes_of("ac", 2)));
    assert_false(tw_bytes_equal(tw_bytes_of("ab", 2), tw_bytes_of("ab", 1)));
}

static void the_first_error_sticks(void **state)
{
    (void)state;
    tw_origin origin;
    tw_error error = {.cls = TW_OK};
    tw_ruleset open = {{0}};
    tw_bytes in = tw_test_hex("00 01 02");
    tw_reader r = tw_reader_of(in, UINT64_MAX, "layer", &origin, &error, &open);
    assert_false(tw_reader_fail(&r, TW_MALFORMED, (tw_rule)1, in.data + 1));
    assert_false(tw_reader_fail(&r, TW_LIMIT, (tw_rule)2, in.data + 2));
    assert_int_equal(error.cls, TW_MALFORMED);
    assert_int_equal(error.rule, 1);
    assert_int_equal(error.offset, 1);
    assert_string_equal(error.layer, "layer");
    tw_test_free(in);
}

static void no_room_is_room(void **state)
{
    (void)state;
    tw_buffer buffer;
    tw_buffer_init(&buffer, NULL);
    assert_non_null(tw_buffer_reserve(&buffer, 0));
    assert_int_equal(buffer.len, 0);
    tw_buffer_deinit(&buffer);
    tw_arena arena;
    tw_arena_init(&arena, NULL, SIZE_MAX);
    assert_null(tw_arena_take(&arena, SIZE_MAX));
    assert_null(tw_arena_take(&arena, SIZE_MAX / 2));
    assert_non_null(tw_arena_take(&arena, 0));
    tw_arena_deinit(&arena);
}

static void utf8_is_read_strictly(void **state)
{
    (void)state;
    static const struct {
        const char *hex;
        size_t len;
        uint32_t code;
    } rows[] = {
        {"", 0, 0},
        {"00", 1, 0},
        {"7f", 1, 0x7f},
        {"80", 0, 0},
        {"bf", 0, 0},
        {"c1bf", 0, 0},
        {"c280", 2, 0x80},
        {"dfbf", 2, 0x7ff},
        {"c2", 0, 0},
        {"c27f", 0, 0},
        {"c2c0", 0, 0},
        {"e09fbf", 0, 0},
        {"e0a080", 3, 0x800},
        {"ed9fbf", 3, 0xd7ff},
        {"eda080", 0, 0},
        {"edbfbf", 0, 0},
        {"ee8080", 3, 0xe000},
        {"efbf", 0, 0},
        {"f08fbfbf", 0, 0},
        {"f0908080", 4, 0x10000},
        {"f48fbfbf", 4, 0x10ffff},
        {"f4908080", 0, 0},
        {"f8888080 80", 0, 0},
        {"ff", 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        tw_bytes in = tw_test_hex(rows[i].hex);
        uint32_t code = 0;
        size_t len = tw_utf8_next(in.data, in.len, &code);
        if (len != rows[i].len || (len && code != rows[i].code))
            fail_msg("%s: %zu bytes, U+%04x", rows[i].hex, len, code);
        assert_int_equal(tw_utf8_valid(in), in.len == rows[i].len);
        tw_test_free(in);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buffer_grows_and_drops), cmocka_unit_test(buffer_failure_sticks),
        cmocka_unit_test(arena_keeps_its_cap),    cmocka_unit_test(arena_allocation_can_fail),
        cmocka_unit_test(errors_read_well),       cmocka_unit_test(names_go_both_ways),
        cmocka_unit_test(rules_are_sound),        cmocka_unit_test(rulesets_hold_rules),
        cmocka_unit_test(bytes_compare),          cmocka_unit_test(the_first_error_sticks),
        cmocka_unit_test(no_room_is_room),        cmocka_unit_test(utf8_is_read_strictly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
