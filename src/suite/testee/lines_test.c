/* The line parser, the hex, the open ids and the tail: no process, no socket. */
#include "suite/testee/hex.h"
#include "suite/testee/lines.h"
#include "suite/testee/open.h"
#include "suite/testee/tail.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void give(assay_lines *lines, const char *bytes, size_t len)
{
    while (len > 0) {
        size_t room;
        char *to = assay_lines_room(lines, &room);
        assert_non_null(to);
        assert_true(room > 0);
        size_t n = len < room ? len : room;
        memcpy(to, bytes, n);
        assay_lines_filled(lines, n);
        bytes += n;
        len -= n;
    }
}

static void give_text(assay_lines *lines, const char *text)
{
    give(lines, text, strlen(text));
}

/* Describes all replies that the text holds, as "id kind consumed parts bytes text;". */
static void describe(assay_lines *lines, char *out, size_t size)
{
    assay_reply r;
    assay_lines_next_kind next;
    size_t at = strlen(out);
    while ((next = assay_lines_next(lines, &r)) == ASSAY_LINES_REPLY) {
        at += (size_t)snprintf(out + at, size - at, "%u %d ", r.id, (int)r.kind);
        if (r.kind == ASSAY_REPLY_OK)
            at += (size_t)snprintf(out + at, size - at, "%zd ", (ssize_t)r.consumed);
        for (size_t i = 0; i < r.part_count; i++) {
            for (size_t n = 0; n < r.parts[i].len; n++)
                at += (size_t)snprintf(out + at, size - at, "%02x", r.parts[i].data[n]);
            at += (size_t)snprintf(out + at, size - at, "|");
        }
        for (size_t n = 0; n < r.bytes.len; n++)
            at += (size_t)snprintf(out + at, size - at, "%02x", r.bytes.data[n]);
        at += (size_t)snprintf(out + at, size - at, "%s;", r.text);
    }
    if (next == ASSAY_LINES_GARBAGE) snprintf(out + at, size - at, "!%s", lines->complaint);
}

/* The result must not depend on how the bytes come. */
static void check(const char *text, size_t len, const char *expected)
{
    for (size_t step = 1; step <= len; step += step < 4 ? 1 : len) {
        assay_lines lines;
        char out[2048] = "";
        assay_lines_init(&lines, 1000);
        for (size_t at = 0; at < len; at += step) {
            give(&lines, text + at, len - at < step ? len - at : step);
            if (!strchr(out, '!')) describe(&lines, out, sizeof out);
        }
        assert_string_equal(out, expected);
        assay_lines_deinit(&lines);
    }
}

#define CHECK(text, expected) check(text, sizeof(text) - 1, expected)

static void replies(void **state)
{
    (void)state;
    CHECK("7 ok 3 0a0b0c\n", "7 0 3 0a0b0c;");
    CHECK("7 ok ? -\n8 ok 0 -\n", "7 0 -1 ;8 0 0 ;");
    CHECK("4294967295 ok 999999999999999999 AbCd\r\n", "4294967295 0 999999999999999999 abcd;");
    CHECK("1 reject no more\n", "1 1 no more;");
    CHECK("1 fault\n2 nomem \n", "1 2 ;2 3 ;");
    CHECK("1 handed-up type 9\n1 unsupported x\n", "1 4 type 9;1 5 x;");
    CHECK("0 error bad request\n1 error too-long\n2 error too-longer\n3 error too-long by far\n",
          "0 6 bad request;1 7 too-long;2 6 too-longer;3 7 too-long by far;");
    CHECK("0 hello {\"name\": \"x\"}\n", "0 8 {\"name\": \"x\"};");
    CHECK("1 reject caf\xc3\xa9 \xff\n", "1 1 caf\xc3\xa9 \xef\xbf\xbd;");
    CHECK("5 part 00\n5 part -\n5 part 0102\n5 ok 4 -\n6 ok 0 -\n", "5 0 4 00||0102|;6 0 0 ;");
    CHECK("5 part ff\n5 reject enough\n", "5 1 ff|enough;");
    check("1 reject a\0b\n", 13,
          "1 1 a\xef\xbf\xbd"
          "b;");
}

