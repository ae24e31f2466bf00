/* What is said to a testee, and what it answers, by the fake's scripts. */
#include "suite/testee/test/scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

static void assert_bytes(const assay_scene *s, const char *bytes, size_t len)
{
    assert_int_equal(s->d.kind, ASSAY_REPLY_OK);
    assert_int_equal(s->d.bytes.len, len);
    if (len) assert_memory_equal(s->d.bytes.data, bytes, len);
}

static void answers_and_leaves(void **state)
{
    assay_scene *s = *state;
    assert_true(assay_scene_open(s, ""));
    assert_string_equal(s->d.hello.name, "fake");
    assert_int_equal(s->d.hello.window, 16);
    assert_true(assay_testee_pid(s->d.testee) > 0);
    assert_true(assay_dialog_ask(&s->d, "echo 0a0b0c", ASSAY_SCENE_MS));
    assert_bytes(s, "\x0a\x0b\x0c", 3);
    assert_int_equal(s->d.consumed, 3);
    assert_true(assay_dialog_ask(&s->d, "echo -", ASSAY_SCENE_MS));
    assert_bytes(s, "", 0);
    assert_true(assay_dialog_ask(&s->d, "hello 1", ASSAY_SCENE_MS));
    assert_int_equal(s->d.kind, ASSAY_REPLY_HELLO);
    assert_string_equal(assay_dialog_text(&s->d), s->d.hello.json);
    assert_true(assay_dialog_ask(&s->d, "hello 2", ASSAY_SCENE_MS));
    assert_int_equal(s->d.kind, ASSAY_REPLY_ERROR);
    assert_true(assay_dialog_ask(&s->d, "no-such-verb 1 2", ASSAY_SCENE_MS));
    assert_int_equal(s->d.kind, ASSAY_REPLY_UNSUPPORTED);
    assert_int_equal(assay_testee_open_count(s->d.testee), 0);
    assert_int_equal(assay_testee_open_bytes(s->d.testee), 0);
    assay_scene_close(s);
    assert_int_equal(s->d.notes, 0);
}

static void echoes_16_mib(void **state)
{
    assay_scene *s = *state;
    size_t len = (size_t)16 << 20;
    char *request = malloc(len * 2 + 6);
    assert_non_null(request);
    memcpy(request, "echo ", 5);
    for (size_t i = 0; i < len * 2; i++) request[5 + i] = "0123456789abcdef"[i * 7 / 3 % 16];
    request[5 + len * 2] = 0;
    assert_true(assay_scene_open(s, ""));
    assert_true(assay_dialog_ask(&s->d, request, 30000));
    assert_int_equal(s->d.bytes.len, len);
    for (size_t i = 0; i < len; i += 4099) {
        char digits[3];
        snprintf(digits, sizeof digits, "%02x", s->d.bytes.data[i]);
        assert_memory_equal(digits, request + 5 + 2 * i, 2);
    }
    assay_scene_close(s);
    free(request);
}

static void kinds_of_replies(void **state)
{
    static const struct {
        const char *script;
        assay_reply_kind kind;
    } rows[] = {
        {"reject", ASSAY_REPLY_REJECT},
        {"fault", ASSAY_REPLY_FAULT},
        {"nomem", ASSAY_REPLY_NOMEM},
        {"handed-up", ASSAY_REPLY_HANDED_UP},
        {"error", ASSAY_REPLY_ERROR},
        {"too-long", ASSAY_REPLY_TOO_LONG},
        {"unsupported", ASSAY_REPLY_UNSUPPORTED},
    };
    assay_scene *s = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_true(assay_scene_open(s, rows[i].script));
        assert_true(assay_dialog_ask(&s->d, "echo 00", ASSAY_SCENE_MS));
        assert_int_equal(s->d.kind, rows[i].kind);
        if (rows[i].kind != ASSAY_REPLY_TOO_LONG)
            assert_string_equal(assay_dialog_text(&s->d), "as the script says");
        assay_scene_close(s);
        assay_dialog_deinit(&s->d);
    }
}

static void reads_sloppy_lines(void **state)
{
    assay_scene *s = *state;
    assert_true(assay_scene_open(s, "upper cr utf8@2 reject@2"));
    assert_true(assay_dialog_ask(&s->d, "echo abcdef", ASSAY_SCENE_MS));
    assert_bytes(s, "\xab\xcd\xef", 3);
    assert_true(assay_dialog_ask(&s->d, "echo 00", ASSAY_SCENE_MS));
    assert_string_equal(assay_dialog_text(&s->d), "as the script says \xc3\xa9\xef\xbf\xbd");
    assay_scene_close(s);
    assert_int_equal(s->d.notes, ASSAY_NOTE_CR | ASSAY_NOTE_UPPER | ASSAY_NOTE_UTF8);
}

static void sessions_have_parts(void **state)
{
    assay_scene *s = *state;
    assert_true(assay_scene_open(s, ""));
    assert_true(
        assay_dialog_ask(&s->d, "session 3 compact compact 82210101610082210201620082", ASSAY_SCENE_MS));
    assert_int_equal(s->d.kind, ASSAY_REPLY_REJECT);
    assert_int_equal(s->d.part_count, 2);
    assay_scene_close(s);
}

typedef struct order {
    uint32_t ids[32];
    size_t count;
} order;

static void note_order(void *context, const assay_reply *reply)
{
    order *o = context;
    if (o->count < 32) o->ids[o->count++] = reply->id;
}

static void takes_any_order(void **state)
{
    assay_scene *s = *state;
    order o = {.count = 0};
    uint32_t ids[8];
    assert_true(assay_scene_open(s, "reverse=8"));
    s->d.on_reply = note_order;
    s->d.context = &o;
    for (size_t i = 0; i < 8; i++) ids[i] = assay_testee_send(s->d.testee, tw_bytes_of("echo 00", 7));
    assert_int_equal(assay_testee_open_count(s->d.testee), 8);
    assert_int_equal(assay_testee_open_bytes(s->d.testee), 8 * 7);
    assert_true(assay_dialog_wait(&s->d, 8, ASSAY_SCENE_MS));
    for (size_t i = 0; i < 8; i++) assert_int_equal(o.ids[i], ids[7 - i]);
    assay_scene_close(s);
}

static void lies_are_passed_on(void **state)
{
    assay_scene *s = *state;
    assert_true(assay_scene_open(s, "lie@2"));
    assert_true(assay_dialog_ask(&s->d, "echo 0a10", ASSAY_SCENE_MS));
    assert_bytes(s, "\x0a\x10", 2);
    assert_true(assay_dialog_ask(&s->d, "echo 0a10", ASSAY_SCENE_MS));
    assert_bytes(s, "\x0a\x11", 2);
    assay_scene_close(s);
}

int main(int argc, char **argv)
{
    if (assay_fake_wanted(argc, argv)) return assay_fake_testee(argv[2]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(answers_and_leaves, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(echoes_16_mib, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(kinds_of_replies, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(reads_sloppy_lines, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(sessions_have_parts, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(takes_any_order, assay_scene_set_up, assay_scene_tear_down),
        cmocka_unit_test_setup_teardown(lies_are_passed_on, assay_scene_set_up, assay_scene_tear_down),
    };
    return cmocka_run_group_tests_name("suite/testee/testee", tests, NULL, NULL);
}
