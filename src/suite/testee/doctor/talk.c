/* Checks of the conversation: what every testee answers, whatever its library. */
#include "suite/testee/doctor/patient.h"
#include "suite/testee/hex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGE_BYTES = 16 << 20, LARGE_MS = 60000 };

/* Names in a list of the hello that this suite does not know. Returns how many. */
static size_t note_unknown(assay_patient *p, const char *what, const assay_strings *names,
                           bool (*known)(const char *name))
{
    size_t count = 0;
    for (size_t i = 0; i < names->count; i++) {
        if (known(names->items[i])) continue;
        assay_patient_note(p, "%s \"%.64s\" is unknown to this suite and is not tested", what,
                           names->items[i]);
        count++;
    }
    return count;
}

static bool known_protocol(const char *name)
{
    tw_stack stack;
    return strchr(name, '/') == NULL && tw_stack_parse(name, &stack, NULL);
}

static bool known_transports(const char *name)
{
    char text[128];
    tw_stack stack;
    int len = snprintf(text, sizeof text, "%s/binary", name);
    return len < (int)sizeof text && tw_stack_parse(text, &stack, NULL);
}

static bool known_type(const char *name)
{
    return tw_type_find(name, strlen(name)) != TW_STOP;
}

void assay_check_hello(assay_patient *p)
{
    const assay_hello *h = &p->d.hello;
    size_t protocols = h->protocols.count - note_unknown(p, "protocol", &h->protocols, known_protocol);
    note_unknown(p, "transport", &h->transports, known_transports);
    note_unknown(p, "type", &h->types, known_type);
    if (!h->version) assay_patient_note(p, "no version: results cannot be told apart later");
    if (protocols == 0)
        assay_patient_fail(
            p, "Declare at least one of binary, binary-old, binary-strict and compact in \"protocols\".",
            "no protocol that this suite knows");
    else if (!(h->verbs & (1u << ASSAY_TRANSCODE | 1u << ASSAY_READ)))
        assay_patient_fail(
            p,
            "Implement `transcode`, or `read` where the library cannot write, and declare it in \"verbs\".",
            "neither transcode nor read is declared");
    else
        assay_patient_ok(p, "%.64s %.64s", h->name, h->version ? h->version : "");
}

void assay_check_hello_again(assay_patient *p)
{
    assay_hello again;
    char why[128];
    if (!assay_patient_ask(p, "hello 1", p->options->timeout_ms)) return;
    const char *text = assay_dialog_text(&p->d);
    if (p->d.kind != ASSAY_REPLY_HELLO) {
        assay_patient_fail(p,
                           "Answer `ID hello 1` with `ID hello {...}` whenever it comes, under its own id.",
                           "answered with %s", assay_patient_kind(p->d.kind));
    } else if (!assay_hello_parse(text, strlen(text), &again, why, sizeof why)) {
        assay_patient_fail(p, "Send the same JSON each time.", "the second hello cannot be read: %s", why);
    } else {
        if (assay_hello_equal(&p->d.hello, &again))
            assay_patient_ok(p, "%s", "");
        else
            assay_patient_fail(p, "Build the hello from what does not change.",
                               "the second hello is another one");
        assay_hello_deinit(&again);
    }
}

static void expect_kind(assay_patient *p, const char *request, assay_reply_kind kind, const char *mend)
{
    if (!assay_patient_ask(p, request, p->options->timeout_ms)) return;
    if (p->d.kind == kind)
        assay_patient_ok(p, "%s", "");
    else
        assay_patient_fail(p, mend, "`%s` was answered with %s", request, assay_patient_kind(p->d.kind));
}

void assay_check_hello_version(assay_patient *p)
{
    expect_kind(p, "hello 999999", ASSAY_REPLY_ERROR,
                "Answer a hello of any version but 1 with `ID error TEXT`.");
}

void assay_check_unknown_verb(assay_patient *p)
{
    expect_kind(p, "no-such-verb binary 00", ASSAY_REPLY_UNSUPPORTED,
                "Answer a verb that the glue does not have with `ID unsupported TEXT`, and go on.");
}

/* Echoes `bytes`, given as hex, and compares. */
static void echo(assay_patient *p, const char *hex, const uint8_t *bytes, size_t len, unsigned timeout_ms)
{
    static const char mend[] =
        "Answer `ID echo BYTES` with `ID ok LENGTH BYTES`, the same bytes in hex, `-` for none.";
    char *request = malloc(strlen(hex) + 6);
    if (!request) {
        assay_patient_fail(p, "Free some memory for the suite.", "out of memory");
        return;
    }
    stpcpy(stpcpy(request, "echo "), hex);
    bool answered = assay_patient_ask(p, request, timeout_ms);
    free(request);
    if (!answered) return;
    if (p->d.kind != ASSAY_REPLY_OK)
        assay_patient_fail(p, mend, "answered with %s %.100s", assay_patient_kind(p->d.kind),
                           assay_dialog_text(&p->d));
    else if (!tw_bytes_equal(tw_buffer_view(&p->d.bytes), tw_bytes_of(bytes, len)))
        assay_patient_fail(p, mend, "%zu bytes were sent, and %zu others came back", len, p->d.bytes.len);
    else
        assay_patient_ok(p, "%s", "");
}

