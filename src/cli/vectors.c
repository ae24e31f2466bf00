/* assay vectors: a verb of its own verbs. */
#include "cli/subverbs.h"
#include "cli/vectors_verbs.h"

int assay_cli_vectors(int argc, char **argv)
{
    static const assay_subverb rows[] = {
        {"lint", "vectors lint", "prove every field of every vector", assay_cli_vectors_lint},
        {"confirm", "vectors confirm", "write down which implementations agree", assay_cli_vectors_confirm},
        {"fmt", "vectors fmt", "lay vector files out", assay_cli_vectors_fmt},
        {"stats", "vectors stats", "counts, what the vectors cover, and the history wall",
         assay_cli_vectors_stats},
        {"new", "vectors new", "a first version of an entry", assay_cli_vectors_new},
        {"export", "vectors export", "write vectors in forms that other programs take",
         assay_cli_vectors_export},
    };
    static const assay_subverbs verbs = {"vectors", "lint", rows, sizeof rows / sizeof *rows};
    return assay_subverbs_run(&verbs, argc, argv);
}
