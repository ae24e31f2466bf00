/* A result as JSON, format 1: for programs, and to be read again by `assay known` and `assay matrix`.
 * src/report/README.md names every member. */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include "suite/result/result.h"
#include "wire/base/bytes.h"

#define ASSAY_JSON_FORMAT 1

/* Appends the JSON text with a line end: always valid UTF-8, always the same text for the same result. False
 * when memory is refused. */
bool assay_json_render(const assay_result *result, tw_buffer *to);

/* Reads a result that assay_json_render wrote. file names it in messages. On false, why (size bytes) says
 * what is wrong, and the result is empty. The caller deinits it. */
bool assay_json_read(const char *file, tw_bytes text, assay_result *result, char *why, size_t size);

/* As read, from a file. */
bool assay_json_load(const char *path, assay_result *result, char *why, size_t size);

#endif
