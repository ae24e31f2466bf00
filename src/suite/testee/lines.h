/* Bytes in, replies out: the reading half of the line protocol. It knows of no process and no socket. Lines
 * are found and hex is decoded as bytes come, in any pieces; memory is bounded by the limit. */
#ifndef SUITE_TESTEE_LINES_H
#define SUITE_TESTEE_LINES_H

#include "suite/testee/testee.h"

typedef struct assay_lines {
    char *data; /* [start, len) is not read yet; no line end before `scanned` */
    size_t start, scanned, len, capacity;
    size_t limit;      /* longest line */
    tw_buffer decoded; /* parts and bytes of the reply being read */
    tw_bytes *parts;   /* until the reply is complete, only the lengths */
    size_t part_count, part_capacity;
    size_t part_bytes;  /* of the decoded parts */
    size_t part_budget; /* line bytes that parts of this reply may still take */
    uint32_t part_id;
    tw_buffer text; /* of a reply whose text was not clean */
    unsigned notes;
    char complaint[320]; /* of GARBAGE: what is wrong, and the line */
} assay_lines;

typedef enum assay_lines_next_kind {
    ASSAY_LINES_MORE,    /* no complete reply is there */
    ASSAY_LINES_REPLY,   /* */
    ASSAY_LINES_GARBAGE, /* lines->complaint says what; nothing can be read after it */
    ASSAY_LINES_MEMORY   /* memory was refused */
} assay_lines_next_kind;

/* limit 0: ASSAY_LINE_MAX. Allocates nothing. */
void assay_lines_init(assay_lines *lines, size_t limit);
void assay_lines_deinit(assay_lines *lines);

/* Where bytes are to be read to, and how many fit (never 0); NULL when memory is refused. What the last reply
 * points to is gone after it. */
char *assay_lines_room(assay_lines *lines, size_t *room);

/* Says that n bytes were put there. */
void assay_lines_filled(assay_lines *lines, size_t n);

/* Takes the next reply with its parts. What it points to is valid until the next call of next or room. */
assay_lines_next_kind assay_lines_next(assay_lines *lines, assay_reply *reply);

/* True when the bytes so far end inside a line, or a part's final line is missing. complaint then shows it.
 */
bool assay_lines_unfinished(assay_lines *lines);

#endif
