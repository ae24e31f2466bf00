#include "suite/testee/reference/request.h"
#include "suite/typed/read.h"

#include <string.h>

static void put_memory(tw_buffer *to, uint32_t id)
{
    assay_put_text(to, id, "nomem", "out of memory");
}

/* Writes the value to OUT, and that as the reply. */
static void put_value(assay_reference *r, const assay_request *q, const tw_envelope *envelope,
                      const tw_node *root, size_t consumed, tw_buffer *to)
{
    tw_buffer_clear(&r->written);
    tw_class cls = q->out.transport_count == 0 && !envelope
                       ? tw_encode(q->out.protocol, root, &r->written)
                       : tw_stack_encode(&q->out, envelope, root, &r->written);
    if (cls == TW_MEMORY)
        put_memory(to, q->id);
    else if (cls != TW_OK)
        assay_put_text(to, q->id, "fault", "the value cannot be written");
    else
        assay_put_ok(to, q->id, consumed, tw_buffer_view(&r->written));
}

/* The same with the tree, or with what a typed reader keeps of it. */
static void put_tree(assay_reference *r, const assay_request *q, const tw_envelope *envelope, size_t consumed,
                     tw_buffer *to)
{
    tw_ruleset open;
    tw_error error;
    if (!q->typed)
        put_value(r, q, envelope, tw_tree_root(&r->tree), consumed, to);
    else if (assay_typed_read(q->typed, tw_tree_root(&r->tree), &r->typed, &open, &error) == TW_OK)
        put_value(r, q, envelope, tw_tree_root(&r->typed), consumed, to);
    else
        assay_put_error(to, q->id, &error);
}

static tw_bytes chunk_at(const assay_chunks *chunks, size_t index, size_t *offset)
{
    size_t len = chunks->lens ? chunks->lens[index] : chunks->all.len;
    tw_bytes chunk = tw_bytes_of(chunks->all.data + *offset, len);
    *offset += len;
    return chunk;
}

/* The reading end of a request, and what it is fed with. */
typedef struct source {
    tw_input *input;
    const assay_chunks *chunks;
    size_t next, offset;
} source;

static bool open_source(source *s, const tw_stack *stack, const assay_chunks *chunks)
{
    *s = (source){tw_input_new(stack, NULL, NULL), chunks, 0, 0};
    return s->input != NULL;
}

/* Reads one unit (tree NULL: skips), handing over a chunk each time that more is needed. Never TW_NEXT_MORE.
 */
static tw_next read_unit(source *s, tw_unit unit, tw_envelope *envelope, tw_tree *tree, tw_outcome *out)
{
    for (;;) {
        tw_next next =
            tree ? tw_input_next(s->input, unit, envelope, tree, out) : tw_input_skip(s->input, out);
        if (next != TW_NEXT_MORE) return next;
        if (s->next == s->chunks->count) {
            tw_input_end(s->input);
        } else if (tw_input_feed(s->input, chunk_at(s->chunks, s->next++, &s->offset)) != TW_OK) {
            out->error = (tw_error){.cls = TW_MEMORY};
            return TW_NEXT_ERROR;
        }
    }
}

/* What is said when the one unit that was wanted did not come. */
static void put_missing(tw_next next, const tw_outcome *out, uint32_t id, tw_buffer *to)
{
    if (next == TW_NEXT_END)
        assay_put_text(to, id, "reject", "truncated: the input is empty");
    else
        assay_put_error(to, id, &out->error);
}

static void answer_layered(assay_reference *r, const assay_request *q, const assay_chunks *chunks,
                           tw_unit unit, tw_buffer *to)
{
    source s;
    tw_outcome out;
    tw_envelope envelope;
    if (!open_source(&s, &q->in, chunks)) {
        put_memory(to, q->id);
        return;
    }
    tw_next next = read_unit(&s, unit, &envelope, &r->tree, &out);
    if (next == TW_NEXT_READY)
        put_tree(r, q, unit == TW_UNIT_MESSAGE ? &envelope : NULL, tw_input_consumed(s.input), to);
    else
        put_missing(next, &out, q->id, to);
    tw_input_free(s.input);
}

/* In one piece and without transports the protocol can work on the request's bytes themselves. */
static bool is_plain(const tw_stack *stack, const assay_chunks *chunks)
{
    return stack->transport_count == 0 && chunks->count <= 1;
}