static void garbage(void **state)
{
    (void)state;
    CHECK("hello\n", "!not a reply: \"hello\"");
    CHECK("\n", "!not a reply: \"\"");
    CHECK("1 ok 0 -\nx\n", "1 0 0 ;!not a reply: \"x\"");
    CHECK("4294967296 ok 0 -\n", "!not a reply: \"4294967296 ok 0 -\"");
    CHECK("-1 ok 0 -\n", "!not a reply: \"-1 ok 0 -\"");
    CHECK("1  ok 0 -\n", "!not a reply: \"1  ok 0 -\"");
    CHECK(" 1 ok 0 -\n", "!not a reply: \" 1 ok 0 -\"");
    CHECK("1\n", "!not a reply: \"1\"");
    CHECK("1 okay\n", "!not a reply: \"1 okay\"");
    CHECK("1 OK 0 -\n", "!not a reply: \"1 OK 0 -\"");
    CHECK("1 ok\n", "!ok without CONSUMED and BYTES: \"1 ok\"");
    CHECK("1 ok 5\n", "!ok without CONSUMED and BYTES: \"1 ok 5\"");
    CHECK("1 ok ?\n", "!ok without CONSUMED and BYTES: \"1 ok ?\"");
    CHECK("1 ok x -\n", "!ok without CONSUMED and BYTES: \"1 ok x -\"");
    CHECK("1 ok 1000000000000000000 -\n", "!ok without CONSUMED and BYTES: \"1 ok 1000000000000000000 -\"");
    CHECK("1 ok 0 \n", "!bytes that are not hex: \"1 ok 0 \"");
    CHECK("1 ok 0 0\n", "!bytes that are not hex: \"1 ok 0 0\"");
    CHECK("1 ok 0 0g\n", "!bytes that are not hex: \"1 ok 0 0g\"");
    CHECK("1 ok 0 00,01\n", "!bytes that are not hex: \"1 ok 0 00,01\"");
    CHECK("1 ok 0 00 \n", "!bytes that are not hex: \"1 ok 0 00 \"");
    CHECK("1 part 0x\n", "!bytes that are not hex: \"1 part 0x\"");
    CHECK("1 part 00\n2 ok 0 -\n", "!a line of another id between the parts of a reply: \"2 ok 0 -\"");
    CHECK("caf\xe9\n", "!not a reply: \"caf\xef\xbf\xbd\"");
}

static void limits(void **state)
{
    (void)state;
    assay_lines lines;
    assay_reply reply;
    char *text = malloc(3000);
    assert_non_null(text);
    stpcpy(text, "1 ok 0 ");
    memset(text + 7, 'a', 3000 - 7);
    assay_lines_init(&lines, 1001);
    /* Exactly the limit. */
    give(&lines, text, 1001);
    give_text(&lines, "\n");
    assert_int_equal(assay_lines_next(&lines, &reply), ASSAY_LINES_REPLY);
    assert_int_equal(reply.bytes.len, 497);
    /* One more, with its end and without. */
    give(&lines, text, 1002);
    assert_int_equal(assay_lines_next(&lines, &reply), ASSAY_LINES_GARBAGE);
    assert_memory_equal(lines.complaint, "a line longer than 1001 bytes: \"1 ok 0 aaa", 42);
    assert_string_equal(lines.complaint + strlen(lines.complaint) - 5, "a...\"");
    assay_lines_deinit(&lines);
    give(&lines, text, 1003);
    give_text(&lines, "\n");
    assert_int_equal(assay_lines_next(&lines, &reply), ASSAY_LINES_GARBAGE);
    assay_lines_deinit(&lines);
    /* Parts count together. */
    for (int i = 0; i < 91; i++) give_text(&lines, "1 part 0a\n");
    assert_int_equal(assay_lines_next(&lines, &reply), ASSAY_LINES_MORE);
    for (int i = 0; i < 10; i++) give_text(&lines, "1 part 0a\n");
    assert_int_equal(assay_lines_next(&lines, &reply), ASSAY_LINES_GARBAGE);
    assert_memory_equal(lines.complaint, "parts of one reply without end", 30);
    assay_lines_deinit(&lines);
    free(text);
}

