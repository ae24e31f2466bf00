/* For unit tests only: a folder of vector files that is thrown away. */
#ifndef SUITE_VECTOR_TEST_FOLDER_H
#define SUITE_VECTOR_TEST_FOLDER_H

#include "suite/vector/vector.h"

typedef struct assay_test_folder {
    char path[64];
} assay_test_folder;

/* Makes a folder below /tmp with a folder "compact" in it. */
void assay_test_folder_make(assay_test_folder *folder);

/* name: "compact/a.json", "compact/b.json", "schema.json" or "README.md". */
void assay_test_folder_write(const assay_test_folder *folder, const char *name, const char *text);

void assay_test_folder_remove(const assay_test_folder *folder);

/* Loads the vectors of one file "compact/a.json" whose "tests" are the given entries; the test fails when
 * one of them has a mistake. What they are to each other is not looked at. */
void assay_test_load(const char *entries, assay_vector_set *set);

#endif