static void transcode(assay_reference *r, const assay_request *q, const assay_chunks *chunks, tw_buffer *to)
{
    if (!is_plain(&q->in, chunks)) {
        answer_layered(r, q, chunks, TW_UNIT_STRUCT, to);
        return;
    }
    tw_outcome out;
    if (tw_decode(q->in.protocol, chunks->all, NULL, &r->tree, &out) == TW_OK)
        put_tree(r, q, NULL, out.consumed, to);
    else
        assay_put_error(to, q->id, &out.error);
}

void assay_answer_transcode(assay_reference *r, const assay_request *q, tw_buffer *to)
{
    transcode(r, q, &q->bytes[0], to);
}

void assay_answer_typed(assay_reference *r, const assay_request *q, tw_buffer *to)
{
    transcode(r, q, &q->bytes[0], to);
}

void assay_answer_read(assay_reference *r, const assay_request *q, tw_buffer *to)
{
    const char *why;
    assay_request plain = *q;
    if (tw_stack_parse("binary", &plain.out, &why)) transcode(r, &plain, &plain.bytes[0], to);
}

void assay_answer_message(assay_reference *r, const assay_request *q, tw_buffer *to)
{
    answer_layered(r, q, &q->bytes[0], TW_UNIT_MESSAGE, to);
}

void assay_answer_skip(assay_reference *r, const assay_request *q, tw_buffer *to)
{
    source s;
    tw_outcome out;
    (void)r;
    if (is_plain(&q->in, &q->bytes[0])) {
        if (tw_skip(q->in.protocol, q->bytes[0].all, NULL, &out) == TW_OK)
            assay_put_ok(to, q->id, out.consumed, tw_bytes_of(NULL, 0));
        else
            assay_put_error(to, q->id, &out.error);
        return;
    }
    if (!open_source(&s, &q->in, &q->bytes[0])) {
        put_memory(to, q->id);
        return;
    }
    tw_next next = read_unit(&s, TW_UNIT_STRUCT, NULL, NULL, &out);
    if (next == TW_NEXT_READY)
        assay_put_ok(to, q->id, tw_input_consumed(s.input), tw_bytes_of(NULL, 0));
    else
        put_missing(next, &out, q->id, to);
    tw_input_free(s.input);
}

void assay_answer_session(assay_reference *r, const assay_request *q, tw_buffer *to)
{
    source s;
    tw_outcome out;
    tw_envelope envelope;
    tw_output *output = tw_output_new(&q->out, NULL);
    if (!open_source(&s, &q->in, &q->bytes[0]) || !output) {
        put_memory(to, q->id);
        tw_input_free(s.input);
        tw_output_free(output);
        return;
    }
    for (uint64_t n = 0;; n++) {
        tw_next next = n < q->count ? read_unit(&s, TW_UNIT_MESSAGE, &envelope, &r->tree, &out) : TW_NEXT_END;
        if (next == TW_NEXT_END) {
            assay_put_ok(to, q->id, tw_input_consumed(s.input), tw_bytes_of(NULL, 0));
            break;
        }
        tw_buffer_clear(&r->written);
        if (next == TW_NEXT_READY)
            out.error.cls = tw_output_write(output, &envelope, tw_tree_root(&r->tree), &r->written);
        if (out.error.cls != TW_OK) {
            assay_put_error(to, q->id, &out.error);
            break;
        }
        if (!assay_put_part(to, q->id, tw_buffer_view(&r->written))) break;
    }
    tw_input_free(s.input);
    tw_output_free(output);
}

/* A tree is what this library uses again: the documented means is to decode into it. An input belongs to one
 * stream. */
void assay_answer_reuse(assay_reference *r, const assay_request *q, tw_buffer *to)
{
    source s;
    tw_outcome out;
    if (is_plain(&q->in, &q->bytes[0])) {
        tw_decode(q->in.protocol, q->bytes[0].all, NULL, &r->tree, &out);
    } else {
        if (!open_source(&s, &q->in, &q->bytes[0])) {
            put_memory(to, q->id);
            return;
        }
        read_unit(&s, TW_UNIT_STRUCT, NULL, &r->tree, &out);
        tw_input_free(s.input);
    }
    transcode(r, q, &q->bytes[1], to);
}
