/* Vector files as text: reading one to change it, and the one layout that all are written in. What stands in
 * the entries is not judged here; that is the loader's and the linter's business.
 *
 * To change a file: parse its text, find entries, change them by jansson's functions, print, and replace the
 * file by what was printed. */
#ifndef SUITE_VECTOR_FORMAT_H
#define SUITE_VECTOR_FORMAT_H

#include "suite/vector/vector.h"

#include <jansson.h>

typedef struct assay_vector_file {
    json_t *root;  /* an object; owned */
    json_t *tests; /* its list "tests"; borrowed from root */
} assay_vector_file;

/* Reads the text of a vector file: JSON without duplicate keys, an object with a list "tests" of objects.
 * On false, the error says what is wrong ("14: unexpected token ...", without the file's name) and the file
 * is empty. The caller deinits. */
bool assay_vector_file_parse(tw_bytes text, assay_vector_file *file, assay_vector_error *error);

/* The topic that a file's path says, FOLDER/TOPIC without .json, borrowed from it, and its length; NULL for another
 * path. */
const char *assay_vector_file_topic(const char *path, size_t *len);

/* A new file about that topic, without entries. The caller deinits. False, and the file empty, when memory is refused
 * or the topic is no UTF-8. */
bool assay_vector_file_init(const char *topic, size_t len, assay_vector_file *file);
void assay_vector_file_deinit(assay_vector_file *file);

/* The entry with that id, borrowed; NULL when there is none. */
json_t *assay_vector_file_find(const assay_vector_file *file, const char *id);

/* Adds an entry at the end; takes the reference over, also on false: memory is refused, or the entry is no
 * object. */
bool assay_vector_file_append(assay_vector_file *file, json_t *entry);

/* Appends the file in the one layout: keys in the order of conformance/vectors/README.md (others behind them,
 * as they stand), one entry's key a line; lines of wire and before, messages and outcomes on a line each,
 * other lists and objects on one; words behind annotated hex in one column. The same value always gives the
 * same text, which ends with a line end. False when memory is refused. */
bool assay_vector_file_print(const assay_vector_file *file, tw_buffer *to);

/* Appends one entry as it stands in a file, without indent before it or line end behind. */
bool assay_vector_entry_print(const json_t *entry, tw_buffer *to);

#endif
