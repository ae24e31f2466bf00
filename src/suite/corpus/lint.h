/* What is wrong with a corpus. */
#ifndef SUITE_CORPUS_LINT_H
#define SUITE_CORPUS_LINT_H

#include "suite/corpus/corpus.h"

/* text: "round_trip/3f78...: its content is that of another name, ..."; valid during the call. */
typedef void assay_corpus_report(void *context, const char *text);

/* Checks names against content, sizes and counts, that every regression is explained and the explanation true,
 * that lists of digests name what is there, and that nothing else lies about. Returns how many problems there
 * are. */
size_t assay_corpus_lint(const assay_corpus *corpus, assay_corpus_report *report, void *context);

/* The file of that folder and name, or NULL. */
const assay_corpus_file *assay_corpus_find(const assay_corpus *corpus, const char *folder, const char *name);

#endif
