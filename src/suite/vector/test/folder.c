#include "suite/vector/test/folder.h"

#include "wire/test/support.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void assay_test_folder_make(assay_test_folder *folder)
{
    char sub[96];
    strcpy(folder->path, "/tmp/assay-vectors-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
    snprintf(sub, sizeof sub, "%s/compact", folder->path);
    assert_int_equal(mkdir(sub, 0700), 0);
}

void assay_test_folder_write(const assay_test_folder *folder, const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

void assay_test_folder_remove(const assay_test_folder *folder)
{
    static const char *const names[] = {"compact/a.json", "compact/b.json", "schema.json",
                                        "README.md",      "compact",        ""};
    char path[128];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder->path, names[i]);
        assert_true(remove(path) == 0 || errno == ENOENT);
    }
}

static void keep(void *context, const char *text)
{
    assay_vector_error *error = context;
    snprintf(error->text, sizeof error->text, "%s", text);
}

void assay_test_load(const char *entries, assay_vector_set *set)
{
    assay_test_folder folder;
    assay_vector_error error;
    char *text = NULL;
    assert_true(
        asprintf(&text,
                 "{\"format\": 1, \"topic\": \"compact/a\", \"license\": \"CC0-1.0\", \"tests\": [%s]}",
                 entries) > 0);
    assay_test_folder_make(&folder);
    assay_test_folder_write(&folder, "compact/a.json", text);
    *error.text = 0;
    bool loaded = assay_vectors_read(folder.path, set, keep, &error) == 0;
    assay_test_folder_remove(&folder);
    free(text);
    if (!loaded) fail_msg("%s", error.text);
}
