#include "suite/run/observe.h"

#include <stdlib.h>
#include <string.h>

static assay_observation blank(assay_act act)
{
    return (assay_observation){.act = act,
                               .consumed = ASSAY_CONSUMED_UNKNOWN,
                               .text = "",
                               .exit_status = -1,
                               .stderr_tail = "",
                               .rss_kib = -1,
                               .cpu_ms = -1,
                               .peak_virtual_kib = -1};
}

static assay_act act_of_reply(assay_reply_kind kind)
{
    switch (kind) {
    case ASSAY_REPLY_OK: return ASSAY_ACT_ACCEPT;
    case ASSAY_REPLY_REJECT: return ASSAY_ACT_REJECT;
    case ASSAY_REPLY_FAULT: return ASSAY_ACT_FAULT;
    case ASSAY_REPLY_NOMEM: return ASSAY_ACT_NOMEM;
    case ASSAY_REPLY_HANDED_UP: return ASSAY_ACT_HANDED_UP;
    case ASSAY_REPLY_UNSUPPORTED: return ASSAY_ACT_UNSUPPORTED;
    case ASSAY_REPLY_ERROR: return ASSAY_ACT_ERROR;
    case ASSAY_REPLY_TOO_LONG: return ASSAY_ACT_TOO_LONG;
    case ASSAY_REPLY_HELLO: return ASSAY_ACT_ERROR;
    }
    return ASSAY_ACT_ERROR;
}

assay_observation assay_observe_reply(const assay_reply *reply, double ms)
{
    assay_observation seen = blank(act_of_reply(reply->kind));
    /* The runner hands parts on and never writes to them; the judge neither. */
    seen.parts = (tw_bytes *)(uintptr_t)reply->parts;
    seen.part_count = reply->part_count;
    seen.bytes = reply->bytes;
    if (reply->kind == ASSAY_REPLY_OK) seen.consumed = reply->consumed;
    seen.text = reply->text ? reply->text : "";
    seen.ms = ms;
    return seen;
}

static assay_act act_of_end(assay_talk_cause cause)
{
    switch (cause) {
    case ASSAY_TALK_HANG: return ASSAY_ACT_HANG;
    case ASSAY_TALK_GARBAGE: return ASSAY_ACT_GARBAGE;
    case ASSAY_TALK_MEMORY: return ASSAY_ACT_NOMEM;
    case ASSAY_TALK_BROKEN: return ASSAY_ACT_ERROR;
    default: return ASSAY_ACT_CRASH;
    }
}

assay_observation assay_observe_end(const assay_talk_end *end)
{
    assay_observation seen = blank(act_of_end(end->cause));
    seen.text = end->text;
    seen.stderr_tail = end->stderr_tail;
    if (seen.act == ASSAY_ACT_CRASH) {
        seen.exit_status = end->exit_status;
        seen.signal = end->signal;
    }
    if (seen.act == ASSAY_ACT_HANG) seen.ms = end->waited_ms;
    return seen;
}

bool assay_observe_is_bad(assay_talk_cause cause)
{
    return cause == ASSAY_TALK_CRASH || cause == ASSAY_TALK_HANG || cause == ASSAY_TALK_GARBAGE ||
           cause == ASSAY_TALK_MEMORY || cause == ASSAY_TALK_BROKEN;
}

assay_observation assay_observation_keep(const assay_observation *seen)
{
    assay_observation kept = *seen;
    kept.parts = NULL;
    kept.part_count = 0;
    kept.bytes = (tw_bytes){0};
    kept.text = strdup(seen->text);
    kept.stderr_tail = strdup(seen->stderr_tail);
    return kept;
}

void assay_observation_release(assay_observation *kept)
{
    free((char *)(uintptr_t)kept->text);
    free((char *)(uintptr_t)kept->stderr_tail);
    *kept = (assay_observation){0};
}
