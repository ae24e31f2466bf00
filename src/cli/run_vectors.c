#include "cli/run_vectors.h"

#include "cli/vectors_dir.h"
#include "suite/vector/version.h"

#include <stdio.h>

/* --new needs to know what is new. */
static bool check_new(const assay_cli_run_options *options)
{
    if (options->new_vectors == ASSAY_NEW_FAIL) return true;
    if (!options->known_file)
        assay_cli_usage("run", "--new wants --known FILE, which says what its writer had seen");
    else if (!*options->run.known->suite_version)
        assay_cli_usage("run", "--new: %s has no line `# suite-version: " ASSAY_VECTORS_VERSION "`",
                        options->known_file);
    else
        return true;
    return false;
}

static void choose_by_version(const assay_cli_run_options *options, assay_vector_set *set)
{
    if (options->suite_version) assay_vectors_freeze(set, options->suite_version);
    if (options->new_vectors == ASSAY_NEW_FAIL) return;
    const char *seen = options->run.known->suite_version;
    bool skip = options->new_vectors == ASSAY_NEW_SKIP;
    size_t count = skip ? assay_vectors_freeze(set, seen) : assay_vectors_warn_after(set, seen);
    if (count && !options->quiet)
        fprintf(stderr, "assay: %zu vector%s newer than %s: %s\n", count, count == 1 ? " is" : "s are", seen,
                skip ? "not run" : "failures there are warnings");
}

bool assay_cli_run_vectors(const assay_cli_run_options *options, assay_vector_set *set)
{
    if (!check_new(options) || !assay_cli_load_vectors("run", options->vectors, set)) return false;
    choose_by_version(options, set);
    return true;
}
