/* What the verbs of `assay` share. A verb is one file and a row in main.c: it reads its own options, prints
 * its own help and returns the exit status. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "wire/base/bytes.h"

#include <stdbool.h>

/* argv[0] is the verb's name. */
typedef int assay_cli_verb(int argc, char **argv);

assay_cli_verb assay_cli_decode, assay_cli_encode, assay_cli_transcode, assay_cli_explain;
assay_cli_verb assay_cli_run, assay_cli_repro, assay_cli_doctor, assay_cli_known, assay_cli_profile,
    assay_cli_matrix, assay_cli_testee;
assay_cli_verb assay_cli_list, assay_cli_show, assay_cli_vectors, assay_cli_corpus;

/* Exit statuses beside those of `assay run` (suite/run/exit_code.h). */
enum {
    ASSAY_EXIT_OK = 0,
    ASSAY_EXIT_WRONG = 1,     /* the input is malformed */
    ASSAY_EXIT_USAGE = 2,     /* the command line is */
    ASSAY_EXIT_SOFTWARE = 70, /* out of memory */
    ASSAY_EXIT_IO = 74        /* a file cannot be read or written */
};

/* The most that is ever read from a file or a pipe. */
#define ASSAY_INPUT_MAX ((size_t)1 << 30)

/* Prints "assay VERB: TEXT" on standard error as one line, control characters as \xNN. */
__attribute__((format(printf, 2, 3))) void assay_cli_complain(const char *verb, const char *format, ...);

/* Prints the complaint and where help is; returns ASSAY_EXIT_USAGE. */
__attribute__((format(printf, 2, 3))) int assay_cli_usage(const char *verb, const char *format, ...);

/* Prints text on standard output; ASSAY_EXIT_OK or ASSAY_EXIT_IO. */
int assay_cli_print(const char *text);

/* Whether all that was printed on standard output got there: ASSAY_EXIT_OK; or ASSAY_EXIT_IO with a complaint,
 * without one where the reader of a pipe went away. */
int assay_cli_flush(const char *verb);

/* Appends the whole of a file, or of standard input for NULL and "-". ASSAY_EXIT_OK; or, with a complaint,
 * ASSAY_EXIT_IO (cannot be opened or read, is a folder, larger than ASSAY_INPUT_MAX) or ASSAY_EXIT_SOFTWARE.
 */
int assay_cli_read(const char *verb, const char *path, tw_buffer *to);

/* Writes bytes to a file (whole or not at all), or to standard output for NULL and "-", with a complaint when
 * that cannot be done (none where the reader of a pipe went away). ASSAY_EXIT_OK or ASSAY_EXIT_IO. */
int assay_cli_write(const char *verb, const char *path, tw_bytes bytes);

/* Whether output to path (NULL, "-": standard output) goes to a terminal. */
bool assay_cli_to_terminal(const char *path);

typedef enum assay_colour { ASSAY_COLOUR_AUTO, ASSAY_COLOUR_ALWAYS, ASSAY_COLOUR_NEVER } assay_colour;

/* Reads the value of --color: "auto", "always" or "never"; NULL is "always", as a bare --color means. False,
 * with a complaint, for anything else. */
bool assay_cli_colour_read(const char *verb, const char *name, assay_colour *colour);

/* Whether to colour what goes to path: auto is a terminal that can, and no NO_COLOR in the environment. */
bool assay_cli_colour(assay_colour colour, const char *path);

#endif