static void long_garbage_is_cut_between_characters(void **state)
{
    (void)state;
    assay_lines lines;
    assay_reply reply;
    assay_lines_init(&lines, 0);
    for (int i = 0; i < 100; i++) give_text(&lines, "\xff\xc3\xa9");
    give_text(&lines, "\n");
    assert_int_equal(assay_lines_next(&lines, &reply), ASSAY_LINES_GARBAGE);
    size_t len = strlen(lines.complaint);
    assert_true(len > 100 && len < sizeof lines.complaint);
    assert_string_equal(lines.complaint + len - 4, "...\"");
    uint8_t last = (uint8_t)lines.complaint[len - 5];
    assert_true(last == 0xbd || last == 0xa9);
    assay_lines_deinit(&lines);
}

static void many_small_and_one_large(void **state)
{
    (void)state;
    assay_lines lines;
    assay_reply reply;
    char line[64];
    assay_lines_init(&lines, 0);
    uint32_t expected = 1;
    for (uint32_t i = 1; i <= 200000; i++) {
        give(&lines, line, (size_t)snprintf(line, sizeof line, "%u ok 4 %08x\n", i, i));
        if (i % 977 != 0) continue;
        while (assay_lines_next(&lines, &reply) == ASSAY_LINES_REPLY) {
            assert_int_equal(reply.id, expected++);
            uint32_t value = (uint32_t)reply.bytes.data[0] << 24 | (uint32_t)reply.bytes.data[1] << 16 |
                             (uint32_t)reply.bytes.data[2] << 8 | reply.bytes.data[3];
            assert_int_equal(value, reply.id);
        }
    }
    while (assay_lines_next(&lines, &reply) == ASSAY_LINES_REPLY) expected++;
    assert_int_equal(expected, 200001);
    give_text(&lines, "9 ok 0 ");
    for (size_t i = 0; i < (size_t)20 << 20; i += 16) give_text(&lines, "00112233445566ff");
    give_text(&lines, "\n1 ok 0 -\n");
    assert_int_equal(assay_lines_next(&lines, &reply), ASSAY_LINES_REPLY);
    assert_int_equal(reply.bytes.len, (size_t)10 << 20);
    assert_int_equal(reply.bytes.data[reply.bytes.len - 1], 0xff);
    assert_int_equal(assay_lines_next(&lines, &reply), ASSAY_LINES_REPLY);
    /* The large line's memory is given back. */
    size_t room;
    assert_non_null(assay_lines_room(&lines, &room));
    assert_true(lines.capacity <= (size_t)1 << 20);
    assay_lines_deinit(&lines);
}

static void unfinished(void **state)
{
    (void)state;
    assay_lines lines;
    assay_reply reply;
    assay_lines_init(&lines, 0);
    assert_false(assay_lines_unfinished(&lines));
    give_text(&lines, "1 ok 0 -\n2 ok");
    assert_int_equal(assay_lines_next(&lines, &reply), ASSAY_LINES_REPLY);
    assert_int_equal(assay_lines_next(&lines, &reply), ASSAY_LINES_MORE);
    assert_true(assay_lines_unfinished(&lines));
    assert_string_equal(lines.complaint, "the output ends in the middle of a line: \"2 ok\"");
    give_text(&lines, " 0 -\n3 part 00\n");
    assert_int_equal(assay_lines_next(&lines, &reply), ASSAY_LINES_REPLY);
    assert_int_equal(assay_lines_next(&lines, &reply), ASSAY_LINES_MORE);
    assert_true(assay_lines_unfinished(&lines));
    assert_string_equal(lines.complaint, "the output ends behind a part of reply 3");
    assay_lines_deinit(&lines);
}

static void notes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned notes;
    } rows[] = {
        {"1 ok 0 09af\n", 0},  {"1 ok 0 09aF\n", ASSAY_NOTE_UPPER},      {"1 ok 0 -\r\n", ASSAY_NOTE_CR},
        {"1 reject ABC\n", 0}, {"1 reject \xc3\xa9\n", ASSAY_NOTE_UTF8},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assay_lines lines;
        assay_reply reply;
        assay_lines_init(&lines, 0);
        give_text(&lines, rows[i].text);
        assert_int_equal(assay_lines_next(&lines, &reply), ASSAY_LINES_REPLY);
        assert_int_equal(lines.notes, rows[i].notes);
        assay_lines_deinit(&lines);
    }
}

