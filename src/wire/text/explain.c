#include "wire/text/explain.h"

#include "wire/text/explain_layers.h"
#include "wire/text/explain_words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#define HEADER_SIZE 2u
#define CHECKSUM_SIZE 4u

typedef struct explainer {
    const tw_stack *stack;
    const tw_explain_options *options;
    tw_page page;
    tw_layers layers;
    const tw_alloc *alloc;
    /* How reading the same bytes for their values ends: the verdict that the dump has to show. */
    size_t units;
    tw_error error;
    tw_ruleset open;
    size_t unit_at; /* where the unit that is being shown begins, in the protocol's stream */
} explainer;

/* --- the verdict --- */

static tw_class judge_one(explainer *e, tw_bytes in, tw_tree *tree)
{
    tw_outcome out;
    tw_envelope envelope;
    tw_decode_options options = e->options->decode;
    tw_class cls = tw_stack_decode(e->stack, in, e->options->unit, &options, &envelope, tree, &out, NULL);
    e->units = cls == TW_OK;
    e->error = out.error;
    e->open = out.open;
    return cls == TW_MEMORY ? TW_MEMORY : TW_OK;
}

static tw_class judge_many(explainer *e, tw_bytes in, tw_tree *tree)
{
    tw_input *input = tw_input_new(e->stack, &e->options->decode, e->alloc);
    if (!input) return TW_MEMORY;
    tw_class cls = tw_input_feed(input, in);
    tw_input_end(input);
    while (cls == TW_OK && e->units < e->options->count) {
        tw_outcome out;
        tw_envelope envelope;
        tw_next next = tw_input_next(input, e->options->unit, &envelope, tree, &out);
        if (next != TW_NEXT_READY && next != TW_NEXT_ERROR) break;
        tw_ruleset_merge(&e->open, &out.open);
        e->error = out.error;
        if (next == TW_NEXT_ERROR) break;
        e->units++;
    }
    tw_input_free(input);
    return cls != TW_OK || e->error.cls == TW_MEMORY ? TW_MEMORY : TW_OK;
}

static tw_class judge(explainer *e, tw_bytes in)
{
    tw_tree tree;
    tw_tree_init(&tree, e->alloc, SIZE_MAX);
    tw_class cls = e->options->count == 1 ? judge_one(e, in, &tree) : judge_many(e, in, &tree);
    tw_tree_deinit(&tree);
    return cls;
}

/* Whether the verdict's error lies in this layer. */
static bool fails_in(const explainer *e, size_t layer)
{
    if (e->error.cls == TW_OK || !e->error.layer) return false;
    const tw_transport *transport = e->layers.items[layer].transport;
    const char *name = transport ? transport->name : tw_protocol_name(e->stack->protocol);
    return strcmp(name, e->error.layer) == 0;
}

/* --- the protocol's layer --- */

static size_t protocol_layer(const explainer *e)
{
    return e->layers.count - 1;
}

static bool show_token(void *context, const tw_token *token)
{
    explainer *e = context;
    /* The root needs no line, nor do ends and the bytes of an empty string: they have none. */
    if (token->kind == TW_TOKEN_END || (token->kind == TW_TOKEN_STRING && token->len == 0)) return true;
    if (token->kind == TW_TOKEN_STRUCT) {
        const tw_path *path = token->path;
        bool element = path->depth > 0 && path->depth <= TW_PATH_KEPT &&
                       path->steps[path->depth - 1].kind != TW_STEP_FIELD;
        if (!element) return true;
    }
    size_t layer = protocol_layer(e);
    tw_token_say(&e->page, token, e->stack->protocol, (unsigned)(layer - e->layers.section) * 2);
    tw_layers_show(&e->layers, layer, e->unit_at + token->offset, token->len, tw_token_indent(token),
                   tw_token_role(token));
    return !e->page.to->failed;
}

/* Shows an envelope as far as it can be read; false when it cannot to its end. */
static bool show_envelope(explainer *e, tw_bytes bytes, const tw_limits *limits, size_t *consumed)
{
    tw_envelope envelope;
    tw_envelope_result result;
    tw_class cls = e->stack->envelope->read(bytes, limits, e->stack->strict_only, &envelope, &result);
    for (size_t i = 0; i < result.part_count; i++) {
        const tw_envelope_part *part = &result.parts[i];
        tw_bytes own = tw_bytes_of(bytes.data + part->offset, part->len);
        if (part->kind == TW_PART_NAME && part->len == 0) continue;
        tw_part_say(&e->page, part, own, &envelope, e->stack->protocol);
        if (part->kind == TW_PART_NAME_SIZE) tw_page_say(&e->page, " %zu", envelope.name.len);
        if (part->kind == TW_PART_SEQUENCE_ID) tw_page_say(&e->page, " %" PRId32, envelope.sequence_id);
        tw_role role = part->kind == TW_PART_NAME ? TW_ROLE_VALUE : TW_ROLE_ENVELOPE;
        tw_layers_show(&e->layers, protocol_layer(e), e->unit_at + part->offset, part->len, 0, role);
    }
    *consumed = result.consumed;
    return cls == TW_OK;
}

