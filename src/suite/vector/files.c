#include "suite/vector/files.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Far above what vectors need; a folder that links to itself ends here. */
enum { DEPTH_MOST = 8, FILE_MOST = 256 << 20 };

typedef struct paths {
    char **items;
    size_t count;
    const char *folder;
    int error; /* errno of the first folder that could not be read */
} paths;

static char *join(const char *folder, const char *name)
{
    char *path = NULL;
    if (asprintf(&path, "%s%s%s", folder, *folder ? "/" : "", name) < 0) return NULL;
    return path;
}

/* Takes over `path`. */
static void add_path(paths *p, char *path)
{
    char **items = path ? realloc(p->items, (p->count + 1) * sizeof *items) : NULL;
    if (!items) {
        free(path);
        p->error = ENOMEM;
        return;
    }
    p->items = items;
    p->items[p->count++] = path;
}

/* Files at the top of the folder that tell of the vectors. */
static bool is_about_vectors(const char *path)
{
    return strcmp(path, "schema.json") == 0 || strcmp(path, "history.json") == 0 ||
           strcmp(path, "history-schema.json") == 0;
}

static void collect(paths *p, const char *below, int depth);

static void look_at(paths *p, const char *below, const char *name, int depth)
{
    struct stat info;
    size_t len = strlen(name);
    char *path = join(below, name), *full = path ? join(p->folder, path) : NULL;
    if (!full)
        p->error = ENOMEM;
    else if (stat(full, &info) == 0 && S_ISDIR(info.st_mode))
        collect(p, path, depth + 1);
    else if (len > 5 && strcmp(name + len - 5, ".json") == 0 && !is_about_vectors(path)) {
        add_path(p, path);
        path = NULL;
    }
    free(full);
    free(path);
}

static void collect(paths *p, const char *below, int depth)
{
    char *full = *below ? join(p->folder, below) : strdup(p->folder);
    DIR *dir = full && depth < DEPTH_MOST ? opendir(full) : NULL;
    if (!dir && !p->error) p->error = depth < DEPTH_MOST ? errno : ELOOP;
    free(full);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        if (*entry->d_name != '.') look_at(p, below, entry->d_name, depth);
    if (dir) closedir(dir);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char *assay_file_read(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    struct stat info;
    if (!file) return NULL;
    errno = 0;
    char *text = NULL;
    if (fstat(fileno(file), &info) == 0 && S_ISREG(info.st_mode) && info.st_size <= FILE_MOST)
        text = malloc((size_t)info.st_size + 1);
    else if (errno == 0)
        errno = EFBIG;
    if (text) {
        *len = fread(text, 1, (size_t)info.st_size, file);
        text[*len] = 0;
    }
    fclose(file);
    return text;
}

size_t assay_files_walk(const char *folder, assay_file_seen *seen, void *context)
{
    paths p = {.folder = folder};
    size_t calls = 0;
    collect(&p, "", 0);
    if (p.count) qsort(p.items, p.count, sizeof *p.items, by_path);
    if (p.error) {
        seen(context, folder, "", 0, strerror(p.error));
        calls++;
    }
    for (size_t i = 0; i < p.count; i++) {
        size_t len = 0;
        char *full = join(folder, p.items[i]);
        errno = 0;
        char *text = full ? assay_file_read(full, &len) : NULL;
        seen(context, p.items[i], text ? text : "", len, text ? NULL : strerror(errno ? errno : ENOMEM));
        calls++;
        free(text);
        free(full);
        free(p.items[i]);
    }
    free(p.items);
    return calls;
}
