#include "suite/testee/doctor/doctor.h"
#include "suite/testee/doctor/patient.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* In the order in which glue is best mended: the first failure often causes the others. */
static const struct {
    const char *name;
    assay_check *run;
} checks[] = {
    {"hello", assay_check_hello},
    {"replies are flushed", assay_check_flush},
    {"hello again", assay_check_hello_again},
    {"hello of another version", assay_check_hello_version},
    {"unknown verb", assay_check_unknown_verb},
    {"echo of no bytes", assay_check_echo_nothing},
    {"echo of every byte", assay_check_echo_bytes},
    {"echo in chunks", assay_check_chunks},
    {"large echo", assay_check_echo_large},
    {"window and ids", assay_check_window},
    {"every stack", assay_check_stacks},
    {"read and typed", assay_check_readers},
    {"empty input", assay_check_empty},
    {"bad request", assay_check_bad_request},
    {"bye", assay_check_bye},
    {"end of input", assay_check_end_of_input},
    {"form of the lines", assay_check_lines},
};

static const char flush_mend[] = "Flush standard output after every reply line.";
static const char noise_mend[] =
    "Keep everything but replies off standard output: duplicate descriptor 1 for the "
    "replies, point descriptor 1 at standard error, and only then load the library.";

static void report(assay_patient *p, assay_finding finding, const char *mend, const char *format,
                   va_list args)
{
    char seen[768];
    vsnprintf(seen, sizeof seen, format, args);
    if (finding == ASSAY_FINDING_FAIL) p->sick = true;
    p->report(p->context, finding, p->check, seen, mend);
}

void assay_patient_ok(assay_patient *p, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    report(p, ASSAY_FINDING_OK, "", format, args);
    va_end(args);
}

void assay_patient_note(assay_patient *p, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    report(p, ASSAY_FINDING_NOTE, "", format, args);
    va_end(args);
}

void assay_patient_fail(assay_patient *p, const char *mend, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    report(p, ASSAY_FINDING_FAIL, mend, format, args);
    va_end(args);
}

const char *assay_patient_kind(assay_reply_kind kind)
{
    static const char *const names[] = {"ok",          "reject", "fault",          "nomem", "handed-up",
                                        "unsupported", "error",  "error too-long", "hello"};
    return names[kind];
}

bool assay_patient_open(assay_patient *p)
{
    if (p->open && !p->d.ended) return true;
    assay_patient_close(p, ASSAY_PART_KILL, 0);
    p->open = true;
    return assay_dialog_open(&p->d, p->loop, &p->options->testee, p->options->interrupted);
}

void assay_patient_close(assay_patient *p, assay_parting how, unsigned grace_ms)
{
    if (!p->open) return;
    assay_dialog_close(&p->d, how, grace_ms);
    p->notes |= p->d.notes & (ASSAY_NOTE_CR | ASSAY_NOTE_UPPER | ASSAY_NOTE_UTF8);
    assay_dialog_deinit(&p->d);
    p->open = false;
}

static bool interrupted(const assay_patient *p)
{
    return p->options->interrupted && *p->options->interrupted;
}

/* A line that was no reply: chatter, or a reply that is not written as it should be? */
static const char *mend_for_garbage(const char *text)
{
    if (strncmp(text, "not a reply", 11) == 0) return noise_mend;
    if (strncmp(text, "a reply to", 10) == 0) return "Answer each request once, under its own id.";
    if (strncmp(text, "bytes", 5) == 0)
        return "Write bytes as pairs of hex digits without blanks or commas, `-` for none.";
    return "Write replies as the protocol has them: ID ok CONSUMED BYTES, or ID WORD TEXT.";
}

/* The last line of standard error, which usually names the trouble. */
static const char *last_words(const assay_dialog *d, char *text, size_t size)
{
    const char *tail = d->stderr_tail ? d->stderr_tail : "";
    size_t end = strlen(tail);
    while (end > 0 && (tail[end - 1] == '\n' || tail[end - 1] == '\r')) end--;
    size_t start = end;
    while (start > 0 && tail[start - 1] != '\n') start--;
    if (end - start > 200) start = end - 200;
    if (end == 0)
        *text = 0;
    else
        snprintf(text, size, "; standard error ends: %.*s", (int)(end - start), tail + start);
    return text;
}

