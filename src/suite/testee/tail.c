#include "suite/testee/tail.h"
#include "suite/case/text.h"

#include <stdlib.h>
#include <string.h>

void assay_tail_init(assay_tail *tail)
{
    *tail = (assay_tail){NULL, 0, false};
}

void assay_tail_deinit(assay_tail *tail)
{
    free(tail->ring);
    assay_tail_init(tail);
}

void assay_tail_add(assay_tail *tail, const char *data, size_t len)
{
    if (!tail->ring && !(tail->ring = malloc(ASSAY_TAIL_BYTES))) return;
    if (len > ASSAY_TAIL_BYTES) {
        data += len - ASSAY_TAIL_BYTES;
        len = ASSAY_TAIL_BYTES;
        tail->full = true;
    }
    while (len > 0) {
        size_t n = ASSAY_TAIL_BYTES - tail->at;
        if (n > len) n = len;
        memcpy(tail->ring + tail->at, data, n);
        tail->at += n;
        data += n;
        len -= n;
        if (tail->at == ASSAY_TAIL_BYTES) {
            tail->at = 0;
            tail->full = true;
        }
    }
}

char *assay_tail_text(const assay_tail *tail)
{
    if (!tail->ring) return calloc(1, 1);
    char *whole = malloc(ASSAY_TAIL_BYTES);
    if (!whole) return NULL;
    size_t old = tail->full ? ASSAY_TAIL_BYTES - tail->at : 0;
    memcpy(whole, tail->ring + tail->at, old);
    memcpy(whole + old, tail->ring, tail->at);
    char *text = assay_text_clean_copy(whole, old + tail->at);
    free(whole);
    return text;
}
