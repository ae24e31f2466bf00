#include "suite/run/talk_state.h"

#include <string.h>

static assay_talk_cause cause_of(const assay_talk *talk, const assay_ending *ending)
{
    if (talk->killed_for != ASSAY_TALK_DONE) return talk->killed_for;
    switch (ending->cause) {
    case ASSAY_ENDED_BYE: return talk->bye_said ? ASSAY_TALK_DONE : ASSAY_TALK_CRASH;
    case ASSAY_ENDED_START:
    case ASSAY_ENDED_HANDSHAKE: return ASSAY_TALK_NOT_REACHED;
    case ASSAY_ENDED_EXIT: return talk->ready ? ASSAY_TALK_CRASH : ASSAY_TALK_NOT_REACHED;
    case ASSAY_ENDED_GARBAGE: return talk->ready ? ASSAY_TALK_GARBAGE : ASSAY_TALK_NOT_REACHED;
    case ASSAY_ENDED_BROKEN: return talk->ready ? ASSAY_TALK_BROKEN : ASSAY_TALK_NOT_REACHED;
    case ASSAY_ENDED_KILLED: return ASSAY_TALK_HANG;
    }
    return ASSAY_TALK_CRASH;
}

static void remember_incident(assay_talk *talk)
{
    assay_incident *incident = &talk->end.incident;
    incident->open = talk->end_open;
    incident->history = talk->end_history;
    incident->last_answered = talk->last_answered;
    for (unsigned i = 0; i < talk->used; i++) {
        const assay_open_request *request = &talk->ring[(talk->head + i) % ASSAY_TALK_RING];
        if (!request->answered && request->tag != ASSAY_TALK_IGNORED)
            talk->end_open[incident->open_count++] = request->tag;
    }
    size_t count = talk->sent < ASSAY_HISTORY_MAX ? talk->sent : ASSAY_HISTORY_MAX;
    for (size_t i = 0; i < count; i++)
        talk->end_history[i] = talk->history[(talk->sent - count + i) % ASSAY_HISTORY_MAX];
    incident->history_count = count;
    incident->empty_first = talk->bye_said;
    incident->oldest_only = talk->end.cause == ASSAY_TALK_HANG && !talk->bye_said;
}

void assay_talk_remember_end(assay_talk *talk, const assay_ending *ending)
{
    const char *text = talk->killed_for != ASSAY_TALK_DONE ? talk->killed_text : ending->text;
    talk->end_text = strdup(text ? text : "");
    talk->end_stderr = strdup(ending->stderr_tail ? ending->stderr_tail : "");
    talk->end = (assay_talk_end){
        .cause = cause_of(talk, ending),
        .after_bye = talk->bye_said,
        .exit_status = ending->exit_status,
        .signal = talk->killed_for != ASSAY_TALK_DONE ? 0 : ending->signal,
        .text = talk->end_text ? talk->end_text : "",
        .stderr_tail = talk->end_stderr ? talk->end_stderr : "",
        .waited_ms = (double)talk->oldest_ms,
        .unsent = talk->holding ? talk->held.tag : ASSAY_NOBODY,
    };
    remember_incident(talk);
}
