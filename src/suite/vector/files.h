/* The files of a vectors' folder. */
#ifndef SUITE_VECTOR_FILES_H
#define SUITE_VECTOR_FILES_H

#include <stddef.h>

/* path is below the folder; why is NULL, or says why the file (or folder) could not be read. Valid during the
 * call. */
typedef void assay_file_seen(void *context, const char *path, const char *text, size_t len, const char *why);

/* Hands over every .json file below the folder, in order of path, but those at its top that tell of the vectors:
 * schema.json, history.json and history-schema.json. Files and
 * folders whose names start with a dot are passed over. Returns how many calls were made. */
size_t assay_files_walk(const char *folder, assay_file_seen *seen, void *context);

/* The whole of a regular file with a 0 byte behind, for free(); NULL with errno. */
char *assay_file_read(const char *path, size_t *len);

#endif
