/* The doctor finds what each fake does wrong, and nothing else. */
#include "suite/testee/doctor/doctor.h"
#include "suite/testee/test/fake_testee.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

/* SHORT_MS is for what never comes. */
enum { LONG_MS = 8000, SHORT_MS = 500 };

typedef struct record {
    char failed[512], notes[512]; /* "check; check; " */
    char mend[512];               /* of the first failure */
    unsigned ok;
} record;

static void take(void *context, assay_finding finding, const char *check, const char *seen, const char *mend)
{
    record *r = context;
    assert_non_null(seen);
    assert_int_equal(*mend != 0, finding == ASSAY_FINDING_FAIL);
    if (finding == ASSAY_FINDING_OK) {
        r->ok++;
        return;
    }
    char *list = finding == ASSAY_FINDING_FAIL ? r->failed : r->notes;
    if (finding == ASSAY_FINDING_FAIL && !*list) snprintf(r->mend, sizeof r->mend, "%s", mend);
    size_t len = strlen(list);
    snprintf(list + len, sizeof r->failed - len, "%s; ", check);
}

static assay_health visit(const char *script, unsigned hello_ms, unsigned timeout_ms, record *r)
{
    uv_loop_t loop;
    assay_fake_command command;
    *r = (record){.ok = 0};
    assert_int_equal(uv_loop_init(&loop), 0);
    assay_doctor_options options = {
        .testee = {.hello_timeout_ms = hello_ms}, .timeout_ms = timeout_ms, .large_bytes = 1 << 20};
    options.testee.command = assay_fake_argv(&command, script);
    assay_health health = assay_doctor(&loop, &options, take, r);
    assert_int_equal(uv_loop_close(&loop), 0);
    return health;
}

static void a_healthy_one(void **state)
{
    (void)state;
    record r;
    assert_int_equal(visit("", LONG_MS, LONG_MS, &r), ASSAY_HEALTH_WELL);
    assert_string_equal(r.failed, "");
    assert_string_equal(r.notes, "");
    assert_int_equal(r.ok, 17);
    /* Any order of replies is allowed. */
    assert_int_equal(visit("reverse=16", LONG_MS, LONG_MS, &r), ASSAY_HEALTH_WELL);
}

static void each_fault_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *script, *failed, *mend;
    } rows[] = {
        {"moody", "hello again; ", "Build the hello"},
        {"any-hello", "hello of another version; ", "Answer a hello of any version"},
        {"reject@~no-such-verb", "unknown verb; ", "Answer a verb that the glue does not have"},
        {"lie@~echo_-$", "echo of no bytes; ", "Answer `ID echo BYTES`"},
        {"reject@~0001020304", "echo of every byte; ", "Answer `ID echo BYTES`"},
        {"reject@~0b00,01", "echo in chunks; ", "Answer `ID echo BYTES`"},
        {"too-long@~5a5a5a5a5a5a5a5a", "large echo; ", "Answer `ID echo BYTES`"},
        {"lie@~0e0e", "window and ids; ", "Send each reply under the id"},
        {"unsupported@~zlib/compact", "every stack; ", "Take what the glue does not do"},
        {"lie@~transcode", "every stack; ", "Read the struct"},
        {"fault@~compact", "every stack; read and typed; ", "Read the struct"},
        {"unsupported@~typed", "read and typed; ", "Take what the glue does not do"},
        {"lie@~typed", "read and typed; ", "Read the struct"},
        {"lie@~read", "read and typed; ", "Read the struct"},
        {"error@~transcode", "every stack; empty input; ", "Read the struct"},
        {"chatter@~echo_-$", "echo of no bytes; ", "Keep everything but replies off standard output"},
        {"twice@~00010203", "echo in chunks; ", "Answer each request once"},
        {"status=3", "bye; end of input; ", "Exit with status 0"},
        {"postscript", "bye; ", "Write nothing to standard output"},
        {"rude", "bye; ", "Answer `ID bye`"},
        {"crash@~0b00,01", "echo in chunks; ", "Answer instead of ending"},
        {"exit=0@~0b00,01", "echo in chunks; ", "Go on reading"},
    };
    record r;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assay_health health = visit(rows[i].script, LONG_MS, LONG_MS, &r);

        assert_string_equal(r.failed, rows[i].failed);
        assert_int_equal(health, ASSAY_HEALTH_MEND);
        assert_memory_equal(r.mend, rows[i].mend, strlen(rows[i].mend));
    }
}

