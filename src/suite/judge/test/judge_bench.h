/* For unit tests only: a case, a testee's hello and what it did, made of one row of a table, and the row held
 * against the judge. */
#ifndef SUITE_JUDGE_TEST_JUDGE_BENCH_H
#define SUITE_JUDGE_TEST_JUDGE_BENCH_H

#include "suite/judge/judge.h"

/* Of a budget's measure: nobody did. */
#define UNMEASURED (-1)

/* A value in notation, and its bytes in hex. */
#define I32_5 "struct{1: i32 5}"
#define I32_5_COMPACT "150a00"

/* A message, and its bytes: in compact, in binary with the strict header and with the old one. */
#define PING "call \"ping\" #7 struct{1: i32 5}"
#define PING_COMPACT "8221070470696e67150a00"
#define PING_STRICT "800100010000000470696e67000000070800010000000500"
#define PING_OLD "0000000470696e6701000000070800010000000500"

typedef struct judge_row {
    const char *name;
    /* the case */
    assay_verb verb;
    assay_expect expect;
    assay_level level;
    const char *in, *out;  /* NULL: compact, compact */
    const char *values[3]; /* notation */
    const char *canonical; /* hex; NULL: not demanded */
    size_t consumed;       /* 0: not known */
    bool ordered, unknown_type;
    assay_end end;
    uint32_t depth;
    tw_rule error_rule; /* reject: the reference's rule */
    assay_named_outcome outcomes[3];
    const char *outcome_values[3];
    size_t bytes_len;               /* 0: 4 bytes */
    int64_t rss_budget, cpu_budget; /* 0: none */
    /* the testee */
    bool declares_consumed;
    int64_t depth_limit, frame_limit; /* 0: not declared */
    /* what it did */
    assay_act act;
    const char *reply; /* hex */
    const char *parts[4];
    size_t seen_consumed; /* 0: unknown */
    int64_t rss, cpu, peak;
    int signal;
    const char *said;
    bool strict, warns; /* warns: of the case */
    /* what is to be said of it */
    const char *want, *difference;
} judge_row;

/* Everything that a row is made into. Trees are kept for the whole row. */
typedef struct judge_bench {
    tw_tree trees[8];
    tw_envelope envelopes[8];
    assay_value values[8];
    size_t used;
    tw_bytes hex[8]; /* each of exact size */
    size_t hex_used;
    assay_case c;
    assay_hello hello;
    assay_observation seen;
    tw_bytes parts[4];
    assay_named_outcome outcomes[3];
} judge_bench;

/* Makes what the row says; the test fails when a value or hex of it is spelled wrongly. */
void judge_bench_init(judge_bench *bench, const judge_row *row);
void judge_bench_deinit(judge_bench *bench);

/* Judges each row. Where verdict or difference are not what it wants its name is printed, and the test fails. */
void judge_rows_check(const judge_row *rows, size_t count);

#endif
