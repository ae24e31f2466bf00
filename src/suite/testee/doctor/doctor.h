/* Checks glue: does a testee keep to the protocol, whatever its library does? Each finding says how to mend
 * it. */
#ifndef SUITE_TESTEE_DOCTOR_DOCTOR_H
#define SUITE_TESTEE_DOCTOR_DOCTOR_H

#include "suite/testee/testee.h"

typedef enum assay_finding {
    ASSAY_FINDING_OK,
    ASSAY_FINDING_NOTE, /* allowed, and worth knowing */
    ASSAY_FINDING_FAIL
} assay_finding;

/* One finding: which check, what was seen ("" for OK where there is nothing to say), and for FAIL one
 * sentence how to mend it ("" otherwise). Valid during the call. */
typedef void assay_doctor_report(void *context, assay_finding finding, const char *check, const char *seen,
                                 const char *mend);

typedef struct assay_doctor_options {
    assay_testee_options testee; /* a pipe or a connection */
    unsigned timeout_ms;         /* for one reply; 5000 is usual */
    size_t large_bytes;          /* of the large echo; 0: 16 MiB */
    const bool *interrupted;     /* NULL, or set by a signal's callback on the loop */
} assay_doctor_options;

typedef enum assay_health {
    ASSAY_HEALTH_WELL,
    ASSAY_HEALTH_MEND,     /* something failed */
    ASSAY_HEALTH_NO_START, /* it does not start or shake hands; what was found then was reported */
    ASSAY_HEALTH_INTERRUPTED
} assay_health;

/* Runs every check. The testee is started several times, one after the other. */
assay_health assay_doctor(uv_loop_t *loop, const assay_doctor_options *options, assay_doctor_report *report,
                          void *context);

#endif
