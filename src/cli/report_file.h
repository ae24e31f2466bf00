/* Reports on disk: whole or not at all. */
#ifndef CLI_REPORT_FILE_H
#define CLI_REPORT_FILE_H

#include "wire/base/bytes.h"

/* Writes the bytes to a temporary file beside `path` and renames it. False, with a message on standard error,
 * when that cannot be done (a full disk, no such folder); what stood at `path` is then as it was. A path that
 * is no regular file (a pipe, a device) is written in place, one that is standard output or standard error goes
 * there, and a symbolic link stays one. */
bool assay_report_file_write(const char *path, tw_bytes bytes);

#endif
