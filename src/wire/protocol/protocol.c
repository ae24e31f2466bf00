#include "wire/protocol/seam.h"

#include <string.h>

static const tw_protocol *const protocols[] = {&tw_binary, &tw_compact, NULL};

const tw_protocol *tw_protocol_find(const char *name)
{
    for (const tw_protocol *const *p = protocols; *p; p++) {
        if (strcmp((*p)->seam->name, name) == 0) return *p;
    }
    return NULL;
}

const char *tw_protocol_name(const tw_protocol *protocol)
{
    return protocol->seam->name;
}

bool tw_walk_grow(tw_walk *w, const uint8_t *pos)
{
    size_t capacity = w->capacity * 2;
    bool is_local = w->frames == w->local;
    tw_frame *frames = tw_resize(w->alloc, is_local ? NULL : w->frames,
                                 is_local ? 0 : w->capacity * sizeof *frames, capacity * sizeof *frames);
    if (!frames) {
        tw_origin_keep(&w->origin, TW_MEMORY, TW_RULE_NONE, pos);
        return false;
    }
    if (is_local) memcpy(frames, w->local, sizeof w->local);
    w->frames = frames;
    w->capacity = capacity;
    return true;
}

tw_tape tw_walk_more(tw_walk *w, tw_node *at, const uint8_t *pos)
{
    tw_tree *tree = w->tree;
    tree->count = tree->nodes ? (size_t)(at - tree->nodes) : 0;
    if (!tw_tree_grow(tree, 1)) {
        tw_origin_keep(&w->origin, TW_MEMORY, TW_RULE_NONE, pos);
        return (tw_tape){NULL, NULL};
    }
    return (tw_tape){tree->nodes + tree->count, tree->nodes + tree->capacity};
}

/* Told for every token of a trace: its time must not grow with the depth. */
void tw_walk_locate(tw_walk *w)
{
    tw_path *path = &w->origin.error->path;
    size_t depth = w->depth;
    if (depth > 0 && w->frames[depth - 1].type == TW_STRUCT && !w->in_value) depth--;
    path->depth = (uint32_t)depth;
    for (size_t i = 0; i < depth && i < TW_PATH_KEPT; i++) {
        const tw_frame *f = &w->frames[i];
        if (f->type == TW_STRUCT) {
            path->steps[i] = (tw_step){TW_STEP_FIELD, f->id};
        } else {
            tw_step_kind kind = f->type != TW_MAP ? TW_STEP_ELEMENT : f->half ? TW_STEP_VALUE : TW_STEP_KEY;
            path->steps[i] = (tw_step){kind, (int64_t)f->count - f->left};
        }
    }
}

static void walk_open(tw_walk *w, const tw_protocol *protocol, tw_bytes in, const tw_decode_options *options,
                      const tw_alloc *alloc, tw_outcome *out)
{
    tw_decode_options defaults = tw_decode_defaults();
    if (!options) options = &defaults;
    w->limits = options->limits;
    w->copy = options->copy;
    w->tree = NULL;
    w->tracer = NULL;
    w->in_value = false;
    w->frames = w->local;
    w->depth = 0;
    w->capacity = TW_FRAMES_LOCAL;
    w->alloc = alloc ? alloc : options->alloc ? options->alloc : tw_alloc_default();
    w->deepest = 0;
    w->tape = (tw_tape){NULL, NULL};
    w->r = tw_reader_of(in, w->limits.message, protocol->seam->name, &w->origin, &out->error, &out->open);
}

static tw_class walk_close(tw_walk *w, tw_outcome *out)
{
    if (out->error.cls != TW_OK) tw_walk_locate(w);
    if (w->frames != w->local) tw_resize(w->alloc, w->frames, w->capacity * sizeof(tw_frame), 0);
    out->consumed = tw_reader_offset(&w->r);
    out->depth = (uint32_t)w->deepest;
    return out->error.cls;
}

tw_class tw_decode(const tw_protocol *protocol, tw_bytes in, const tw_decode_options *options, tw_tree *tree,
                   tw_outcome *out)
{
    tw_walk w;
    walk_open(&w, protocol, in, options, tree->alloc, out);
    w.tree = tree;
    tw_tree_reset(tree);
    protocol->build(&w);
    tw_class cls = walk_close(&w, out);
    if (cls != TW_OK) tw_tree_reset(tree);
    return cls;
}

tw_class tw_skip(const tw_protocol *protocol, tw_bytes in, const tw_decode_options *options, tw_outcome *out)
{
    tw_walk w;
    walk_open(&w, protocol, in, options, NULL, out);
    protocol->skip(&w);
    return walk_close(&w, out);
}

tw_class tw_trace(const tw_protocol *protocol, tw_bytes in, const tw_decode_options *options,
                  const tw_tracer *tracer, tw_outcome *out)
{
    tw_walk w;
    walk_open(&w, protocol, in, options, NULL, out);
    w.tracer = tracer;
    protocol->trace(&w);
    return walk_close(&w, out);
}

tw_class tw_encode(const tw_protocol *protocol, const tw_node *root, tw_buffer *to)
{
    if (!root || root->type != TW_STRUCT) return TW_USAGE;
    size_t before = to->len;
    tw_class cls = protocol->encode(root, to);
    if (cls != TW_OK) to->len = before;
    return cls;
}
