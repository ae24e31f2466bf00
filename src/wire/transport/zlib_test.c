#include "wire/transport/test/drive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* Streams are made with zlib itself, or written by hand from RFC 1950 and 1951. */
static void append_deflated(tw_buffer *out, z_stream *z, const void *data, size_t len, int flush)
{
    uint8_t room[4096];
    z->next_in = (Bytef *)(uintptr_t)data;
    z->avail_in = (uInt)len;
    do {
        z->next_out = room;
        z->avail_out = sizeof room;
        int result = deflate(z, flush);
        assert_true(result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR);
        tw_buffer_append(out, room, sizeof room - z->avail_out);
    } while (z->avail_out == 0);
}

static tw_bytes deflated(const char *const *units, int flush, bool finish, int level)
{
    tw_buffer out;
    tw_buffer_init(&out, NULL);
    z_stream z = {.zalloc = Z_NULL};
    assert_int_equal(deflateInit(&z, level), Z_OK);
    for (; *units; units++) append_deflated(&out, &z, *units, strlen(*units), flush);
    if (finish) append_deflated(&out, &z, NULL, 0, Z_FINISH);
    deflateEnd(&z);
    tw_bytes exact = tw_test_exact(out.data, out.len);
    tw_buffer_deinit(&out);
    return exact;
}

static void release(tw_bytes bytes)
{
    free((void *)(uintptr_t)bytes.data);
}

static const char text[] =
    "the quick brown fox jumps over the quick brown dog, and over it, and over it again; ";

static void expect(tw_bytes stream, const char *out, tw_class cls, tw_rule rule, uint64_t offset,
                   bool at_rest)
{
    tw_limits limits = tw_limits_default();
    tw_driven got;
    tw_drive_every_way(&tw_zlib, &limits, stream, &got);
    char line[200];
    tw_error_format(&got.error, line, sizeof line);
    if (!tw_bytes_equal(tw_buffer_view(&got.out), tw_bytes_of(out, strlen(out)))) fail_msg("%s", line);
    assert_int_equal(got.cls, cls);
    assert_string_equal(tw_rule_info_of(got.error.rule)->id, tw_rule_info_of(rule)->id);
    assert_int_equal(got.error.offset, offset);
    assert_int_equal(got.at_rest, at_rest);
    tw_buffer_deinit(&got.out);
}

static void expect_hex(const char *hex, const char *out, tw_class cls, tw_rule rule, uint64_t offset,
                       bool at_rest)
{
    tw_bytes stream = tw_test_hex(hex);
    expect(stream, out, cls, rule, offset, at_rest);
    release(stream);
}

static void every_flush_delivers(void **state)
{
    (void)state;
    static const char *const units[] = {text, text, "x", NULL};
    char all[3 * sizeof text];
    snprintf(all, sizeof all, "%s%sx", text, text);
    static const int flushes[] = {Z_SYNC_FLUSH, Z_FULL_FLUSH};
    for (int level = 0; level <= 9; level += 3) {
        for (size_t i = 0; i < 2; i++) {
            tw_bytes open = deflated(units, flushes[i], false, level);
            expect(open, all, TW_TRUNCATED, TW_RULE_ZLIB_TRUNCATED, open.len, true);
            release(open);
            tw_bytes ended = deflated(units, flushes[i], true, level);
            expect(ended, all, TW_TRUNCATED, TW_RULE_ZLIB_TRUNCATED, ended.len, true);
            release(ended);
        }
    }
}

static void is_at_rest_at_flushes_only(void **state)
{
    (void)state;
    static const char *const units[] = {text, NULL};
    tw_bytes stream = deflated(units, Z_SYNC_FLUSH, true, 6);
    tw_bytes flushed = deflated(units, Z_SYNC_FLUSH, false, 6);
    tw_limits limits = tw_limits_default();
    for (size_t len = 0; len <= stream.len; len++) {
        tw_driven got;
        tw_drive(&tw_zlib, &limits, NULL, tw_bytes_of(stream.data, len), 0, 1, 65536, &got);
        if (got.at_rest != (len == 0 || len == flushed.len || len == stream.len))
            fail_msg("%zu of %zu %zu", len, flushed.len, stream.len);
        assert_int_equal(got.error.offset, len);
        tw_buffer_deinit(&got.out);
    }
    release(stream);
    release(flushed);
}

