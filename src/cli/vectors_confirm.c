/* assay vectors confirm: from results of runs to "confirmed_by". */
#include "cli/kin.h"
#include "cli/options.h"
#include "cli/result_file.h"
#include "cli/vectors_dir.h"
#include "cli/vectors_verbs.h"
#include "suite/evidence/confirming.h"
#include "suite/vector/files.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static const char help[] =
    "usage: assay vectors confirm [--check] RESULT.json ... [DIR]\n"
    "\n"
    "Writes into every accept vector which implementations read it as it says: \"confirmed_by\", as\n"
    "NAME-VERSION. RESULT is what `assay run --json` wrote. An implementation confirms a vector whose own\n"
    "case passed or, where it is free to refuse (level may, deep nesting), is a note that it read the\n"
    "value. Warnings confirm nothing, nor does the reference codec. What a result says takes the place of\n"
    "all that the same implementation is said to have confirmed; a case that is not in it, that broke, or\n"
    "that was of other bytes changes nothing.\n"
    "DIR defaults to the vectors found beside the program. Of implementations that share code, as\n"
    "\"shares_code_with\" in their testee.json says, one counts.\n"
    "\n"
    "  --check      change nothing; print what is to be changed, exit status 1\n"
    "  -h, --help   this\n"
    "\n"
    "exit status: 0 done; 1 --check found something; 2 usage, or a file that cannot be understood;\n"
    "70 out of memory; 74 cannot read or write\n"
    "\n"
    "examples:\n"
    "  assay vectors confirm build/reports/apache-*.json conformance/vectors\n"
    "  assay vectors confirm --check result.json\n";

#define VERB "vectors confirm"

typedef struct confirming {
    bool check;
    const char *folder;
    const char *path; /* of the file that is looked at */
    assay_vector_set set;
    assay_cli_kin kin;
    assay_confirming found;
    size_t files; /* changed */
    int code;
} confirming;

static void note(confirming *c, int code)
{
    if (code > c->code) c->code = code;
}

static void out_of_memory(confirming *c)
{
    assay_cli_complain(VERB, "out of memory");
    note(c, ASSAY_EXIT_SOFTWARE);
}

static void print_list(const char *const *list)
{
    printf("[");
    for (const char *const *at = list; *at; at++) printf("%s%s", at == list ? "" : ", ", *at);
    printf("]");
}

static void see_change(void *context, const char *id, const char *const *was, const char *const *is)
{
    const confirming *c = context;
    if (!c->check) return;
    printf("%s: %s: ", c->path, id);
    print_list(was);
    printf(" is to be ");
    print_list(is);
    printf("\n");
}

static void write_file(confirming *c, const assay_vector_file *file, const char *path)
{
    char *full = NULL;
    tw_buffer text;
    tw_buffer_init(&text, NULL);
    if (!assay_vector_file_print(file, &text) || asprintf(&full, "%s/%s", c->folder, path) < 0)
        out_of_memory(c);
    else
        note(c, assay_cli_write(VERB, full, tw_buffer_view(&text)));
    free(full);
    tw_buffer_deinit(&text);
}

static void confirm_file(void *context, const char *path, const char *text, size_t len, const char *why)
{
    confirming *c = context;
    assay_vector_file file;
    assay_vector_error error;
    if (why || !assay_vector_file_parse(tw_bytes_of(text, len), &file, &error)) {
        assay_cli_complain(VERB, "%s: %s", path, why ? why : error.text);
        note(c, why ? ASSAY_EXIT_IO : ASSAY_EXIT_USAGE);
        return;
    }
    size_t before = c->found.changed;
    c->path = path;
    if (!assay_confirming_file(&c->found, &file, see_change, c)) {
        out_of_memory(c);
    } else if (c->found.changed > before) {
        c->files++;
        if (c->check)
            note(c, ASSAY_EXIT_WRONG);
        else
            write_file(c, &file, path);
    }
    assay_vector_file_deinit(&file);
}

