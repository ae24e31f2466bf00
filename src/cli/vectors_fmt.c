/* assay vectors fmt: the one layout of vector files. */
#include "cli/options.h"
#include "cli/vectors_dir.h"
#include "cli/vectors_verbs.h"
#include "suite/vector/files.h"
#include "suite/vector/format.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static const char help[] =
    "usage: assay vectors fmt [--check] [DIR|FILE ...]\n"
    "\n"
    "Rewrites vector files in their one layout: keys in the documented order, one a line, and the\n"
    "words behind annotated hex in one column. Nothing else is changed, and a file that is laid out\n"
    "so already is not touched. Prints the names of the files that were rewritten. Without a folder\n"
    "or file: the vectors found beside the program.\n"
    "\n"
    "  --check      change nothing; print the files that are laid out otherwise, exit status 1\n"
    "  -h, --help   this\n"
    "\n"
    "exit status: 0 done; 1 --check found some, or a file is no vector file; 2 usage;\n"
    "74 cannot read or write\n"
    "\n"
    "examples:\n"
    "  assay vectors fmt conformance/vectors\n"
    "  assay vectors fmt --check conformance/vectors/compact/bool.json\n";

#define VERB "vectors fmt"

typedef struct fmt {
    bool check;
    const char *folder; /* that is walked through; NULL for a file by itself */
    int code;           /* of the worst that happened */
    size_t files, changed;
} fmt;

static void note(fmt *f, int code)
{
    if (code > f->code) f->code = code;
}

static void replace(fmt *f, const char *path, tw_bytes text)
{
    f->changed++;
    puts(path);
    note(f, f->check ? ASSAY_EXIT_WRONG : assay_cli_write(VERB, path, text));
}

static void lay_out(fmt *f, const char *path, tw_bytes text)
{
    assay_vector_file file;
    assay_vector_error error;
    tw_buffer laid_out;
    f->files++;
    if (!assay_vector_file_parse(text, &file, &error)) {
        assay_cli_complain(VERB, "%s is no vector file: line %s", path, error.text);
        note(f, ASSAY_EXIT_WRONG);
        return;
    }
    tw_buffer_init(&laid_out, NULL);
    if (!assay_vector_file_print(&file, &laid_out)) {
        assay_cli_complain(VERB, "out of memory");
        note(f, ASSAY_EXIT_SOFTWARE);
    } else if (!tw_bytes_equal(text, tw_buffer_view(&laid_out))) {
        replace(f, path, tw_buffer_view(&laid_out));
    }
    tw_buffer_deinit(&laid_out);
    assay_vector_file_deinit(&file);
}

static void see_file(void *context, const char *path, const char *text, size_t len, const char *why)
{
    fmt *f = context;
    char *full = NULL;
    if (why) {
        assay_cli_complain(VERB, "cannot read %s: %s", path, why);
        note(f, ASSAY_EXIT_IO);
    } else if (asprintf(&full, "%s/%s", f->folder, path) < 0) {
        assay_cli_complain(VERB, "out of memory");
        note(f, ASSAY_EXIT_SOFTWARE);
    } else {
        lay_out(f, full, tw_bytes_of(text, len));
        free(full);
    }
}

static void lay_out_path(fmt *f, const char *path)
{
    struct stat status;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        f->folder = path;
        if (assay_files_walk(path, see_file, f) > 0) return;
        assay_cli_complain(VERB, "no vectors in %s", path);
        note(f, ASSAY_EXIT_WRONG);
        return;
    }
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    int code = assay_cli_read(VERB, path, &text);
    note(f, code);
    if (code == ASSAY_EXIT_OK) lay_out(f, path, tw_buffer_view(&text));
    tw_buffer_deinit(&text);
}

static int lay_out_all(fmt *f, char *const *paths, size_t count)
{
    char folder[4096];
    for (size_t i = 0; i < count; i++) lay_out_path(f, paths[i]);
    if (count == 0) {
        if (!assay_vectors_dir(NULL, folder, sizeof folder)) return ASSAY_EXIT_USAGE;
        lay_out_path(f, folder);
    }
    if (assay_cli_flush(VERB) != ASSAY_EXIT_OK) return ASSAY_EXIT_IO;
    fprintf(stderr, "%zu file%s, %zu %s\n", f->files, f->files == 1 ? "" : "s", f->changed,
            f->check ? "not laid out as they should be" : "rewritten");
    return f->code;
}

int assay_cli_vectors_fmt(int argc, char **argv)
{
    int code;
    fmt f = {.check = false};
    const assay_cli_option table[] = {{"check", .flag = &f.check}, {0}};
    if (!assay_cli_options(argc, argv, help, table, &code)) return code;
    return lay_out_all(&f, argv + optind, (size_t)(argc - optind));
}
