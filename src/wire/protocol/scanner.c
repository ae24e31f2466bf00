/* A walk that stops where the bytes end and goes on when there are more. */
#include "wire/protocol/seam.h"

struct tw_scanner {
    const tw_protocol *protocol;
    const tw_alloc *alloc;
    tw_decode_options options;
    tw_outcome outcome; /* what the finished tokens gave; also keeps an error */
    size_t done;        /* bytes of finished tokens */
    tw_walk walk;
};

tw_scanner *tw_scanner_new(const tw_protocol *protocol, const tw_decode_options *options,
                           const tw_alloc *alloc)
{
    if (!alloc) alloc = tw_alloc_default();
    tw_scanner *s = tw_resize(alloc, NULL, 0, sizeof *s);
    if (!s) return NULL;
    s->protocol = protocol;
    s->alloc = alloc;
    s->options = options ? *options : tw_decode_defaults();
    s->walk.frames = s->walk.local;
    s->walk.capacity = TW_FRAMES_LOCAL;
    tw_scanner_reset(s);
    return s;
}

void tw_scanner_reset(tw_scanner *s)
{
    s->walk.depth = 0;
    s->walk.limits = s->options.limits;
    s->walk.alloc = s->alloc;
    s->walk.tree = NULL;
    s->walk.tracer = NULL;
    s->walk.in_value = false;
    s->done = 0;
    s->outcome.error.cls = TW_OK;
    s->outcome.error.path.depth = 0;
    s->outcome.open = (tw_ruleset){{0}};
    s->walk.deepest = 0;
}

void tw_scanner_free(tw_scanner *s)
{
    if (!s) return;
    if (s->walk.frames != s->walk.local) {
        tw_resize(s->alloc, s->walk.frames, s->walk.capacity * sizeof(tw_frame), 0);
    }
    tw_resize(s->alloc, s, sizeof *s, 0);
}

tw_class tw_scanner_advance(tw_scanner *s, tw_bytes in, tw_outcome *out)
{
    tw_class cls = s->outcome.error.cls;
    if (TW_FAULT(SCANNER_STARTS_OVER)) tw_scanner_reset(s);
    if (cls == TW_OK) {
        tw_ruleset before = s->outcome.open;
        tw_walk *w = &s->walk;
        w->r = tw_reader_of(in, s->options.limits.message, s->protocol->seam->name, &w->origin,
                            &s->outcome.error, &s->outcome.open);
        tw_ruleset_merge(&s->outcome.open, &before);
        if (!TW_FAULT(SCANNER_BEGINS_AGAIN)) w->r.pos += s->done;
        cls = s->protocol->resume(w);
        if (cls != TW_OK) tw_walk_locate(w);
        s->done = tw_reader_offset(&w->r);
        s->outcome.consumed = s->done;
        s->outcome.depth = (uint32_t)w->deepest;
    }
    *out = s->outcome;
    if (cls == TW_TRUNCATED) s->outcome.error.cls = TW_OK; /* not an error: the next call may complete it */
    return cls;
}
