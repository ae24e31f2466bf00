/* One vector: its units, its transports, its stack, and what a session or a reuse of it shows. */
#include "suite/mutate/stream.h"
#include "suite/vector/coverage/show.h"
#include "suite/vector/complete.h"
#include "suite/vector/reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct sight {
    assay_coverage *coverage;
    const assay_case *c;
    tw_stack stack;
    tw_bytes payload; /* what the whole stream unwraps to */
    const assay_reading *reading;
    assay_shown_unit *units; /* those that were read */
    size_t unit_count;
    assay_showing *showing;
} sight;

static const char *chain_name(const tw_stack *stack)
{
    static const char *const deeper[2][2] = {{"framed-framed", "framed-zlib"}, {"zlib-framed", "zlib-zlib"}};
    bool first = stack->transport_count > 0 && stack->transports[0] == &tw_zlib;
    bool second = stack->transport_count > 1 && stack->transports[1] == &tw_zlib;
    if (stack->transport_count == 0) return "plain";
    if (stack->transport_count == 1) return first ? "zlib" : "framed";
    return deeper[first][second];
}

static void show_stack(const sight *s)
{
    char production[40], type[48];
    bool refused = s->reading->error.cls != TW_OK;
    snprintf(production, sizeof production, "stack/%s", s->stack.protocol_name);
    snprintf(type, sizeof type, "%s+%s", chain_name(&s->stack), assay_verb_name(s->c->verb));
    if (assay_coverage_holds(s->coverage, production, type, "taken"))
        assay_coverage_mark(s->coverage, production, type, refused ? "refused" : "taken");
}

static void show_depth(const sight *s)
{
    const char *chain = s->showing->chain;
    tw_decode_options options = {.limits = tw_limits_generous()};
    tw_outcome out;
    if (s->showing->deepest < 63 || !chain) return;
    /* The walk ended at the limit; how deep it goes on is the point. */
    tw_skip(s->stack.protocol, s->showing->bytes, &options, &out);
    uint32_t depth = out.depth;
    assay_show_mark(s->showing, "depth", chain,
                    depth == 63    ? "63"
                    : depth == 64  ? "64"
                    : depth == 65  ? "65"
                    : depth < 1000 ? "66-999"
                                   : "1000-up");
}

/* Walks the unit at `at`; read: it was read whole and shows all of it. Returns its end; `at` where it has none. */
static size_t show_unit(sight *s, size_t at, bool read)
{
    const tw_stack *stack = &s->stack;
    bool message = assay_verb_unit(s->c->verb) == TW_UNIT_MESSAGE;
    tw_bytes bytes = tw_bytes_of(s->payload.data + at, s->payload.len - at);
    tw_limits limits = tw_limits_default();
    tw_envelope envelope = {.form = TW_HEADER_STRICT};
    tw_envelope_result result = {.consumed = 0};
    tw_outcome out;
    if (message && stack->envelope->read(bytes, &limits, stack->strict_only, &envelope, &result) != TW_OK) {
        if (!read) assay_show_envelope_fault(s->coverage, stack, bytes, &envelope, &result);
        return at;
    }
    if (message && read) assay_show_envelope(s->coverage, stack, bytes, &envelope, &result);
    bytes = tw_bytes_of(bytes.data + result.consumed, bytes.len - result.consumed);
    s->showing->bytes = bytes;
    s->showing->protocol = stack->protocol;
    s->showing->marks = read;
    assay_show_struct(s->showing, &out);
    show_depth(s);
    const char *body = bytes.len == 0 ? "cut" : out.consumed > 1 ? "fields" : "empty";
    if (message && (read || bytes.len == 0)) assay_show_body(s->coverage, stack, &envelope, body);
    if (!read && out.error.cls != TW_OK) assay_show_fault(s->showing, &out.error);
    if (!read || out.error.cls != TW_OK) return at;
    s->units[s->unit_count++] =
        (assay_shown_unit){at, at + result.consumed, at + result.consumed + out.consumed};
    return at + result.consumed + out.consumed;
}

static bool layer_is(const tw_error *error, const char *layer)
{
    return error->cls != TW_OK && strcmp(error->layer, layer) == 0;
}

static void show_behind(const sight *s, size_t end)
{
    bool counted = s->c->verb == ASSAY_TRANSCODE || s->c->verb == ASSAY_SKIP || s->c->verb == ASSAY_MESSAGE;
    if (!counted || s->reading->error.cls != TW_OK || s->stack.transport_count > 0 || end == s->payload.len)
        return;
    assay_show_mark(s->showing, "behind",
                    assay_verb_unit(s->c->verb) == TW_UNIT_MESSAGE ? "message" : "struct",
                    s->payload.len - end == 1 ? "one" : "more");
}

/* What compact keeps from field to field must be gone when the next message begins. */
static void show_left_behind(const sight *s)
{
    for (size_t i = 0; i + 1 < s->reading->count && s->showing->compact; i++) {
        const tw_node *root = s->reading->values[i].root, *last = NULL;
        const tw_node *next = s->reading->values[i + 1].root;
        const tw_node *end = tw_node_next(root);
        for (const tw_node *at = tw_node_first(root); at < end; at = tw_node_next(at)) last = at;
        if (!last || next->count == 0) continue;
        if (last->id != 0) assay_coverage_mark(s->coverage, "session/compact", "left-behind", "field-id");
        if (last->type == TW_BOOL) assay_coverage_mark(s->coverage, "session/compact", "left-behind", "bool");
    }
}

