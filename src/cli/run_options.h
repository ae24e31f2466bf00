/* The command line of `assay run`. */
#ifndef CLI_RUN_OPTIONS_H
#define CLI_RUN_OPTIONS_H

#include "cli/cli.h"
#include "suite/run/run.h"

#define ASSAY_PATTERNS_MAX 256

/* What is made of vectors that are newer than the list of known failures. */
typedef enum assay_new_vectors { ASSAY_NEW_FAIL, ASSAY_NEW_WARN, ASSAY_NEW_SKIP } assay_new_vectors;

typedef struct assay_cli_run_options {
    assay_run_options run; /* patterns point into the arrays below */
    const char *patterns[ASSAY_PATTERNS_MAX], *skips[ASSAY_PATTERNS_MAX];
    const char *known_file, *profile_file, *json_file, *junit_file, *vectors; /* or NULL */
    const char *suite_version; /* of --suite-version, or NULL */
    assay_new_vectors new_vectors;
    assay_colour colour;
    bool verbose, quiet, dry_run, help;
} assay_cli_run_options;

/* Reads argv (argv[0] is the verb) and the environment (TEST_TOTAL_SHARDS, TEST_SHARD_INDEX). Everything
 * points into argv. False, with a message on standard error, for what cannot be understood. */
bool assay_cli_run_options_read(int argc, char **argv, assay_cli_run_options *options);

/* Reads seconds ("2", "0.5") into milliseconds; 0 for none. False for what is no number from 0 to 86,400. */
bool assay_cli_read_seconds(const char *text, unsigned *ms);

/* Has the testee met at an address, by --connect or --attach. False, with a message on standard error, for what
 * is no address and where there is one already. */
bool assay_cli_read_address(const char *verb, assay_channel channel, const char *text,
                            assay_run_options *run);

#endif
