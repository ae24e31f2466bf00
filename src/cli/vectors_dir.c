#include "cli/vectors_dir.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef ASSAY_PREFIX
#define ASSAY_PREFIX "/usr/local"
#endif

#define INSTALLED ASSAY_PREFIX "/share/assay/vectors"

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool copy(const char *from, char *path, size_t size)
{
    int len = snprintf(path, size, "%s", from);
    return len >= 0 && (size_t)len < size;
}

/* The program stands at build/assay or build/VARIANT/assay: one or two folders below the tree. */
static bool find_beside(char *path, size_t size)
{
    char at[4096];
    ssize_t len = readlink("/proc/self/exe", at, sizeof at - 1);
    if (len <= 0) return false;
    at[len] = 0;
    for (int up = 0; up < 4; up++) {
        char *slash = strrchr(at, '/');
        if (!slash) return false;
        *slash = 0;
        int needed = snprintf(path, size, "%s/conformance/vectors", at);
        if (up > 0 && needed > 0 && (size_t)needed < size && is_folder(path)) return true;
    }
    return false;
}

bool assay_vectors_dir(const char *option, char *path, size_t size)
{
    const char *given = option ? option : getenv("ASSAY_VECTORS");
    if (given && *given) {
        if (copy(given, path, size)) return true;
        fprintf(stderr, "assay: the path of the vectors is too long\n");
        return false;
    }
    if (find_beside(path, size)) return true;
    if (is_folder(INSTALLED) && copy(INSTALLED, path, size)) return true;
    fprintf(stderr,
            "assay: no vectors found beside this program or at %s; say where they are with --vectors DIR\n",
            INSTALLED);
    return false;
}