static void tell(const confirming *c)
{
    const assay_confirming *found = &c->found;
    for (size_t i = 0; i < found->witness_count; i++) {
        const assay_witness *w = &found->witnesses[i];
        printf("%s %s confirms %zu", w->result.testee_name, w->result.testee_version, w->confirmed);
        if (w->outdated) printf("; %zu have changed since that run, which says nothing of them", w->outdated);
        printf("\n");
    }
    printf("accepts confirmed by two: %zu, by one: %zu, by none: %zu\n", found->short_of[2],
           found->short_of[1], found->short_of[0]);
    printf("%zu vector%s in %zu file%s %s\n", found->changed, found->changed == 1 ? "" : "s", c->files,
           c->files == 1 ? "" : "s", c->check ? "to be changed" : "changed");
}

static void confirm(confirming *c)
{
    assay_vector_error error;
    if (!assay_vectors_load(c->folder, &c->set, &error)) {
        assay_cli_complain(VERB, "the vectors in %s cannot be used: %s", c->folder, error.text);
        note(c, ASSAY_EXIT_USAGE);
        return;
    }
    if (assay_cli_kin_load(VERB, c->folder, &c->kin)) {
        c->found.set = &c->set;
        c->found.kin = c->kin.items;
        c->found.kin_count = c->kin.count;
        assay_files_walk(c->folder, confirm_file, c);
        tell(c);
        note(c, assay_cli_flush(VERB));
        assay_cli_kin_deinit(&c->kin);
    } else {
        note(c, ASSAY_EXIT_USAGE);
    }
    assay_vectors_deinit(&c->set);
}

/* One result; the reference is left out with a word. */
static void load_witness(confirming *c, const char *path)
{
    assay_confirming *found = &c->found;
    assay_witness *w = &found->witnesses[found->witness_count];
    if (!assay_cli_load_result(VERB, path, &w->result)) {
        note(c, ASSAY_EXIT_USAGE);
        return;
    }
    switch (assay_witness_admit(found->witnesses, found->witness_count)) {
    case ASSAY_WITNESS_ADMITTED: found->witness_count++; return;
    case ASSAY_WITNESS_REFERENCE: fprintf(stderr, "%s: the reference confirms nothing\n", path); break;
    case ASSAY_WITNESS_NAMELESS:
        assay_cli_complain(VERB, "%s: the testee never said its name", path);
        note(c, ASSAY_EXIT_USAGE);
        break;
    case ASSAY_WITNESS_TWICE:
        assay_cli_complain(VERB, "%s: there is a result of %s already", path, w->result.testee_name);
        note(c, ASSAY_EXIT_USAGE);
        break;
    case ASSAY_WITNESS_MEMORY: out_of_memory(c); break;
    }
    assay_witness_deinit(w);
}

static void confirm_by(confirming *c, char *const *paths, size_t count)
{
    assay_confirming *found = &c->found;
    found->witnesses = calloc(count, sizeof *found->witnesses);
    if (!found->witnesses) {
        out_of_memory(c);
        return;
    }
    for (size_t i = 0; i < count && c->code == ASSAY_EXIT_OK; i++) load_witness(c, paths[i]);
    if (c->code == ASSAY_EXIT_OK) confirm(c);
    for (size_t i = 0; i < found->witness_count; i++) assay_witness_deinit(&found->witnesses[i]);
    free(found->witnesses);
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

int assay_cli_vectors_confirm(int argc, char **argv)
{
    int code;
    char found[4096];
    bool check = false;
    const assay_cli_option table[] = {{"check", .flag = &check}, {0}};
    if (!assay_cli_options(argc, argv, help, table, &code)) return code;
    size_t count = (size_t)(argc - optind);
    const char *folder = count && is_folder(argv[argc - 1]) ? argv[argc - 1] : NULL;
    if (folder) count--;
    if (!count) return assay_cli_usage(argv[0], "a result is wanted: what `assay run --json` wrote");
    if (!assay_vectors_dir(folder, found, sizeof found)) return ASSAY_EXIT_USAGE;
    confirming c = {.check = check, .folder = found};
    confirm_by(&c, argv + optind, count);
    return c.code;
}
