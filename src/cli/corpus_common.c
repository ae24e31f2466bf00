#include "cli/corpus_common.h"

#include "cli/report_file.h"
#include "suite/corpus/sum.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool assay_cli_corpus_load(const char *verb, const char *root, assay_corpus *corpus)
{
    char why[512];
    if (assay_corpus_load(root, corpus, why)) return true;
    assay_cli_complain(verb, "%s", why);
    return false;
}

bool assay_cli_corpus_put(const char *verb, const char *root, const char *harness, tw_bytes input)
{
    char path[4096], sum[ASSAY_SUM_TEXT];
    assay_sum(input, sum);
    int n = snprintf(path, sizeof path, "%s/%s/%s", root, harness, sum);
    if (n < 0 || (size_t)n >= sizeof path) {
        assay_cli_complain(verb, "the path of the corpus is too long");
        return false;
    }
    return assay_report_file_write(path, input);
}

bool assay_cli_corpus_harness(const char *verb, const char *name)
{
    if (!name)
        assay_cli_usage(verb, "--harness is wanted: whose input it is, such as round_trip");
    else if (!assay_harness_name_ok(name))
        assay_cli_usage(verb, "\"%.60s\" is no name of a harness: letters, digits and _", name);
    else
        return true;
    return false;
}

/* "alloc_bound, any_chunking": the folders of the root but that of regressions. */
static void list_harnesses(const char *root, char *text, size_t size)
{
    struct dirent **names;
    int count = scandir(root, &names, NULL, alphasort);
    size_t len = 0;
    *text = 0;
    for (int i = 0; i < count; i++) {
        struct stat about;
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", root, names[i]->d_name);
        if (assay_harness_name_ok(names[i]->d_name) && stat(path, &about) == 0 && S_ISDIR(about.st_mode) &&
            len < size) {
            int n = snprintf(text + len, size - len, "%s%s", len ? ", " : "", names[i]->d_name);
            len += n > 0 ? (size_t)n : 0;
        }
        free(names[i]);
    }
    if (count >= 0) free(names);
}

bool assay_cli_corpus_has(const char *verb, const char *root, const char *harness)
{
    char path[4096], there[1024];
    struct stat about;
    snprintf(path, sizeof path, "%s/%s", root, harness);
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode)) return true;
    if (stat(root, &about) != 0) return true; /* loading it says so */
    list_harnesses(root, there, sizeof there);
    assay_cli_usage(verb, "no harness \"%.60s\" in %s: an empty folder begins one; there %s%s", harness, root,
                    *there ? "are " : "is none", there);
    return false;
}

bool assay_cli_corpus_wrap_ok(const char *verb, const assay_corpus_wrap *wrap)
{
    if (wrap->stack && assay_specimen_stack_find(wrap->stack) == ASSAY_SPECIMEN_STACKS) {
        assay_cli_usage(
            verb,
            "--stack \"%.60s\": binary or compact is wanted, with framed/, zlib/ or framed/zlib/ before it",
            wrap->stack);
        return false;
    }
    if (wrap->message && !wrap->stack) assay_cli_usage(verb, "--message goes with --stack");
    if (wrap->text && wrap->stack) assay_cli_usage(verb, "--text and --stack exclude each other");
    return (!wrap->message || wrap->stack) && !(wrap->text && wrap->stack);
}

bool assay_cli_corpus_wrap(const assay_corpus_wrap *wrap, tw_bytes bytes, tw_buffer *to)
{
    assay_specimen specimen = {
        .text = wrap->text, .unit = wrap->message ? TW_UNIT_MESSAGE : TW_UNIT_STRUCT, .payload = bytes};
    if (!wrap->stack && !wrap->text) return tw_buffer_append(to, bytes.data, bytes.len);
    if (wrap->stack) specimen.stack = assay_specimen_stack_find(wrap->stack);
    return assay_specimen_write(&specimen, to) == TW_OK;
}

assay_corpus_room assay_cli_corpus_room(const assay_corpus *corpus, const char *harness)
{
    assay_corpus_room room = {0, 0};
    for (size_t i = 0; i < corpus->count; i++) {
        const assay_corpus_file *file = &corpus->files[i];
        if (!assay_corpus_is_input(file) || strcmp(file->folder, harness) != 0) continue;
        room.files++;
        room.bytes += file->bytes.len;
    }
    return room;
}
