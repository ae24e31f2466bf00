/* What is wrong with an option that getopt_long could not take. */
#ifndef CLI_BAD_OPTION_H
#define CLI_BAD_OPTION_H

#include <getopt.h>

/* Says it, with the option as it was typed and the one that may be meant, and where help is. To be called
 * right when getopt_long, with opterr 0 and a `:` at the head of its letters, returned `option` ('?' or ':').
 * Returns ASSAY_EXIT_USAGE. */
int assay_cli_bad_option(const char *verb, int option, char *const *argv, const struct option *names);

#endif
