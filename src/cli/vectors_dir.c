#include "cli/vectors_dir.h"

#include "cli/cli.h"
#include "cli/likeness.h"
#include "suite/vector/version.h"

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

bool assay_cli_load_vectors(const char *verb, const char *option, assay_vector_set *set)
{
    char path[4096];
    assay_vector_error error;
    if (!assay_vectors_dir(option, path, sizeof path)) return false;
    if (assay_vectors_load(path, set, &error)) return true;
    assay_cli_complain(verb, "the vectors in %s cannot be used: %s", path, error.text);
    return false;
}

bool assay_cli_read_version(const char *verb, char *value, void *to)
{
    *(const char **)to = value;
    return assay_cli_check_version(verb, value);
}

bool assay_cli_check_version(const char *verb, const char *version)
{
    if (!assay_vectors_version_valid(version))
        assay_cli_usage(verb, "--suite-version \"%.60s\": a version such as 1.0 is wanted", version);
    else if (assay_vectors_version_compare(version, ASSAY_VECTORS_VERSION) > 0)
        assay_cli_usage(verb,
                        "--suite-version \"%.60s\": the vectors of this program are " ASSAY_VECTORS_VERSION,
                        version);
    else
        return true;
    return false;
}

const assay_vector *assay_cli_find_vector(const char *verb, const assay_vector_set *set, const char *id)
{
    char parent[256];
    snprintf(parent, sizeof parent, "%.*s", (int)strcspn(id, "@"), id);
    const assay_vector *vector = assay_vectors_find(set, parent);
    if (vector) return vector;
    assay_likeness likeness = {.word = parent};
    for (size_t i = 0; i < set->count; i++) assay_likeness_offer(&likeness, set->vectors[i].base.id);
    if (likeness.nearest)
        assay_cli_complain(verb, "there is no vector \"%.200s\"; is %s meant?", parent, likeness.nearest);
    else
        assay_cli_complain(verb, "there is no vector \"%.200s\"; `assay list` shows all", parent);
    return NULL;
}