/* Shows one unit, whole or as far as it goes; false when it has no end. */
static bool show_unit(explainer *e, tw_bytes bytes)
{
    tw_decode_options options = e->options->decode;
    size_t head = 0, transports = e->stack->transport_count;
    bool counted = transports > 0 && e->stack->transports[transports - 1]->reader_next_message;
    if (counted) options.limits.message = UINT64_MAX; /* the transport has seen to it */
    if (e->options->unit == TW_UNIT_MESSAGE && !show_envelope(e, bytes, &options.limits, &head)) return false;
    if (!counted) options.limits.message = options.limits.message > head ? options.limits.message - head : 0;
    tw_outcome out;
    tw_tracer tracer = {show_token, e};
    e->unit_at += head;
    tw_bytes body = tw_bytes_of(bytes.data + head, bytes.len - head);
    tw_class cls = tw_trace(e->stack->protocol, body, &options, &tracer, &out);
    e->unit_at += out.consumed;
    return cls == TW_OK;
}

static void show_protocol(explainer *e)
{
    size_t layer = protocol_layer(e);
    tw_bytes all = e->layers.items[layer].bytes;
    bool going = all.len > 0 || e->error.cls != TW_OK; /* a stream may well end before anything came */
    for (size_t i = 0; going && i < e->options->count && (e->unit_at < all.len || i == 0); i++) {
        if (i > e->units) break;
        if (e->options->count > 1) {
            tw_page_say(&e->page, "%s %zu", e->options->unit == TW_UNIT_MESSAGE ? "message" : "struct",
                        i + 1);
            tw_page_line(&e->page, TW_ROLE_REST);
        }
        going = show_unit(e, tw_bytes_of(all.data + e->unit_at, all.len - e->unit_at));
    }
    if (fails_in(e, layer)) {
        tw_layers_show_error(&e->layers, layer, &e->error);
    } else {
        const char *what = e->error.cls == TW_OK ? "behind it, not read" : "of a value that does not end";
        tw_layers_show_rest(&e->layers, layer, e->unit_at, what);
    }
}

/* --- a zlib stream --- */

/* Where the compressed data end: before the checksum, if the stream has one. No reader says so, but the right
 * checksum at the end of what was taken is no accident. */
static size_t data_end(const tw_layer *layer)
{
    if (layer->taken < HEADER_SIZE + CHECKSUM_SIZE) return layer->taken;
    const uint8_t *p = layer->bytes.data + layer->taken - CHECKSUM_SIZE;
    uLong sum = adler32(0, NULL, 0);
    if (layer->unwrapped.len) sum = adler32_z(sum, layer->unwrapped.data, layer->unwrapped.len);
    uLong told = (uLong)p[0] << 24 | (uLong)p[1] << 16 | (uLong)p[2] << 8 | p[3];
    return sum == told ? layer->taken - CHECKSUM_SIZE : layer->taken;
}

/* Shows compressed data, frame by frame where frames carry them. */
static void show_data(explainer *e, size_t layer, size_t at, size_t end)
{
    while (at < end) {
        size_t stop = end;
        if (layer > e->layers.section) {
            const tw_layer *outer = &e->layers.items[layer - 1];
            const tw_shown_frame *frames = (const tw_shown_frame *)(const void *)outer->frames.data;
            for (size_t i = 0; i < outer->frames.len / sizeof *frames; i++) {
                size_t behind = frames[i].carries + frames[i].len;
                if (behind > at && behind < stop) stop = behind;
            }
        }
        tw_page_say(&e->page, "deflate data, %zu byte%s", stop - at, stop - at == 1 ? "" : "s");
        tw_layers_show(&e->layers, layer, at, stop - at, 0, TW_ROLE_TRANSPORT);
        at = stop;
    }
}

