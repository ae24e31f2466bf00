/* Checks of the ends: bye, the end of the input, a line that is no request, and the form of what was said
 * till then. */
#include "suite/testee/doctor/patient.h"

#include <string.h>

static const char exit_mend[] = "Exit with status 0 after the reply to bye, and at the end of the input.";

void assay_check_bad_request(assay_patient *p)
{
    static const char line[] = "this line is no request";
    static const char mend[] =
        "Answer a line that is no request with `0 error bad request` and exit with a status other than 0.";
    assay_testee_send_line(p->d.testee, tw_bytes_of(line, sizeof line - 1));
    bool ended = assay_dialog_wait_end(&p->d, p->options->timeout_ms);
    if (!ended && p->options->interrupted && *p->options->interrupted) return;
    if (!ended)
        assay_patient_fail(p, mend, "the line was passed over in silence");
    else if (p->d.cause != ASSAY_ENDED_BROKEN)
        assay_patient_fail(p, mend, "it ended without that answer: %s",
                           p->d.text && *p->d.text ? p->d.text : "no reply at all");
    else if (!p->d.text || strcmp(p->d.text, "bad request") != 0)
        assay_patient_note(p, "answered `0 error %.100s`", p->d.text ? p->d.text : "");
    else
        assay_patient_ok(p, "%s", "");
    assay_patient_close(p, ASSAY_PART_KILL, 0);
}

static void report_end(assay_patient *p)
{
    const assay_dialog *d = &p->d;
    if (p->options->interrupted && *p->options->interrupted) return;
    if (d->cause == ASSAY_ENDED_GARBAGE)
        assay_patient_fail(p, "Write nothing to standard output after the reply to bye.", "%s",
                           d->text ? d->text : "");
    else if (d->cause == ASSAY_ENDED_KILLED)
        assay_patient_fail(p, exit_mend, "%s", d->text ? d->text : "");
    else if (d->signal)
        assay_patient_fail(p, exit_mend, "killed by signal %d", d->signal);
    else if (d->cause != ASSAY_ENDED_BYE)
        assay_patient_fail(p, exit_mend, "exit status %d%s%s", d->exit_status,
                           d->text && *d->text ? "; " : "", d->text ? d->text : "");
    else if (d->notes & ASSAY_NOTE_NO_BYE)
        assay_patient_fail(p, "Answer `ID bye` with `ID ok 0 -` before exiting.", "bye was not answered");
    else
        assay_patient_ok(p, "%s", "");
}

void assay_check_bye(assay_patient *p)
{
    assay_dialog_close(&p->d, ASSAY_PART_BYE, p->options->timeout_ms);
    report_end(p);
    assay_patient_close(p, ASSAY_PART_KILL, 0);
}

void assay_check_end_of_input(assay_patient *p)
{
    assay_dialog_close(&p->d, ASSAY_PART_HANG_UP, p->options->timeout_ms);
    report_end(p);
    assay_patient_close(p, ASSAY_PART_KILL, 0);
}

void assay_check_lines(assay_patient *p)
{
    assay_patient_close(p, ASSAY_PART_BYE, p->options->timeout_ms);
    if (p->notes & ASSAY_NOTE_CR) assay_patient_note(p, "lines end with CR LF; LF alone is enough");
    if (p->notes & ASSAY_NOTE_UPPER) assay_patient_note(p, "hex digits are upper-case; lower-case is usual");
    if (p->notes & ASSAY_NOTE_UTF8) assay_patient_note(p, "texts hold more than ASCII; shown as UTF-8");
    if (p->notes == 0) assay_patient_ok(p, "%s", "");
}
