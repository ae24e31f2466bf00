/* Bytes behind the value, which are not the reader's to take: @skip and @trail. They stand behind the
 * vector's bytes in memory (SPARE of entry.c), so that nothing is copied. */
#include "suite/vector/derive.h"

/* What an `either` leaves of its outcomes when no value is seen. */
static const assay_named_outcome accepted_or_refused[] = {{"accepted", true, NULL}, {"refused", false, NULL}};

static void outcomes_of_skip(assay_case *c)
{
    bool accepts = false, refuses = false;
    for (size_t i = 0; i < c->outcome_count; i++) *(c->outcomes[i].accepts ? &accepts : &refuses) = true;
    c->outcomes = accepts ? accepted_or_refused : accepted_or_refused + 1;
    c->outcome_count = accepts && refuses ? 2 : 1;
}

static bool transcodes(const assay_deriving *d)
{
    return d->base.verb == ASSAY_TRANSCODE || d->base.verb == ASSAY_READ;
}

void assay_derive_skip(assay_deriving *d)
{
    if (!transcodes(d) || d->zlib || d->base.error.cls == TW_TRUNCATED) return;
    assay_case *c = assay_deriving_add(d, "skip", "");
    if (!c) return;
    c->verb = ASSAY_SKIP;
    c->out = NULL;
    c->canonical = (tw_bytes){NULL, 0};
    c->budget = d->base.budget;
    c->bytes.len += 1 + d->base.bytes.data[d->base.bytes.len] % 8;
    if (c->expect == ASSAY_EITHER) outcomes_of_skip(c);
}

void assay_derive_trail(assay_deriving *d)
{
    bool fits = (transcodes(d) || d->base.verb == ASSAY_MESSAGE) && !d->zlib;
    if (d->base.expect != ASSAY_ACCEPT || !fits || d->base.consumed != d->base.bytes.len) return;
    assay_case *c = assay_deriving_add(d, "trail", "");
    if (c) c->bytes.len++;
}