static void show_zlib(explainer *e, size_t layer)
{
    const tw_layer *zlib = &e->layers.items[layer];
    bool fails = fails_in(e, layer);
    size_t taken = zlib->taken;
    if (fails && e->error.offset < taken) taken = (size_t)e->error.offset;
    size_t end = fails ? taken : data_end(zlib), at = 0;
    if (end >= HEADER_SIZE) {
        tw_zlib_header_say(&e->page, zlib->bytes.data);
        tw_layers_show(&e->layers, layer, 0, HEADER_SIZE, 0, TW_ROLE_TRANSPORT);
        at = HEADER_SIZE;
    }
    show_data(e, layer, at, end);
    if (end < taken) {
        tw_page_say(&e->page, "Adler-32 of what it inflates to: the end");
        tw_layers_show(&e->layers, layer, end, taken - end, 0, TW_ROLE_TRANSPORT);
    }
    if (fails) {
        if (end < HEADER_SIZE && zlib->bytes.len >= HEADER_SIZE) {
            tw_zlib_header_say(&e->page, zlib->bytes.data);
            tw_page_note(&e->page, 0, TW_ROLE_PLAIN);
        }
        tw_layers_show_error(&e->layers, layer, &e->error);
    } else {
        tw_layers_show_rest(&e->layers, layer, taken, "not read");
    }
}

/* --- all of it --- */

/* A section: layers that share the bytes of one file, from its first to the zlib stream or protocol in it. */
static size_t show_section(explainer *e, size_t first)
{
    size_t last = first;
    while (e->layers.items[last].transport == &tw_framed) last++;
    e->layers.section = first;
    const tw_transport *transport = e->layers.items[last].transport;
    if (transport)
        show_zlib(e, last);
    else
        show_protocol(e);
    tw_layers_show_frames(&e->layers, last);
    for (size_t i = last; i-- > first;) {
        if (fails_in(e, i))
            tw_layers_show_error(&e->layers, i, &e->error);
        else
            tw_layers_show_rest(&e->layers, i, e->layers.items[i].taken, "not read");
    }
    return last + 1;
}

static void show_open_rules(explainer *e)
{
    if (tw_ruleset_empty(&e->open)) return;
    tw_page_say(&e->page, "This reading rests on rules that the specification leaves open:");
    tw_page_line(&e->page, TW_ROLE_PLAIN);
    for (tw_rule rule = TW_RULE_NONE + 1; rule < TW_RULE_COUNT; rule++) {
        if (!tw_ruleset_has(&e->open, rule)) continue;
        const tw_rule_info *info = tw_rule_info_of(rule);
        tw_page_say(&e->page, "  %s: %s", info->id, info->sentence);
        tw_page_line(&e->page, TW_ROLE_PLAIN);
    }
}

static void show_all(explainer *e, tw_bytes in)
{
    char title[160];
    size_t n = 0;
    title[0] = 0;
    for (size_t i = 0; i < e->stack->transport_count; i++) {
        n += (size_t)snprintf(title + n, sizeof title - n, "%s/", e->stack->transports[i]->name);
    }
    snprintf(title + n, sizeof title - n, "%s, %zu byte%s", e->stack->protocol_name, in.len,
             in.len == 1 ? "" : "s");
    tw_page_head(&e->page, title);
    for (size_t layer = 0; layer < e->layers.count && !e->page.to->failed;) {
        if (layer > 0) {
            size_t len = e->layers.items[layer].bytes.len;
            if (len == 0 && e->error.cls != TW_OK && !fails_in(e, e->layers.count - 1)) break;
            tw_page_say(&e->page, "inflates to %zu byte%s:", len, len == 1 ? "" : "s");
            tw_page_line(&e->page, TW_ROLE_TRANSPORT);
        }
        layer = show_section(e, layer);
    }
    show_open_rules(e);
}

tw_class tw_explain(const tw_stack *stack, tw_bytes in, const tw_explain_options *options, tw_buffer *to,
                    tw_error *error)
{
    explainer e = {.stack = stack, .options = options, .alloc = to->alloc, .error.cls = TW_OK};
    size_t largest = in.len;
    tw_class cls = judge(&e, in);
    if (cls == TW_OK) {
        cls = tw_layers_init(&e.layers, stack, in, &options->decode.limits, e.alloc, &e.page, options->mark);
        for (size_t i = 0; i < e.layers.count; i++) {
            if (e.layers.items[i].bytes.len > largest) largest = e.layers.items[i].bytes.len;
        }
    }
    tw_page_init(&e.page, to, options->colour, largest);
    if (cls == TW_OK) show_all(&e, in);
    tw_page_deinit(&e.page);
    tw_layers_deinit(&e.layers);
    if (to->failed) cls = TW_MEMORY;
    if (error) *error = cls == TW_OK ? e.error : (tw_error){.cls = cls};
    return cls == TW_OK ? e.error.cls : cls;
}
