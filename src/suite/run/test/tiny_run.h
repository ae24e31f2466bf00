/* For unit tests only: one run of a tiny set against the fake testee. The test program is the fake too, as
 * suite/testee/test/fake_testee.h says. */
#ifndef SUITE_RUN_TEST_TINY_RUN_H
#define SUITE_RUN_TEST_TINY_RUN_H

#include "suite/run/run.h"
#include "suite/run/test/tiny.h"
#include "suite/testee/test/fake_testee.h"

/* What goes in may be changed between begin and go. */
typedef struct tiny_run {
    tiny_set tiny;
    assay_fake_command command;
    assay_run_options options;
    assay_result result;
} tiny_run;

/* Vectors as tiny_init makes them, without what is derived from them, and short time-outs; script: what the testee does wrong, "" nothing. */
void tiny_run_begin(tiny_run *run, size_t vectors, const char *script);

/* Runs; the test fails when memory is refused. */
void tiny_run_go(tiny_run *run);

void tiny_run_end(tiny_run *run);

/* The row of that id; the test fails when there is none. */
const assay_result_case *tiny_run_row(const tiny_run *run, const char *id);

/* Whether a reason why the run is incomplete holds that text. */
bool tiny_run_says(const tiny_run *run, const char *text);

/* One case fails in that way, all others pass, and the run says no more than that. */
void tiny_run_check_blame(const tiny_run *run, const char *id, const char *detail, const char *outcome);

#endif