void assay_patient_lost(assay_patient *p)
{
    const assay_dialog *d = &p->d;
    char words[256];
    if (interrupted(p)) return;
    if (!d->ended) {
        assay_patient_fail(p, "Answer every request, and flush standard output after every reply line.",
                           "no reply in time");
        assay_patient_close(p, ASSAY_PART_KILL, 0);
        return;
    }
    last_words(d, words, sizeof words);
    if (d->cause == ASSAY_ENDED_GARBAGE)
        assay_patient_fail(p, mend_for_garbage(d->text ? d->text : ""), "%s", d->text ? d->text : "");
    else if (d->cause == ASSAY_ENDED_BROKEN)
        assay_patient_fail(p, "Read the request as the protocol writes it: ID VERB ARG... BYTES.",
                           "it took the request for a bad one: %s", d->text ? d->text : "");
    else if (d->signal)
        assay_patient_fail(p, "Answer instead of ending: look at standard error.", "killed by signal %d%s",
                           d->signal, words);
    else
        assay_patient_fail(p, "Go on reading until bye or the end of the input.", "it ended, status %d%s%s%s",
                           d->exit_status, d->text && *d->text ? "; " : "", d->text ? d->text : "", words);
    assay_patient_close(p, ASSAY_PART_KILL, 0);
}

bool assay_patient_ask(assay_patient *p, const char *request, unsigned timeout_ms)
{
    if (assay_dialog_ask(&p->d, request, timeout_ms)) return true;
    assay_patient_lost(p);
    return false;
}

/* Does the hello come once the input is closed? Then it only sat in a buffer. */
static bool hello_is_buffered(assay_patient *p)
{
    static const bool at_once = true;
    if (p->options->testee.channel != ASSAY_CHANNEL_PIPE) return false;
    assay_dialog d;
    bool early = assay_dialog_open(&d, p->loop, &p->options->testee, &at_once);
    d.interrupted = p->options->interrupted;
    assay_dialog_close(&d, ASSAY_PART_BYE, p->options->timeout_ms);
    bool buffered = d.ready && !early;
    assay_dialog_deinit(&d);
    return buffered;
}

static void explain_no_start(assay_patient *p)
{
    char words[256], seen[512];
    snprintf(seen, sizeof seen, "%s", p->d.text ? p->d.text : "out of memory");
    bool handshake = p->d.cause == ASSAY_ENDED_HANDSHAKE;
    bool silent = handshake && strncmp(seen, "no hello", 8) == 0,
         noisy = handshake && strncmp(seen, "not a", 5) == 0;
    last_words(&p->d, words, sizeof words);
    assay_patient_close(p, ASSAY_PART_KILL, 0);
    p->check = handshake ? "hello" : "start";
    const char *mend =
        "Check the command or address: it must run, read standard input and write standard output.";
    if (handshake) mend = "Answer the line `0 hello 1` with `0 hello {\"name\": ...}` in one line of JSON.";
    if (noisy) mend = noise_mend;
    if (silent && hello_is_buffered(p)) {
        mend = flush_mend;
        snprintf(seen, sizeof seen, "the hello comes only when the input is closed");
    }
    if (!interrupted(p)) assay_patient_fail(p, mend, "%s%s", seen, words);
}

assay_health assay_doctor(uv_loop_t *loop, const assay_doctor_options *options, assay_doctor_report *to,
                          void *context)
{
    assay_patient p = {.loop = loop, .options = options, .report = to, .context = context, .check = "start"};
    for (size_t i = 0; i < sizeof checks / sizeof checks[0] && !interrupted(&p); i++) {
        p.check = checks[i].name;
        if (assay_patient_open(&p)) {
            checks[i].run(&p);
        } else if (i == 0) {
            explain_no_start(&p);
            return interrupted(&p) ? ASSAY_HEALTH_INTERRUPTED : ASSAY_HEALTH_NO_START;
        } else if (!interrupted(&p)) {
            assay_patient_fail(&p,
                               "Let it start again after it has ended, with nothing left over from before.",
                               "it does not start again: %s", p.d.text ? p.d.text : "");
            break;
        }
    }
    assay_patient_close(&p, ASSAY_PART_KILL, 0);
    if (interrupted(&p)) return ASSAY_HEALTH_INTERRUPTED;
    return p.sick ? ASSAY_HEALTH_MEND : ASSAY_HEALTH_WELL;
}
