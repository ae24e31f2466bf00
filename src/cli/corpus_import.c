/* assay corpus import: what is new in a folder of inputs that others made. */
#include "cli/corpus_common.h"
#include "cli/corpus_merge.h"
#include "cli/corpus_process.h"
#include "cli/corpus_verbs.h"
#include "cli/options.h"
#include "suite/corpus/facts.h"
#include "suite/corpus/lint.h"
#include "suite/corpus/sum.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char help[] =
    "usage: assay corpus import --harness NAME [OPTIONS] DIR\n"
    "\n"
    "Reads all files below DIR, the smallest first, and adds those to the inputs of a harness that touch\n"
    "a rule, a kind of token, a size or an end of reading that none of its inputs touched before. With\n"
    "--engine the harness itself chooses, by coverage of its code.\n"
    "\n"
    "  --harness NAME   whose inputs they become: round_trip, differential ...\n"
    "  --engine FILE    the harness linked with libFuzzer; it works on copies\n"
    "  --stack STACK    the files are protocol bytes, wrapped so: binary, framed/zlib/compact ...;\n"
    "                   otherwise they are inputs as they are\n"
    "  --message        they hold messages, with --stack; structs otherwise\n"
    "  --text           the files are texts\n"
    "  --most N         bytes of the largest file that is looked at (4096)\n"
    "  --dry-run        add nothing, only say what would be\n"
    "  --corpus DIR     where the corpus is (corpus)\n"
    "  -h, --help       this\n"
    "\n"
    "exit status: 0 done; 1 there was no room for all that is new: 200 files or 256 KiB a harness; 2\n"
    "usage; 74 cannot read or write\n"
    "\n"
    "example:\n"
    "  assay corpus import --harness differential --stack compact thrift-oss-fuzz-corpus\n";

#define VERB "corpus import"

typedef struct options {
    const char *root, *harness, *engine, *from;
    assay_corpus_wrap wrap;
    size_t most;
    bool dry_run;
} options;

typedef struct importing {
    const options *o;
    assay_corpus own; /* what there is */
    assay_corpus_room room;
    assay_features known;
    size_t looked, added, without_room;
} importing;

static int smaller_first(const void *a, const void *b)
{
    const assay_corpus_file *x = a, *y = b;
    if (x->bytes.len != y->bytes.len) return x->bytes.len < y->bytes.len ? -1 : 1;
    return strcmp(x->path, y->path);
}

static bool know_own(importing *im)
{
    for (size_t i = 0; i < im->own.count; i++) {
        assay_facts facts;
        const assay_corpus_file *file = &im->own.files[i];
        if (strcmp(file->folder, im->o->harness) != 0 || !assay_corpus_is_input(file)) continue;
        if (!assay_facts_of(file->bytes, &facts)) return false;
        assay_features_add(&im->known, &facts.features);
    }
    return true;
}

/* An input that is wanted. False, with a complaint, when it cannot be written. */
static bool take(importing *im, tw_bytes input, const char *path)
{
    char sum[ASSAY_SUM_TEXT];
    assay_sum(input, sum);
    if (assay_corpus_find(&im->own, im->o->harness, sum)) return true;
    if (im->room.files >= ASSAY_CORPUS_FILES || im->room.bytes + input.len > ASSAY_CORPUS_BYTES) {
        im->without_room++;
        return true;
    }
    if (!im->o->dry_run && !assay_cli_corpus_put(VERB, im->o->root, im->o->harness, input)) return false;
    printf("%s + %s  %s\n", im->o->harness, sum, path);
    im->room.files++;
    im->room.bytes += input.len;
    im->added++;
    return true;
}

static bool look_at(importing *im, const assay_corpus_file *file)
{
    tw_buffer input;
    assay_facts facts;
    bool ok = true;
    if (file->bytes.len > im->o->most) return true;
    im->looked++;
    tw_buffer_init(&input, NULL);
    if (!assay_cli_corpus_wrap(&im->o->wrap, file->bytes, &input) ||
        !assay_facts_of(tw_buffer_view(&input), &facts)) {
        assay_cli_complain(VERB, "out of memory");
        ok = false;
    } else if (assay_features_add(&im->known, &facts.features) > 0) {
        ok = take(im, tw_buffer_view(&input), file->path);
    }
    tw_buffer_deinit(&input);
    return ok;
}

