/* A profile: what one implementation makes of what the specification leaves open. Every case that may come
 * out in several ways has a name for each; the profile holds the names that this implementation showed, so
 * that a change of mind between two versions is seen although neither is wrong.
 *
 *     # What apache-cpp makes of what the specification leaves open.
 *     testee: apache-cpp
 *     version: 0.17.0
 *     suite: 0.1.0
 *     vectors: 5f0c...
 *     date: 2026-03-01
 *
 *     compact/bool/byte-3@*  reads-as-false  # anything but 1 is false
 *     message/compact/type-5  handed-up
 *
 * Lines `KEY: VALUE` come first, each key once, `testee` at least. Then PATTERN OUTCOME [# reason], a pattern as
 * assay_glob_match says. Empty lines and lines that begin with `#` are comments. A line speaks only of cases
 * whose verdict is a note: a pattern may well match others. */
#ifndef SUITE_JUDGE_PROFILE_H
#define SUITE_JUDGE_PROFILE_H

#include "suite/judge/judge.h"
#include "wire/base/arena.h"

typedef struct assay_profile_entry {
    size_t line; /* from 1 */
    const char *pattern, *outcome;
    const char *reason; /* "" where there is none */
} assay_profile_entry;

/* Whose profile it is, and what it was made with. "" where the file does not say; for writing, testee never. */
typedef struct assay_profile_about {
    const char *testee, *version; /* as in its hello */
    const char *suite, *vectors;  /* version and digest */
    const char *date;             /* "2026-03-01" */
} assay_profile_about;

/* Owns all that it points to. */
typedef struct assay_profile {
    tw_arena arena;
    const char *file;
    assay_profile_about about;
    assay_profile_entry *entries; /* in file order */
    size_t count;
} assay_profile;

typedef struct assay_profile_error {
    char text[512]; /* "profile.txt:12: ..." */
} assay_profile_error;

/* Reads a profile. file names it in messages (copied). On false, error says which line is wrong and how, or
 * that memory was refused, and the profile is empty. A pattern that stands twice is an error; the order of lines
 * is not judged. */
bool assay_profile_parse(const char *file, tw_bytes text, assay_profile *profile, assay_profile_error *error);
void assay_profile_deinit(assay_profile *profile);

typedef enum assay_profile_match {
    ASSAY_PROFILE_SILENT,  /* the verdict is no note: nothing to compare */
    ASSAY_PROFILE_SAME,    /* a line names this outcome */
    ASSAY_PROFILE_CHANGED, /* lines match, and all name another */
    ASSAY_PROFILE_UNNAMED  /* no line matches */
} assay_profile_match;
#define ASSAY_PROFILE_MATCHES 4

/* Compares one judged case with the profile. *was is set to the first matching line when it has changed, to
 * NULL otherwise. */
assay_profile_match assay_profile_compare(const assay_profile *profile, const char *id,
                                          const assay_judgement *judgement, const assay_profile_entry **was);

/* What makes a comparison with a testee doubtful: the profile is another one's, or of another version (NULL or
 * "": not known). "" when nothing does, else in the arena; NULL when memory is refused. */
const char *assay_profile_remark(const assay_profile *profile, const char *testee, const char *version,
                                 tw_arena *arena);

#endif
