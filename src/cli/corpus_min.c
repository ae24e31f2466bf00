/* assay corpus min: fewer inputs that reach the same. */
#include "cli/corpus_common.h"
#include "cli/corpus_merge.h"
#include "cli/corpus_process.h"
#include "cli/corpus_verbs.h"
#include "cli/options.h"
#include "suite/corpus/lint.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char help[] =
    "usage: assay corpus min --harness NAME --engine FILE [OPTIONS]\n"
    "\n"
    "Has the harness choose the fewest of its inputs that reach the same code (libFuzzer's set cover), and\n"
    "removes the others. It refuses where the chosen ones reach less. With --faults, an input that alone\n"
    "shows one of the planted faults stays.\n"
    "\n"
    "  --harness NAME   whose inputs\n"
    "  --engine FILE    the harness linked with libFuzzer\n"
    "  --faults FILE    the harness's replayer in a build with planted faults\n"
    "  --dry-run        remove nothing, only say what would be\n"
    "  --corpus DIR     where the corpus is (corpus)\n"
    "  -h, --help       this\n"
    "\n"
    "exit status: 0 done; 1 the chosen inputs would reach less, and nothing is removed; 2 usage; 74 cannot\n"
    "read, write or run\n"
    "\n"
    "example:\n"
    "  assay corpus min --harness round_trip --engine build/libfuzzer-clang/fuzz/round_trip \\\n"
    "    --faults build/faults-gcc/fuzz/round_trip\n";

#define VERB "corpus min"

typedef struct options {
    const char *root, *harness, *engine, *faults;
    bool dry_run;
} options;

typedef struct work {
    const options *o;
    assay_corpus corpus;
    char temp[256], all[300], kept[300];
    size_t removed, back;
} work;

static const char *const faults[] = {
#define FAULT(name, rule, sentence) #name,
#include "wire/base/fault.def"
#undef FAULT
};

/* Whether the replayer sees the fault in a folder or file: 1, 0, or -1 with a complaint. */
static int shows(const options *o, const char *fault, const char *path)
{
    char variable[128];
    tw_buffer said;
    char *argv[] = {(char *)(uintptr_t)o->faults, (char *)(uintptr_t)path, NULL};
    snprintf(variable, sizeof variable, "TW_FAULT=%s", fault);
    tw_buffer_init(&said, NULL);
    assay_cli_process process = {argv, variable, 600, &said};
    int status = assay_cli_process_run(VERB, &process);
    tw_buffer_deinit(&said);
    return status < 0 ? -1 : status != 0;
}

/* Puts the first of the inputs that were not chosen and shows the fault back. */
static bool put_back(work *w, const char *fault)
{
    for (size_t i = 0; i < w->corpus.count; i++) {
        const assay_corpus_file *file = &w->corpus.files[i];
        char path[1024];
        if (strcmp(file->folder, w->o->harness) != 0 || !assay_corpus_is_input(file)) continue;
        snprintf(path, sizeof path, "%s/%s", w->kept, file->name);
        if (access(path, F_OK) == 0) continue;
        snprintf(path, sizeof path, "%s/%s", w->all, file->name);
        int seen = shows(w->o, fault, path);
        if (seen < 0) return false;
        if (seen == 0) continue;
        printf("%s stays: it shows %s\n", file->name, fault);
        w->back++;
        return assay_cli_corpus_put(VERB, w->temp, "kept", file->bytes);
    }
    assay_cli_complain(VERB, "%s shows only with several inputs together; nothing is removed", fault);
    return false;
}

static bool keep_faults(work *w)
{
    for (size_t i = 0; w->o->faults && i < sizeof faults / sizeof *faults; i++) {
        int before = shows(w->o, faults[i], w->all);
        int after = before > 0 ? shows(w->o, faults[i], w->kept) : 0;
        if (before < 0 || after < 0) return false;
        if (before && !after && !put_back(w, faults[i])) return false;
    }
    return true;
}