/* Writes copies of all that is there for the engine. */
static bool copy_inputs(importing *im, const assay_corpus *from, const char *temp)
{
    for (size_t i = 0; i < from->count; i++) {
        tw_buffer input;
        if (from->files[i].bytes.len > im->o->most) continue;
        im->looked++;
        tw_buffer_init(&input, NULL);
        bool ok = assay_cli_corpus_wrap(&im->o->wrap, from->files[i].bytes, &input) &&
                  assay_cli_corpus_put(VERB, temp, "new", tw_buffer_view(&input));
        tw_buffer_deinit(&input);
        if (!ok) return false;
    }
    return true;
}

static bool merge(importing *im, const assay_corpus *from)
{
    char temp[256], out[300], own[300], new[300];
    if (!assay_cli_temp_make(VERB, temp)) return false;
    snprintf(out, sizeof out, "%s/out", temp);
    snprintf(own, sizeof own, "%s/own", temp);
    snprintf(new, sizeof new, "%s/new", temp);
    bool ok = mkdir(out, 0777) == 0 && mkdir(own, 0777) == 0 && mkdir(new, 0777) == 0;
    for (size_t i = 0; i < im->own.count && ok; i++)
        if (strcmp(im->own.files[i].folder, im->o->harness) == 0)
            ok = assay_cli_corpus_put(VERB, temp, "own", im->own.files[i].bytes);
    ok = ok && copy_inputs(im, from, temp) && assay_cli_corpus_merge(VERB, im->o->engine, out, own, new);
    assay_corpus chosen;
    if (ok) {
        ok = assay_cli_corpus_load(VERB, out, &chosen);
        if (chosen.count) qsort(chosen.files, chosen.count, sizeof *chosen.files, smaller_first);
        for (size_t i = 0; i < chosen.count && ok; i++) ok = take(im, chosen.files[i].bytes, im->o->from);
        assay_corpus_deinit(&chosen);
    }
    assay_cli_temp_remove(temp);
    return ok;
}

static int import_all(const options *o)
{
    importing im = {.o = o};
    assay_corpus from = {.count = 0};
    bool ok = assay_cli_corpus_load(VERB, o->root, &im.own) && know_own(&im);
    im.room = assay_cli_corpus_room(&im.own, o->harness);
    ok = ok && assay_cli_corpus_load(VERB, o->from, &from);
    if (ok && o->engine) {
        ok = merge(&im, &from);
    } else if (ok) {
        if (from.count) qsort(from.files, from.count, sizeof *from.files, smaller_first);
        for (size_t i = 0; i < from.count && ok; i++) ok = look_at(&im, &from.files[i]);
    }
    if (from.arena.alloc) assay_corpus_deinit(&from);
    assay_corpus_deinit(&im.own);
    if (!ok) return ASSAY_EXIT_IO;
    if (assay_cli_flush(VERB) != ASSAY_EXIT_OK) return ASSAY_EXIT_IO;
    fprintf(stderr, "%zu looked at, %zu %s, %zu without room\n", im.looked, im.added,
            o->dry_run ? "would be added" : "added", im.without_room);
    return im.without_room ? ASSAY_EXIT_WRONG : ASSAY_EXIT_OK;
}

int assay_cli_corpus_import(int argc, char **argv)
{
    int code;
    options o = {.root = ASSAY_CORPUS_DEFAULT, .most = 4096};
    const assay_cli_option table[] = {{"harness", .text = &o.harness},
                                      {"engine", .text = &o.engine},
                                      {"stack", .text = &o.wrap.stack},
                                      {"message", .flag = &o.wrap.message},
                                      {"text", .flag = &o.wrap.text},
                                      {"most", .number = &o.most, .most = ASSAY_CORPUS_BYTES},
                                      {"dry-run", .flag = &o.dry_run},
                                      {"corpus", .text = &o.root},
                                      {0}};
    if (!assay_cli_options(argc, argv, help, table, &code)) return code;
    if (!assay_cli_corpus_harness(VERB, o.harness) || !assay_cli_corpus_wrap_ok(VERB, &o.wrap))
        return ASSAY_EXIT_USAGE;
    if (argc - optind != 1) return assay_cli_usage(VERB, "one folder is wanted");
    o.from = argv[optind];
    if (!assay_cli_corpus_has(VERB, o.root, o.harness)) return ASSAY_EXIT_USAGE;
    return import_all(&o);
}
