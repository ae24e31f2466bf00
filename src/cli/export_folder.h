/* A folder that is written whole or not at all: everything goes into a new folder beside it, which takes its place
 * at the end. */
#ifndef CLI_EXPORT_FOLDER_H
#define CLI_EXPORT_FOLDER_H

#include "wire/base/bytes.h"

#include <stdio.h>

/* Stands in every export; a folder without it that holds something is not replaced. */
#define ASSAY_EXPORT_MARK ".assay-export"

typedef struct assay_export_folder {
    const char *verb;
    char *path;    /* of the folder, without links */
    char *staging; /* beside it */
    char *name;    /* of the file that is open, below the folder; NULL for none */
    FILE *file;
} assay_export_folder;

/* Begins. force: replaces whatever is there. On anything but ASSAY_EXIT_OK (ASSAY_EXIT_USAGE: the folder holds
 * something that is no export; ASSAY_EXIT_IO; ASSAY_EXIT_SOFTWARE) there was a complaint, and nothing is to be
 * ended. */
int assay_export_folder_begin(assay_export_folder *folder, const char *verb, const char *path, bool force);

/* Writes bytes to a file, making the folders above it; calls in a row with one name append. False, with a
 * complaint, when that cannot be done. */
bool assay_export_folder_put(void *folder, const char *name, tw_bytes bytes);

/* Puts the new folder in place, or, where keep is false, takes everything back. ASSAY_EXIT_OK, or ASSAY_EXIT_IO
 * with a complaint; what stood there is then as it was. */
int assay_export_folder_end(assay_export_folder *folder, bool keep);

#endif
