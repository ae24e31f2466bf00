#include "wire/text/notation.h"

#include "wire/text/literal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* People's lines end about here; deeper levels than INDENTED_MOST are not indented further, which keeps the
 * text of a deep value linear in its size. */
#define COLUMNS 100u
#define INDENTED_MOST 40u

/* A container whose inside is being written. */
typedef struct level {
    const tw_node *node;
    const tw_node *next; /* the value that is next, where the elements are nodes */
    size_t at, count;    /* elements, fields, or keys and values: written and in all */
    bool broken;         /* over several lines */
} level;

typedef struct writer {
    tw_buffer *to;
    size_t start, room; /* no more than about `room` bytes behind `start` */
    bool cut;
    bool indented;
    size_t line_start;
    tw_buffer levels;
} writer;

static void put(writer *w, const char *text)
{
    tw_buffer_append(w->to, text, strlen(text));
}

static size_t used(const writer *w)
{
    return w->to->len - w->start;
}

static bool going(const writer *w)
{
    return !w->cut && !w->to->failed && !w->levels.failed;
}

static size_t depth_of(const writer *w)
{
    return w->levels.len / sizeof(level);
}

static level *top_of(writer *w)
{
    return (level *)(void *)(w->levels.data + w->levels.len) - 1;
}

static void new_line(writer *w, size_t depth)
{
    tw_buffer_append_byte(w->to, '\n');
    w->line_start = w->to->len;
    for (size_t i = 0; i < depth && i < INDENTED_MOST; i++) put(w, "  ");
}

/* "list<i32>[", "struct{", "map{": what stands before the inside. */
static void put_head(writer *w, const tw_node *node)
{
    const char *inside = tw_type_name(tw_node_element_type(node));
    switch (node->type) {
    case TW_STRUCT: put(w, "struct{"); break;
    case TW_MAP:
        if (node->inside)
            tw_buffer_printf(w->to, "map<%s, %s>{", tw_type_name(tw_node_key_type(node)), inside);
        else
            put(w, "map{");
        break;
    default: tw_buffer_printf(w->to, "%s<%s>[", tw_type_name((tw_type)node->type), inside); break;
    }
}

static void open_level(writer *w, const tw_node *node, bool broken)
{
    put_head(w, node);
    size_t count = node->type == TW_MAP ? (size_t)node->count * 2 : node->count;
    level l = {node, tw_node_first(node), 0, count, broken && count > 0};
    tw_buffer_append(&w->levels, &l, sizeof l);
}

static void close_level(writer *w)
{
    level l = *top_of(w);
    w->levels.len -= sizeof l;
    if (l.broken) new_line(w, depth_of(w));
    put(w, l.node->type == TW_STRUCT || l.node->type == TW_MAP ? "}" : "]");
}

static void put_separator(writer *w, const level *l)
{
    if (l->node->type == TW_MAP && l->at % 2 != 0) {
        put(w, ": ");
    } else if (!l->broken) {
        if (l->at > 0) put(w, ", ");
    } else if (tw_node_packed(l->node) && l->at > 0) { /* numbers fill their lines */
        bool full = w->to->len - w->line_start > COLUMNS - 12;
        put(w, full ? "," : ", ");
        if (full) new_line(w, depth_of(w));
    } else {
        new_line(w, depth_of(w));
    }
}

static void run(writer *w, size_t base);

/* Tries a container in what is left of the line; false, and nothing written, when it does not fit. */
static bool fits(writer *w, const tw_node *node)
{
    size_t before = w->to->len, base = depth_of(w), column = before - w->line_start;
    writer outer = *w;
    w->start = before;
    w->room = column + 20 < COLUMNS ? COLUMNS - column : 20;
    w->indented = false;
    open_level(w, node, false);
    run(w, base);
    bool fit = !w->cut && used(w) <= w->room;
    if (!fit && !w->to->failed) w->to->len = before;
    if (!w->levels.failed) w->levels.len = base * sizeof(level);
    w->start = outer.start;
    w->room = outer.room;
    w->indented = outer.indented;
    w->cut = false;
    return fit;
}

static void put_value(writer *w, const tw_node *value, bool typed)
{
    tw_type type = (tw_type)value->type;
    if (!tw_type_nests(type)) {
        if (typed) tw_buffer_printf(w->to, "%s ", tw_type_name(type));
        size_t room = w->room == SIZE_MAX ? SIZE_MAX : used(w) < w->room ? w->room - used(w) : 0;
        if (!tw_literal_scalar(value, room, w->to)) w->cut = true;
    } else if (!w->indented) {
        open_level(w, value, false);
    } else if (value->count == 0 || !fits(w, value)) {
        open_level(w, value, true);
    }
}

/* Writes until the levels above `base` are closed. */
static void run(writer *w, size_t base)
{
    while (depth_of(w) > base && going(w)) {
        if (w->room != SIZE_MAX && used(w) > w->room) {
            w->cut = true;
            break;
        }
        level *l = top_of(w);
        if (l->at == l->count) {
            close_level(w);
            continue;
        }
        put_separator(w, l);
        size_t at = l->at++;
        if (tw_node_packed(l->node)) {
            tw_node item = tw_node_item(l->node, at);
            put_value(w, &item, false);
            continue;
        }
        const tw_node *value = l->next;
        bool field = l->node->type == TW_STRUCT;
        l->next = tw_node_next(value); /* before put_value, which may move the levels */
        if (field) tw_buffer_printf(w->to, "%d: ", value->id);
        put_value(w, value, field);
    }
}

static tw_class write_value(const tw_node *node, tw_notation_style style, size_t room, tw_buffer *to)
{
    writer w = {.to = to, .start = to->len, .room = room, .line_start = to->len};
    tw_buffer_init(&w.levels, to->alloc);
    if (tw_type_nests((tw_type)node->type)) {
        w.indented = style == TW_NOTATION_INDENTED;
        open_level(&w, node, w.indented);
        run(&w, 0);
    } else {
        put_value(&w, node, true);
    }
    if (w.cut) put(&w, "...");
    bool failed = to->failed || w.levels.failed;
    tw_buffer_deinit(&w.levels);
    return failed ? TW_MEMORY : TW_OK;
}

tw_class tw_notation_write(const tw_node *node, tw_notation_style style, tw_buffer *to)
{
    return write_value(node, style, SIZE_MAX, to);
}

tw_class tw_notation_write_brief(const tw_node *node, size_t room, tw_buffer *to)
{
    return write_value(node, TW_NOTATION_LINE, room, to);
}

tw_class tw_notation_write_message(const tw_envelope *envelope, const tw_node *root, tw_notation_style style,
                                   tw_buffer *to)
{
    char text[32];
    const char *kind = tw_message_kind_name(envelope->kind);
    int n = kind ? snprintf(text, sizeof text, "%s ", kind)
                 : snprintf(text, sizeof text, "type(%u) ", envelope->kind);
    tw_buffer_append(to, text, (size_t)n);
    tw_literal_string(envelope->name, SIZE_MAX, to);
    n = snprintf(text, sizeof text, " #%" PRId32 " ", envelope->sequence_id);
    if (!tw_buffer_append(to, text, (size_t)n)) return TW_MEMORY;
    return write_value(root, style, SIZE_MAX, to);
}
