/* The result of a run, self-contained: what a report needs, no more. It owns all that it points to. */
#ifndef SUITE_RESULT_RESULT_H
#define SUITE_RESULT_RESULT_H

#include "wire/base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum assay_overall { ASSAY_CONFORMANT, ASSAY_NON_CONFORMANT, ASSAY_INCOMPLETE } assay_overall;

/* "CONFORMANT", "NON-CONFORMANT", "INCOMPLETE". */
const char *assay_overall_name(assay_overall overall);

typedef struct assay_result_counts {
    size_t pass, fail, warn, note, skip, not_verified, broken,
        known; /* known: failures that the list names */
} assay_result_counts;

typedef struct assay_result_case {
    const char *id, *parent_id, *kind; /* as in assay_case */
    const char *title, *why, *rule, *section, *sentence;
    const char *level;           /* "must" ... */
    const char *verb, *in, *out; /* out "" where there is none */
    const char *verdict;         /* "pass", "fail", ... */
    const char *detail;          /* "wrong-accept", ... or "" */
    bool known;                  /* a known failure, as listed */
    const char *known_reason;    /* or "" */
    const char *changed_from,
        *changed_to;     /* outcomes by name: the profile's and the one shown, where it is another; or "" */
    const char *outcome; /* the act: "accept", "reject", "crash", ...*/
    const char *expected, *got; /* one line each, notation or words */
    const char *difference;     /* or "" */
    const char *said;           /* the testee's words, or "" */
    const char *stderr_tail;    /* or "" */
    const char *request;        /* the request's bytes in hex, cut to 4 KiB with "..." */
    bool assumed, unconfirmed, stateful;
    double ms;
    int64_t rss_kib;  /* -1 when not measured */
    bool has_derived; /* a named vector: counts of its derived cases by verdict */
    assay_result_counts derived;
} assay_result_case;

/* How the outcomes of what is left open compare with a profile. */
typedef struct assay_result_profile {
    const char *file;        /* "" when there was none */
    const char *remark;      /* what makes the comparison doubtful, such as another version; or "" */
    bool pinned;             /* a changed outcome is a failure */
    size_t changed, unnamed; /* cases; the changed ones say so themselves */
} assay_result_profile;

typedef struct assay_result {
    tw_arena arena;
    const char *suite_version, *vectors_digest;
    const char *vectors_version; /* "1.0": later vectors were not run, or only warn; "" where not known */
    const char *testee_name, *testee_version, *testee_language;
    const char *hello_json; /* "{}" before a hello came */
    const char *command;    /* as it could be typed again */
    const char *started;    /* UTC, ISO 8601 */
    double seconds;
    uint64_t seed;
    assay_overall overall;
    const char *verdict_line; /* "CONFORMANT for binary, compact (transcode, skip). NOT VERIFIED: framed" */
    const char *const *incomplete;                    /* reasons, NULL at the end */
    assay_result_counts counts;                       /* over all cases */
    size_t named_passed, named_failed, named_skipped; /* over named vectors by their worst derived verdict */
    size_t cases_run;
    assay_result_case
        *cases; /* every named vector, and derived cases that did not pass (all with --all), in plan order */
    size_t case_count;
    const char *const
        *stale; /* known-failures findings, one line each: stale, expired, passing; NULL at the end */
    assay_result_profile profile;
    bool interrupted;
    int exit_code;
} assay_result;

/* An empty result: strings "", lists empty, overall INCOMPLETE, nothing allocated. Pointers that are set
 * later go to the arena or to static storage. */
void assay_result_init(assay_result *result);
void assay_result_deinit(assay_result *result);

/* Adds one case of that verdict ("pass", "fail", "not-verified", ...). A failure that is known counts as
 * known only. An unknown word counts as broken. */
void assay_result_count(assay_result_counts *counts, const char *verdict, bool known);

/* All of them together. */
size_t assay_result_total(const assay_result_counts *counts);

/* Where a case of this verdict puts its named vector in the totals. The worst of a vector and its derived
 * cases decides. */
typedef enum assay_standing {
    ASSAY_STANDING_PASSED,
    ASSAY_STANDING_SKIPPED,
    ASSAY_STANDING_FAILED
} assay_standing;

assay_standing assay_result_standing(const char *verdict, bool known);

#endif
