/* The verdict: a pure function of case, hello and observation. */
#ifndef SUITE_JUDGE_JUDGE_H
#define SUITE_JUDGE_JUDGE_H

#include "suite/case/hello.h"
#include "suite/case/observation.h"

typedef enum assay_verdict {
    ASSAY_PASS,
    ASSAY_NOTE,         /* expect is either, or the level is may */
    ASSAY_WARN,         /* a should is broken */
    ASSAY_FAIL,         /* */
    ASSAY_NOT_VERIFIED, /* ran, and tells nothing */
    ASSAY_SKIPPED,      /* not declared */
    ASSAY_BROKEN        /* the suite or the glue failed */
} assay_verdict;
#define ASSAY_VERDICT_COUNT 7

/* "pass", "note", ... Static storage. */
const char *assay_verdict_name(assay_verdict verdict);

/* False when there is none of that name. */
bool assay_verdict_find(const char *name, assay_verdict *verdict);

typedef struct assay_judgement {
    assay_verdict verdict;
    /* Behind the colon: "wrong-accept", "crash", "unclean", an outcome's name ...; "" where there is none.
     * Borrowed from the case or static. */
    const char *detail;
    /* What differs, for people: "at 3[1]: expected bool true, got bool false"; "" where nothing does. In the
     * arena. */
    const char *difference;
    /* The values read from the reply, in the arena; NULL where it held none that could be read. */
    const char *got; /* notation, cut for reports */
} assay_judgement;

typedef struct assay_judge_options {
    bool strict; /* warnings are failures */
} assay_judge_options;

/* Judges one observation. The arena holds what the judgement points to, and is the caller's to reset. Returns
 * false when memory is refused. */
bool assay_judge(const assay_case *c, const assay_hello *hello, const assay_observation *seen,
                 const assay_judge_options *options, tw_arena *arena, assay_judgement *out);

/* "fail:wrong-accept", "note:reads-as-true", "pass". Writes into text, returns text. */
const char *assay_judgement_name(const assay_judgement *judgement, char *text, size_t size);

#endif
