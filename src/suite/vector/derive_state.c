/* What an earlier failure may leave behind: @after-reject in the process, @reuse in the objects. */
#include "suite/vector/derive.h"
#include "suite/vector/prelude.h"

void assay_derive_after_reject(assay_deriving *d)
{
    if (d->base.expect != ASSAY_ACCEPT) return;
    const assay_prelude *prelude = assay_prelude_get(d->set, d->base.in);
    assay_case *refused = tw_arena_take(d->arena, sizeof *refused);
    assay_case *c = prelude && refused ? assay_deriving_add(d, "after-reject", "") : NULL;
    if (!c) {
        d->failed = true;
        return;
    }
    *refused = *c;
    assay_deriving_refuse(refused);
    if (refused->verb == ASSAY_SESSION) { /* a session that is refused is one that ends so */
        refused->expect = ASSAY_ACCEPT;
        refused->end = ASSAY_END_REJECT;
    }
    refused->bytes = d->unit == TW_UNIT_MESSAGE ? prelude->refused_message : prelude->refused_struct;
    refused->types = 0;
    c->alone_after_reject = true;
    c->refused = refused;
}

void assay_derive_reuse(assay_deriving *d)
{
    /* No library documents a way to begin anew with a zlib transport that has read. */
    if (d->base.expect != ASSAY_ACCEPT || d->base.verb != ASSAY_TRANSCODE || d->zlib) return;
    const assay_prelude *prelude = assay_prelude_get(d->set, d->base.in);
    if (!prelude) d->failed = true;
    for (size_t i = 0; prelude && i < prelude->cut_count; i++) {
        assay_case *c = assay_deriving_add_at(d, "reuse", prelude->cuts[i].at);
        if (!c) return;
        c->verb = ASSAY_REUSE;
        c->before = prelude->cuts[i].bytes;
    }
}
