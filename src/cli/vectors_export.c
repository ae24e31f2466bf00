/* assay vectors export: the vectors in forms that other programs take. */
#include "cli/export_folder.h"
#include "cli/options.h"
#include "cli/vectors_dir.h"
#include "cli/vectors_verbs.h"
#include "suite/vector/export.h"
#include "suite/vector/version.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

static const char help[] =
    "usage: assay vectors export --to DIR|FILE [--format FORMAT] [OPTIONS]\n"
    "\n"
    "Writes the golden vectors in a form that other programs take.\n"
    "\n"
    "  folder  (the default) DIR/accept, DIR/reject and DIR/either with two files for each vector:\n"
    "          ID.bin, its bytes, and ID.txt, what they are and what is expected; for reuse also\n"
    "          ID.before.bin. Characters that not every file system takes stand as %XX\n"
    "  c       DIR/assay_vectors.h and DIR/assay_vectors.c, which compile as C99 and as C++11\n"
    "  jsonl   FILE with one JSON object a line, each of which stands by itself\n"
    "  seeds   DIR/STACK with the bytes alone in files named by their SHA-256, each once\n"
    "\n"
    "  --to DIR|FILE        where to; for jsonl - is standard output. A folder that holds something is\n"
    "                       replaced only if it is an earlier export\n"
    "  --format FORMAT      folder, c, jsonl or seeds\n"
    "  --select GLOB        only ids that match (repeatable); * is within one component, ** any number\n"
    "  --derived            also the cases that are derived from vectors, but for @chunk and\n"
    "                       @after-reject, whose bytes are those of their vectors\n"
    "  --max-bytes N        leave out what is longer than N bytes (1048576)\n"
    "  --suite-version V    only vectors that were there in version V of the collection\n"
    "  --force              replace DIR whatever it holds\n"
    "  --vectors DIR        other vectors than the ones found beside the program\n"
    "  -h, --help           this\n"
    "\n"
    "The same vectors always give the same files. How many were left out is told on standard error.\n"
    "\n"
    "exit status: 0 done; 1 nothing matches, or nothing matches one of the patterns; 2 usage, or\n"
    "vectors that cannot be used; 74 cannot write, and nothing is changed\n"
    "\n"
    "examples:\n"
    "  assay vectors export --to vectors-as-files\n"
    "  assay vectors export --format c --select 'compact/**' --to test/vectors\n"
    "  assay vectors export --format jsonl --derived --to - | head\n";

#define VERB "vectors export"

typedef struct export_options {
    assay_export_options how;
    const char **patterns;
    const char *to, *vectors, *version;
    bool force;
} export_options;

static bool read_format(const char *verb, char *text, void *format)
{
    if (assay_export_format_find(text, format)) return true;
    assay_cli_usage(verb, "--format \"%.60s\": folder, c, jsonl or seeds is wanted", text);
    return false;
}

static bool read_max_bytes(const char *verb, char *text, void *max_bytes)
{
    uint64_t number;
    if (assay_cli_read_number(text, 0, SIZE_MAX / 4, &number)) {
        *(size_t *)max_bytes = (size_t)number;
        return true;
    }
    assay_cli_usage(verb, "--max-bytes \"%.60s\": a number of bytes is wanted", text);
    return false;
}

/* True to go on; else *code is the exit status. */
static bool read_options(int argc, char **argv, export_options *to, int *code)
{
    const assay_cli_option table[] = {{"to", .text = &to->to},
                                      {"format", .read = read_format, .to = &to->how.format},
                                      {"select", .list = to->patterns, .count = &to->how.pattern_count},
                                      {"derived", .flag = &to->how.derived},
                                      {"max-bytes", .read = read_max_bytes, .to = &to->how.max_bytes},
                                      {"suite-version", .read = assay_cli_read_version, .to = &to->version},
                                      {"force", .flag = &to->force},
                                      {"vectors", .text = &to->vectors},
                                      {0}};
    if (!assay_cli_options(argc, argv, help, table, code)) return false;
    if (optind < argc)
        *code = assay_cli_usage(VERB, "\"%s\" is not expected", argv[optind]);
    else if (!to->to)
        *code = assay_cli_usage(VERB, "--to wants to be given");
    else
        return true;
    return false;
}

