/* assay corpus add: files into a harness's inputs. */
#include "cli/corpus_common.h"
#include "cli/corpus_verbs.h"
#include "cli/options.h"
#include "suite/corpus/lint.h"
#include "suite/corpus/sum.h"

#include <getopt.h>
#include <stdio.h>

static const char help[] =
    "usage: assay corpus add --harness NAME [OPTIONS] FILE...\n"
    "\n"
    "Adds files to the inputs of a harness, each named by its content. Files are inputs as they are (two\n"
    "bytes of head, then the payload), or with --stack or --text payloads that get a head.\n"
    "\n"
    "  --harness NAME   whose inputs they are: round_trip, differential ...\n"
    "  --stack STACK    the files are protocol bytes, wrapped so: binary, framed/zlib/compact ...\n"
    "  --message        they hold messages, with --stack; structs otherwise\n"
    "  --text           the files are texts\n"
    "  --corpus DIR     where the corpus is (corpus)\n"
    "  -h, --help       this\n"
    "\n"
    "exit status: 0 added, or there already; 1 no room: 200 files or 256 KiB a harness; 2 usage; 74\n"
    "cannot read or write\n"
    "\n"
    "example:\n"
    "  assay corpus add --harness round_trip --stack framed/compact --message capture.bin\n";

#define VERB "corpus add"

typedef struct options {
    const char *root, *harness;
    assay_corpus_wrap wrap;
} options;

static int add(const options *o, const assay_corpus *corpus, assay_corpus_room *room, const char *path)
{
    char sum[ASSAY_SUM_TEXT];
    tw_buffer bytes, input;
    tw_buffer_init(&bytes, NULL);
    tw_buffer_init(&input, NULL);
    int code = assay_cli_read(VERB, path, &bytes);
    if (code == ASSAY_EXIT_OK && !assay_cli_corpus_wrap(&o->wrap, tw_buffer_view(&bytes), &input))
        code = ASSAY_EXIT_SOFTWARE;
    if (code == ASSAY_EXIT_OK) {
        assay_sum(tw_buffer_view(&input), sum);
        bool known = assay_corpus_find(corpus, o->harness, sum) != NULL;
        bool fits = room->files < ASSAY_CORPUS_FILES && room->bytes + input.len <= ASSAY_CORPUS_BYTES;
        if (!known && !fits) {
            assay_cli_complain(VERB,
                               "%s: no room, %s has %zu files of %zu bytes; `assay corpus min` makes some",
                               path, o->harness, room->files, room->bytes);
            code = ASSAY_EXIT_WRONG;
        } else if (!known && !assay_cli_corpus_put(VERB, o->root, o->harness, tw_buffer_view(&input))) {
            code = ASSAY_EXIT_IO;
        } else {
            printf("%s%s %s\n", o->harness, known ? " has" : " +", sum);
            room->files += !known;
            room->bytes += known ? 0 : input.len;
        }
    }
    tw_buffer_deinit(&input);
    tw_buffer_deinit(&bytes);
    return code;
}

static int add_all(const options *o, int count, char **paths)
{
    assay_corpus corpus;
    int code = assay_cli_corpus_load(VERB, o->root, &corpus) ? ASSAY_EXIT_OK : ASSAY_EXIT_IO;
    assay_corpus_room room = assay_cli_corpus_room(&corpus, o->harness);
    for (int i = 0; i < count && code == ASSAY_EXIT_OK; i++) code = add(o, &corpus, &room, paths[i]);
    assay_corpus_deinit(&corpus);
    int flushed = assay_cli_flush(VERB);
    return code == ASSAY_EXIT_OK ? flushed : code;
}

int assay_cli_corpus_add(int argc, char **argv)
{
    int code;
    options o = {.root = ASSAY_CORPUS_DEFAULT};
    const assay_cli_option table[] = {{"harness", .text = &o.harness},      {"stack", .text = &o.wrap.stack},
                                      {"message", .flag = &o.wrap.message}, {"text", .flag = &o.wrap.text},
                                      {"corpus", .text = &o.root},          {0}};
    if (!assay_cli_options(argc, argv, help, table, &code)) return code;
    if (!assay_cli_corpus_harness(VERB, o.harness) || !assay_cli_corpus_wrap_ok(VERB, &o.wrap))
        return ASSAY_EXIT_USAGE;
    if (optind == argc) return assay_cli_usage(VERB, "files are wanted");
    if (!assay_cli_corpus_has(VERB, o.root, o.harness)) return ASSAY_EXIT_USAGE;
    return add_all(&o, argc - optind, argv + optind);
}
