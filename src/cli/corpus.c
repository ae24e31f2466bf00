/* assay corpus: the inputs of the fuzzing harnesses; a verb of its own verbs. */
#include "cli/corpus_verbs.h"
#include "cli/subverbs.h"

int assay_cli_corpus(int argc, char **argv)
{
    static const assay_subverb rows[] = {
        {"explain", "corpus explain", "what an input is, byte by byte", assay_cli_corpus_explain},
        {"stats", "corpus stats", "how many inputs there are, and what they reach", assay_cli_corpus_stats},
        {"add", "corpus add", "add files to the inputs of a harness", assay_cli_corpus_add},
        {"import", "corpus import", "add what is new in a folder, such as a public corpus",
         assay_cli_corpus_import},
        {"min", "corpus min", "drop inputs that others make superfluous", assay_cli_corpus_min},
        {"promote", "corpus promote", "turn a finding into a small, explained regression",
         assay_cli_corpus_promote},
        {"lint", "corpus lint", "names, sizes, and that every regression is explained",
         assay_cli_corpus_lint},
    };
    static const assay_subverbs verbs = {"corpus", "explain", rows, sizeof rows / sizeof *rows};
    return assay_subverbs_run(&verbs, argc, argv);
}