static bool keep(void *context, const char *path, tw_bytes bytes)
{
    (void)path;
    return tw_buffer_append(context, bytes.data, bytes.len);
}

/* What came of the export itself; ASSAY_EXIT_OK where it is to be kept. */
static int judge(const export_options *choice, assay_export_end end, const assay_export_counts *counts)
{
    if (end == ASSAY_EXPORT_STOPPED) return ASSAY_EXIT_IO;
    if (end == ASSAY_EXPORT_MEMORY) {
        assay_cli_complain(VERB, "out of memory");
        return ASSAY_EXIT_SOFTWARE;
    }
    if (counts->unmatched < choice->how.pattern_count)
        assay_cli_complain(VERB, "nothing matches --select \"%.200s\"", choice->patterns[counts->unmatched]);
    else if (counts->cases == 0)
        assay_cli_complain(VERB, "nothing to export");
    else
        return ASSAY_EXIT_OK;
    return ASSAY_EXIT_WRONG;
}

static int export_file(const export_options *choice, assay_vector_set *set, assay_export_counts *counts)
{
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    assay_export_end end = assay_export(set, &choice->how, keep, &text, counts);
    if (text.failed) end = ASSAY_EXPORT_MEMORY;
    int code = judge(choice, end, counts);
    if (code == ASSAY_EXIT_OK) code = assay_cli_write(VERB, choice->to, tw_buffer_view(&text));
    tw_buffer_deinit(&text);
    return code;
}

static int export_folder(const export_options *choice, assay_vector_set *set, assay_export_counts *counts)
{
    assay_export_folder folder;
    int code = assay_export_folder_begin(&folder, VERB, choice->to, choice->force);
    if (code != ASSAY_EXIT_OK) return code;
    assay_export_end end = assay_export(set, &choice->how, assay_export_folder_put, &folder, counts);
    code = judge(choice, end, counts);
    char mark[160];
    int len = snprintf(mark, sizeof mark, "vectors %s, set %s; made by assay vectors export\n", set->version,
                       set->digest);
    if (code == ASSAY_EXIT_OK &&
        !assay_export_folder_put(&folder, ASSAY_EXPORT_MARK, tw_bytes_of(mark, (size_t)len)))
        code = ASSAY_EXIT_IO;
    int ended = assay_export_folder_end(&folder, code == ASSAY_EXIT_OK);
    return code == ASSAY_EXIT_OK ? ended : code;
}

static int export(const export_options *choice)
{
    assay_vector_set set;
    assay_export_counts counts;
    if (!assay_cli_load_vectors(VERB, choice->vectors, &set)) return ASSAY_EXIT_USAGE;
    if (choice->version) assay_vectors_freeze(&set, choice->version);
    int code = choice->how.format == ASSAY_EXPORT_JSONL ? export_file(choice, &set, &counts)
                                                        : export_folder(choice, &set, &counts);
    assay_vectors_deinit(&set);
    if (code != ASSAY_EXIT_OK) return code;
    fprintf(stderr, "%zu %s%s, %zu file%s\n", counts.cases, choice->how.derived ? "case" : "vector",
            counts.cases == 1 ? "" : "s", counts.files, counts.files == 1 ? "" : "s");
    if (counts.too_long)
        fprintf(stderr, "left out: %zu of more than %zu bytes; --max-bytes takes them in\n", counts.too_long,
                choice->how.max_bytes);
    return ASSAY_EXIT_OK;
}

int assay_cli_vectors_export(int argc, char **argv)
{
    export_options choice = {.how = {.max_bytes = 1048576},
                             .patterns = calloc((size_t)argc + 1, sizeof *choice.patterns)};
    int code = ASSAY_EXIT_SOFTWARE;
    choice.how.patterns = choice.patterns;
    if (choice.patterns && read_options(argc, argv, &choice, &code)) code = export(&choice);
    free(choice.patterns);
    return code;
}
