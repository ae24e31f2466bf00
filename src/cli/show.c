/* assay show: all there is to know of one vector or derived case. */
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/show_parts.h"
#include "cli/vectors_dir.h"

#include <getopt.h>

static const char help[] =
    "usage: assay show [OPTIONS] ID\n"
    "\n"
    "Shows a vector, or a case derived from one: its rule, why it matters, its bytes with a word on\n"
    "each, what is expected of a testee, and its twin.\n"
    "\n"
    "  --vectors DIR    other vectors than the ones found beside the program\n"
    "  --color[=WHEN]   colour: auto (on a terminal), always, never\n"
    "  -h, --help       this\n"
    "\n"
    "exit status: 0; 2 usage, or there is no such case\n"
    "\n"
    "examples:\n"
    "  assay show compact/list/bool/element-nibble-2\n"
    "  assay show 'compact/list/bool/element-nibble-2@prefix:2'\n";

static int show(assay_vector_set *set, const char *id, bool colour)
{
    const assay_vector *vector = assay_cli_find_vector("show", set, id);
    assay_cases cases = {0};
    if (!vector) return ASSAY_EXIT_USAGE;
    if (!assay_derive(set, vector, NULL, &cases)) {
        assay_cases_deinit(&cases);
        assay_cli_complain("show", "out of memory");
        return ASSAY_EXIT_SOFTWARE;
    }
    const assay_case *c = assay_cases_find(&cases, id);
    if (c)
        assay_show_case(vector, c, &cases, colour);
    else
        assay_cli_complain("show",
                           "nothing of that name is derived from %s; `assay list --derived` shows what is",
                           vector->base.id);
    assay_cases_deinit(&cases);
    if (!c) return ASSAY_EXIT_USAGE;
    return assay_cli_flush("show");
}

int assay_cli_show(int argc, char **argv)
{
    int code;
    const char *vectors = NULL;
    assay_colour colour = ASSAY_COLOUR_AUTO;
    assay_vector_set set;
    const assay_cli_option table[] = {
        {"vectors", .text = &vectors}, {"color", .colour = &colour}, {"colour", .colour = &colour}, {0}};
    if (!assay_cli_options(argc, argv, help, table, &code)) return code;
    if (argc - optind != 1) return assay_cli_usage("show", "the id of one case is wanted");
    if (!assay_cli_load_vectors("show", vectors, &set)) return ASSAY_EXIT_USAGE;
    code = show(&set, argv[optind], assay_cli_colour(colour, NULL));
    assay_vectors_deinit(&set);
    return code;
}
