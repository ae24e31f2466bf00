/* Cutting the bytes: @prefix gives only the first N, @chunk delivers them in pieces. */
#include "suite/vector/derive.h"
#include "suite/mutate/stream.h"
#include "suite/mutate/units.h"

#include <stdlib.h>

/* Token boundaries beyond the first bytes are looked at up to this many; far more than are ever used. */
enum { EDGES_MOST = 4 * ASSAY_CUTS_MOST, BYTE_BY_BYTE_MOST = 4096 };

typedef struct edges {
    const assay_deriving *d;
    size_t at[EDGES_MOST];
    size_t count;
} edges;

static bool add_edge(edges *e, size_t at)
{
    if (e->count == EDGES_MOST) return false;
    if (at > ASSAY_CUT_EACH_UP_TO) e->at[e->count++] = at;
    return true;
}

static bool add_payload_edge(edges *e, size_t at)
{
    return add_edge(e, assay_stream_place(&e->d->stack, e->d->base.bytes, at));
}

static bool on_part(void *context, size_t base, const tw_envelope_part *part, const tw_envelope *envelope)
{
    (void)envelope;
    return add_payload_edge(context, base + part->offset + part->len);
}

static bool on_token(void *context, size_t base, const tw_token *token)
{
    return token->len == 0 || add_payload_edge(context, base + token->offset + token->len);
}

static int by_size(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return x < y ? -1 : x > y;
}

/* Offsets beyond the first bytes at which something ends, ascending. */
static void find_edges(edges *e)
{
    const assay_deriving *d = e->d;
    size_t frame = 0, at, count = d->base.verb == ASSAY_SESSION ? d->base.count : 1;
    while ((at = assay_stream_next_edge(&d->stack, d->base.bytes, &frame)) != SIZE_MAX)
        if (!add_edge(e, at)) break;
    assay_units_walker walker = {on_part, on_token, e};
    if (assay_stack_is_plain(&d->stack)) assay_units_walk(&d->stack, d->payload, d->unit, count, &walker);
    qsort(e->at, e->count, sizeof *e->at, by_size);
}

void assay_derive_boundaries(assay_deriving *d)
{
    size_t len = d->base.bytes.len, count = 0;
    d->boundaries = tw_arena_take(d->arena, ASSAY_CUTS_MOST * sizeof(size_t));
    edges *e = len > ASSAY_CUT_EACH_UP_TO ? malloc(sizeof *e) : NULL;
    if (!d->boundaries || (len > ASSAY_CUT_EACH_UP_TO && !e)) {
        d->failed = true;
        free(e);
        return;
    }
    while (count <= ASSAY_CUT_EACH_UP_TO && count < len) {
        d->boundaries[count] = count;
        count++;
    }
    if (e) {
        e->d = d;
        e->count = 0;
        find_edges(e);
    }
    for (size_t i = 0; e && i < e->count; i++)
        for (size_t at = e->at[i] - 1; at <= e->at[i] + 1; at++)
            if (at > d->boundaries[count - 1] && at < len && count < ASSAY_CUTS_MOST)
                d->boundaries[count++] = at;
    d->boundary_count = count;
    free(e);
}

void assay_derive_prefix(assay_deriving *d)
{
    if (d->base.expect != ASSAY_ACCEPT || d->base.verb == ASSAY_SESSION || d->zlib) return;
    size_t bytes = 0;
    for (size_t i = 0; i < d->boundary_count; i++) {
        size_t at = d->boundaries[i];
        bytes += at;
        if (at >= d->base.consumed || bytes > ASSAY_CUT_BYTES_MOST) return;
        assay_case *c = assay_deriving_add_at(d, "prefix", at);
        if (!c) return;
        assay_deriving_refuse(c);
        c->bytes.len = at;
    }
}

static const size_t *every_offset(assay_deriving *d, size_t len)
{
    size_t *splits = tw_arena_take(d->arena, len * sizeof *splits);
    if (!splits) d->failed = true;
    for (size_t i = 0; splits && i < len; i++) splits[i] = i;
    return splits;
}

/* What reading the case once costs, in bytes: those that come over the wire, or all that is bounded where a few of them inflate to more. */
static size_t weight(const assay_deriving *d)
{
    if (!d->zlib) return d->base.bytes.len;
    tw_decode_options options = tw_decode_defaults();
    options.limits.message = ASSAY_CUT_BYTES_MOST;
    tw_outcome out;
    tw_input *input = tw_input_new(&d->stack, &options, NULL);
    bool heavy = true;
    if (input && tw_input_feed(input, d->base.bytes) == TW_OK) {
        tw_input_end(input);
        heavy = d->unit == TW_UNIT_STRUCT && tw_input_skip(input, &out) == TW_NEXT_ERROR &&
                out.error.cls == TW_LIMIT;
    }
    tw_input_free(input);
    return heavy ? ASSAY_CUT_BYTES_MOST + 1 : d->base.bytes.len;
}

void assay_derive_chunk(assay_deriving *d)
{
    size_t len = d->base.bytes.len, each = weight(d), bytes = each;
    for (size_t i = 0; i < d->boundary_count && bytes <= ASSAY_CUT_BYTES_MOST; i++) {
        if (d->boundaries[i] == 0) continue;
        assay_case *c = assay_deriving_add_at(d, "chunk", d->boundaries[i]);
        if (!c) return;
        c->splits = &d->boundaries[i];
        c->split_count = 1;
        bytes += each;
    }
    if (len < 3 || len > BYTE_BY_BYTE_MOST) return;
    const size_t *offsets = every_offset(d, len);
    assay_case *c = offsets ? assay_deriving_add(d, "chunk", "each") : NULL;
    if (!c) return;
    c->splits = offsets + 1;
    c->split_count = len - 1;
}
