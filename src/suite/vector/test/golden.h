/* For unit tests only: the golden vectors, found by $ASSAY_VECTORS, or at conformance/vectors. */
#ifndef SUITE_VECTOR_TEST_GOLDEN_H
#define SUITE_VECTOR_TEST_GOLDEN_H

/* Never NULL; borrowed. */
const char *assay_test_golden_folder(void);

/* For a group of tests: an assay_vector_set of all of them in *state. Where loading fails it prints why and
 * returns -1. */
int assay_test_golden_load(void **state);
int assay_test_golden_unload(void **state);

#endif
