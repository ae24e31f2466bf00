/* The look of an explanation: rows of offset, bytes and words. Not part of the library's public face.
 *
 *     hex   byte  bytes                       what they are
 *     0000     0  15                          field 1: i32
 */
#ifndef WIRE_TEXT_EXPLAIN_PAGE_H
#define WIRE_TEXT_EXPLAIN_PAGE_H

#include "wire/base/bytes.h"

/* What bytes are for; each has its colour. */
typedef enum tw_role {
    TW_ROLE_PLAIN,
    TW_ROLE_HEAD,      /* field headers, container headers */
    TW_ROLE_SIZE,      /* lengths of strings */
    TW_ROLE_VALUE,     /* */
    TW_ROLE_STOP,      /* */
    TW_ROLE_ENVELOPE,  /* */
    TW_ROLE_TRANSPORT, /* */
    TW_ROLE_REST,      /* not read */
    TW_ROLE_ERROR      /* */
} tw_role;

typedef struct tw_page {
    tw_buffer *to;
    bool colour;
    int hex_width, byte_width;
    tw_buffer words; /* of the row that is being made */
} tw_page;

/* largest: the largest offset that will be shown. */
void tw_page_init(tw_page *page, tw_buffer *to, bool colour, size_t largest);
void tw_page_deinit(tw_page *page);

/* Adds to the words of the row to come. */
__attribute__((format(printf, 2, 3))) void tw_page_say(tw_page *page, const char *format, ...);

/* Columns that words may still take in a row of that indent; at least 16. */
size_t tw_page_room(const tw_page *page, unsigned indent);

typedef struct tw_row {
    size_t hex_at, at; /* in the file (or in what a zlib stream inflates to), and in the layer's own stream */
    tw_bytes bytes;    /* the first eight are shown */
    unsigned indent;   /* columns */
    tw_role role;
    char gutter; /* '!' an error, '>' the mark, or a space */
} tw_row;

/* Appends a row with the words said so far, and forgets them. Words beyond the room run on. */
void tw_page_row(tw_page *page, const tw_row *row);

/* A line of words alone, over all columns; those said so far. */
void tw_page_line(tw_page *page, tw_role role);

/* The words said so far below the words of a row, wrapped. */
void tw_page_note(tw_page *page, unsigned indent, tw_role role);

/* The names of the columns. */
void tw_page_head(tw_page *page, const char *title);

#endif
