/* What a testee prints is read the same in whatever pieces it comes, and never costs more than its length. */
#include "fuzz/harness/harness.h"
#include "suite/testee/lines.h"

#include <string.h>

enum { REPLIES = 64, LINE_MOST = 512 };

static const char *const tokens[] = {"replies", "end", "content", "leak", "wrong-size", NULL};

/* What was read: a digest of each reply, and how it ended. */
typedef struct telling {
    uint64_t replies[REPLIES];
    size_t count;
    assay_lines_next_kind end;
    bool unfinished;
    char complaint[320];
} telling;

static uint64_t digest_of(const assay_reply *reply)
{
    fuzz_run sum = {.digest = {1, 1}};
    uint64_t numbers[4] = {reply->id, (uint64_t)reply->kind, reply->part_count, reply->consumed};
    prop_note(&sum, numbers, sizeof numbers);
    for (size_t i = 0; i < reply->part_count; i++) {
        prop_note(&sum, &reply->parts[i].len, sizeof reply->parts[i].len);
        prop_note(&sum, reply->parts[i].data, reply->parts[i].len);
    }
    prop_note(&sum, reply->bytes.data, reply->bytes.len);
    prop_note(&sum, reply->text, strlen(reply->text));
    return sum.digest[0] ^ sum.digest[1];
}

static void take_all(assay_lines *lines, telling *t)
{
    assay_reply reply;
    do {
        t->end = assay_lines_next(lines, &reply);
        if (t->end == ASSAY_LINES_REPLY && t->count < REPLIES) t->replies[t->count++] = digest_of(&reply);
    } while (t->end == ASSAY_LINES_REPLY);
}

static void read_all(tw_bytes text, size_t piece, telling *t)
{
    assay_lines lines;
    assay_lines_init(&lines, LINE_MOST);
    *t = (telling){.end = ASSAY_LINES_MORE};
    for (size_t at = 0; at < text.len && t->end == ASSAY_LINES_MORE; at += piece) {
        size_t room, n = text.len - at < piece ? text.len - at : piece;
        char *to = assay_lines_room(&lines, &room);
        if (!to || room < n) break;
        memcpy(to, text.data + at, n);
        assay_lines_filled(&lines, n);
        take_all(&lines, t);
    }
    t->unfinished = t->end == ASSAY_LINES_MORE && assay_lines_unfinished(&lines);
    if (t->end == ASSAY_LINES_GARBAGE) memcpy(t->complaint, lines.complaint, sizeof t->complaint);
    assay_lines_deinit(&lines);
}

/* A line that is too long is complained of as soon as that shows, so the words may show less of it in pieces. */
static void compare(fuzz_run *run, const telling *whole, const telling *pieces)
{
    if (whole->end != pieces->end || whole->unfinished != pieces->unfinished)
        prop_fail(run, "end", TW_RULE_NONE, "at once it ends as %d, in pieces as %d", whole->end,
                  pieces->end);
    else if (whole->count != pieces->count)
        prop_fail(run, "replies", TW_RULE_NONE, "%zu replies at once, %zu in pieces", whole->count,
                  pieces->count);
    else if (memcmp(whole->replies, pieces->replies, whole->count * sizeof whole->replies[0]) != 0)
        prop_fail(run, "content", TW_RULE_NONE, "other replies in pieces");
}

static void check(fuzz_run *run, const assay_specimen *specimen)
{
    telling whole, pieces;
    read_all(specimen->payload, specimen->payload.len ? specimen->payload.len : 1, &whole);
    read_all(specimen->payload, specimen->parameter % 32 + 1u, &pieces);
    compare(run, &whole, &pieces);
    prop_note(run, whole.replies, whole.count * sizeof whole.replies[0]);
    prop_note(run, &whole.end, sizeof whole.end);
    prop_note(run, whole.complaint, strlen(whole.complaint));
}

const fuzz_harness fuzz_this = {
    .name = "testee_lines",
    .property = "The lines that a testee prints are read the same in whatever pieces they come.",
    .text = true,
    .max_len = 2048,
    .covers = "src/suite/testee/lines.c src/suite/testee/hex.c",
    .tokens = tokens,
    .self_test = "LINES_PARTS_FORGOTTEN",
    .check = check,
};
