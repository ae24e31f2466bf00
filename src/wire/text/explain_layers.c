#include "wire/text/explain_layers.h"

#include <inttypes.h>
#include <string.h>

#define LENGTH_SIZE 4u
#define STEP 65536u

static const tw_shown_frame *frame_of(const tw_layer *layer, size_t i)
{
    return (const tw_shown_frame *)(const void *)layer->frames.data + i;
}

static size_t frame_count(const tw_layer *layer)
{
    return layer->frames.len / sizeof(tw_shown_frame);
}

/* Notes the frames that begin in the bytes that one read took: empty ones are taken along with others. */
static bool note_frames(tw_layer *layer, size_t from, size_t carried)
{
    while (from < layer->taken) {
        const uint8_t *p = layer->bytes.data + from;
        size_t len = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
        tw_shown_frame frame = {from, carried, len};
        if (!tw_buffer_append(&layer->frames, &frame, sizeof frame)) return false;
        from += LENGTH_SIZE + len;
        carried += len;
    }
    return true;
}

/* Reads one transport to its end or first error. What went wrong is the stack's to say; here it only ends. */
static tw_class unwrap(tw_layer *layer, void *reader)
{
    for (;;) {
        size_t taken = 0, from = layer->taken, carried = layer->unwrapped.len;
        tw_error error;
        tw_bytes left = tw_bytes_of(layer->bytes.data + from, layer->bytes.len - from);
        tw_class cls = layer->transport->read(reader, left, STEP, &taken, &layer->unwrapped, &error);
        layer->taken += taken;
        if (cls == TW_MEMORY) return TW_MEMORY;
        if (layer->transport == &tw_framed && !note_frames(layer, from, carried)) return TW_MEMORY;
        if (cls != TW_OK) return TW_OK;
    }
}

static tw_class open_and_unwrap(tw_layer *layer, const tw_limits *limits, const tw_alloc *alloc)
{
    size_t size = layer->transport->reader_size;
    void *reader = tw_resize(alloc, NULL, 0, size);
    if (!reader) return TW_MEMORY;
    memset(reader, 0, size);
    tw_class cls = layer->transport->reader_open(reader, limits, alloc);
    if (cls == TW_OK) cls = unwrap(layer, reader);
    layer->transport->reader_close(reader);
    tw_resize(alloc, reader, size, 0);
    return cls;
}

tw_class tw_layers_init(tw_layers *layers, const tw_stack *stack, tw_bytes in, const tw_limits *limits,
                        const tw_alloc *alloc, tw_page *page, size_t mark)
{
    static const uint8_t nothing[1] = {0};
    *layers = (tw_layers){.page = page, .mark = mark};
    tw_bytes bytes = in.len ? in : tw_bytes_of(nothing, 0);
    for (size_t i = 0;; i++) {
        tw_layer *layer = &layers->items[layers->count++];
        layer->bytes = bytes;
        tw_buffer_init(&layer->unwrapped, alloc);
        tw_buffer_init(&layer->frames, alloc);
        if (i == stack->transport_count) return TW_OK;
        layer->transport = stack->transports[i];
        if (open_and_unwrap(layer, limits, alloc) != TW_OK) return TW_MEMORY;
        bytes = layer->unwrapped.len ? tw_buffer_view(&layer->unwrapped) : tw_bytes_of(nothing, 0);
    }
}

void tw_layers_deinit(tw_layers *layers)
{
    for (size_t i = 0; i < layers->count; i++) {
        tw_buffer_deinit(&layers->items[i].unwrapped);
        tw_buffer_deinit(&layers->items[i].frames);
    }
}

/* Whether the bytes of this layer stand, in pieces, in the layer before it: all layers of a section but its
 * last are frames. */
static bool is_framed(const tw_layers *layers, size_t layer)
{
    return layer > layers->section;
}

/* Where a byte of a layer stands in the section's outermost one. Its frames were shown. */
static size_t hex_at(const tw_layers *layers, size_t layer, size_t at)
{
    while (is_framed(layers, layer)) {
        const tw_layer *outer = &layers->items[--layer];
        if (outer->frames_shown == 0) return 0;
        const tw_shown_frame *frame = frame_of(outer, outer->frames_shown - 1);
        at = frame->at + LENGTH_SIZE + (at - frame->carries);
    }
    return at;
}

