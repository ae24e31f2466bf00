#include "suite/run/test/tiny_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static const char *const derived[] = {"**/*@*"};

void tiny_run_begin(tiny_run *t, size_t vectors, const char *script)
{
    memset(t, 0, sizeof *t);
    tiny_init(&t->tiny, vectors);
    t->options = assay_run_options_default();
    t->options.testee.command = assay_fake_argv(&t->command, script);
    t->options.testee.hello_timeout_ms = 2000;
    t->options.testee.quit_grace_ms = 100;
    t->options.timeout_ms = 400;
    t->options.selection.skip = derived;
    t->options.selection.skip_count = 1;
}

void tiny_run_go(tiny_run *t)
{
    assert_true(assay_run(&t->tiny.set, &t->options, &t->result));
}

void tiny_run_end(tiny_run *t)
{
    assay_result_deinit(&t->result);
    tiny_deinit(&t->tiny);
}

const assay_result_case *tiny_run_row(const tiny_run *t, const char *id)
{
    for (size_t i = 0; i < t->result.case_count; i++)
        if (strcmp(t->result.cases[i].id, id) == 0) return &t->result.cases[i];
    fail_msg("no row %s", id);
    return NULL;
}

bool tiny_run_says(const tiny_run *t, const char *text)
{
    for (size_t i = 0; t->result.incomplete[i]; i++)
        if (strstr(t->result.incomplete[i], text)) return true;
    return false;
}

void tiny_run_check_blame(const tiny_run *t, const char *id, const char *detail, const char *outcome)
{
    const assay_result_case *row = tiny_run_row(t, id);
    assert_string_equal(row->verdict, "fail");
    assert_string_equal(row->detail, detail);
    assert_string_equal(row->outcome, outcome);
    for (size_t i = 0; i < t->result.case_count; i++) {
        const assay_result_case *other = &t->result.cases[i];
        if (other != row && strcmp(other->verdict, "pass") != 0)
            print_error("%s: %s:%s, %s\n", other->id, other->verdict, other->detail, other->said);
    }
    assert_int_equal(t->result.counts.fail, 1);
    assert_int_equal(t->result.counts.pass, t->result.case_count - 1);
    assert_int_equal(t->result.overall, ASSAY_NON_CONFORMANT);
    assert_int_equal(t->result.exit_code, 1);
    assert_null(t->result.incomplete[0]);
}
