/* What is to be written to a stream, gathered during one turn of the loop and sent in one write. */
#ifndef SUITE_TESTEE_OUTBOX_H
#define SUITE_TESTEE_OUTBOX_H

#include "wire/base/bytes.h"

#include <uv.h>

typedef struct assay_outbox {
    uv_stream_t *stream; /* NULL until it is opened */
    uv_prepare_t gather; /* runs before the loop sleeps */
    uv_write_t write;
    tw_buffer queue, flight; /* flight is in the hands of the loop */
    size_t sent;             /* of flight */
    bool flying;
    bool broken; /* the other side does not read any more; what is queued is dropped */
    void (*drained)(struct assay_outbox *); /* once, after finish, when nothing is left to write */
    void *context;
} assay_outbox;

/* Allocates nothing; the handle `gather` must be closed by the owner. */
void assay_outbox_init(assay_outbox *box, uv_loop_t *loop, void *context);
void assay_outbox_deinit(assay_outbox *box);

/* From now on there is somewhere to write to. */
void assay_outbox_open(assay_outbox *box, uv_stream_t *stream);

/* Appends "ID TEXT\n", or "TEXT\n" where id is negative. False when memory is refused. */
bool assay_outbox_add(assay_outbox *box, int64_t id, tw_bytes text);

/* Calls drained as soon as all is written or the box is broken; never from inside. */
void assay_outbox_finish(assay_outbox *box, void (*drained)(assay_outbox *));

#endif
