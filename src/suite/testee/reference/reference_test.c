/* The reference's answers, line by line. */
#include "suite/testee/reference/reference.h"
#include "suite/testee/testee.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The answer to one line, in an exact-size copy. */
static const char *answer(const char *line, assay_reference_then expected)
{
    static char text[8192];
    assay_reference *r = assay_reference_new();
    tw_buffer out;
    tw_buffer_init(&out, NULL);
    size_t len = strlen(line);
    uint8_t *copy = malloc(len ? len : 1);
    assert_non_null(r);
    assert_non_null(copy);
    for (size_t i = 0; i < len; i++) copy[i] = (uint8_t)line[i];
    assert_int_equal(assay_reference_answer(r, tw_bytes_of(copy, len), &out), expected);
    snprintf(text, sizeof text, "%.*s", (int)out.len, (const char *)out.data);
    tw_buffer_deinit(&out);
    assay_reference_free(r);
    free(copy);
    return text;
}

static void check(const char *line, const char *expected)
{
    assert_string_equal(answer(line, ASSAY_REFERENCE_GO_ON), expected);
}

/* Text is for people: only the beginning is compared. */
static void check_begin(const char *line, const char *expected)
{
    const char *got = answer(line, ASSAY_REFERENCE_GO_ON);
    if (strncmp(got, expected, strlen(expected)) != 0) assert_string_equal(got, expected);
    assert_ptr_equal(strchr(got, '\n'), got + strlen(got) - 1);
}

static void simple_verbs(void **state)
{
    (void)state;
    check("7 echo 00ff", "7 ok 2 00ff\n");
    check("4294967295 echo -", "4294967295 ok 0 -\n");
    check("7 echo AB\r", "7 ok 1 ab\n");
    check("7 echo 0b00,01,00", "7 ok 4 0b000100\n");
    check_begin("0 hello 1", "0 hello {\"name\": \"reference\", ");
    check_begin("3 hello 2", "3 error ");
    check_begin("3 fly 00", "3 unsupported ");
    check_begin("3 transcode json binary 00", "3 unsupported ");
    check_begin("3 transcode binary framed 00", "3 unsupported ");
    assert_string_equal(answer("9 bye", ASSAY_REFERENCE_BYE), "9 ok 0 -\n");
}

