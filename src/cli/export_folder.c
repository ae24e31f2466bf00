#include "cli/export_folder.h"

#include "cli/cli.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDERS_OPEN = 16 };

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *where)
{
    (void)status;
    (void)where;
    if (kind == FTW_DP || kind == FTW_D || kind == FTW_DNR) return rmdir(path);
    return unlink(path);
}

static bool remove_tree(const char *path)
{
    return nftw(path, remove_one, FOLDERS_OPEN, FTW_DEPTH | FTW_PHYS) == 0;
}

/* Whether a folder holds nothing, or is an export. */
static bool may_replace(const char *path, bool *readable)
{
    DIR *dir = opendir(path);
    bool empty = true, marked = false;
    *readable = dir != NULL;
    if (!dir) return false;
    for (const struct dirent *entry; (entry = readdir(dir));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        empty = false;
        if (strcmp(entry->d_name, ASSAY_EXPORT_MARK) == 0) marked = true;
    }
    closedir(dir);
    return empty || marked;
}

static int refuse(const char *verb, const char *path, int why)
{
    assay_cli_complain(verb, "cannot write %s: %s", path, strerror(why));
    return ASSAY_EXIT_IO;
}

/* What stands there now: nothing, or a folder that may go. */
static int look(const char *verb, const char *path, bool force)
{
    struct stat status;
    bool readable;
    if (stat(path, &status) != 0) return errno == ENOENT ? ASSAY_EXIT_OK : refuse(verb, path, errno);
    if (!S_ISDIR(status.st_mode)) return refuse(verb, path, ENOTDIR);
    bool good = may_replace(path, &readable);
    if (!readable) return refuse(verb, path, errno);
    if (good || force) return ASSAY_EXIT_OK;
    return assay_cli_usage(verb, "%s holds something that is no export; --force replaces it", path);
}

/* The path that the folder has, or will have, without links and slashes at its end. */
static char *plain_path(const char *path)
{
    char *real = realpath(path, NULL);
    if (real || errno != ENOENT) return real;
    char *copy = strdup(path);
    for (size_t len = copy ? strlen(copy) : 0; len > 1 && copy[len - 1] == '/'; len--) copy[len - 1] = 0;
    return copy;
}

static void forget(assay_export_folder *folder)
{
    free(folder->path);
    free(folder->staging);
    free(folder->name);
    *folder = (assay_export_folder){.verb = folder->verb};
}

int assay_export_folder_begin(assay_export_folder *folder, const char *verb, const char *path, bool force)
{
    *folder = (assay_export_folder){.verb = verb};
    if (!*path) return assay_cli_usage(verb, "--to wants the name of a folder");
    int code = look(verb, path, force);
    if (code != ASSAY_EXIT_OK) return code;
    folder->path = plain_path(path);
    if (!folder->path) return refuse(verb, path, errno);
    if (asprintf(&folder->staging, "%s.XXXXXX", folder->path) < 0) folder->staging = NULL;
    if (!folder->staging) {
        assay_cli_complain(verb, "out of memory");
        code = ASSAY_EXIT_SOFTWARE;
    } else if (!mkdtemp(folder->staging)) {
        code = refuse(verb, path, errno);
    } else {
        mode_t mask = umask(0);
        umask(mask);
        if (chmod(folder->staging, 0777 & ~mask) == 0) return ASSAY_EXIT_OK;
        code = refuse(verb, path, errno);
        rmdir(folder->staging);
    }
    forget(folder);
    return code;
}

/* A full disk may only show when the file is closed. */
static bool close_file(assay_export_folder *folder)
{
    if (!folder->file) return true;
    bool good = fclose(folder->file) == 0;
    folder->file = NULL;
    if (!good) refuse(folder->verb, folder->path, errno);
    return good;
}

static bool make_folders_above(char *path, size_t from)
{
    for (char *slash = strchr(path + from, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        bool made = mkdir(path, 0777) == 0 || errno == EEXIST;
        *slash = '/';
        if (!made) return false;
    }
    return true;
}

static bool open_file(assay_export_folder *folder, const char *name)
{
    if (!close_file(folder)) return false;
    free(folder->name);
    folder->name = strdup(name);
    char *path = NULL;
    if (!folder->name || asprintf(&path, "%s/%s", folder->staging, name) < 0) {
        assay_cli_complain(folder->verb, "out of memory");
        return false;
    }
    if (make_folders_above(path, strlen(folder->staging) + 1)) folder->file = fopen(path, "wbe");
    if (!folder->file) refuse(folder->verb, name, errno);
    free(path);
    return folder->file != NULL;
}

bool assay_export_folder_put(void *context, const char *name, tw_bytes bytes)
{
    assay_export_folder *folder = context;
    bool open = folder->file && strcmp(folder->name, name) == 0;
    if (!open && !open_file(folder, name)) return false;
    if (bytes.len == 0 || fwrite(bytes.data, 1, bytes.len, folder->file) == bytes.len) return true;
    refuse(folder->verb, folder->path, errno);
    return false;
}

/* The old folder steps aside, the new one takes its place, and only then the old one goes. */
static int swap(const assay_export_folder *folder)
{
    char *aside = NULL;
    struct stat status;
    if (stat(folder->path, &status) != 0) return rename(folder->staging, folder->path) == 0 ? 0 : errno;
    if (asprintf(&aside, "%s.old.XXXXXX", folder->path) < 0) return ENOMEM;
    int failed = 0;
    if (!mkdtemp(aside)) {
        failed = errno;
    } else if (rename(folder->path, aside) != 0) {
        failed = errno;
        rmdir(aside);
    } else if (rename(folder->staging, folder->path) != 0) {
        failed = errno;
        if (rename(aside, folder->path) != 0)
            assay_cli_complain(folder->verb, "what stood at %s is now at %s", folder->path, aside);
    } else if (!remove_tree(aside)) {
        assay_cli_complain(folder->verb, "the former folder is still there: cannot remove %s: %s", aside,
                           strerror(errno));
    }
    free(aside);
    return failed;
}

int assay_export_folder_end(assay_export_folder *folder, bool keep)
{
    bool good = close_file(folder) && keep;
    int failed = good ? swap(folder) : 0;
    if (failed) refuse(folder->verb, folder->path, failed);
    if (!good || failed) remove_tree(folder->staging);
    forget(folder);
    return good && !failed ? ASSAY_EXIT_OK : ASSAY_EXIT_IO;
}