static void errors_have_rules_and_places(void **state)
{
    (void)state;
    /* 78 9c is a header; 01 0100 feff 61 a last stored block of "a"; 00620062 its Adler-32. */
    expect_hex("789c 01 0100 feff 61 00620062", "a", TW_TRUNCATED, TW_RULE_ZLIB_TRUNCATED, 12, true);
    expect_hex("789c 01 0100 feff 61 00620063", "a", TW_MALFORMED, TW_RULE_ZLIB_CHECKSUM, 8, false);
    expect_hex("789c 01 0100 feff 61 006200", "a", TW_TRUNCATED, TW_RULE_ZLIB_TRUNCATED, 11, false);
    expect_hex("789c 01 0100 feff 61 00620062 78", "a", TW_MALFORMED, TW_RULE_ZLIB_AFTER_END, 12, false);
    expect_hex("789c 01 0100 fefe 61", "", TW_MALFORMED, TW_RULE_ZLIB_DATA, 6, false);
    expect_hex("789c 07", "", TW_MALFORMED, TW_RULE_ZLIB_DATA, 2, false);
    expect_hex("789c 00 0100 feff 61 07", "a", TW_MALFORMED, TW_RULE_ZLIB_DATA, 8, false);
    expect_hex("789c", "", TW_TRUNCATED, TW_RULE_ZLIB_TRUNCATED, 2, false);
    expect_hex("78", "", TW_TRUNCATED, TW_RULE_ZLIB_TRUNCATED, 1, false);
    expect_hex("789d 01", "", TW_MALFORMED, TW_RULE_ZLIB_HEADER, 0, false);         /* check bits */
    expect_hex("7999 01", "", TW_MALFORMED, TW_RULE_ZLIB_HEADER, 0, false);         /* method 9 */
    expect_hex("8899 01", "", TW_MALFORMED, TW_RULE_ZLIB_HEADER, 0, false);         /* window of 64 KiB */
    expect_hex("1f8b0800", "", TW_MALFORMED, TW_RULE_ZLIB_HEADER, 0, false);        /* gzip */
    expect_hex("01 0100 feff 61", "", TW_MALFORMED, TW_RULE_ZLIB_HEADER, 0, false); /* raw deflate */
    expect_hex("78bb 00000001", "", TW_MALFORMED, TW_RULE_ZLIB_DICTIONARY, 0, false);
    expect_hex("", "", TW_TRUNCATED, TW_RULE_ZLIB_TRUNCATED, 0, true);
}

/* Whatever byte is wrong, every way to cut the stream ends alike. */
static void damage_shows_the_same_in_pieces(void **state)
{
    (void)state;
    static const char *const units[] = {text, "more of the quick brown fox", NULL};
    tw_bytes stream = deflated(units, Z_SYNC_FLUSH, true, 6);
    tw_limits limits = tw_limits_default();
    size_t errors = 0;
    for (size_t i = 0; i < stream.len; i++) {
        for (unsigned bit = 0; bit < 8; bit += 3) {
            ((uint8_t *)(uintptr_t)stream.data)[i] ^= (uint8_t)(1u << bit);
            tw_driven got;
            tw_drive_every_way(&tw_zlib, &limits, stream, &got);
            if (got.cls == TW_MALFORMED) errors++;
            tw_buffer_deinit(&got.out);
            ((uint8_t *)(uintptr_t)stream.data)[i] ^= (uint8_t)(1u << bit);
        }
    }
    assert_true(errors > stream.len); /* of three each */
    release(stream);
}

