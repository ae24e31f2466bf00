/* Known failures: what an implementation is known to get wrong, one line each, checked both ways: a failure
 * that is not listed fails the run, and so does a line that no longer tells the truth.
 *
 *     PATTERN  VERDICT  [versions=RANGE] [until=DATE] [partial|varies] issue=URL-or-id  # reason
 *
 *     compact/list/bool*  fail:wrong-value  issue=THRIFT-1234  # bool elements are read as i8
 *     binary/size/minus@*  fail:crash  versions=>=0.17,<0.20  partial  issue=unreported  # in skip only
 *
 * PATTERN is as assay_glob_match says. VERDICT is exact: `fail:DETAIL` or `warn:DETAIL`, a detail the judge
 * gives. RANGE is one or more of >= > <= < = with a version, joined by commas, compared number by number.
 * Empty lines and lines that begin with `#` are comments; `# suite-version: 1.0` says which vectors were there
 * when the list was written. conformance/testees/README.md explains the file to
 * its writers. */
#ifndef SUITE_JUDGE_KNOWN_H
#define SUITE_JUDGE_KNOWN_H

#include "suite/judge/judge.h"
#include "wire/base/arena.h"

typedef struct assay_known_entry {
    size_t line; /* from 1 */
    const char *pattern;
    assay_verdict verdict; /* ASSAY_FAIL or ASSAY_WARN */
    const char *detail;    /* "wrong-accept", ...; never "" */
    const char *versions;  /* ">=0.17,<0.20", or NULL for all */
    const char *until;     /* the last day on which it holds, "2026-12-31", or NULL */
    bool partial;          /* some of what it matches may pass */
    bool varies;        /* and all of it may: what shows depends on chance, such as memory that was not set */
    const char *issue;  /* */
    const char *reason; /* "" where there is none */

    bool applies; /* its versions hold the testee's; true before assay_known_apply */
    size_t shown, passed,
        other;             /* matches seen that showed its verdict; that passed; that failed otherwise */
    const char *passed_id; /* the first of the latter; NULL when none did */
} assay_known_entry;

/* A list as loaded, and what was seen of it. Owns all that it points to. */
typedef struct assay_known {
    tw_arena arena;
    const char *file;
    char suite_version
        [16]; /* of the line `# suite-version: 1.0`: later vectors were not seen when the list was
                               written; "" where there is no such line */
    assay_known_entry *entries; /* in file order */
    size_t count;
} assay_known;

typedef struct assay_known_error {
    char text[512]; /* "known-failures.txt:12: unknown key \"version=\"; did you mean versions=?" */
} assay_known_error;

/* Reads a list. file names it in messages (copied). On false, error says which line is wrong and how, or that
 * memory was refused, and the list is empty. An entry that stands twice is an error; the order of lines is
 * not judged. */
bool assay_known_parse(const char *file, tw_bytes text, assay_known *known, assay_known_error *error);

/* As parse, from a file; one that cannot be opened or read is an error. */
bool assay_known_load(const char *path, assay_known *known, assay_known_error *error);
void assay_known_deinit(assay_known *known);

/* True when the version lies in the range. Versions compare number by number, missing numbers are 0, and what
 * follows the numbers ("-rc1") is not looked at. A version that does not begin with a number lies in no
 * range. range NULL: true. */
bool assay_known_version_in(const char *version, const char *range);

/* Chooses the entries that apply to a testee's version (NULL: unknown, only entries without a range apply).
 * Called once, after hello and before the first case is seen. */
void assay_known_apply(assay_known *known, const char *version);

/* Tells the list of one judged case, once for each case of the run, in any order. Returns the first entry in
 * the file that matches the id and shows this verdict, or NULL: the failure is then new. Every matching entry
 * is counted as used. An entry `warn:D` also stands for `fail:D`, which is what --strict makes of it.
 * Verdicts that say nothing (skip, not-verified, broken) are no evidence for or against an entry. */
const assay_known_entry *assay_known_see(assay_known *known, const char *id,
                                         const assay_judgement *judgement);

/* What is wrong with the list after a run that was not cut short: one line for each entry that is stale (no
 * match showed its verdict, but for `varies`; or, without `partial`, one passed) or expired before today ("2026-01-31").
 * Entries of which nothing was seen are not judged. narrowed: not all cases were selected, so that a
 * `partial` entry without a failing match proves nothing. Returns an array with NULL at the end, it and its
 * lines in the arena; NULL when memory is refused. */
const char *const *assay_known_findings(const assay_known *known, const char *today, bool narrowed,
                                        tw_arena *arena);

#endif