/* Those that cost a time-out. */
static void silence_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *script, *failed, *mend;
    } rows[] = {
        {"swallow@~echo_00$", "replies are flushed; ", "Flush standard output"},
        {"swallow@~0e0e", "window and ids; ", "Answer all requests that are open"},
        {"sleepless", "bye; end of input; ", "Exit with status 0"},
        {"hang@~0b00,01", "echo in chunks; ", "Answer every request"},
    };
    record r;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(visit(rows[i].script, LONG_MS, SHORT_MS, &r), ASSAY_HEALTH_MEND);
        assert_string_equal(r.failed, rows[i].failed);
        assert_memory_equal(r.mend, rows[i].mend, strlen(rows[i].mend));
    }
}

static void no_start(void **state)
{
    (void)state;
    static const struct {
        const char *script, *mend;
        unsigned hello_ms;
    } rows[] = {
        {"noise", "Keep everything but replies off standard output", LONG_MS},
        {"no-hello", "Answer the line `0 hello 1`", SHORT_MS},
        {"bad-hello", "Answer the line `0 hello 1`", LONG_MS},
        {"exit-early=1", "Answer the line `0 hello 1`", LONG_MS},
        {"keep", "Flush standard output", SHORT_MS},
    };
    record r;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(visit(rows[i].script, rows[i].hello_ms, LONG_MS, &r), ASSAY_HEALTH_NO_START);
        assert_string_equal(r.failed, "hello; ");
        assert_memory_equal(r.mend, rows[i].mend, strlen(rows[i].mend));
    }
}

static void no_command(void **state)
{
    (void)state;
    static char missing[] = "/no/such/command";
    char *argv[] = {missing, NULL};
    record r = {.ok = 0};
    uv_loop_t loop;
    assert_int_equal(uv_loop_init(&loop), 0);
    assay_doctor_options options = {.testee = {.command = argv, .hello_timeout_ms = 500}, .timeout_ms = 500};
    assert_int_equal(assay_doctor(&loop, &options, take, &r), ASSAY_HEALTH_NO_START);
    assert_string_equal(r.failed, "start; ");
    assert_int_equal(uv_loop_close(&loop), 0);
}

static void notes_are_no_failures(void **state)
{
    (void)state;
    record r;
    assert_int_equal(visit("cr upper", LONG_MS, LONG_MS, &r), ASSAY_HEALTH_WELL);
    assert_string_equal(r.notes, "form of the lines; form of the lines; ");
    assert_int_equal(
        visit("hello={\"name\":\"x\",\"protocols\":[\"binary\",\"json\"]}", LONG_MS, LONG_MS, &r),
        ASSAY_HEALTH_WELL);
    assert_string_equal(r.notes, "hello; hello; "); /* json, and no version */
    assert_int_equal(visit("hello={\"name\":\"x\",\"protocols\":[\"json\"]}", LONG_MS, LONG_MS, &r),
                     ASSAY_HEALTH_MEND);
    assert_int_equal(visit("hello={\"name\":\"x\",\"verbs\":[\"skip\"]}", LONG_MS, LONG_MS, &r),
                     ASSAY_HEALTH_MEND);
    assert_int_equal(
        visit("hello={\"name\":\"x\",\"verbs\":[\"read\"],\"consumed\":true}", LONG_MS, LONG_MS, &r),
        ASSAY_HEALTH_WELL);
}

static void interrupted(void **state)
{
    (void)state;
    static const bool stop = true;
    record r = {.ok = 0};
    uv_loop_t loop;
    assay_fake_command command;
    assert_int_equal(uv_loop_init(&loop), 0);
    assay_doctor_options options = {
        .testee = {.hello_timeout_ms = 500}, .timeout_ms = 500, .interrupted = &stop};
    options.testee.command = assay_fake_argv(&command, "");
    assert_int_equal(assay_doctor(&loop, &options, take, &r), ASSAY_HEALTH_INTERRUPTED);
    assert_string_equal(r.failed, "");
    assert_int_equal(uv_loop_close(&loop), 0);
}

int main(int argc, char **argv)
{
    if (assay_fake_wanted(argc, argv)) return assay_fake_testee(argv[2]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_healthy_one),    cmocka_unit_test(each_fault_is_found),
        cmocka_unit_test(silence_is_found), cmocka_unit_test(no_start),
        cmocka_unit_test(no_command),       cmocka_unit_test(notes_are_no_failures),
        cmocka_unit_test(interrupted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
