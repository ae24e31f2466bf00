/* The options of a verb, as a table: what each is called, and where it goes. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "cli/cli.h"

/* Reads the value of an option into `to`; false, with a complaint of the verb. */
typedef bool assay_cli_option_read(const char *verb, char *value, void *to);

/* One option. Of flag, text, list, colour, number and read exactly one is set. */
typedef struct assay_cli_option {
    const char *name; /* without the dashes; NULL ends the table */
    char letter;      /* its short form, or 0; only for a flag */
    bool *flag;       /* takes no value: becomes true */
    const char **text;
    const char **list; /* repeatable: room for one for each argument, at *count the next one goes */
    size_t *count;
    assay_colour *colour; /* WHEN, which may be left out */
    size_t *number;       /* takes a number from 1 to most */
    size_t most;
    assay_cli_option_read *read;
    void *to;
} assay_cli_option;

#define ASSAY_CLI_OPTIONS_MOST 31

/* Reads the command line of the verb argv[0], whose table has at most ASSAY_CLI_OPTIONS_MOST rows; every verb takes
 * --help besides. True to go on: the operands stand from optind on. False when there is nothing more to do (help is
 * printed, or a complaint made): *code is the exit status then. */
bool assay_cli_options(int argc, char **argv, const char *help, const assay_cli_option *options, int *code);

/* The same for a verb whose operands are a command with options of its own: those of the verb end at the first. */
bool assay_cli_options_before_command(int argc, char **argv, const char *help,
                                      const assay_cli_option *options, int *code);

/* A decimal number within the bounds. */
bool assay_cli_read_number(const char *text, uint64_t least, uint64_t most, uint64_t *number);

#endif
