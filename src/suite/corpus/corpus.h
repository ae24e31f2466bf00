/* All files of a corpus: corpus/HARNESS/SHA1, corpus/HARNESS.digest, corpus/regressions/SLUG.bin and SLUG.txt. */
#ifndef SUITE_CORPUS_CORPUS_H
#define SUITE_CORPUS_CORPUS_H

#include "wire/base/arena.h"
#include "wire/base/bytes.h"

/* What a harness may keep in the tree; everything else is an artifact of a run. */
#define ASSAY_CORPUS_FILES 200
#define ASSAY_CORPUS_BYTES ((size_t)256 << 10)

#define ASSAY_REGRESSIONS "regressions"

typedef struct assay_corpus_file {
    const char *path;   /* below the root: "round_trip/3f78..." */
    const char *folder; /* "round_trip", "regressions"; "" at the root */
    const char *name;
    bool nested; /* stands deeper than one folder below the root */
    tw_bytes bytes;
} assay_corpus_file;

typedef struct assay_corpus {
    tw_arena arena;           /* of all that it points to */
    assay_corpus_file *files; /* in order of path */
    size_t count, capacity;
} assay_corpus;

/* Reads every file below the folder, but those whose names begin with a dot. False when something cannot be read
 * (`why` says what; at most 64 MiB a file); deinit follows in either case. */
bool assay_corpus_load(const char *root, assay_corpus *corpus, char why[512]);
void assay_corpus_deinit(assay_corpus *corpus);

/* True for an input (of a harness, or a regression's .bin), and not a text about inputs. */
bool assay_corpus_is_input(const assay_corpus_file *file);

/* True for a name that a harness's folder may have: letters, digits and _; not "regressions". */
bool assay_harness_name_ok(const char *name);

#endif