static void limits_what_a_message_inflates_to(void **state)
{
    (void)state;
    static const char *const units[] = {text, NULL};
    for (int level = 0; level <= 6; level += 6) {
        tw_bytes stream = deflated(units, Z_SYNC_FLUSH, false, level);
        for (size_t limit = 0; limit <= strlen(text); limit++) {
            tw_limits limits = tw_limits_default();
            limits.message = limit;
            tw_driven got;
            tw_drive_every_way(&tw_zlib, &limits, stream, &got);
            assert_int_equal(got.cls, TW_LIMIT);
            assert_int_equal(got.error.rule, TW_RULE_ZLIB_LIMIT);
            assert_int_equal(got.out.len, limit);
            tw_buffer_deinit(&got.out);
            /* Its place is the end of the shortest beginning that inflates to as much. */
            limits.message = UINT64_MAX;
            tw_drive(&tw_zlib, &limits, NULL, tw_bytes_of(stream.data, got.error.offset), 0, 0, 65536, &got);
            assert_true(got.out.len >= limit);
            size_t shorter = got.error.offset ? got.error.offset - 1 : 0;
            tw_buffer_deinit(&got.out);
            tw_drive(&tw_zlib, &limits, NULL, tw_bytes_of(stream.data, shorter), 0, 0, 65536, &got);
            assert_true(got.out.len < limit || limit == 0);
            tw_buffer_deinit(&got.out);
        }
        release(stream);
    }
}

static void a_new_message_has_the_whole_limit(void **state)
{
    (void)state;
    static const char *const units[] = {"abcdef", NULL};
    tw_bytes stream = deflated(units, Z_SYNC_FLUSH, false, 6);
    tw_limits limits = tw_limits_default();
    limits.message = 4;
    void *reader = calloc(1, tw_zlib.reader_size);
    assert_int_equal(tw_zlib.reader_open(reader, &limits, tw_alloc_default()), TW_OK);
    tw_buffer out;
    tw_buffer_init(&out, NULL);
    size_t taken = 0, all = 0;
    tw_error error;
    assert_int_equal(tw_zlib.read(reader, stream, 100, &taken, &out, &error), TW_OK);
    all += taken;
    assert_int_equal(out.len, 4);
    assert_int_equal(
        tw_zlib.read(reader, tw_bytes_of(stream.data + all, stream.len - all), 100, &taken, &out, &error),
        TW_LIMIT);
    tw_zlib.reader_next_message(reader, 3); /* one byte was the first message's */
    assert_int_equal(
        tw_zlib.read(reader, tw_bytes_of(stream.data + all, stream.len - all), 100, &taken, &out, &error),
        TW_OK);
    all += taken;
    assert_int_equal(out.len, 5);
    tw_zlib.reader_next_message(reader, 0);
    assert_int_equal(
        tw_zlib.read(reader, tw_bytes_of(stream.data + all, stream.len - all), 100, &taken, &out, &error),
        TW_OK);
    assert_int_equal(out.len, 6);
    assert_memory_equal(out.data, "abcdef", 6);
    tw_zlib.reader_close(reader);
    tw_buffer_deinit(&out);
    free(reader);
    release(stream);
}

static void a_bomb_is_inflated_to_the_limit(void **state)
{
    (void)state;
    char *zeros = calloc(1, 1 << 20);
    tw_buffer bomb;
    tw_buffer_init(&bomb, NULL);
    z_stream z = {.zalloc = Z_NULL};
    assert_int_equal(deflateInit(&z, 9), Z_OK);
    for (int i = 0; i < 16; i++) append_deflated(&bomb, &z, zeros, 1 << 20, Z_NO_FLUSH);
    append_deflated(&bomb, &z, NULL, 0, Z_FINISH);
    deflateEnd(&z);
    assert_true(bomb.len < 20000);
    tw_limits limits = tw_limits_default();
    limits.message = 100000;
    tw_test_alloc alloc;
    tw_test_alloc_init(&alloc, 0);
    tw_driven got;
    tw_drive(&tw_zlib, &limits, &alloc.alloc, tw_buffer_view(&bomb), 0, 0, 65536, &got);
    assert_int_equal(got.cls, TW_LIMIT);
    assert_int_equal(got.out.len, 100000);
    /* The limit, twice while the buffer grows, and zlib's own state and window. */
    assert_in_range(alloc.peak, 100000, 2 * 100000 + 65536 * 2 + 60000);
    tw_buffer_deinit(&got.out);
    assert_int_equal(alloc.now, 0);
    tw_buffer_deinit(&bomb);
    free(zeros);
}

