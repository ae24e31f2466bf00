/* assay vectors: a verb of its own verbs. */
#include "cli/cli.h"
#include "cli/likeness.h"
#include "cli/vectors_verbs.h"

#include <stdio.h>
#include <string.h>

static const struct verb {
    const char *name, *full_name, *summary;
    assay_cli_verb *run;
} verbs[] = {
    {"lint", "vectors lint", "prove every field of every vector", assay_cli_vectors_lint},
    {"confirm", "vectors confirm", "write down which implementations agree", assay_cli_vectors_confirm},
    {"fmt", "vectors fmt", "lay vector files out", assay_cli_vectors_fmt},
    {"stats", "vectors stats", "counts, what the vectors cover, and the history wall",
     assay_cli_vectors_stats},
    {"new", "vectors new", "a first version of an entry", assay_cli_vectors_new},
    {"export", "vectors export", "write vectors in forms that other programs take", assay_cli_vectors_export},
};

#define VERB_COUNT (sizeof verbs / sizeof verbs[0])

static int print_verbs(void)
{
    char text[2048];
    size_t n = (size_t)snprintf(text, sizeof text, "usage: assay vectors VERB [OPTIONS] [DIR]\n\n");
    for (size_t i = 0; i < VERB_COUNT && n < sizeof text; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "  %-8s %s\n", verbs[i].name, verbs[i].summary);
    if (n < sizeof text) snprintf(text + n, sizeof text - n, "\n`assay vectors VERB --help` tells more.\n");
    return assay_cli_print(text);
}

int assay_cli_vectors(int argc, char **argv)
{
    if (argc < 2) return assay_cli_usage("vectors", "a verb is wanted, such as `lint`");
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) return print_verbs();
    assay_likeness likeness = {.word = argv[1]};
    for (size_t i = 0; i < VERB_COUNT; i++) {
        if (strcmp(verbs[i].name, argv[1]) == 0) {
            char full_name[32]; /* argv holds words that may be written to */
            snprintf(full_name, sizeof full_name, "%s", verbs[i].full_name);
            argv[1] = full_name;
            return verbs[i].run(argc - 1, argv + 1);
        }
        assay_likeness_offer(&likeness, verbs[i].name);
    }
    if (likeness.nearest)
        return assay_cli_usage("vectors", "there is no verb \"%.60s\"; is %s meant?", argv[1],
                               likeness.nearest);
    return assay_cli_usage("vectors", "there is no verb \"%.60s\"", argv[1]);
}
