/* A conversation with one testee, one step after the other: for doctor, repro and tests, where nothing needs
 * to happen at the same time. Each call runs the loop until its end is known; nothing waits for ever. */
#ifndef SUITE_TESTEE_DIALOG_H
#define SUITE_TESTEE_DIALOG_H

#include "suite/testee/testee.h"

typedef struct assay_dialog {
    uv_loop_t *loop;
    uv_timer_t timer;
    assay_testee *testee;    /* NULL before open and after close */
    const bool *interrupted; /* NULL, or set from a signal's callback on the loop: waiting ends then */
    /* Called for each reply besides; may be NULL. Set after open. */
    void (*on_reply)(void *context, const assay_reply *reply);
    void *context;

    bool ready;
    assay_hello hello; /* once ready */

    size_t replies; /* in all */
    uint32_t id;    /* of the last reply; below is what it held, valid until the next call */
    assay_reply_kind kind;
    tw_buffer bytes; /* its bytes, or its text with a 0 behind it */
    size_t part_count, consumed;

    bool ended;
    assay_ending_cause cause;
    int exit_status, signal;
    char *text, *stderr_tail; /* of the ending; NULL before, or where memory was refused */
    int64_t max_rss_kib;
    unsigned notes;
    bool timed_out; /* the last wait */
} assay_dialog;

/* Starts the testee and waits for ready or ended. True when it is ready. An attach without a time-out waits
 * until it is interrupted. In each case the owner calls assay_dialog_close. */
bool assay_dialog_open(assay_dialog *dialog, uv_loop_t *loop, const assay_testee_options *options,
                       const bool *interrupted);

/* Goes on waiting for it after open was interrupted. */
bool assay_dialog_wait_ready(assay_dialog *dialog, unsigned timeout_ms);

/* Sends a request and waits for its reply. False when the time is over or the testee ended. */
bool assay_dialog_ask(assay_dialog *dialog, const char *request, unsigned timeout_ms);

/* Waits until so many replies have come in all. */
bool assay_dialog_wait(assay_dialog *dialog, size_t replies, unsigned timeout_ms);

/* Waits until it has ended. */
bool assay_dialog_wait_end(assay_dialog *dialog, unsigned timeout_ms);

typedef enum assay_parting {
    ASSAY_PART_BYE,
    ASSAY_PART_HANG_UP,
    ASSAY_PART_QUIT,
    ASSAY_PART_KILL
} assay_parting;

/* Ends it that way and waits for the end. What the dialog says of the ending stays until deinit. */
void assay_dialog_close(assay_dialog *dialog, assay_parting how, unsigned grace_ms);
void assay_dialog_deinit(assay_dialog *dialog);

/* The text of the last reply. */
static inline const char *assay_dialog_text(const assay_dialog *dialog)
{
    return dialog->kind == ASSAY_REPLY_OK ? "" : (const char *)dialog->bytes.data;
}

#endif
