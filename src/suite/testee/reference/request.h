/* A request line taken apart, and how replies are put together. Shared by the files of this folder. */
#ifndef SUITE_TESTEE_REFERENCE_REQUEST_H
#define SUITE_TESTEE_REFERENCE_REQUEST_H

#include "suite/testee/reference/reference.h"
#include "suite/typed/idl.h"
#include "wire/stack/stack.h"

/* What BYTES were: the chunks in order, one behind the other. */
typedef struct assay_chunks {
    tw_bytes all;
    const size_t *lens; /* NULL for a single one */
    size_t count;       /* 0 for `-` */
} assay_chunks;

typedef struct assay_request {
    uint32_t id;
    tw_stack in, out;
    uint64_t count;                /* session */
    const assay_idl_struct *typed; /* typed: the table of NAME; else NULL */
    assay_chunks bytes[2];         /* reuse has two */
} assay_request;

/* Memory that is used again for every request. */
struct assay_reference {
    tw_tree tree;
    tw_tree typed;     /* what a typed reader keeps of it */
    tw_buffer bytes;   /* decoded BYTES */
    tw_buffer written; /* what the codec wrote */
    size_t *lens;      /* of chunks */
    size_t lens_capacity;
};

typedef void assay_verb_answer(assay_reference *r, const assay_request *q, tw_buffer *to);
assay_verb_answer assay_answer_transcode, assay_answer_read, assay_answer_skip, assay_answer_message,
    assay_answer_session, assay_answer_reuse, assay_answer_typed;

/* "ID WORD TEXT\n". */
void assay_put_text(tw_buffer *to, uint32_t id, const char *word, const char *text);

/* "ID ok CONSUMED BYTES\n", "ID part BYTES\n"; consumed SIZE_MAX is `?`. Where the line would be too long
 * they put `error too-long`, and the second gives false: the reply is at its end then. */
void assay_put_ok(tw_buffer *to, uint32_t id, size_t consumed, tw_bytes bytes);
bool assay_put_part(tw_buffer *to, uint32_t id, tw_bytes bytes);

/* The reply that an error of the codec deserves. */
void assay_put_error(tw_buffer *to, uint32_t id, const tw_error *error);

#endif
