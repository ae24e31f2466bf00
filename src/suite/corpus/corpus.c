#include "suite/corpus/corpus.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEPTH_MOST = 8, FILE_MOST = 64 << 20 };

typedef struct load {
    assay_corpus *corpus;
    const char *root;
    char *why;
} load;

static bool fail(load *l, const char *path, const char *what)
{
    if (!*l->why) snprintf(l->why, 512, "%.400s: %.100s", path, what);
    return false;
}

static assay_corpus_file *add(assay_corpus *corpus)
{
    if (corpus->count == corpus->capacity) {
        size_t capacity = corpus->capacity ? corpus->capacity * 2 : 256;
        assay_corpus_file *files = realloc(corpus->files, capacity * sizeof *files);
        if (!files) return NULL;
        corpus->files = files;
        corpus->capacity = capacity;
    }
    return &corpus->files[corpus->count++];
}

static bool read_bytes(load *l, const char *path, size_t size, tw_bytes *bytes)
{
    if (size > FILE_MOST) return fail(l, path, "too large");
    FILE *file = fopen(path, "rb");
    uint8_t *data = tw_arena_take(&l->corpus->arena, size + 1);
    size_t len = file && data ? fread(data, 1, size, file) : 0;
    bool ok = file && data && !ferror(file);
    if (!ok) fail(l, path, data ? strerror(errno) : "no memory");
    if (file) fclose(file);
    if (data) data[len] = 0; /* texts end in a 0 byte */
    *bytes = tw_bytes_of(data, len);
    return ok;
}

/* below: the path from the root; "" is the root. */
static bool add_file(load *l, const char *full, const char *below, size_t size)
{
    tw_arena *arena = &l->corpus->arena;
    assay_corpus_file *file = add(l->corpus);
    if (!file) return fail(l, full, "no memory");
    const char *slash = strchr(below, '/'), *last = strrchr(below, '/');
    *file = (assay_corpus_file){.nested = slash != last};
    file->path = tw_arena_copy(arena, below, strlen(below));
    file->folder = tw_arena_copy(arena, below, slash ? (size_t)(slash - below) : 0);
    file->name = file->path && last ? file->path + (last - below) + 1 : file->path;
    if (!file->path || !file->folder) return fail(l, full, "no memory");
    return read_bytes(l, full, size, &file->bytes);
}

static bool walk(load *l, const char *below, int depth);

static bool look_at(load *l, const char *below, const char *name, int depth)
{
    char path[4096], full[8192];
    struct stat info;
    int n = snprintf(path, sizeof path, "%s%s%s", below, *below ? "/" : "", name);
    int m = snprintf(full, sizeof full, "%s/%s", l->root, path);
    if (n < 0 || (size_t)n >= sizeof path || m < 0 || (size_t)m >= sizeof full)
        return fail(l, name, "path too long");
    if (stat(full, &info) != 0) return fail(l, full, strerror(errno));
    if (S_ISDIR(info.st_mode)) return walk(l, path, depth + 1);
    if (!S_ISREG(info.st_mode)) return fail(l, full, "no regular file");
    return add_file(l, full, path, (size_t)info.st_size);
}

static bool walk(load *l, const char *below, int depth)
{
    char full[8192];
    snprintf(full, sizeof full, "%s%s%s", l->root, *below ? "/" : "", below);
    if (depth > DEPTH_MOST) return fail(l, full, "folders too deep");
    DIR *dir = opendir(full);
    if (!dir) return fail(l, full, strerror(errno));
    bool ok = true;
    for (struct dirent *entry; ok && (entry = readdir(dir));)
        if (*entry->d_name != '.') ok = look_at(l, below, entry->d_name, depth);
    closedir(dir);
    return ok;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const assay_corpus_file *)a)->path, ((const assay_corpus_file *)b)->path);
}

bool assay_corpus_load(const char *root, assay_corpus *corpus, char why[512])
{
    load l = {corpus, root, why};
    *corpus = (assay_corpus){.count = 0};
    *why = 0;
    tw_arena_init(&corpus->arena, NULL, SIZE_MAX);
    if (!walk(&l, "", 0)) return false;
    if (corpus->count) qsort(corpus->files, corpus->count, sizeof *corpus->files, by_path);
    return true;
}

void assay_corpus_deinit(assay_corpus *corpus)
{
    free(corpus->files);
    tw_arena_deinit(&corpus->arena);
}

static bool ends_with(const char *name, const char *end)
{
    size_t len = strlen(name), n = strlen(end);
    return len >= n && strcmp(name + len - n, end) == 0;
}

bool assay_corpus_is_input(const assay_corpus_file *file)
{
    if (!*file->folder || file->nested) return false;
    return strcmp(file->folder, ASSAY_REGRESSIONS) == 0 ? ends_with(file->name, ".bin")
                                                        : !ends_with(file->name, ".md");
}

bool assay_harness_name_ok(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    size_t len = strspn(name, letters);
    return len > 0 && len < 64 && name[len] == 0 && strcmp(name, ASSAY_REGRESSIONS) != 0;
}
