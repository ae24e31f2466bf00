/* What the checks of this folder share. */
#ifndef SUITE_TESTEE_DOCTOR_PATIENT_H
#define SUITE_TESTEE_DOCTOR_PATIENT_H

#include "suite/testee/dialog.h"
#include "suite/testee/doctor/doctor.h"

typedef struct assay_patient {
    uv_loop_t *loop;
    const assay_doctor_options *options;
    assay_doctor_report *report;
    void *context;
    const char *check; /* the one that runs */
    assay_dialog d;
    bool open; /* the dialog must be closed */
    bool sick; /* something failed */
    unsigned notes;
} assay_patient;

/* Starts it, unless it runs already. False when it does not start or shake hands; nothing is reported. */
bool assay_patient_open(assay_patient *p);
void assay_patient_close(assay_patient *p, assay_parting how, unsigned grace_ms);

__attribute__((format(printf, 2, 3))) void assay_patient_ok(assay_patient *p, const char *format, ...);
__attribute__((format(printf, 2, 3))) void assay_patient_note(assay_patient *p, const char *format, ...);
__attribute__((format(printf, 3, 4))) void assay_patient_fail(assay_patient *p, const char *mend,
                                                              const char *format, ...);

/* Asks; when no reply comes, reports why as a failure and ends the dialog. */
bool assay_patient_ask(assay_patient *p, const char *request, unsigned timeout_ms);

/* Reports why no reply came, or why it ended. */
void assay_patient_lost(assay_patient *p);

/* How people name a kind of reply: "ok", "reject". */
const char *assay_patient_kind(assay_reply_kind kind);

/* A check starts with the dialog open, and may end it. */
typedef void assay_check(assay_patient *p);
assay_check assay_check_hello, assay_check_hello_again, assay_check_hello_version, assay_check_unknown_verb,
    assay_check_flush, assay_check_echo_nothing, assay_check_echo_bytes, assay_check_echo_large,
    assay_check_chunks, assay_check_window, assay_check_stacks, assay_check_readers, assay_check_empty,
    assay_check_bad_request, assay_check_bye, assay_check_end_of_input, assay_check_lines;

#endif
