#include "suite/mutate/mutate.h"
#include "suite/mutate/shrink/shrinker.h"
#include "suite/mutate/token.h"

#include <stdlib.h>

enum { TOKENS_MOST = 4096 };

/* A token, as far as it helps to cut between tokens. */
typedef struct mark {
    tw_token_kind kind;
    size_t at;      /* in inner */
    uint32_t depth; /* steps of its path */
    int64_t number; /* of the last step: a field's id, or the index of an element or pair */
    bool sized;
    assay_target size;
} mark;

typedef struct work {
    assay_shrinker *s;
    assay_specimen head;
    bool compact;
    size_t base; /* where the struct begins */
    size_t stop; /* where reading it ended: behind it, or at the place of its error */
    mark *marks;
    size_t count;
} work;

static bool on_token(void *context, const tw_token *token)
{
    work *w = context;
    size_t base = w->base;
    uint32_t depth = token->path->depth;
    if (w->count == TOKENS_MOST || depth >= TW_PATH_KEPT) return false;
    mark *m = &w->marks[w->count++];
    *m = (mark){.kind = token->kind, .at = base + token->offset, .depth = depth};
    if (depth) m->number = token->path->steps[depth - 1].at;
    m->sized = assay_token_size(token, w->compact, base, &m->size);
    return true;
}

static bool load(work *w)
{
    tw_tracer tracer = {on_token, w};
    tw_decode_options options = {.limits = tw_limits_generous()};
    tw_envelope envelope;
    tw_envelope_result header;
    tw_outcome out;
    w->head = assay_shrinker_inner(w->s);
    w->count = w->base = 0;
    if (w->head.text || w->head.payload.len == 0 || !assay_shrinker_goes_on(w->s)) return false;
    const tw_stack *stack = assay_specimen_stack(w->head.stack);
    tw_bytes inner = w->head.payload;
    w->compact = stack->protocol == &tw_compact;
    if (w->head.unit == TW_UNIT_MESSAGE) {
        if (stack->envelope->read(inner, &options.limits, false, &envelope, &header) != TW_OK) return false;
        w->base = header.consumed;
    }
    tw_trace(stack->protocol, tw_bytes_of(inner.data + w->base, inner.len - w->base), &options, &tracer,
             &out);
    w->stop = w->base + (out.error.cls == TW_OK ? out.consumed : (size_t)out.error.offset);
    if (w->stop > inner.len) w->stop = inner.len;
    return true;
}

/* Offers the bytes without [from, to), and, where a size is given, with that many less. */
static bool offer_without(work *w, size_t from, size_t to, const assay_target *size, size_t less)
{
    tw_bytes inner = w->head.payload;
    tw_buffer cut, counted;
    tw_buffer_init(&cut, NULL);
    tw_buffer_init(&counted, NULL);
    tw_buffer_append(&cut, inner.data, from);
    tw_buffer_append(&cut, inner.data + to, inner.len - to);
    tw_bytes made = tw_buffer_view(&cut);
    tw_class cls = cut.failed ? TW_MEMORY : TW_OK;
    if (cls == TW_OK && size) {
        const tw_stack *bare = assay_specimen_stack(w->compact);
        cls = assay_target_write(size, bare, made, made, (int64_t)(size->value - less), &counted);
        made = tw_buffer_view(&counted);
    }
    if (cls == TW_MEMORY) w->s->failed = true;
    bool taken = cls == TW_OK && assay_shrinker_offer_inner(w->s, &w->head, made);
    tw_buffer_deinit(&counted);
    tw_buffer_deinit(&cut);
    return taken;
}

/* Where the next token stands that is no deeper than the one at i, or the end of all. */
static size_t end_of(const work *w, size_t i)
{
    for (size_t j = i + 1; j < w->count; j++)
        if (w->marks[j].depth <= w->marks[i].depth && w->marks[j].kind != TW_TOKEN_END &&
            (w->marks[j].kind == TW_TOKEN_FIELD || w->marks[j].kind == TW_TOKEN_STOP ||
             w->marks[j].depth < w->marks[i].depth))
            return w->marks[j].at;
    return w->head.payload.len;
}

