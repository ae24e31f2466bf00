#include "cli/subverbs.h"

#include "cli/likeness.h"

#include <stdio.h>
#include <string.h>

static int print_verbs(const assay_subverbs *verbs)
{
    char text[2048];
    size_t n =
        (size_t)snprintf(text, sizeof text, "usage: assay %s VERB [OPTIONS] [ARGUMENTS]\n\n", verbs->verb);
    for (size_t i = 0; i < verbs->count && n < sizeof text; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "  %-8s %s\n", verbs->rows[i].name,
                              verbs->rows[i].summary);
    if (n < sizeof text)
        snprintf(text + n, sizeof text - n, "\n`assay %s VERB --help` tells more.\n", verbs->verb);
    return assay_cli_print(text);
}

int assay_subverbs_run(const assay_subverbs *verbs, int argc, char **argv)
{
    if (argc < 2) return assay_cli_usage(verbs->verb, "a verb is wanted, such as `%s`", verbs->example);
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) return print_verbs(verbs);
    assay_likeness likeness = {.word = argv[1]};
    for (size_t i = 0; i < verbs->count; i++) {
        if (strcmp(verbs->rows[i].name, argv[1]) == 0) {
            char full_name[32]; /* argv holds words that may be written to */
            snprintf(full_name, sizeof full_name, "%s", verbs->rows[i].full_name);
            argv[1] = full_name;
            return verbs->rows[i].run(argc - 1, argv + 1);
        }
        assay_likeness_offer(&likeness, verbs->rows[i].name);
    }
    if (likeness.nearest)
        return assay_cli_usage(verbs->verb, "there is no verb \"%.60s\"; is %s meant?", argv[1],
                               likeness.nearest);
    return assay_cli_usage(verbs->verb, "there is no verb \"%.60s\"", argv[1]);
}