static void bad_requests(void **state)
{
    (void)state;
    static const char *const lines[] = {"",
                                        " ",
                                        "x",
                                        "1",
                                        "1 ",
                                        " 1 echo 00",
                                        "1  echo 00",
                                        "-1 echo 00",
                                        "4294967296 echo 00",
                                        "99999999999 echo 00",
                                        "1 echo",
                                        "1 echo ",
                                        "1 echo 0",
                                        "1 echo 0g",
                                        "1 echo 00 ",
                                        "1 echo 00 00",
                                        "1 echo ,00",
                                        "1 echo 00,",
                                        "1 echo 00,,00",
                                        "1 echo 0,0",
                                        "1 echo -,00",
                                        "1 bye now",
                                        "1 hello",
                                        "1 hello x",
                                        "1 transcode binary 00",
                                        "1 transcode binary binary 00 00",
                                        "1 session x binary binary 00",
                                        "1 session -1 binary binary 00",
                                        "1 reuse binary binary 00",
                                        "1 transcode json binary 0",
                                        "1 skip binary"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        assert_string_equal(answer(lines[i], ASSAY_REFERENCE_BROKEN), "0 error bad request\n");
}

static void structs(void **state)
{
    (void)state;
    check("1 transcode binary compact 0800010000000700", "1 ok 8 150e00\n");
    check("1 transcode compact binary 150e00", "1 ok 3 0800010000000700\n");
    check("1 transcode compact compact 150e00ffff", "1 ok 3 150e00\n");
    check("1 transcode compact compact 15,0e,00,ff", "1 ok 3 150e00\n");
    check("1 transcode framed/binary framed/compact 000000080800010000000700", "1 ok 12 00000003150e00\n");
    check("1 transcode framed/compact compact 00,000003,15,0e,00", "1 ok 7 150e00\n");
    check("1 read compact 150e00", "1 ok 3 0800010000000700\n");
    check("1 skip compact 150e00ff", "1 ok 3 -\n");
    check("1 skip framed/compact 00000003150e00", "1 ok 7 -\n");
    check("1 skip compact 15,0e,00,ff", "1 ok 3 -\n");
    check_begin("1 transcode compact binary 150e", "1 reject ");
    check_begin("1 transcode compact binary -", "1 reject ");
    check_begin("1 transcode framed/compact binary -", "1 reject ");
    check_begin("1 transcode compact binary 1e00", "1 reject ");
    check_begin("1 transcode compact binary 15,0e", "1 reject ");
    check_begin("1 skip compact 1e", "1 reject ");
    check_begin("1 skip framed/compact 00000003150e", "1 reject ");
}

/* Read by the tables of the IDL. */
static void typed(void **state)
{
    (void)state;
    check("1 typed assay.Pair binary compact 0800010000000708000900000001"
          "00",
          "1 ok 15 150e00\n");
    check("1 typed assay.Pair compact framed/binary 15,0e,00", "1 ok 3 000000080800010000000700\n");
    check("1 typed assay.Pair framed/compact compact 00000003150e00", "1 ok 7 150e00\n");
    check("1 typed assay.StrictDefault compact compact 150c00ff", "1 ok 3 150c00\n");
    check_begin("1 typed assay.StrictDefault compact compact 00", "1 reject ");
    check_begin("1 typed assay.Pair compact compact 15", "1 reject ");
    check_begin("1 typed assay.None compact compact 00", "1 unsupported ");
    check_begin("1 typed assay.None json json 00", "1 unsupported ");
    assert_string_equal(answer("1 typed assay.Pair compact compact", ASSAY_REFERENCE_BROKEN),
                        "0 error bad request\n");
    assert_string_equal(answer("1 typed assay.None compact compact 0", ASSAY_REFERENCE_BROKEN),
                        "0 error bad request\n");
}

/* What one direction writes the other reads; CONSUMED is unknown where zlib is. */
static void zlib(void **state)
{
    (void)state;
    char line[512], packed[256];
    const char *got = answer("1 transcode compact zlib/framed/compact 150e00", ASSAY_REFERENCE_GO_ON);
    assert_int_equal(sscanf(got, "1 ok 3 %255[0-9a-f]\n", packed), 1);
    snprintf(line, sizeof line, "2 transcode zlib/framed/compact compact %s", packed);
    check(line, "2 ok ? 150e00\n");
}

static void messages(void **state)
{
    (void)state;
    check("1 message compact binary 822101016100", "1 ok 6 8001000100000001610000000100\n");
    check("1 message compact binary-old 822101016100", "1 ok 6 0000000161010000000100\n");
    check("1 message binary-old compact 0000000161010000000100", "1 ok 11 822101016100\n");
    check_begin("1 message binary-strict compact 0000000161010000000100", "1 reject ");
    check_begin("1 message compact compact -", "1 reject ");
}

static void sessions(void **state)
{
    (void)state;
    check("1 session 5 compact compact 822101016100822102016200",
          "1 part 822101016100\n1 part 822102016200\n1 ok 12 -\n");
    check("1 session 1 compact compact 822101016100822102016200", "1 part 822101016100\n1 ok 6 -\n");
    check("1 session 0 compact compact 8221", "1 ok 0 -\n");
    check("1 session 3 compact compact -", "1 ok 0 -\n");
    check("1 session 9 framed/compact compact 00000006822101016100,00000000",
          "1 part 822101016100\n1 ok 14 -\n");
    const char *got = answer("1 session 9 compact compact 82210101610082", ASSAY_REFERENCE_GO_ON);
    assert_memory_equal(got, "1 part 822101016100\n1 reject ", 29);
}

static void reuse(void **state)
{
    (void)state;
    check("1 reuse compact compact 150e00 250e00", "1 ok 3 250e00\n");
    check("1 reuse compact compact 1c15 150e00", "1 ok 3 150e00\n");
    check("1 reuse compact compact 1c,15 15,0e,00", "1 ok 3 150e00\n");
    check("1 reuse framed/compact compact 0000 00000003150e00", "1 ok 7 150e00\n");
    check("1 reuse compact compact - 150e00", "1 ok 3 150e00\n");
    check_begin("1 reuse compact compact 150e00 -", "1 reject ");
}

/* Serves what stands in a pipe; returns the exit status and what was written. */
static int serve(const char *requests, char *out, size_t size)
{
    int in[2], to[2];
    assert_int_equal(pipe(in), 0);
    assert_int_equal(pipe(to), 0);
    assert_int_equal(write(in[1], requests, strlen(requests)), strlen(requests));
    close(in[1]);
    int status = assay_reference_serve(in[0], to[1]);
    close(in[0]);
    close(to[1]);
    ssize_t n = read(to[0], out, size - 1);
    close(to[0]);
    out[n > 0 ? n : 0] = 0;
    return status;
}

static void serving(void **state)
{
    (void)state;
    char out[512];
    assert_int_equal(serve("", out, sizeof out), 0);
    assert_string_equal(out, "");
    assert_int_equal(serve("1 echo 00\n2 echo 01\n", out, sizeof out), 0);
    assert_string_equal(out, "1 ok 1 00\n2 ok 1 01\n");
    assert_int_equal(serve("1 bye\n2 echo 01\n", out, sizeof out), 0);
    assert_string_equal(out, "1 ok 0 -\n");
    assert_int_equal(serve("1 echo 00\nwhat\n2 echo 00\n", out, sizeof out), 1);
    assert_string_equal(out, "1 ok 1 00\n0 error bad request\n");
    assert_int_equal(serve("1 echo 00\n2 echo 0", out, sizeof out), 1);
    assert_string_equal(out, "1 ok 1 00\n0 error bad request\n");
}

/* A reply that would not fit a line: two requests' worth of bytes come back as one reply. */
static void too_long(void **state)
{
    (void)state;
    assay_reference *r = assay_reference_new();
    tw_buffer out;
    tw_buffer_init(&out, NULL);
    size_t len = ASSAY_LINE_MAX;
    char *line = malloc(len);
    assert_non_null(line);
    stpcpy(line, "1 echo ");
    memset(line + 7, '0', len - 7);
    line[len - 1] = '\r'; /* an odd digit too many otherwise */
    assert_int_equal(assay_reference_answer(r, tw_bytes_of(line, len), &out), ASSAY_REFERENCE_GO_ON);
    assert_memory_equal(out.data, "1 error too-long\n", 17);
    assert_int_equal(out.len, 17);
    free(line);
    tw_buffer_deinit(&out);
    assay_reference_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(simple_verbs), cmocka_unit_test(bad_requests), cmocka_unit_test(structs),
        cmocka_unit_test(typed),        cmocka_unit_test(zlib),         cmocka_unit_test(messages),
        cmocka_unit_test(sessions),     cmocka_unit_test(reuse),        cmocka_unit_test(serving),
        cmocka_unit_test(too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