static void every_pair_of_digits(void **state)
{
    (void)state;
    static const char digits[] = "0123456789abcdefABCDEF";
    for (unsigned a = 0; a < 256; a++) {
        for (unsigned b = 0; b < 256; b++) {
            char *text = malloc(2);
            assert_non_null(text);
            text[0] = (char)a;
            text[1] = (char)b;
            const char *high = a ? strchr(digits, (int)a) : NULL, *low = b ? strchr(digits, (int)b) : NULL;
            uint8_t byte = 0;
            bool upper = false;
            assert_int_equal(assay_hex_decode(text, 2, &byte, &upper), high && low);
            if (high && low) {
                long h = high - digits, l = low - digits;
                assert_int_equal(byte, (h > 15 ? h - 6 : h) * 16 + (l > 15 ? l - 6 : l));
                assert_int_equal(upper, h > 15 || l > 15);
            }
            free(text);
        }
    }
    char text[2];
    bool upper;
    uint8_t byte = 0x5e;
    assay_hex_encode(&byte, 1, text);
    assert_memory_equal(text, "5e", 2);
    assert_false(assay_hex_decode("5", 1, &byte, &upper));
    assert_true(assay_hex_decode("", 0, &byte, &upper));
}

static void ids(void **state)
{
    (void)state;
    assay_open open;
    assay_open_init(&open);
    assert_false(assay_open_remove(&open, 1));
    assert_int_equal(assay_open_add(&open, 10), 1);
    assert_int_equal(assay_open_add(&open, 5), 2);
    assert_int_equal(open.bytes, 15);
    assert_false(assay_open_remove(&open, 0));
    assert_false(assay_open_remove(&open, 129)); /* shares a slot with 1 */
    assert_true(assay_open_remove(&open, 2));
    assert_false(assay_open_remove(&open, 2));
    assert_int_equal(open.bytes, 10);
    /* 1 stays open for long: its slot is passed over, and memory does not grow. */
    for (int i = 0; i < 100000; i++) {
        uint32_t id = assay_open_add(&open, 1);
        assert_true(id > 2 && (id & 127) != 1);
        assert_true(assay_open_remove(&open, id));
    }
    assert_int_equal(open.slot_count, 128);
    /* Behind the last number comes 1 again, and that is taken. */
    open.last_id = UINT32_MAX;
    assert_int_equal(assay_open_add(&open, 1), 2);
    assert_true(assay_open_remove(&open, 2));
    for (int i = 0; i < 1000; i++) assert_true(assay_open_add(&open, 1) != 0);
    assert_int_equal(open.count, 1001);
    assert_true(assay_open_remove(&open, 1));
    assert_int_equal(open.bytes, 1000);
    assay_open_deinit(&open);
}

static void tails(void **state)
{
    (void)state;
    assay_tail tail;
    assay_tail_init(&tail);
    char *text = assay_tail_text(&tail);
    assert_string_equal(text, "");
    free(text);
    assay_tail_add(&tail, "ab\xff", 3);
    text = assay_tail_text(&tail);
    assert_string_equal(text, "ab\xef\xbf\xbd");
    free(text);
    char block[1000];
    memset(block, 'x', sizeof block);
    for (int i = 0; i < 100; i++) assay_tail_add(&tail, block, sizeof block);
    assay_tail_add(&tail, "end", 3);
    text = assay_tail_text(&tail);
    assert_int_equal(strlen(text), ASSAY_TAIL_BYTES);
    assert_string_equal(text + ASSAY_TAIL_BYTES - 5, "xxend");
    assert_int_equal(text[0], 'x');
    free(text);
    size_t huge = ASSAY_TAIL_BYTES + 10;
    char *more = malloc(huge);
    assert_non_null(more);
    memset(more, 'y', huge);
    more[9] = 'a';
    more[10] = 'b';
    more[huge - 1] = 'z';
    assay_tail_add(&tail, more, huge);
    free(more);
    text = assay_tail_text(&tail);
    assert_int_equal(strlen(text), ASSAY_TAIL_BYTES);
    assert_int_equal(text[0], 'b');
    assert_int_equal(text[ASSAY_TAIL_BYTES - 1], 'z');
    free(text);
    assay_tail_deinit(&tail);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(replies),
        cmocka_unit_test(garbage),
        cmocka_unit_test(limits),
        cmocka_unit_test(long_garbage_is_cut_between_characters),
        cmocka_unit_test(many_small_and_one_large),
        cmocka_unit_test(unfinished),
        cmocka_unit_test(notes),
        cmocka_unit_test(every_pair_of_digits),
        cmocka_unit_test(ids),
        cmocka_unit_test(tails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
