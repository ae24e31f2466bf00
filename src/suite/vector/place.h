/* Where the tests of a vector file stand, which the JSON parser does not tell. */
#ifndef SUITE_VECTOR_PLACE_H
#define SUITE_VECTOR_PLACE_H

#include <stddef.h>

/* Sets lines[i], for i below count, to the line (from 1) of the "id" of test i, or of its opening brace where
 * it has none; 0 where there is no such test. The text is valid JSON. */
void assay_place_tests(const char *text, size_t len, size_t *lines, size_t count);

#endif
