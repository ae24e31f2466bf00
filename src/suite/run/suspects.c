#include "suite/run/suspects.h"

#include <stdlib.h>
#include <string.h>

static void settle(assay_suspects *suspects, assay_blame blame, size_t blamed)
{
    suspects->phase = ASSAY_TRY_DONE;
    suspects->blame = blame;
    suspects->blamed = blamed;
}

static void give_up(assay_suspects *suspects)
{
    settle(suspects, ASSAY_BLAME_UNCONFIRMED, suspects->alone_count ? suspects->tags[0] : ASSAY_NOBODY);
}

/* One request is no sequence: it was tried alone already. */
static void begin_whole(assay_suspects *suspects)
{
    suspects->phase = ASSAY_TRY_WHOLE;
    suspects->works = 1;
    suspects->fails = suspects->history_count;
    if (suspects->history_count < 2) give_up(suspects);
}

static void begin_alone(assay_suspects *suspects)
{
    suspects->phase = ASSAY_TRY_ALONE;
    suspects->at = 0;
    if (!suspects->alone_count) begin_whole(suspects);
}

bool assay_suspects_init(assay_suspects *suspects, const assay_incident *incident)
{
    *suspects = (assay_suspects){.blame = ASSAY_BLAME_OPEN, .blamed = ASSAY_NOBODY};
    size_t open = incident->oldest_only && incident->open_count ? 1 : incident->open_count;
    size_t *tags = calloc(open + 1 + incident->history_count, sizeof *tags);
    if (!tags) return false;
    if (open) memcpy(tags, incident->open, open * sizeof *tags);
    suspects->tags = tags;
    suspects->alone_count = open;
    if (incident->last_answered != ASSAY_NOBODY && !(incident->oldest_only && open))
        tags[suspects->alone_count++] = incident->last_answered;
    suspects->history = tags + suspects->alone_count;
    suspects->history_count = incident->history_count;
    if (incident->history_count)
        memcpy(tags + suspects->alone_count, incident->history, incident->history_count * sizeof *tags);
    suspects->phase = ASSAY_TRY_EMPTY;
    if (incident->sure && open)
        settle(suspects, ASSAY_BLAME_ALONE, tags[0]);
    else if (!incident->empty_first)
        begin_alone(suspects);
    return true;
}

void assay_suspects_deinit(assay_suspects *suspects)
{
    free(suspects->tags);
    *suspects = (assay_suspects){.phase = ASSAY_TRY_DONE, .blamed = ASSAY_NOBODY};
}

/* Halfway between an end that works and one that fails. */
static size_t middle(const assay_suspects *suspects)
{
    return suspects->works + (suspects->fails - suspects->works) / 2;
}

const size_t *assay_suspects_trial(const assay_suspects *suspects, size_t *count)
{
    const size_t *end = suspects->history + suspects->history_count;
    switch (suspects->phase) {
    case ASSAY_TRY_EMPTY: *count = 0; return suspects->tags;
    case ASSAY_TRY_ALONE: *count = 1; return suspects->tags + suspects->at;
    case ASSAY_TRY_WHOLE: *count = suspects->history_count; return suspects->history;
    case ASSAY_TRY_CUT: *count = middle(suspects); return end - *count;
    case ASSAY_TRY_DONE: break;
    }
    *count = 0;
    return NULL;
}

static void cut(assay_suspects *suspects, bool failed, size_t blamed)
{
    size_t length = suspects->phase == ASSAY_TRY_WHOLE ? suspects->history_count : middle(suspects);
    if (failed) {
        suspects->fails = length;
        suspects->blamed = blamed;
    } else if (suspects->phase == ASSAY_TRY_WHOLE) {
        give_up(suspects);
        return;
    } else {
        suspects->works = length;
    }
    suspects->phase = ASSAY_TRY_CUT;
    if (suspects->fails - suspects->works > 1) return;
    suspects->sequence = suspects->fails;
    settle(suspects, ASSAY_BLAME_STATEFUL, suspects->blamed);
}

void assay_suspects_tell(assay_suspects *suspects, bool failed, size_t blamed)
{
    switch (suspects->phase) {
    case ASSAY_TRY_EMPTY:
        if (failed)
            settle(suspects, ASSAY_BLAME_ALWAYS, ASSAY_NOBODY);
        else
            begin_alone(suspects);
        break;
    case ASSAY_TRY_ALONE:
        if (failed)
            settle(suspects, ASSAY_BLAME_ALONE, suspects->tags[suspects->at]);
        else if (++suspects->at == suspects->alone_count)
            begin_whole(suspects);
        break;
    case ASSAY_TRY_WHOLE:
    case ASSAY_TRY_CUT: cut(suspects, failed, blamed); break;
    case ASSAY_TRY_DONE: break;
    }
}
