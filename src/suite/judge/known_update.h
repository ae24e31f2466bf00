/* Rewriting a list of known failures from what a run showed. */
#ifndef SUITE_JUDGE_KNOWN_UPDATE_H
#define SUITE_JUDGE_KNOWN_UPDATE_H

#include "suite/judge/known.h"

/* One case of the run, in words: the runner's types are not needed. */
typedef struct assay_known_case {
    const char *id, *parent_id; /* as in assay_case */
    const char *kind;           /* "" for a named vector */
    const char *title;
    assay_verdict verdict;
    const char *detail;
    size_t unlisted_passes; /* named vector: derived cases that passed and are not among the cases */
} assay_known_case;

typedef struct assay_known_options {
    const char *version;  /* the testee's, or NULL */
    bool collapse_partly; /* also patterns that most of their matches show, marked `partial` */
} assay_known_options;

typedef struct assay_known_changes {
    size_t kept, added, removed; /* lines */
} assay_known_changes;

/* What a new line's reason begins with, until a person has written the real one. */
#define ASSAY_KNOWN_UNEXPLAINED "unexplained: "

/* Appends the new text of the list to `to`. Lines that still hold, that do not apply to this version, and
 * that nothing was seen of stay as they are, comments too; lines that hold no more go; failures that no line
 * names get new ones with `issue=unreported` and a reason made from the vector's title, or those of the line
 * that named them before. One line stands for several cases where all that its pattern matches show its
 * verdict. The result is sorted by pattern. On false, error says which line of the old text is wrong, or that
 * memory was refused. */
bool assay_known_update(const char *file, tw_bytes text, const assay_known_case *cases, size_t count,
                        const assay_known_options *options, tw_buffer *to, assay_known_changes *changes,
                        assay_known_error *error);

/* Appends what a new list begins with: a comment on whose it is. False when memory is refused. */
bool assay_known_head(const char *testee, tw_buffer *to);

/* Appends the text of a list with its line `# suite-version: VERSION`, set anew or put in; as it is where the version
 * is "", not known. False when memory is refused. */
bool assay_known_stamp(tw_bytes text, const char *version, tw_buffer *to);

/* A remark on a line that is valid: "FILE:LINE: ...". */
typedef void assay_known_remark(void *context, const char *text);

/* Remarks on lines out of order and, with reasons, on lines whose reason is missing or still unexplained.
 * Returns how many. */
size_t assay_known_lint(const assay_known *known, bool reasons, assay_known_remark *remark, void *context);

#endif
