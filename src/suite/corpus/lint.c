#include "suite/corpus/lint.h"

#include "suite/corpus/sidecar.h"
#include "suite/corpus/sum.h"
#include "wire/base/rules.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct lint {
    const assay_corpus *corpus;
    assay_corpus_report *report;
    void *context;
    size_t problems;
} lint;

__attribute__((format(printf, 2, 3))) static void tell(lint *l, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    l->problems++;
    l->report(l->context, text);
}

const assay_corpus_file *assay_corpus_find(const assay_corpus *corpus, const char *folder, const char *name)
{
    for (size_t i = 0; i < corpus->count; i++) {
        const assay_corpus_file *file = &corpus->files[i];
        if (!file->nested && strcmp(file->folder, folder) == 0 && strcmp(file->name, name) == 0) return file;
    }
    return NULL;
}

/* "a.bin" and ".bin" to "a"; false for another end. */
static bool stem(const char *name, const char *end, char *to, size_t size)
{
    size_t len = strlen(name), n = strlen(end);
    if (len <= n || strcmp(name + len - n, end) != 0 || len - n >= size) return false;
    memcpy(to, name, len - n);
    to[len - n] = 0;
    return true;
}

static const assay_corpus_file *partner(lint *l, const char *slug, const char *end)
{
    char name[300];
    snprintf(name, sizeof name, "%s%s", slug, end);
    return assay_corpus_find(l->corpus, ASSAY_REGRESSIONS, name);
}

static void check_sidecar(lint *l, const assay_corpus_file *text, tw_bytes input)
{
    tw_arena arena;
    tw_buffer made;
    assay_sidecar sidecar;
    const char *why;
    tw_arena_init(&arena, NULL, SIZE_MAX);
    tw_buffer_init(&made, NULL);
    if (!assay_sidecar_read(text->bytes, &arena, &sidecar, &why)) {
        tell(l, "%s: %s", text->path, why);
    } else if (strcmp(sidecar.rule, "-") != 0 &&
               tw_rule_find(sidecar.rule, strlen(sidecar.rule)) == TW_RULE_NONE) {
        tell(l, "%s: there is no rule %.100s", text->path, sidecar.rule);
    } else if (!assay_harness_name_ok(sidecar.harness)) {
        tell(l, "%s: %.100s is no name of a harness", text->path, sidecar.harness);
    } else if (assay_sidecar_write(&sidecar, input, &made) != TW_OK) {
        tell(l, "%s: no memory to check it", text->path);
    } else if (!tw_bytes_equal(tw_buffer_view(&made), text->bytes)) {
        tell(l,
             "%s: it does not say what the bytes are, or what the rules say of them; `assay corpus lint "
             "--write`",
             text->path);
    }
    tw_buffer_deinit(&made);
    tw_arena_deinit(&arena);
}

static void check_regression(lint *l, const assay_corpus_file *file)
{
    char slug[256];
    if (strcmp(file->name, "README.md") == 0) return;
    if (stem(file->name, ".bin", slug, sizeof slug)) {
        if (strspn(slug, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(slug))
            tell(l, "%s: a name is lower-case words and digits with dashes", file->path);
        const assay_corpus_file *text = partner(l, slug, ".txt");
        if (text)
            check_sidecar(l, text, file->bytes);
        else
            tell(l, "%s: nothing explains it; %s.txt is missing", file->path, slug);
        if (file->bytes.len > ASSAY_CORPUS_BYTES) tell(l, "%s: %zu bytes", file->path, file->bytes.len);
    } else if (stem(file->name, ".txt", slug, sizeof slug)) {
        if (!partner(l, slug, ".bin")) tell(l, "%s: explains nothing; %s.bin is missing", file->path, slug);
    } else {
        tell(l, "%s: neither an input (.bin) nor its explanation (.txt)", file->path);
    }
}

static void check_input(lint *l, const assay_corpus_file *file)
{
    char sum[ASSAY_SUM_TEXT];
    if (!assay_corpus_is_input(file)) return;
    assay_sum(file->bytes, sum);
    if (strcmp(sum, file->name) != 0) tell(l, "%s: its content wants the name %s", file->path, sum);
}

/* Each line of a list of digests begins with the first letters of an input's name. */
static void check_digests(lint *l, const assay_corpus_file *list, const char *harness)
{
    const char *at = (const char *)list->bytes.data;
    for (size_t line = 1; at && *at; line++) {
        size_t len = strcspn(at, "\n"), name = strcspn(at, " \n");
        bool found = false;
        for (size_t i = 0; i < l->corpus->count && !found; i++) {
            const assay_corpus_file *file = &l->corpus->files[i];
            found = strcmp(file->folder, harness) == 0 && strncmp(file->name, at, name) == 0;
        }
        if (name && !found) tell(l, "%s:%zu: there is no input %.*s", list->path, line, (int)name, at);
        at += len + (at[len] == '\n');
    }
}

static bool has_folder(const assay_corpus *corpus, const char *folder)
{
    for (size_t i = 0; i < corpus->count; i++)
        if (strcmp(corpus->files[i].folder, folder) == 0) return true;
    return false;
}

static void check_root(lint *l, const assay_corpus_file *file)
{
    char harness[256];
    if (strcmp(file->name, "README.md") == 0) return;
    if (stem(file->name, ".digest", harness, sizeof harness) && has_folder(l->corpus, harness))
        check_digests(l, file, harness);
    else
        tell(l, "%s: it does not belong here", file->path);
}

/* The files of one harness, which stand together. */
static size_t check_folder(lint *l, size_t from)
{
    const char *folder = l->corpus->files[from].folder;
    size_t count = 0, bytes = 0, at = from;
    for (; at < l->corpus->count && strcmp(l->corpus->files[at].folder, folder) == 0; at++) {
        if (!assay_corpus_is_input(&l->corpus->files[at])) continue;
        count++;
        bytes += l->corpus->files[at].bytes.len;
    }
    if (!assay_harness_name_ok(folder)) tell(l, "%s: no name of a harness", folder);
    if (count > ASSAY_CORPUS_FILES)
        tell(l, "%s: %zu files, at most %d are kept", folder, count, ASSAY_CORPUS_FILES);
    if (bytes > ASSAY_CORPUS_BYTES)
        tell(l, "%s: %zu bytes, at most %zu are kept", folder, bytes, ASSAY_CORPUS_BYTES);
    return at;
}

size_t assay_corpus_lint(const assay_corpus *corpus, assay_corpus_report *report, void *context)
{
    lint l = {corpus, report, context, 0};
    for (size_t i = 0, checked = 0; i < corpus->count; i++) {
        const assay_corpus_file *file = &corpus->files[i];
        bool regression = strcmp(file->folder, ASSAY_REGRESSIONS) == 0;
        if (file->nested)
            tell(&l, "%s: inputs stand in one folder for each harness, no deeper", file->path);
        else if (!*file->folder)
            check_root(&l, file);
        else if (regression)
            check_regression(&l, file);
        else
            check_input(&l, file);
        if (*file->folder && !regression && i >= checked) checked = check_folder(&l, i);
    }
    return l.problems;
}