static void show(tw_layers *layers, size_t layer, size_t at, size_t len, unsigned indent, tw_role role,
                 char gutter);

/* Headers of frames that begin at or before an offset of what they carry. */
static void show_frames_until(tw_layers *layers, size_t layer, size_t at)
{
    if (!is_framed(layers, layer)) return;
    tw_layer *outer = &layers->items[layer - 1];
    tw_buffer kept = layers->page->words; /* those of the row that waits for its frame */
    tw_buffer_init(&layers->page->words, kept.alloc);
    while (outer->frames_shown < frame_count(outer) && frame_of(outer, outer->frames_shown)->carries <= at) {
        const tw_shown_frame *frame = frame_of(outer, outer->frames_shown);
        tw_page_say(layers->page, "frame of %zu byte%s", frame->len, frame->len == 1 ? "" : "s");
        show(layers, layer - 1, frame->at, LENGTH_SIZE, 0, TW_ROLE_TRANSPORT, ' ');
        outer->frames_shown++;
    }
    tw_buffer_deinit(&layers->page->words);
    layers->page->words = kept;
}

static void show(tw_layers *layers, size_t layer, size_t at, size_t len, unsigned indent, tw_role role,
                 char gutter)
{
    show_frames_until(layers, layer, at);
    size_t hex = hex_at(layers, layer, at), mark = layers->mark;
    bool marked = layers->section == 0 && mark != SIZE_MAX && mark >= hex && mark - hex < len;
    if (marked && gutter == ' ') gutter = '>';
    tw_bytes all = layers->items[layer].bytes;
    unsigned nested = (unsigned)(layer - layers->section) * 2;
    tw_row row = {hex, at, tw_bytes_of(all.data + at, len), indent + nested, role, gutter};
    tw_page_row(layers->page, &row);
}

void tw_layers_show(tw_layers *layers, size_t layer, size_t at, size_t len, unsigned indent, tw_role role)
{
    show(layers, layer, at, len, indent, role, ' ');
}

void tw_layers_show_frames(tw_layers *layers, size_t layer)
{
    for (size_t i = layers->section + 1; i <= layer; i++) show_frames_until(layers, i, SIZE_MAX);
}

void tw_layers_show_rest(tw_layers *layers, size_t layer, size_t at, const char *what)
{
    size_t len = layers->items[layer].bytes.len;
    if (at >= len) return;
    tw_page_say(layers->page, "%zu byte%s %s", len - at, len - at == 1 ? "" : "s", what);
    show(layers, layer, at, len - at, 0, TW_ROLE_REST, ' ');
}

void tw_layers_show_error(tw_layers *layers, size_t layer, const tw_error *error)
{
    tw_page *page = layers->page;
    const tw_rule_info *rule = tw_rule_info_of(error->rule);
    size_t len = layers->items[layer].bytes.len;
    size_t at = error->offset < len ? (size_t)error->offset : len;
    char path[256];
    tw_page_say(page, "^^ %s%s: %s", tw_class_name(error->cls), at == len ? ", the bytes end here" : "",
                rule->id);
    /* A cut token takes all that is left; of another, the first byte is known to be at fault. */
    size_t shown = error->cls == TW_TRUNCATED || at == len ? len - at : 1;
    show(layers, layer, at, shown, 0, TW_ROLE_ERROR, '!');
    unsigned nested = (unsigned)(layer - layers->section) * 2 + 3;
    tw_page_say(page, "%s", rule->sentence);
    tw_page_note(page, nested, TW_ROLE_ERROR);
    if (tw_path_format(&error->path, path, sizeof path) > 0) {
        tw_page_say(page, "in field %s", path);
        tw_page_note(page, nested, TW_ROLE_PLAIN);
    }
    tw_page_say(page, "%s", rule->section);
    tw_page_note(page, nested, TW_ROLE_REST);
    tw_layers_show_rest(layers, layer, at + shown, "not read");
}
