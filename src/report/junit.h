/* A result as JUnit XML, as CI systems read it: one suite for each topic of vectors, one test for each named
 * vector and for each derived case that did not pass. */
#ifndef REPORT_JUNIT_H
#define REPORT_JUNIT_H

#include "suite/result/result.h"
#include "wire/base/bytes.h"

/* Appends the document. Known failures are skipped tests, warnings and notes are passed ones, broken cases
 * are errors. Bytes that XML cannot carry are written as \xNN. False when memory is refused. */
bool assay_junit_render(const assay_result *result, tw_buffer *to);

#endif
