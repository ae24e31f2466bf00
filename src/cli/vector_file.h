/* One vector file on disk, to change it. */
#ifndef CLI_VECTOR_FILE_H
#define CLI_VECTOR_FILE_H

#include "suite/vector/format.h"

/* Reads the file. ASSAY_EXIT_OK and the caller deinits; or, with a complaint, ASSAY_EXIT_IO, ASSAY_EXIT_WRONG
 * (it is no vector file) or ASSAY_EXIT_SOFTWARE. */
int assay_cli_vector_file_read(const char *verb, const char *path, assay_vector_file *file);

/* Writes it to path in the one layout, whole or not at all. ASSAY_EXIT_OK; or, with a complaint,
 * ASSAY_EXIT_IO or ASSAY_EXIT_SOFTWARE. */
int assay_cli_vector_file_write(const char *verb, const char *path, const assay_vector_file *file);

#endif
