#include "suite/case/value.h"

#include <string.h>

/* Bytes that a node points to: of a string, a uuid or a packed array. */
static size_t pointed(const tw_node *node)
{
    if (node->type == TW_STRING) return node->count;
    if (node->type == TW_UUID) return 16;
    if (tw_node_packed(node)) return node->count * tw_type_packed_size(tw_node_element_type(node));
    return 0;
}

static const tw_node *copy_nodes(tw_arena *arena, const tw_node *root)
{
    size_t count = tw_node_span(root), total = 0, at = 0;
    for (size_t i = 0; i < count; i++) total += (pointed(&root[i]) + 15) & ~(size_t)15;
    tw_node *nodes = tw_arena_take(arena, count * sizeof *nodes);
    uint8_t *bytes = total ? tw_arena_take(arena, total) : NULL;
    if (!nodes || (total && !bytes)) return NULL;
    memcpy(nodes, root, count * sizeof *nodes);
    for (size_t i = 0; i < count; i++) {
        size_t len = pointed(&root[i]);
        if (len == 0 || !bytes) continue;
        memcpy(bytes + at, root[i].u.bytes, len);
        nodes[i].u.bytes = bytes + at;
        at += (len + 15) & ~(size_t)15;
    }
    return nodes;
}

bool assay_value_copy_into(tw_arena *arena, const tw_envelope *envelope, const tw_node *root, assay_value *to)
{
    *to = (assay_value){NULL, copy_nodes(arena, root)};
    if (!to->root) return false;
    if (!envelope) return true;
    tw_envelope *copy = tw_arena_take(arena, sizeof *copy);
    char *name = copy ? tw_arena_copy(arena, envelope->name.data, envelope->name.len) : NULL;
    if (!name) return false;
    *copy = *envelope;
    copy->name = tw_bytes_of(name, envelope->name.len);
    to->envelope = copy;
    return true;
}

const assay_value *assay_value_copy(tw_arena *arena, const tw_envelope *envelope, const tw_node *root)
{
    assay_value *value = tw_arena_take(arena, sizeof *value);
    return value && assay_value_copy_into(arena, envelope, root, value) ? value : NULL;
}