static int compare_reach(work *w)
{
    assay_corpus_reach before, after;
    if (!assay_cli_corpus_reach(VERB, w->o->engine, w->all, &before) ||
        !assay_cli_corpus_reach(VERB, w->o->engine, w->kept, &after))
        return ASSAY_EXIT_IO;
    printf("branches %lu, of %lu; features %lu, of %lu\n", after.branches, before.branches, after.features,
           before.features);
    if (after.branches >= before.branches) return ASSAY_EXIT_OK;
    assay_cli_complain(VERB, "the chosen inputs reach less; nothing is removed");
    return ASSAY_EXIT_WRONG;
}

static int remove_others(work *w)
{
    for (size_t i = 0; i < w->corpus.count; i++) {
        const assay_corpus_file *file = &w->corpus.files[i];
        char path[4096];
        if (strcmp(file->folder, w->o->harness) != 0 || !assay_corpus_is_input(file)) continue;
        snprintf(path, sizeof path, "%s/%s", w->kept, file->name);
        if (access(path, F_OK) == 0) continue;
        snprintf(path, sizeof path, "%s/%s", w->o->root, file->path);
        if (!w->o->dry_run && unlink(path) != 0) {
            assay_cli_complain(VERB, "cannot remove %s: %s", path, strerror(errno));
            return ASSAY_EXIT_IO;
        }
        w->removed++;
    }
    return ASSAY_EXIT_OK;
}

/* The engine works on copies: what is committed is only ever removed by us, at the end. */
static int choose(work *w)
{
    snprintf(w->all, sizeof w->all, "%s/all", w->temp);
    snprintf(w->kept, sizeof w->kept, "%s/kept", w->temp);
    if (mkdir(w->all, 0777) != 0 || mkdir(w->kept, 0777) != 0) return ASSAY_EXIT_IO;
    for (size_t i = 0; i < w->corpus.count; i++)
        if (strcmp(w->corpus.files[i].folder, w->o->harness) == 0 &&
            assay_corpus_is_input(&w->corpus.files[i]) &&
            !assay_cli_corpus_put(VERB, w->temp, "all", w->corpus.files[i].bytes))
            return ASSAY_EXIT_IO;
    if (!assay_cli_corpus_merge(VERB, w->o->engine, w->kept, w->all, NULL)) return ASSAY_EXIT_IO;
    if (!keep_faults(w)) return ASSAY_EXIT_WRONG;
    int code = compare_reach(w);
    return code == ASSAY_EXIT_OK ? remove_others(w) : code;
}

static int minimise(const options *o)
{
    work w = {.o = o};
    int code = assay_cli_corpus_load(VERB, o->root, &w.corpus) ? ASSAY_EXIT_OK : ASSAY_EXIT_IO;
    assay_corpus_room room = assay_cli_corpus_room(&w.corpus, o->harness);
    if (code == ASSAY_EXIT_OK && room.files == 0)
        code = assay_cli_usage(VERB, "%s has no inputs in %s", o->harness, o->root);
    if (code == ASSAY_EXIT_OK && !assay_cli_temp_make(VERB, w.temp)) code = ASSAY_EXIT_IO;
    if (code == ASSAY_EXIT_OK) {
        code = choose(&w);
        assay_cli_temp_remove(w.temp);
    }
    assay_corpus_deinit(&w.corpus);
    int flushed = assay_cli_flush(VERB);
    if (code == ASSAY_EXIT_OK)
        fprintf(stderr, "%s: %zu inputs, %zu %s, %zu kept for a planted fault\n", o->harness, room.files,
                w.removed, o->dry_run ? "would be removed" : "removed", w.back);
    return code == ASSAY_EXIT_OK ? flushed : code;
}

int assay_cli_corpus_min(int argc, char **argv)
{
    int code;
    options o = {.root = ASSAY_CORPUS_DEFAULT};
    const assay_cli_option table[] = {{"harness", .text = &o.harness}, {"engine", .text = &o.engine},
                                      {"faults", .text = &o.faults},   {"dry-run", .flag = &o.dry_run},
                                      {"corpus", .text = &o.root},     {0}};
    if (!assay_cli_options(argc, argv, help, table, &code)) return code;
    if (!assay_cli_corpus_harness(VERB, o.harness)) return ASSAY_EXIT_USAGE;
    if (!o.engine) return assay_cli_usage(VERB, "--engine is wanted: the harness linked with libFuzzer");
    if (optind < argc) return assay_cli_usage(VERB, "\"%.200s\" is not expected", argv[optind]);
    return minimise(&o);
}
