#include "suite/typed/idl.h"

#include <string.h>

const assay_idl_file *assay_idl_file_at(size_t index)
{
    static const assay_idl_file *const files[] = {&assay_idl_assay, &assay_idl_parquet};
    return index < sizeof files / sizeof *files ? files[index] : NULL;
}

static bool is(const char *text, size_t len, const char *name)
{
    return strlen(name) == len && memcmp(text, name, len) == 0;
}

const assay_idl_struct *assay_idl_find(const char *name, size_t len)
{
    const char *dot = memchr(name, '.', len);
    if (!dot) return NULL;
    size_t file_len = (size_t)(dot - name), struct_len = len - file_len - 1;
    const assay_idl_file *file;
    for (size_t i = 0; (file = assay_idl_file_at(i)); i++) {
        if (!is(name, file_len, file->name)) continue;
        for (size_t j = 0; j < file->count; j++)
            if (is(dot + 1, struct_len, file->structs[j]->name)) return file->structs[j];
    }
    return NULL;
}
