/* For unit tests only: cases of a result, and a result of them. */
#ifndef SUITE_RESULT_TEST_ROW_H
#define SUITE_RESULT_TEST_ROW_H

#include "suite/result/result.h"

/* A case with that verdict, all else "" or 0; of kind "cut" where parent_id is not id. Texts are borrowed. */
assay_result_case assay_test_row(const char *id, const char *parent_id, const char *verdict,
                                 const char *detail);

/* An initialised result of that testee with those cases, all borrowed. */
void assay_test_result(assay_result *result, const char *name, const char *version, assay_result_case *cases,
                       size_t count);

#endif