void assay_check_flush(assay_patient *p)
{
    if (assay_dialog_ask(&p->d, "echo 00", p->options->timeout_ms)) {
        assay_patient_ok(p, "%s", "");
    } else if (p->d.ended) {
        assay_patient_lost(p);
    } else {
        /* Does it come when the input ends? */
        assay_dialog_close(&p->d, ASSAY_PART_BYE, p->options->timeout_ms);
        assay_patient_fail(p, "Flush standard output after every reply line.", "%s",
                           p->d.replies > 0 ? "the reply comes only when the input is closed"
                                            : "no reply in time");
        assay_patient_close(p, ASSAY_PART_KILL, 0);
    }
}

void assay_check_echo_nothing(assay_patient *p)
{
    echo(p, "-", NULL, 0, p->options->timeout_ms);
}

void assay_check_echo_bytes(assay_patient *p)
{
    uint8_t bytes[256];
    char hex[2 * sizeof bytes + 1];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)i;
        snprintf(hex + 2 * i, 3, "%02x", (unsigned)i);
    }
    echo(p, hex, bytes, sizeof bytes, p->options->timeout_ms);
}

void assay_check_chunks(assay_patient *p)
{
    static const uint8_t bytes[] = {0x0b, 0, 1, 2};
    if (!p->d.hello.chunks) return;
    echo(p, "0b00,01,02", bytes, sizeof bytes, p->options->timeout_ms);
}

void assay_check_echo_large(assay_patient *p)
{
    size_t len = p->options->large_bytes ? p->options->large_bytes : LARGE_BYTES;
    uint8_t *bytes = malloc(len);
    char *hex = malloc(len * 2 + 1);
    if (bytes && hex) {
        memset(bytes, 0x5a, len);
        assay_hex_encode(bytes, len, hex);
        hex[len * 2] = 0;
        /* Slow glue gets its time; one that does not answer little things is not waited for. */
        echo(p, hex, bytes, len, p->sick ? p->options->timeout_ms : LARGE_MS);
    } else {
        assay_patient_fail(p, "Free some memory for the suite.", "out of memory");
    }
    free(bytes);
    free(hex);
}

/* What was sent under which id. */
typedef struct batch {
    uint32_t ids[64];
    size_t lens[64];
    size_t count, wrong;
} batch;

static void on_batch_reply(void *context, const assay_reply *reply)
{
    batch *b = context;
    for (size_t i = 0; i < b->count; i++) {
        if (b->ids[i] != reply->id) continue;
        bool right = reply->kind == ASSAY_REPLY_OK && reply->bytes.len == b->lens[i];
        for (size_t n = 0; right && n < reply->bytes.len; n++) right = reply->bytes.data[n] == (uint8_t)i;
        if (!right) b->wrong++;
    }
}

/* As many requests at once as the hello allows, of very different lengths, together just below 1 MiB. */
void assay_check_window(assay_patient *p)
{
    enum { SPAN = 500000 };
    batch b = {.count = 0};
    size_t window = p->d.hello.window, before = p->d.replies;
    char *request = malloc(2 * SPAN + 8);
    if (!request) return;
    p->d.on_reply = on_batch_reply;
    p->d.context = &b;
    for (size_t i = 0; i < window; i++) {
        size_t len = i % 2 == 0 ? SPAN / window : 1, at = (size_t)(stpcpy(request, "echo ") - request);
        for (size_t n = 0; n < len; n++, at += 2) snprintf(request + at, 3, "%02x", (unsigned)i);
        b.lens[i] = len;
        b.count = i + 1;
        b.ids[i] = assay_testee_send(p->d.testee, tw_bytes_of(request, at));
    }
    free(request);
    bool all = assay_dialog_wait(&p->d, before + window, p->options->timeout_ms * 2);
    p->d.on_reply = NULL;
    if (!all && !p->d.ended && p->d.replies > before) {
        assay_patient_fail(p, "Answer all requests that are open, or declare a smaller \"window\".",
                           "%zu requests were sent at once, as declared, and %zu answered", window,
                           p->d.replies - before);
        assay_patient_close(p, ASSAY_PART_KILL, 0);
    } else if (!all) {
        assay_patient_lost(p);
    } else if (b.wrong > 0) {
        assay_patient_fail(p, "Send each reply under the id of its own request.",
                           "%zu of %zu replies hold what another "
                           "request asked for",
                           b.wrong, window);
    } else {
        assay_patient_ok(p, "%zu at once", window);
    }
}
