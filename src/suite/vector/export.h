/* Vectors in forms that other programs take: a folder of files, C, lines of JSON, seeds for fuzzers. */
#ifndef SUITE_VECTOR_EXPORT_H
#define SUITE_VECTOR_EXPORT_H

#include "suite/vector/vector.h"

typedef enum assay_export_format {
    ASSAY_EXPORT_FOLDER, /* accept/ID.bin, reject/ID.bin, either/ID.bin, beside each ID.txt with the words, and
                            for reuse ID.before.bin; characters that file names should not hold as %XX */
    ASSAY_EXPORT_C,      /* assay_vectors.h and assay_vectors.c */
    ASSAY_EXPORT_JSONL,  /* vectors.jsonl: an object a line */
    ASSAY_EXPORT_SEEDS   /* STACK/SHA256 with `-` for `/` in the stack: the bytes alone, each once */
} assay_export_format;

/* "folder", "c", "jsonl", "seeds"; false for another name. */
bool assay_export_format_find(const char *name, assay_export_format *format);

/* Takes bytes of a file, by its path below the destination. Several calls in a row with one path make one file.
 * False ends the export. */
typedef bool assay_export_put(void *context, const char *path, tw_bytes bytes);

typedef struct assay_export_options {
    assay_export_format format;
    const char *const *patterns; /* as assay_glob_match takes them; a case is wanted that one matches */
    size_t pattern_count;        /* 0: all */
    bool derived;                /* derived cases too, but for those that differ in delivery alone (@chunk,
                                    @after-reject) */
    size_t max_bytes;            /* cases with more bytes are left out */
} assay_export_options;

typedef struct assay_export_counts {
    size_t cases;     /* that were exported */
    size_t too_long;  /* that were left out for their length */
    size_t files;     /* distinct paths; seeds: bytes that several cases share count once */
    size_t unmatched; /* index of the first pattern that matches nothing; pattern_count where all do */
} assay_export_counts;

typedef enum assay_export_end {
    ASSAY_EXPORT_DONE,
    ASSAY_EXPORT_STOPPED, /* put said so */
    ASSAY_EXPORT_MEMORY
} assay_export_end;

/* Exports the set, in its order. The same set and options always give the same files. */
assay_export_end assay_export(assay_vector_set *set, const assay_export_options *options,
                              assay_export_put *put, void *context, assay_export_counts *counts);

#endif
