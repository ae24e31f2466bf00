/* What every harness is: one property of the codec, checked on one specimen (suite/mutate/specimen.h).
 *
 * A harness is one file fuzz/NAME.c that defines `fuzz_this`. It is linked once with each engine: libFuzzer,
 * AFL++, and the replayer that needs neither. The property itself never prints, aborts or keeps state: it
 * says through prop_fail what it found, and the engine decides what to do about it. */
#ifndef FUZZ_HARNESS_HARNESS_H
#define FUZZ_HARNESS_HARNESS_H

#include "suite/mutate/specimen.h"
#include "wire/base/alloc.h"
#include "wire/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FUZZ_DETAIL_MAX 512

typedef struct fuzz_run {
    const char *token; /* NULL while the property holds; else the first failure's token */
    tw_rule rule;      /* the rule it belongs to, where one is known */
    char detail[FUZZ_DETAIL_MAX];
    uint64_t digest[2];    /* of what was noted: verdicts, consumed bytes, canonical bytes */
    const tw_alloc *alloc; /* for all that the property allocates: counts, and finds leaks */
} fuzz_run;

typedef struct fuzz_harness {
    const char *name;     /* the file's name without .c: "round_trip" */
    const char *property; /* what must hold, in one sentence */
    bool text;            /* its specimens are text (byte 0 is 0xff) */
    size_t max_len;       /* longer inputs are not looked at */
    const char
        *covers; /* the sources whose branches tell how far it got, with blanks between; NULL: src/wire */
    const char *const *tokens; /* every token it can fail with, NULL at the end */
    const char *self_test;     /* a planted fault (wire/base/fault.def) that it must find within seconds */
    void (*check)(fuzz_run *run, const assay_specimen *specimen);
} fuzz_harness;

extern const fuzz_harness fuzz_this;

/* Says that the property does not hold. Only the first call of a run counts. token: a literal, lower-case
 * words with dashes, which names the way of failing for minimising, finding duplicates and reports; the text
 * is for people. Returns false, so that `return prop_fail(...)` can end a helper. */
__attribute__((format(printf, 4, 5))) bool prop_fail(fuzz_run *run, const char *token, tw_rule rule,
                                                     const char *format, ...);

/* Adds bytes to the run's digest: replay compares it, so that a silent change of behaviour shows. */
void prop_note(fuzz_run *run, const void *bytes, size_t len);

/* Runs the property on one input, copied to a heap block of its exact size, with a counting allocator of its
 * own; a leak is the failure "leak". Memory is freed before it returns. The result is in *run. */
void fuzz_run_one(const fuzz_harness *harness, tw_bytes input, fuzz_run *run);

#endif
