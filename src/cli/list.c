/* assay list: the vectors, and what is derived from them. */
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/vectors_dir.h"
#include "suite/vector/version.h"

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static const char help[] =
    "usage: assay list [OPTIONS]\n"
    "\n"
    "Lists the golden vectors by id, one a line, and how many there are on standard error.\n"
    "\n"
    "  --derived      every case: the vectors and all that is derived from them\n"
    "  --run GLOB     only ids that match (repeatable); * is within one component, ** any number of them\n"
    "  --suite-version V  only those that were there in version V of the collection\n"
    "  -v, --verbose  with expectation, verb, stack and title\n"
    "  --json         as a JSON list\n"
    "  --vectors DIR  other vectors than the ones found beside the program\n"
    "  -h, --help     this\n"
    "\n"
    "exit status: 0; 1 nothing matches, or nothing matches one of the patterns; 2 usage, or vectors\n"
    "that cannot be used; 74 cannot write\n"
    "\n"
    "examples:\n"
    "  assay list --run 'compact/list/**' -v\n"
    "  assay list --derived --run 'binary/i32/*@prefix:*'\n";

typedef struct list_options {
    bool derived, verbose, json;
    const char **globs;
    size_t glob_count;
    bool *matched; /* globs that an id matched */
    const char *vectors, *version;
} list_options;

/* True to go on; else *code is the exit status. */
static bool read_options(int argc, char **argv, list_options *to, int *code)
{
    const assay_cli_option table[] = {{"derived", .flag = &to->derived},
                                      {"run", .list = to->globs, .count = &to->glob_count},
                                      {"verbose", 'v', .flag = &to->verbose},
                                      {"json", .flag = &to->json},
                                      {"suite-version", .read = assay_cli_read_version, .to = &to->version},
                                      {"vectors", .text = &to->vectors},
                                      {0}};
    if (!assay_cli_options(argc, argv, help, table, code)) return false;
    if (optind < argc)
        *code = assay_cli_usage("list", "%s: not expected; patterns follow --run", argv[optind]);
    return optind == argc;
}

static bool wanted(const list_options *options, const char *id)
{
    bool any = options->glob_count == 0;
    for (size_t i = 0; i < options->glob_count; i++) {
        if (any && options->matched[i]) continue;
        if (assay_glob_match(options->globs[i], id)) any = options->matched[i] = true;
    }
    return any;
}

static void print_json(const assay_case *c, const assay_vector *vector, bool first)
{
    json_t *row =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i}", "id", c->id, "parent",
                  c->parent_id, "kind", c->kind, "title", c->title, "rule", tw_rule_info_of(c->rule)->id,
                  "level", assay_level_name(c->level), "verb", assay_verb_name(c->verb), "stack", c->in,
                  "expect", assay_expect_name(c->expect), "file", vector->file, "line", (int)vector->line);
    char *text = row ? json_dumps(row, JSON_COMPACT) : NULL;
    printf("%s%s", first ? "[\n" : ",\n", text ? text : "null");
    free(text);
    json_decref(row);
}

static void print_case(const list_options *options, const assay_case *c, const assay_vector *vector,
                       bool first)
{
    if (options->json)
        print_json(c, vector, first);
    else if (options->verbose)
        printf("%-52s %-6s %-6s %-9s %-20s %s\n", c->id, assay_expect_name(c->expect),
               assay_level_name(c->level), assay_verb_name(c->verb), c->in, c->title);
    else
        puts(c->id);
}

/* Returns how many were listed; SIZE_MAX when memory is refused. */
static size_t list(assay_vector_set *set, const list_options *options)
{
    size_t listed = 0;
    assay_cases cases = {0};
    for (size_t i = 0; i < set->count; i++) {
        const assay_vector *vector = &set->vectors[i];
        if (!options->derived) {
            if (wanted(options, vector->base.id)) print_case(options, &vector->base, vector, listed++ == 0);
            continue;
        }
        cases.count = 0;
        if (!assay_derive(set, vector, NULL, &cases)) {
            listed = SIZE_MAX;
            break;
        }
        for (size_t j = 0; j < cases.count; j++)
            if (wanted(options, cases.items[j]->id))
                print_case(options, cases.items[j], vector, listed++ == 0);
    }
    assay_cases_deinit(&cases);
    if (options->json) puts(listed && listed != SIZE_MAX ? "\n]" : "[]");
    return listed;
}

static int run(const list_options *options)
{
    assay_vector_set set;
    if (!assay_cli_load_vectors("list", options->vectors, &set)) return ASSAY_EXIT_USAGE;
    if (options->version) assay_vectors_freeze(&set, options->version);
    size_t listed = list(&set, options);
    assay_vectors_deinit(&set);
    if (listed == SIZE_MAX) {
        assay_cli_complain("list", "out of memory");
        return ASSAY_EXIT_SOFTWARE;
    }
    if (assay_cli_flush("list") != ASSAY_EXIT_OK) return ASSAY_EXIT_IO;
    fprintf(stderr, "%zu %s%s\n", listed, options->derived ? "case" : "vector", listed == 1 ? "" : "s");
    for (size_t i = 0; i < options->glob_count && listed; i++) {
        if (options->matched[i]) continue;
        assay_cli_complain("list", "nothing matches --run \"%.200s\"", options->globs[i]);
        return ASSAY_EXIT_WRONG;
    }
    return listed ? ASSAY_EXIT_OK : ASSAY_EXIT_WRONG;
}

int assay_cli_list(int argc, char **argv)
{
    list_options options = {.globs = calloc((size_t)argc + 1, sizeof(char *)),
                            .matched = calloc((size_t)argc + 1, sizeof(bool))};
    int code = ASSAY_EXIT_SOFTWARE;
    if (options.globs && options.matched && read_options(argc, argv, &options, &code)) code = run(&options);
    free(options.globs);
    free(options.matched);
    return code;
}
