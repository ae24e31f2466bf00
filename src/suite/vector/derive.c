#include "suite/vector/derive.h"
#include "suite/vector/complete.h"
#include "suite/mutate/stream.h"

#include <stdlib.h>
#include <string.h>

static bool append(assay_cases *cases, assay_case *c)
{
    if (cases->count == cases->capacity) {
        size_t capacity = cases->capacity ? cases->capacity * 2 : 256;
        assay_case **items = realloc(cases->items, capacity * sizeof(assay_case *));
        if (!items) return false;
        cases->items = items;
        cases->capacity = capacity;
    }
    cases->items[cases->count++] = c;
    return true;
}

static const char *make_id(assay_deriving *d, const char *kind, const char *name)
{
    size_t parent = strlen(d->base.id), kind_len = strlen(kind), name_len = strlen(name);
    char *id = tw_arena_take(d->arena, parent + kind_len + name_len + 3);
    if (!id) return NULL;
    memcpy(id, d->base.id, parent);
    id[parent] = '@';
    memcpy(id + parent + 1, kind, kind_len);
    char *at = id + parent + 1 + kind_len;
    if (name_len) *at++ = ':';
    memcpy(at, name, name_len + 1);
    return id;
}

assay_case *assay_deriving_add(assay_deriving *d, const char *kind, const char *name)
{
    if (d->failed) return NULL;
    const char *id = make_id(d, kind, name);
    assay_case *c = tw_arena_take(d->arena, sizeof *c);
    if (!id || !c || !append(d->cases, c)) {
        d->failed = true;
        return NULL;
    }
    *c = d->base;
    c->id = id;
    c->kind = kind;
    c->budget = (assay_budget){-1, -1};
    return c;
}

assay_case *assay_deriving_add_at(assay_deriving *d, const char *kind, size_t at)
{
    char digits[24], *from = digits + sizeof digits - 1;
    *from = 0;
    do {
        *--from = (char)('0' + at % 10);
        at /= 10;
    } while (at);
    return assay_deriving_add(d, kind, from);
}

void assay_deriving_refuse(assay_case *c)
{
    c->expect = ASSAY_REJECT;
    c->values = NULL;
    c->value_count = 0;
    c->canonical = (tw_bytes){NULL, 0};
    c->consumed = ASSAY_CONSUMED_UNKNOWN;
    c->error = (tw_error){.cls = TW_OK};
}

tw_bytes assay_deriving_keep(assay_deriving *d, tw_bytes bytes)
{
    char *copy = tw_arena_copy(d->arena, bytes.data, bytes.len);
    if (copy) return tw_bytes_of(copy, bytes.len);
    d->failed = true;
    return (tw_bytes){NULL, 0};
}

/* The vector's own case. For a testee that only reads, transcoding is reading; one that has no `read` is asked to
 * transcode what others read. */
static void prepare_base(assay_deriving *d)
{
    d->base = d->vector->base;
    if (!tw_stack_parse(d->base.in, &d->stack, NULL) || !assay_case_complete(&d->stack, &d->base)) {
        d->failed = true;
        return;
    }
    const unsigned transcode = 1u << ASSAY_TRANSCODE, read = 1u << ASSAY_READ;
    unsigned can = d->hello ? d->hello->verbs & (transcode | read) : transcode | read;
    if (d->base.verb == ASSAY_TRANSCODE && can == read) {
        d->base.verb = ASSAY_READ;
        d->base.out = NULL;
        d->base.canonical = (tw_bytes){NULL, 0};
    } else if (d->base.verb == ASSAY_READ && can == transcode) {
        d->base.verb = ASSAY_TRANSCODE;
        d->base.out = d->base.in;
    }
}

static void add_base(assay_deriving *d)
{
    assay_case *c = tw_arena_take(d->arena, sizeof *c);
    if (!c || !append(d->cases, c)) {
        d->failed = true;
        return;
    }
    *c = d->base;
}

/* What the bytes unwrap to: the bytes themselves where nothing wraps them. */
static void unwrap(assay_deriving *d)
{
    d->payload = d->base.bytes;
    if (d->stack.transport_count == 0 || d->zlib) return; /* nothing is cut or changed inside a zlib stream */
    tw_buffer payload;
    tw_buffer_init(&payload, NULL);
    if (assay_stream_unwrap(&d->stack, d->base.bytes, &payload) != TW_OK) d->failed = true;
    d->payload = assay_deriving_keep(d, tw_buffer_view(&payload));
    tw_buffer_deinit(&payload);
}

const char *const assay_derived_kinds[] = {"prefix", "skip",  "trail", "to",   "from", "after-reject",
                                           "reuse",  "chunk", "size",  "type", NULL};

bool assay_derive(assay_vector_set *set, const assay_vector *vector, const assay_hello *hello,
                  assay_cases *cases)
{
    static void (*const kinds[])(assay_deriving *) = {
        assay_derive_prefix, assay_derive_skip,         assay_derive_trail, assay_derive_to,
        assay_derive_from,   assay_derive_after_reject, assay_derive_reuse, assay_derive_chunk,
        assay_derive_sizes,  assay_derive_types};
    assay_deriving d = {.set = set, .vector = vector, .hello = hello, .arena = &set->derived, .cases = cases};
    prepare_base(&d);
    if (!d.failed) add_base(&d);
    d.unit = assay_verb_unit(d.base.verb);
    d.zlib = assay_stack_has_zlib(&d.stack);
    if (!d.failed) unwrap(&d);
    if (!d.failed) assay_derive_boundaries(&d);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !d.failed; i++) kinds[i](&d);
    return !d.failed;
}

bool assay_derive_none(assay_vector_set *set, const assay_vector *vector, const assay_hello *hello,
                       assay_cases *cases)
{
    assay_deriving d = {.set = set, .vector = vector, .hello = hello, .arena = &set->derived, .cases = cases};
    prepare_base(&d);
    if (!d.failed) add_base(&d);
    return !d.failed;
}

void assay_cases_deinit(assay_cases *cases)
{
    free(cases->items);
    *cases = (assay_cases){NULL, 0, 0};
}

const assay_case *assay_cases_find(const assay_cases *cases, const char *id)
{
    for (size_t i = 0; i < cases->count; i++)
        if (strcmp(cases->items[i]->id, id) == 0) return cases->items[i];
    return NULL;
}
