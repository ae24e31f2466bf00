#include "suite/run/words.h"

#include "wire/text/notation.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define VALUE_ROOM 400u /* bytes of a value's spelling */
#define SAID_ROOM 400   /* bytes of what a testee said */

static void append(tw_buffer *to, const char *text)
{
    tw_buffer_append(to, text, strlen(text));
}

static void append_value(const assay_value *value, tw_buffer *to)
{
    if (!value->root) return;
    if (value->envelope) {
        const tw_envelope *envelope = value->envelope;
        char kind[16], sequence[16];
        const char *name = tw_message_kind_name(envelope->kind);
        snprintf(kind, sizeof kind, "type(%u)", envelope->kind);
        snprintf(sequence, sizeof sequence, "\" #%" PRId32 " ", envelope->sequence_id);
        append(to, name ? name : kind);
        append(to, " \"");
        /* The bytes of a name are foreign: only those that can stand in a line as they are do. */
        for (size_t i = 0; i < envelope->name.len && i < 64; i++) {
            uint8_t byte = envelope->name.data[i];
            tw_buffer_append_byte(to, byte >= 0x20 && byte < 0x7f ? byte : '?');
        }
        append(to, sequence);
    }
    if (tw_notation_write_brief(value->root, VALUE_ROOM, to) != TW_OK) to->failed = true;
}

static void append_values(const assay_case *c, tw_buffer *to)
{
    for (size_t i = 0; i < c->value_count && to->len < 3 * VALUE_ROOM; i++) {
        if (i) append(to, "; ");
        append_value(&c->values[i], to);
    }
    if (c->verb != ASSAY_SESSION) return;
    append(to, c->value_count ? "; then " : "");
    append(to, c->end == ASSAY_END_OK ? "end" : "refused");
}

static void append_refusal(const assay_case *c, tw_buffer *to)
{
    char text[64];
    append(to, "refused");
    if (c->error.cls == TW_OK) return;
    snprintf(text, sizeof text, ": %s at byte %" PRIu64, tw_class_name(c->error.cls), c->error.offset);
    append(to, text);
    if (c->error.rule == TW_RULE_NONE) return;
    append(to, " (");
    append(to, tw_rule_info_of(c->error.rule)->id);
    append(to, ")");
}

static void append_outcomes(const assay_case *c, tw_buffer *to)
{
    append(to, "one of ");
    for (size_t i = 0; i < c->outcome_count; i++) {
        if (i) append(to, ", ");
        append(to, c->outcomes[i].name);
    }
    if (!c->outcome_count) append(to, "accept, reject");
}

const char *assay_words_expected(const assay_case *c, tw_arena *arena)
{
    tw_buffer text;
    tw_buffer_init(&text, arena->alloc);
    switch (c->expect) {
    case ASSAY_ACCEPT:
        if (c->value_count)
            append_values(c, &text);
        else
            append(&text, "accepted");
        break;
    case ASSAY_REJECT: append_refusal(c, &text); break;
    case ASSAY_EITHER: append_outcomes(c, &text); break;
    }
    const char *copy = text.failed ? NULL : tw_arena_copy(arena, text.data, text.len);
    tw_buffer_deinit(&text);
    return copy;
}

const char *assay_words_ending(int exit_status, int signal, const char *text, char *to, size_t size)
{
    if (signal)
        snprintf(to, size, "signal %d (%s)", signal, strsignal(signal));
    else if (exit_status >= 0 && !(exit_status == 0 && *text))
        snprintf(to, size, "exit status %d", exit_status);
    else
        snprintf(to, size, "%s", *text ? text : "the connection ended");
    return to;
}

static const char *suffix(const assay_observation *seen)
{
    if (seen->assumed) return ", assumed";
    if (seen->stateful) return ", stateful";
    return seen->unconfirmed ? ", unconfirmed" : "";
}

const char *assay_words_got(const assay_observation *seen, const char *value, tw_arena *arena)
{
    const char *said = seen->text ? seen->text : "";
    char ending[160];
    switch (seen->act) {
    case ASSAY_ACT_ACCEPT:
        if (value && *value) return tw_arena_copy(arena, value, strlen(value));
        return "accepted";
    case ASSAY_ACT_CRASH:
        assay_words_ending(seen->exit_status, seen->signal, said, ending, sizeof ending);
        return tw_arena_printf(arena, "crash: %s%s", ending, suffix(seen));
    case ASSAY_ACT_HANG: return tw_arena_printf(arena, "hang: %.*s%s", SAID_ROOM, said, suffix(seen));
    case ASSAY_ACT_NOT_RUN: return "not run";
    case ASSAY_ACT_REJECT:
        return *said ? tw_arena_printf(arena, "refused: %.*s", SAID_ROOM, said) : "refused";
    default:
        return tw_arena_printf(arena, "%s%s%.*s%s", assay_act_name(seen->act), *said ? ": " : "", SAID_ROOM,
                               said, suffix(seen));
    }
}
