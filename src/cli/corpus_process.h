/* Programs that the verbs of `assay corpus` run, and the folders that they work in. */
#ifndef CLI_CORPUS_PROCESS_H
#define CLI_CORPUS_PROCESS_H

#include "wire/base/bytes.h"

#include <stdbool.h>

typedef struct assay_cli_process {
    char *const *argv;    /* NULL at the end; argv[0] is the program, looked for on PATH without a slash */
    const char *variable; /* "NAME=VALUE" for its environment, or NULL */
    unsigned timeout_s;   /* then it is killed */
    tw_buffer *out;       /* what it says on both outputs is appended, at most 16 MiB */
} assay_cli_process;

/* Runs it without input. Returns its exit status, 128 and the signal where one ended it, or -1, with a complaint of
 * the verb, where it could not be started or took too long. */
int assay_cli_process_run(const char *verb, const assay_cli_process *process);

/* Makes an empty folder below $TMPDIR or /tmp. False with a complaint. */
bool assay_cli_temp_make(const char *verb, char path[256]);

/* Removes it and all that is in it. */
void assay_cli_temp_remove(const char *path);

#endif
