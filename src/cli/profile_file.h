/* Profiles on disk. */
#ifndef CLI_PROFILE_FILE_H
#define CLI_PROFILE_FILE_H

#include "suite/judge/profile.h"

/* Loads one; the caller deinits. False, with a message on standard error that begins with the verb, when the
 * file cannot be read or a line of it has a mistake. */
bool assay_cli_load_profile(const char *verb, const char *path, assay_profile *profile);

#endif
