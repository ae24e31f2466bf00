/* Where the golden vectors are. */
#ifndef CLI_VECTORS_DIR_H
#define CLI_VECTORS_DIR_H

#include "suite/vector/vector.h"

#include <stdbool.h>
#include <stddef.h>

/* Finds the vectors' folder and writes its path: `option` (of --vectors; NULL when not given), else
 * $ASSAY_VECTORS, else conformance/vectors in the source tree that the running program was built in, else
 * PREFIX/share/assay/vectors. The first two are taken as they are, the others only where there is such a
 * folder. False, with a message on standard error, when none is there. */
bool assay_vectors_dir(const char *option, char *path, size_t size);

/* Loads what is there; the caller deinits. False, with a message on standard error, when there is no folder or
 * a file in it has a mistake. */
bool assay_cli_load_vectors(const char *verb, const char *option, assay_vector_set *set);

/* Whether the value of --suite-version can be taken; else a complaint says why not. */
bool assay_cli_check_version(const char *verb, const char *version);

/* The same for a table of options (options.h); `to` is a const char * that becomes the value. */
bool assay_cli_read_version(const char *verb, char *value, void *to);

/* Finds the vector that an id, perhaps a derived one, belongs to. NULL, with a message on standard error that
 * names the nearest, when there is none. */
const assay_vector *assay_cli_find_vector(const char *verb, const assay_vector_set *set, const char *id);

#endif
