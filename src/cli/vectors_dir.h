/* Where the golden vectors are. */
#ifndef CLI_VECTORS_DIR_H
#define CLI_VECTORS_DIR_H

#include <stdbool.h>
#include <stddef.h>

/* Finds the vectors' folder and writes its path: `option` (of --vectors; NULL when not given), else
 * $ASSAY_VECTORS, else conformance/vectors in the source tree that the running program was built in, else
 * PREFIX/share/assay/vectors. The first two are taken as they are, the others only where there is such a
 * folder. False, with a message on standard error, when none is there. */
bool assay_vectors_dir(const char *option, char *path, size_t size);

#endif
