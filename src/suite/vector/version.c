#include "suite/vector/version.h"

#include <stdlib.h>
#include <string.h>

/* Reads one number; NULL where there is none that may stand in a version. */
static const char *read_part(const char *at, long *number)
{
    size_t digits = strspn(at, "0123456789");
    if (digits == 0 || digits > 4 || (digits > 1 && *at == '0')) return NULL;
    *number = strtol(at, NULL, 10);
    return at + digits;
}

static bool read_version(const char *version, long parts[2])
{
    const char *at = read_part(version, &parts[0]);
    if (!at || *at != '.') return false;
    at = read_part(at + 1, &parts[1]);
    return at && !*at;
}

bool assay_vectors_version_valid(const char *version)
{
    long parts[2];
    return read_version(version, parts);
}

int assay_vectors_version_compare(const char *a, const char *b)
{
    long x[2] = {0, 0}, y[2] = {0, 0};
    read_version(a, x);
    read_version(b, y);
    if (x[0] != y[0]) return x[0] < y[0] ? -1 : 1;
    return (x[1] > y[1]) - (x[1] < y[1]);
}

static void set_version(assay_vector_set *set, const char *version)
{
    if (!set->version || assay_vectors_version_compare(version, set->version) < 0) set->version = version;
}

size_t assay_vectors_freeze(assay_vector_set *set, const char *version)
{
    size_t kept = 0, count = set->count;
    for (size_t i = 0; i < count; i++)
        if (assay_vectors_version_compare(set->vectors[i].since, version) <= 0)
            set->vectors[kept++] = set->vectors[i];
    set->count = kept;
    set_version(set, version);
    return count - kept;
}

size_t assay_vectors_warn_after(assay_vector_set *set, const char *version)
{
    size_t count = 0;
    set_version(set, version);
    for (size_t i = 0; i < set->count; i++) {
        assay_vector *vector = &set->vectors[i];
        vector->base.warns = assay_vectors_version_compare(vector->since, version) > 0;
        count += vector->base.warns;
    }
    return count;
}
