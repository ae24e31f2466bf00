/* One input for a person who has never seen one. */
#ifndef SUITE_CORPUS_STORY_H
#define SUITE_CORPUS_STORY_H

#include "wire/base/bytes.h"
#include "wire/base/error.h"

/* Appends, on one line, what the reference says of the input: `accepted: struct{1: i32 5}`, `refused: compact:
 * malformed at byte 3 ...`, or `text`. TW_OK or TW_MEMORY. */
tw_class assay_story_verdict(tw_bytes input, tw_buffer *to);

/* Appends the head in words, the verdict, and every byte of the payload with what it is. TW_OK or TW_MEMORY. */
tw_class assay_story_write(tw_bytes input, bool colour, tw_buffer *to);

#endif