static void writes_one_stream(void **state)
{
    (void)state;
    static const char *const units[] = {text, "second", text, NULL}, *const none[] = {NULL};
    for (int finish = 0; finish < 2; finish++) {
        tw_buffer out;
        tw_buffer_init(&out, NULL);
        tw_drive_writer(&tw_zlib, units, finish, &out);
        char all[3 * sizeof text];
        snprintf(all, sizeof all, "%ssecond%s", text, text);
        expect(tw_buffer_view(&out), all, TW_TRUNCATED, TW_RULE_ZLIB_TRUNCATED, out.len, true);
        if (!finish) assert_memory_equal(out.data + out.len - 4, "\x00\x00\xff\xff", 4);
        tw_buffer_deinit(&out);
    }
    tw_buffer out;
    tw_buffer_init(&out, NULL);
    tw_drive_writer(&tw_zlib, none, true, &out);
    expect(tw_buffer_view(&out), "", TW_TRUNCATED, TW_RULE_ZLIB_TRUNCATED, out.len, true);
    tw_buffer_deinit(&out);
}

/* A unit larger than the room that is made at once. */
static void writes_what_does_not_shrink(void **state)
{
    (void)state;
    size_t len = 300000;
    char *noise = malloc(len + 1);
    uint32_t x = 1;
    for (size_t i = 0; i < len; i++) {
        x = x * 1664525 + 1013904223;
        noise[i] = (char)(1 + (x >> 24) % 255);
    }
    noise[len] = 0;
    const char *const units[] = {noise, "end", NULL};
    tw_buffer out;
    tw_buffer_init(&out, NULL);
    tw_drive_writer(&tw_zlib, units, false, &out);
    tw_limits limits = tw_limits_default();
    tw_driven got;
    tw_drive(&tw_zlib, &limits, NULL, tw_buffer_view(&out), 0, 0, 65536, &got);
    assert_int_equal(got.out.len, len + 3);
    assert_memory_equal(got.out.data, noise, len);
    assert_true(got.at_rest);
    tw_buffer_deinit(&got.out);
    tw_buffer_deinit(&out);
    free(noise);
}

static void refused_memory_is_told(void **state)
{
    (void)state;
    static const char *const units[] = {text, text, NULL};
    tw_bytes stream = deflated(units, Z_SYNC_FLUSH, false, 6);
    tw_limits limits = tw_limits_default();
    tw_class cls = TW_MEMORY;
    size_t n = 1;
    for (; cls == TW_MEMORY; n++) {
        tw_test_alloc alloc;
        tw_test_alloc_init(&alloc, n);
        tw_driven got;
        tw_drive(&tw_zlib, &limits, &alloc.alloc, stream, 0, 7, 65536, &got);
        cls = got.cls;
        tw_buffer_deinit(&got.out);
        assert_int_equal(alloc.now, 0);
    }
    assert_int_equal(cls, TW_TRUNCATED);
    assert_true(n > 3);
    cls = TW_MEMORY;
    for (n = 1; cls == TW_MEMORY; n++) {
        tw_test_alloc alloc;
        tw_test_alloc_init(&alloc, n);
        void *writer = calloc(1, tw_zlib.writer_size);
        tw_buffer out;
        tw_buffer_init(&out, &alloc.alloc);
        cls = tw_zlib.writer_open(writer, &alloc.alloc);
        if (cls == TW_OK) cls = tw_zlib.write(writer, tw_bytes_of(text, strlen(text)), &out);
        if (cls == TW_OK) cls = tw_zlib.finish(writer, &out);
        if (cls == TW_OK) assert_int_equal(tw_zlib.write(writer, tw_bytes_of(text, 1), &out), TW_USAGE);
        tw_zlib.writer_close(writer);
        tw_buffer_deinit(&out);
        assert_int_equal(alloc.now, 0);
        free(writer);
    }
    assert_int_equal(cls, TW_OK);
    assert_true(n > 3);
    release(stream);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_flush_delivers),
        cmocka_unit_test(is_at_rest_at_flushes_only),
        cmocka_unit_test(errors_have_rules_and_places),
        cmocka_unit_test(damage_shows_the_same_in_pieces),
        cmocka_unit_test(limits_what_a_message_inflates_to),
        cmocka_unit_test(a_new_message_has_the_whole_limit),
        cmocka_unit_test(a_bomb_is_inflated_to_the_limit),
        cmocka_unit_test(writes_one_stream),
        cmocka_unit_test(writes_what_does_not_shrink),
        cmocka_unit_test(refused_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