static void show_session(const sight *s)
{
    const char *production = s->showing->compact ? "session/compact" : "session/binary";
    size_t count = s->reading->count;
    bool refused = s->reading->error.cls != TW_OK;
    const char *word = refused      ? (count ? "refused-later" : "refused-first")
                       : count == 0 ? "none"
                       : count == 1 ? "one"
                                    : "more";
    assay_coverage_mark(s->coverage, production, chain_name(&s->stack), word);
    show_left_behind(s);
}

/* What the struct in front of a reuse was in the middle of. */
static const char *before_word(const assay_showing *b, const tw_outcome *out)
{
    static const char *const names[TW_TYPE_COUNT] = {
        [TW_LIST] = "list", [TW_SET] = "set", [TW_MAP] = "map", [TW_STRUCT] = "struct"};
    if (out->error.cls == TW_OK) return "whole";
    if (out->error.cls != TW_TRUNCATED || b->depth == 0 || b->depth > ASSAY_SHOWN_LEVELS) return "malformed";
    const assay_shown_level *level = &b->levels[b->depth - 1];
    if (b->in_string) return "string";
    if (level->type != TW_STRUCT) return names[level->type];
    if (level->field_open) return tw_type_nests(level->field) ? names[level->field] : "value";
    if (b->depth > 1) return "struct";
    bool boolean = strcmp(level->after, "true") == 0 || strcmp(level->after, "false") == 0;
    return b->compact && boolean && b->next == b->bytes.len ? "bool" : "header";
}

static void show_reuse(const sight *s)
{
    tw_buffer before;
    tw_outcome out;
    tw_buffer_init(&before, NULL);
    if (assay_stream_unwrap(&s->stack, s->c->before, &before) == TW_OK) {
        s->showing->bytes = tw_buffer_view(&before);
        s->showing->marks = false;
        assay_show_struct(s->showing, &out);
        assay_coverage_mark(s->coverage, s->showing->compact ? "reuse/compact" : "reuse/binary", "before",
                            before_word(s->showing, &out));
    } else {
        s->coverage->failed = true;
    }
    tw_buffer_deinit(&before);
}

/* What each transport takes: the whole stream, unwrapped by those around it. */
static void show_transports(const sight *s)
{
    const tw_error *error = &s->reading->error;
    bool taken = error->cls == TW_OK || s->reading->count > 0;
    for (size_t i = 0; i < s->stack.transport_count; i++) {
        tw_stack around = s->stack;
        tw_buffer stream;
        /* Nothing at all is reported by the protocol, which wanted it. */
        bool nothing = s->c->bytes.len == 0 && error->cls == TW_TRUNCATED;
        const tw_error absent = {.cls = TW_TRUNCATED,
                                 .rule = s->stack.transports[i] == &tw_zlib ? TW_RULE_ZLIB_TRUNCATED
                                                                            : TW_RULE_FRAMED_TRUNCATED};
        const tw_error *fault = nothing                                         ? &absent
                                : layer_is(error, s->stack.transports[i]->name) ? error
                                                                                : NULL;
        around.transport_count = i;
        tw_buffer_init(&stream, NULL);
        if (assay_stream_unwrap(&around, s->c->bytes, &stream) != TW_OK)
            s->coverage->failed = true;
        else if (s->stack.transports[i] == &tw_zlib)
            assay_show_zlib(s->coverage, tw_buffer_view(&stream), fault, taken);
        else
            assay_show_frames(s->coverage, &s->stack, tw_buffer_view(&stream), assay_verb_unit(s->c->verb),
                              s->units, i + 1 == s->stack.transport_count ? s->unit_count : 0, s->payload,
                              fault, taken);
        tw_buffer_deinit(&stream);
    }
}

static void show_all(sight *s)
{
    const tw_error *error = &s->reading->error;
    size_t at = 0;
    for (size_t i = 0; i < s->reading->count; i++) at = show_unit(s, at, true);
    if (layer_is(error, "binary") || layer_is(error, "compact")) show_unit(s, at, false);
    show_behind(s, at);
    show_transports(s);
    show_stack(s);
    if (s->c->verb == ASSAY_SESSION) show_session(s);
    if (s->c->verb == ASSAY_REUSE) show_reuse(s);
}

void assay_show_vector(assay_coverage *coverage)
{
    tw_arena arena;
    tw_buffer payload;
    assay_reading reading;
    sight s = {.coverage = coverage, .c = &coverage->current->base, .reading = &reading};
    tw_arena_init(&arena, NULL, SIZE_MAX);
    tw_buffer_init(&payload, NULL);
    s.showing = calloc(1, sizeof *s.showing);
    if (s.showing && assay_reading_of(s.c, &arena, &reading) && tw_stack_parse(s.c->in, &s.stack, NULL) &&
        assay_stream_unwrap(&s.stack, s.c->bytes, &payload) == TW_OK) {
        s.showing->coverage = coverage;
        s.showing->compact = s.stack.protocol == &tw_compact;
        s.payload = tw_buffer_view(&payload);
        s.units = tw_arena_take(&arena, (reading.count + 1) * sizeof *s.units);
        if (s.units)
            show_all(&s);
        else
            coverage->failed = true;
    } else {
        coverage->failed = true;
    }
    free(s.showing);
    tw_buffer_deinit(&payload);
    tw_arena_deinit(&arena);
}
