/* What a testee did with one case. */
#ifndef SUITE_CASE_OBSERVATION_H
#define SUITE_CASE_OBSERVATION_H

#include "wire/base/bytes.h"

typedef enum assay_act {
    ASSAY_ACT_ACCEPT,      /* ok */
    ASSAY_ACT_REJECT,      /* */
    ASSAY_ACT_FAULT,       /* failed by an error of an undocumented kind */
    ASSAY_ACT_NOMEM,       /* */
    ASSAY_ACT_HANDED_UP,   /* an unknown type id went to the caller */
    ASSAY_ACT_CRASH,       /* the process ended, or the socket closed, with the case open */
    ASSAY_ACT_HANG,        /* no answer in time */
    ASSAY_ACT_GARBAGE,     /* a line that is no reply */
    ASSAY_ACT_UNSUPPORTED, /* */
    ASSAY_ACT_ERROR,       /* the glue failed */
    ASSAY_ACT_TOO_LONG,    /* error too-long */
    ASSAY_ACT_NOT_RUN      /* never sent: restarts used up, interrupted */
} assay_act;

/* "accept", "reject", ... Static storage. */
const char *assay_act_name(assay_act act);

typedef struct assay_observation {
    assay_act act;
    tw_bytes *parts; /* session: the messages before the end */
    size_t part_count;
    tw_bytes bytes;                            /* accept: the bytes of the reply */
    size_t consumed;                           /* accept: as answered; SIZE_MAX for `?` */
    const char *text;                          /* what the testee said, or "" */
    int exit_status;                           /* crash: exit status, or -1 */
    int signal;                                /* crash: the signal, or 0 */
    bool unconfirmed;                          /* crash, hang: did not happen again */
    bool stateful;                             /* crash, hang: needs the requests before it */
    bool assumed;                              /* not run: its class had shown this often enough */
    const char *stderr_tail;                   /* crash, hang: the end of standard error, or "" */
    double ms;                                 /* from request to reply; 0 when pipelined away */
    int64_t rss_kib, cpu_ms, peak_virtual_kib; /* budget cases: growth; -1 when not measured */
} assay_observation;

#endif
