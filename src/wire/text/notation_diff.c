#include "wire/text/notation.h"

#include <string.h>

/* Room for one value in a difference: both should stand in two lines of a terminal. */
#define VALUE_ROOM 60u
#define PATH_ROOM 512u

static void put(tw_buffer *to, const char *text)
{
    tw_buffer_append(to, text, strlen(text));
}

static tw_class put_value(const tw_node *node, tw_buffer *to)
{
    if (node) return tw_notation_write_brief(node, VALUE_ROOM, to);
    put(to, "nothing");
    return to->failed ? TW_MEMORY : TW_OK;
}

/* A value of a difference. Inside two packed arrays it is the element that the path ends in, a node made
 * here. */
typedef struct side {
    const tw_node *node;
    tw_node item;
} side;

static void pick(side *s, const tw_node *array, size_t at)
{
    s->node = NULL;
    if (at >= array->count) return;
    s->item = tw_node_item(array, at);
    s->node = &s->item;
}

/* Goes on to the elements where the difference is inside two packed arrays. Where the two elements at the
 * index are equal (sets that are compared in any order) it goes back to the arrays, which are shown whole. */
static void pick_items(tw_difference *difference, side *a, side *b)
{
    tw_path *path = &difference->path;
    if (!difference->items || path->depth > TW_PATH_KEPT) return;
    size_t at = (size_t)path->steps[path->depth - 1].at;
    side item_a, item_b;
    pick(&item_a, difference->a, at);
    pick(&item_b, difference->b, at);
    if (item_a.node && item_b.node && tw_equal(item_a.node, item_b.node, TW_EQUAL_EXACT, NULL)) {
        path->depth--;
        return;
    }
    *a = item_a;
    *b = item_b;
    if (a->node) a->node = &a->item;
    if (b->node) b->node = &b->item;
}

tw_class tw_notation_difference(const tw_node *expected, const tw_node *got, unsigned equal_flags,
                                tw_buffer *to)
{
    tw_difference difference;
    bool equal;
    tw_class cls = tw_compare(expected, got, equal_flags, to->alloc, &equal, &difference);
    if (cls != TW_OK || equal) return cls;
    side a = {.node = difference.a}, b = {.node = difference.b};
    pick_items(&difference, &a, &b);
    char path[PATH_ROOM];
    if (tw_path_format(&difference.path, path, sizeof path) > 0) {
        put(to, "at ");
        put(to, path);
        put(to, ": ");
    }
    put(to, "expected ");
    cls = put_value(a.node, to);
    put(to, ", got ");
    if (cls == TW_OK) cls = put_value(b.node, to);
    return to->failed ? TW_MEMORY : cls;
}
