/* A trivial struct through every stack, and every verb that carries one, that was declared: does the glue wire up what
 * its hello names? */
#include "suite/testee/doctor/patient.h"
#include "suite/testee/hex.h"
#include "wire/value/builder.h"
#include "wire/value/equal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool make_value(tw_tree *tree)
{
    tw_builder b;
    tw_builder_init(&b, tree);
    tw_build_struct(&b);
    tw_build_field(&b, 1);
    tw_build_i32(&b, 7);
    tw_build_field(&b, 2);
    tw_build_string(&b, tw_bytes_of("assay", 5));
    tw_build_end(&b);
    return tw_builder_finish(&b);
}

static bool declares(const assay_patient *p, assay_verb verb)
{
    return p->d.hello.verbs & 1u << verb;
}

/* What every testee has, one or the other. */
static assay_verb main_verb(const assay_patient *p)
{
    return declares(p, ASSAY_TRANSCODE) ? ASSAY_TRANSCODE : ASSAY_READ;
}

/* "transcode framed/compact framed/compact 0000..", "read framed/compact 0000..", or typed, for which the value is an
 * assay.Pair. NULL when memory is refused. */
static char *make_request(assay_verb verb, const char *stack, tw_bytes bytes)
{
    size_t size = 2 * strlen(stack) + 2 * bytes.len + 32;
    char *request = malloc(size);
    if (!request) return NULL;
    const char *name = verb == ASSAY_TYPED ? " assay.Pair" : "";
    int at = verb == ASSAY_READ
                 ? snprintf(request, size, "read %s ", stack)
                 : snprintf(request, size, "%s%s %s %s ", assay_verb_name(verb), name, stack, stack);
    assay_hex_encode(bytes.data, bytes.len, request + at);
    request[(size_t)at + 2 * bytes.len] = 0;
    return request;
}

/* Is the reply the value again? Reports where it is not. */
static bool check_reply(assay_patient *p, assay_verb verb, const char *name, const tw_stack *stack,
                        const tw_tree *sent, size_t len)
{
    static const char mend[] = "Read the struct through the library's own calls, and write what was read.";
    assay_dialog *d = &p->d;
    if (d->kind != ASSAY_REPLY_OK) {
        assay_patient_fail(
            p, d->kind == ASSAY_REPLY_UNSUPPORTED ? "Take what the glue does not do out of the hello." : mend,
            "%s: answered with %s %.100s", name, assay_patient_kind(d->kind), assay_dialog_text(d));
        return false;
    }
    tw_tree got;
    tw_outcome outcome;
    size_t consumed;
    tw_stack plain;
    if (verb == ASSAY_READ && tw_stack_parse("binary", &plain, NULL)) stack = &plain;
    tw_tree_init(&got, NULL, SIZE_MAX);
    bool same = tw_stack_decode(stack, tw_buffer_view(&d->bytes), TW_UNIT_STRUCT, NULL, NULL, &got, &outcome,
                                &consumed) == TW_OK &&
                tw_equal(tw_tree_root(sent), tw_tree_root(&got), TW_EQUAL_VALUES, NULL);
    tw_tree_deinit(&got);
    if (!same) {
        assay_patient_fail(p, mend, "%s: another value came back", name);
    } else if (d->hello.consumed && strstr(name, "zlib") == NULL && d->consumed != len) {
        assay_patient_fail(
            p, "Answer how many bytes the library took (whole frames), or leave \"consumed\" out.",
            "%s: %zu bytes were sent, CONSUMED is not that", name, len);
        same = false;
    }
    return same;
}

/* True when the verb does what it should on the stack; what is unknown here was noted with the hello. */
static bool check_stack(assay_patient *p, assay_verb verb, const char *name, const tw_tree *value)
{
    tw_stack stack;
    tw_buffer bytes;
    if (!tw_stack_parse(name, &stack, NULL)) return true;
    tw_buffer_init(&bytes, NULL);
    bool good = false;
    char *request = NULL;
    if (tw_stack_encode(&stack, NULL, tw_tree_root(value), &bytes) == TW_OK)
        request = make_request(verb, name, tw_buffer_view(&bytes));
    if (!request)
        assay_patient_fail(p, "Free some memory for the suite.", "out of memory");
    else if (assay_patient_ask(p, request, p->options->timeout_ms))
        good = check_reply(p, verb, name, &stack, value, bytes.len);
    free(request);
    tw_buffer_deinit(&bytes);
    return good;
}

void assay_check_stacks(assay_patient *p)
{
    tw_tree value;
    size_t count = 0;
    bool good = true;
    tw_tree_init(&value, NULL, SIZE_MAX);
    if (!make_value(&value)) {
        assay_patient_fail(p, "Free some memory for the suite.", "out of memory");
        good = false;
    }
    for (size_t i = 0; good && i < p->d.hello.protocols.count; i++) {
        const assay_strings *transports = &p->d.hello.transports;
        for (size_t n = 0; good && n <= transports->count; n++, count++) {
            char name[160];
            snprintf(name, sizeof name, "%.64s%s%.64s", n > 0 ? transports->items[n - 1] : "",
                     n > 0 ? "/" : "", p->d.hello.protocols.items[i]);
            good = check_stack(p, main_verb(p), name, &value);
        }
    }
    if (good) assay_patient_ok(p, "%zu of them", count);
    tw_tree_deinit(&value);
}

void assay_check_readers(assay_patient *p)
{
    static const assay_verb verbs[] = {ASSAY_READ, ASSAY_TYPED};
    const assay_strings *protocols = &p->d.hello.protocols;
    tw_tree value;
    bool good = true;
    size_t count = 0;
    tw_tree_init(&value, NULL, SIZE_MAX);
    if (!make_value(&value)) {
        assay_patient_fail(p, "Free some memory for the suite.", "out of memory");
        good = false;
    }
    for (size_t v = 0; v < sizeof verbs / sizeof *verbs; v++)
        for (size_t i = 0; good && declares(p, verbs[v]) && i < protocols->count; i++, count++)
            good = check_stack(p, verbs[v], protocols->items[i], &value);
    if (good) assay_patient_ok(p, "%zu of them", count);
    tw_tree_deinit(&value);
}

void assay_check_empty(assay_patient *p)
{
    static const char mend[] =
        "Answer errors that the library documents with `ID reject TEXT`, and list their kinds at the "
        "head of the glue.";
    char request[160];
    const assay_strings *protocols = &p->d.hello.protocols;
    const char *name = protocols->count > 0 ? protocols->items[0] : "binary";
    snprintf(request, sizeof request,
             main_verb(p) == ASSAY_TRANSCODE ? "transcode %.60s %.60s -" : "read %.60s -", name, name);
    if (!assay_patient_ask(p, request, p->options->timeout_ms)) return;
    if (p->d.kind == ASSAY_REPLY_REJECT)
        assay_patient_ok(p, "%s", "");
    else
        assay_patient_fail(p, mend, "no bytes at all were answered with %s %.100s",
                           assay_patient_kind(p->d.kind), assay_dialog_text(&p->d));
}
