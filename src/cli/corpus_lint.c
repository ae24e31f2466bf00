/* assay corpus lint: what is wrong with a corpus. */
#include "cli/corpus_common.h"
#include "cli/corpus_verbs.h"
#include "cli/options.h"
#include "cli/report_file.h"
#include "suite/corpus/lint.h"
#include "suite/corpus/sidecar.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

static const char help[] =
    "usage: assay corpus lint [OPTIONS] [DIR]\n"
    "\n"
    "Checks that every input is named by its content, that no harness has more than 200 files or 256 KiB,\n"
    "that every regression has a text beside it which says all that it should, that what the text says\n"
    "of the bytes is true, that lists of digests name what is there, and that nothing else lies about. One\n"
    "line a problem. DIR defaults to `corpus`.\n"
    "\n"
    "  --write      write anew what of the texts follows from the bytes; what a person said stays\n"
    "  -h, --help   this\n"
    "\n"
    "exit status: 0 no problem; 1 problems; 2 usage; 74 cannot read or write\n"
    "\n"
    "example:\n"
    "  assay corpus lint\n";

#define VERB "corpus lint"

static void print_problem(void *context, const char *text)
{
    (void)context;
    puts(text);
}

/* Writes the text of one regression again where it differs. */
static int write_text(const char *root, const assay_corpus_file *text, tw_bytes input)
{
    tw_arena arena;
    tw_buffer made;
    assay_sidecar sidecar;
    const char *why;
    char path[4096];
    int code = ASSAY_EXIT_OK;
    tw_arena_init(&arena, NULL, SIZE_MAX);
    tw_buffer_init(&made, NULL);
    snprintf(path, sizeof path, "%s/%s", root, text->path);
    if (assay_sidecar_read(text->bytes, &arena, &sidecar, &why)) { /* else linting tells */
        if (assay_sidecar_write(&sidecar, input, &made) != TW_OK)
            code = ASSAY_EXIT_SOFTWARE;
        else if (!tw_bytes_equal(tw_buffer_view(&made), text->bytes))
            code = assay_report_file_write(path, tw_buffer_view(&made)) ? ASSAY_EXIT_OK : ASSAY_EXIT_IO;
    }
    tw_buffer_deinit(&made);
    tw_arena_deinit(&arena);
    return code;
}

static int write_texts(const char *root)
{
    assay_corpus corpus;
    int code = assay_cli_corpus_load(VERB, root, &corpus) ? ASSAY_EXIT_OK : ASSAY_EXIT_IO;
    for (size_t i = 0; i < corpus.count && code == ASSAY_EXIT_OK; i++) {
        const assay_corpus_file *input = &corpus.files[i];
        if (strcmp(input->folder, ASSAY_REGRESSIONS) != 0 || !assay_corpus_is_input(input)) continue;
        char name[300];
        snprintf(name, sizeof name, "%.*s.txt", (int)(strlen(input->name) - strlen(".bin")), input->name);
        const assay_corpus_file *text = assay_corpus_find(&corpus, ASSAY_REGRESSIONS, name);
        if (text) code = write_text(root, text, input->bytes);
    }
    assay_corpus_deinit(&corpus);
    return code;
}

static int lint(const char *root)
{
    assay_corpus corpus;
    size_t problems = 0, count = 0;
    int code = assay_cli_corpus_load(VERB, root, &corpus) ? ASSAY_EXIT_OK : ASSAY_EXIT_IO;
    if (code == ASSAY_EXIT_OK) {
        problems = assay_corpus_lint(&corpus, print_problem, NULL);
        count = corpus.count;
        code = assay_cli_flush(VERB);
    }
    assay_corpus_deinit(&corpus);
    if (code != ASSAY_EXIT_OK) return code;
    fprintf(stderr, "%zu file%s, %zu problem%s\n", count, count == 1 ? "" : "s", problems,
            problems == 1 ? "" : "s");
    return problems ? ASSAY_EXIT_WRONG : ASSAY_EXIT_OK;
}

int assay_cli_corpus_lint(int argc, char **argv)
{
    int code;
    bool write = false;
    const assay_cli_option table[] = {{"write", .flag = &write}, {0}};
    if (!assay_cli_options(argc, argv, help, table, &code)) return code;
    if (argc - optind > 1) return assay_cli_usage(VERB, "at most one folder is wanted");
    const char *root = optind < argc ? argv[optind] : ASSAY_CORPUS_DEFAULT;
    code = write ? write_texts(root) : ASSAY_EXIT_OK;
    return code == ASSAY_EXIT_OK ? lint(root) : code;
}
