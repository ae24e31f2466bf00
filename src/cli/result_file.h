/* Results on disk, which `assay run --json` wrote. */
#ifndef CLI_RESULT_FILE_H
#define CLI_RESULT_FILE_H

#include "suite/result/result.h"

/* Loads one; the caller deinits. False, with a message on standard error that begins with the verb, when the
 * file cannot be read or holds no result. */
bool assay_cli_load_result(const char *verb, const char *path, assay_result *result);

#endif
