/* What the verbs of `assay corpus` share. */
#ifndef CLI_CORPUS_COMMON_H
#define CLI_CORPUS_COMMON_H

#include "cli/cli.h"
#include "suite/corpus/corpus.h"
#include "suite/mutate/specimen.h"

/* Where the corpus is unless --corpus tells. */
#define ASSAY_CORPUS_DEFAULT "corpus"

/* Loads all of it; the caller deinits. False, with a complaint, where something cannot be read. */
bool assay_cli_corpus_load(const char *verb, const char *root, assay_corpus *corpus);

/* Writes an input to ROOT/HARNESS under its sum, whole or not at all. False with a complaint. */
bool assay_cli_corpus_put(const char *verb, const char *root, const char *harness, tw_bytes input);

/* Whether --harness names one; complains when not. */
bool assay_cli_corpus_harness(const char *verb, const char *name);

/* Whether the corpus has a folder for it; complains when not, and says which there are: a name that was
 * misspelt must not begin a harness. */
bool assay_cli_corpus_has(const char *verb, const char *root, const char *harness);

/* How bytes that are no specimens become some: --stack and --message. */
typedef struct assay_corpus_wrap {
    const char *stack; /* NULL: they are specimens already */
    bool message, text;
} assay_corpus_wrap;

/* False, with a complaint, for a stack that specimens do not know. */
bool assay_cli_corpus_wrap_ok(const char *verb, const assay_corpus_wrap *wrap);

/* Appends the specimen that the file's bytes are, or become. False when memory is refused. */
bool assay_cli_corpus_wrap(const assay_corpus_wrap *wrap, tw_bytes bytes, tw_buffer *to);

/* How much of what a harness may keep is taken. */
typedef struct assay_corpus_room {
    size_t files, bytes;
} assay_corpus_room;

assay_corpus_room assay_cli_corpus_room(const assay_corpus *corpus, const char *harness);

#endif