static void drop_fields(work *w)
{
    for (size_t i = 0; load(w) && i < w->count;) {
        bool taken =
            w->marks[i].kind == TW_TOKEN_FIELD && offer_without(w, w->marks[i].at, end_of(w, i), NULL, 0);
        if (!taken) i++;
    }
}

/* The first token of the element or pair with that index or a later one; the container's header is at i. */
static size_t element(const work *w, size_t i, int64_t index)
{
    size_t j = i + 1;
    while (j < w->count && w->marks[j].depth > w->marks[i].depth &&
           !(w->marks[j].depth == w->marks[i].depth + 1 && w->marks[j].number >= index))
        j++;
    return j;
}

/* The first n elements of the container at i are left out. Where reading failed in the next one, its place is
 * the error's, or up to two bytes of types in front of that. */
static bool drop_first(work *w, size_t i, int64_t n)
{
    size_t first = element(w, i, 0), last = element(w, i, n);
    bool failed = last >= w->count;
    if (!failed && w->marks[last].depth <= w->marks[i].depth) return false;
    size_t from = first < w->count ? w->marks[first].at : w->stop;
    size_t to = failed ? w->stop : w->marks[last].at;
    for (size_t types = 0; types <= (failed ? 2 : 0) && to > from + types; types++)
        if (offer_without(w, from, to - types, &w->marks[i].size, (size_t)n)) return true;
    return false;
}

static void drop_elements(work *w)
{
    for (size_t i = 0; load(w) && i < w->count;) {
        bool container = w->marks[i].sized && w->marks[i].kind != TW_TOKEN_SIZE, taken = false;
        for (int64_t n = container ? w->marks[i].size.value : 0; n > 0 && !taken; n /= 2)
            taken = drop_first(w, i, n);
        if (!taken) i++;
    }
}

/* The ends of strings, with what their lengths say of them. */
static void drop_strings(work *w)
{
    for (size_t i = 0; load(w) && i < w->count;) {
        const assay_target *size = &w->marks[i].size;
        size_t end = size->offset + size->len + size->value;
        bool whole = w->marks[i].kind == TW_TOKEN_SIZE && end <= w->head.payload.len, taken = false;
        for (size_t n = whole ? size->value : 0; n > 0 && !taken; n /= 2)
            taken = offer_without(w, end - n, end, size, n);
        if (!taken) i++;
    }
}

/* A smaller number in front of the same bytes. */
static void smaller_sizes(work *w)
{
    for (size_t i = 0; load(w) && i < w->count; i++) {
        uint32_t value = w->marks[i].size.value;
        if (!w->marks[i].sized || value == 0) continue;
        size_t less[] = {value, value - 1, value / 2, 1};
        for (size_t k = 0; k < 4; k++)
            if (less[k] && offer_without(w, 0, 0, &w->marks[i].size, less[k])) break;
    }
}

/* The value of a field, or an element, in the place of the struct around: all in front of it is left out but
 * the first header. */
static void cut_front(work *w)
{
    for (size_t i = 0; load(w) && i < w->count; i++) {
        if (w->marks[i].kind != TW_TOKEN_FIELD || w->marks[i].at == 0) continue;
        if (offer_without(w, w->marks[0].at, w->marks[i].at, NULL, 0)) i = 0;
    }
}

void assay_shrink_tokens(assay_shrinker *s)
{
    work w = {.s = s, .marks = malloc(TOKENS_MOST * sizeof(mark))};
    if (!w.marks) {
        s->failed = true;
        return;
    }
    drop_fields(&w);
    cut_front(&w);
    drop_elements(&w);
    drop_strings(&w);
    smaller_sizes(&w);
    free(w.marks);
}
